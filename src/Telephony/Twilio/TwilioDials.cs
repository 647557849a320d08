using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>The client and the party at a leg hear each other. <paramref name="To"/> is null while they do.</summary>
internal sealed record Talk(DateTimeOffset From, DateTimeOffset? To);

/// <summary>What became of calling the legs of one call, and when the call itself began and ended.</summary>
internal sealed class TwilioDials
{
    private readonly TwilioFacts _facts;
    private readonly TwilioLeg _root;
    private readonly IReadOnlyList<TwilioLeg> _members;
    private readonly List<DialOver> _over;
    private readonly HashSet<string> _listeners;

    public TwilioDials(TwilioFacts facts, TwilioLeg root, IReadOnlyList<TwilioLeg> members)
    {
        (_facts, _root, _members) = (facts, root, members);
        _over = [.. facts.Dials.Where(dial => dial.Caller == root.Sid).OrderBy(dial => dial.At)];
        _listeners = [.. facts.Conferences.SelectMany(conference => conference.Words).Where(IsListening).Select(word => word.Leg)];
        EndedAt = root.EndedAt ?? InferredEnd();
        StartedAt = Start();
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Null while the call goes on.</summary>
    public DateTimeOffset? EndedAt { get; }

    /// <summary>Who hung up, and when, as far as that is told: after the other party has gone, Twilio asks what to do with the one who is left.</summary>
    public IEnumerable<(string Leg, DateTimeOffset At)> Leavers
    {
        get
        {
            var at = EndedAt ?? DateTimeOffset.MaxValue;
            foreach (var dial in _over)
            {
                if (dial.IsCallerGone)
                    yield return (_root.Sid, dial.At);
                else if (dial is { IsAnswered: true, Dialled: { } dialled })
                    yield return (dialled, dial.At);
            }
            foreach (var connection in _facts.Connections.Where(connection => connection.Caller == _root.Sid && connection.HasCallerLeft is not null))
                yield return (connection.HasCallerLeft == true ? _root.Sid : connection.Agent, TalkOf(connection)?.To ?? at);
            if (_facts.Stays.Any(stay => stay.Caller == _root.Sid && stay.Result == "hangup")
                || _facts.Messages.Any(message => message.Caller == _root.Sid && message.IsCallerGone))
                yield return (_root.Sid, at);
        }
    }

    /// <summary>A supervisor, who only listens to the agent or speaks to the agent alone: nobody who could answer.</summary>
    public bool IsListener(TwilioLeg leg) => _listeners.Contains(leg.Sid);

    /// <summary>Null when nobody spoke there, or in a conference, which tells it by itself.</summary>
    public Talk? TalkOf(TwilioLeg leg)
    {
        if (leg.Parent is null)
            return _facts.Connections.Where(connection => connection.Agent == leg.Sid && connection.Caller == _root.Sid).Select(TalkOf).FirstOrDefault();
        if (leg.UpAt is not { } upAt || leg.IsBridged == false)
            return null;
        var to = leg.EndedAt ?? EndedAt;
        // Longer up than connected: first it heard what it is about.
        var from = to - TimeSpan.FromSeconds(leg.BridgedSeconds ?? 0) is { } connectedAt && leg.BridgedSeconds is not null && connectedAt > upAt ? connectedAt : upAt;
        return new(from, to);
    }

    public Talk? TalkOf(Connection connection)
    {
        var agent = _facts.Leg(connection.Agent);
        var ends = new[] { agent?.EndedAt, _root.EndedAt }.OfType<DateTimeOffset>().ToList();
        var to = ends.Count > 0 ? ends.Min() : connection.OverAt;
        var from = to is not null && connection.Seconds is { } seconds ? to.Value.AddSeconds(-seconds) : connection.ConnectedAt;
        return from is null ? null : new(from.Value, to);
    }

    /// <summary>How calling a leg ended on which nobody spoke; null while it rings, or when somebody did.</summary>
    public (DateTimeOffset At, DialOutcome Outcome)? VerdictOf(TwilioLeg leg)
    {
        if (leg.IsBridged == false && leg.UpAt is not null)
            return (leg.EndedAt ?? EndedAt ?? leg.UpAt.Value, DialOutcome.NoAnswer);
        if (leg.UpAt is not null)
            return null;
        // Another phone was picked up: this one was withdrawn, in whatever words.
        if (Winner(leg) is { } winner && (leg.EndedAt is null || leg.EndedAt >= winner))
            return (leg.EndedAt ?? winner, DialOutcome.Cancelled);
        var over = leg.Parent is null ? null : _over.Find(dial => dial.At >= leg.StartedAt);
        if (leg.EndedAt is { } endedAt)
            return (endedAt, over is { IsCallerGone: true } && leg.End == "no-answer" ? DialOutcome.Cancelled : OutcomeOf(leg.End));
        if (over is not null)
            return (over.At, over.IsCallerGone ? DialOutcome.Cancelled : OutcomeOf(over.Status));
        return EndedAt is { } callEndedAt ? (callEndedAt, DialOutcome.Cancelled) : null;
    }

    private DateTimeOffset? Winner(TwilioLeg leg) =>
        _members.Where(other => other != leg && !IsListener(other) && other.IsBridged != false && other.UpAt >= leg.StartedAt).Min(other => other.UpAt);

    // https://www.twilio.com/docs/voice/api/call-resource#call-status-values. A softphone's refusal comes as busy.
    private static DialOutcome OutcomeOf(string? status) => status switch
    {
        "busy" => DialOutcome.Busy,
        "failed" => DialOutcome.Unavailable,
        "canceled" => DialOutcome.Cancelled,
        _ => DialOutcome.NoAnswer,
    };

    // A caller may wait on the line long before Twilio counts his seconds, and nothing of a call is older than the call.
    private DateTimeOffset Start()
    {
        if (_root.Direction == "outbound-api" && _root.InitiatedAt is { } initiatedAt)
            return initiatedAt;
        var earliest = _members.Where(leg => leg.Parent == _root.Sid).Select(leg => leg.StartedAt)
            .Append(_root.EarliestAt).Append(_root.StartedAt).Min();
        return earliest;
    }

    // Twilio may forget to say that a call is over. After these questions it is: our answer is to hang up.
    private DateTimeOffset? InferredEnd()
    {
        var over = _over.Where(dial => dial.IsAnswered || dial.IsCallerGone || _root.IsAgents).Select(dial => (DateTimeOffset?)dial.At)
            .Concat(_facts.Messages.Where(message => message.Caller == _root.Sid).Select(message => (DateTimeOffset?)message.At))
            .Concat(_facts.Stays.Where(stay => stay.Caller == _root.Sid && stay.Result is "bridged" or "hangup").Select(stay => stay.ActionAt));
        return over.Max();
    }

    private static bool IsListening(ParticipantWord word) =>
        word.IsCoaching || word.Label?.StartsWith("supervisor:", StringComparison.Ordinal) == true;
}
