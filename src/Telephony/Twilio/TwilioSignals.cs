using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// One call in provider-neutral signals, in the order of time. Whole seconds are all that Twilio dates with, so what happened within one
/// is put in the order in which such things happen.
/// </summary>
internal sealed class TwilioSignals(TwilioFacts facts, TwilioLeg root, IReadOnlyList<TwilioLeg> members)
{
    private enum Step { Root, Queue, SentOn, Leg, Dialled, Ringing, Up, Talk, During, Asked, LegOver, QueueOver, RootOver }

    private readonly List<(DateTimeOffset At, Step Step, CallSignal Signal)> _signals = [];
    private readonly TwilioDials _dials = new(facts, root, members);

    /// <summary>The call's name.</summary>
    private string Id => root.Sid;

    private bool IsInbound => !root.IsAgents;

    private DateTimeOffset StartedAt => _dials.StartedAt;

    private DateTimeOffset? EndedAt => _dials.EndedAt;

    public IEnumerable<CallSignal> Read()
    {
        TellRoot();
        foreach (var stay in facts.Stays.Where(stay => stay.Caller == Id).OrderBy(stay => stay.QueueSid, StringComparer.Ordinal))
            TellQueue(stay);
        foreach (var leg in members)
            TellMember(leg);
        foreach (var conference in facts.Conferences.Where(IsHere).OrderBy(conference => conference.Sid, StringComparer.Ordinal))
            TellConference(conference);
        TellRecordings();
        foreach (var sentOn in facts.SentOn.Where(sentOn => sentOn.Caller == Id))
            TellTransfer(sentOn);
        return _signals.OrderBy(told => told.At).ThenBy(told => told.Step).Select(told => told.Signal);
    }

    private void TellRoot()
    {
        if (IsInbound)
        {
            var did = TwilioAddress.Number(root.To);
            Say(StartedAt, Step.Root, at => new LegStarted(at, Id, Id, PartyKind.Trunk, did, LegOrigin.Calling)
            {
                Number = TwilioAddress.Number(root.From),
                Name = root.CallerName,
                Dialled = did,
            });
        }
        else if (root.Direction == "outbound-api")
            TellCalledAgent(root.To ?? "");
        else
        {
            Say(StartedAt, Step.Root, at => new LegStarted(at, Id, Id, PartyKind.Extension, root.From ?? "", LegOrigin.Calling)
            {
                Dialled = root.WantedNumber ?? TwilioAddress.Number(root.To),
            });
        }
        if (root.UpAt is { } upAt)
            Say(upAt, Step.Up, at => new LegUp(at, Id, Id));
        if (EndedAt is not { } endedAt)
            return;
        foreach (var leaver in _dials.Leavers)
            Say(leaver.At, Step.Asked, at => new LegHangupAsked(at, leaver.Leg, Id, null, null));
        Say(endedAt, Step.RootOver, at => new LegEnded(at, Id, Id, null, root.SipCode));
    }

    // Click-to-call: a command rings the agent's phone first.
    private void TellCalledAgent(string endpoint)
    {
        Say(StartedAt, Step.Root, at => new LegStarted(at, Id, Id, PartyKind.Extension, endpoint, LegOrigin.Called));
        Say(StartedAt, Step.Dialled, at => new LegDialled(at, null, Id, Id));
        if (root.RingingAt is { } ringingAt)
            Say(ringingAt, Step.Ringing, at => new LegRinging(at, Id, Id));
        if (root.UpAt is null && EndedAt is { } endedAt && root.WantedNumber is { } wanted)
            Say(endedAt, Step.LegOver, at => new OriginationFailed(at, endpoint, wanted));
    }

    private void TellQueue(QueueStay stay)
    {
        var connection = facts.Connections.Where(connection => connection.Caller == Id).OrderBy(connection => connection.Agent, StringComparer.Ordinal)
            .FirstOrDefault(connection => stay.Result is null or "bridged" or "bridging-in-process" or "redirected-from-bridged");
        var connectedAt = connection is null ? null : _dials.TalkOf(connection)?.From;
        var leftAt = connectedAt ?? (stay.Result is null ? EndedAt : TimeOf(stay));
        var enteredAt = leftAt is { } left && stay.Seconds is { } waited ? left.AddSeconds(-waited) : stay.EnteredAt ?? leftAt;
        if (enteredAt is not { } entered)
            return;
        var queue = stay.Name ?? stay.QueueSid;
        Say(entered, Step.Queue, at => new QueueEntered(at, Id, Id, queue));
        if (leftAt is not { } gone)
            return;
        if (connectedAt is not null)
        {
            Say(gone, Step.Up, at => new QueueAnswered(at, Id, Id, queue));
            return;
        }
        Say(gone, Step.QueueOver, at => new QueueLeft(at, Id, Id, queue));
        if (ExitOf(stay) is { } exit)
            Say(gone, Step.QueueOver, at => new QueueExitTold(at, Id, Id, exit));
    }

    // The caller's end is dated by a callback, the question after the queue only by its arrival.
    private DateTimeOffset? TimeOf(QueueStay stay) => stay.IsCallerGone ? EndedAt ?? stay.ActionAt : stay.ActionAt;

    // https://www.twilio.com/docs/voice/twiml/enqueue: QueueResult.
    private static QueueExit? ExitOf(QueueStay stay) => stay.Result switch
    {
        "hangup" => QueueExit.Abandoned,
        "leave" or "redirected" => QueueExit.Timeout,
        "queue-full" or "error" or "system-error" => QueueExit.Overflow,
        _ => null,
    };

    private void TellMember(TwilioLeg leg)
    {
        var isClients = !IsInbound && !leg.IsAgents && !TwilioAddress.IsEndpoint(leg.To);
        // Whoever took the call and is not named: nobody knows whose phone it was.
        var kind = isClients || leg.To is null ? PartyKind.Trunk : PartyKind.Extension;
        var number = isClients ? TwilioAddress.Number(leg.To ?? root.WantedNumber) : null;
        // It was told as a call of its own before anybody said whose part it is: now it joins this one.
        var first = leg is { WasAlone: true, IsKnown: true, Parent: null } ? leg.Sid : Id;
        Say(leg.StartedAt, Step.Leg, at => new LegStarted(at, leg.Sid, first, kind, kind == PartyKind.Extension ? leg.To! : leg.From ?? "", LegOrigin.Called) { Number = number });
        if (!_dials.IsListener(leg))
            Say(leg.StartedAt, Step.Dialled, at => new LegDialled(at, Id, leg.Sid, Id) { Number = number });
        else if (first != Id)
            Say(leg.StartedAt, Step.Dialled, at => new LegJoined(at, leg.Sid, first, Id));
        if (leg.RingingAt is { } ringingAt)
            Say(ringingAt, Step.Ringing, at => new LegRinging(at, leg.Sid, Id));
        if (leg.UpAt is { } upAt)
            Say(upAt, Step.Up, at => new LegUp(at, leg.Sid, Id));
        if (_dials.TalkOf(leg) is { } talk)
            TellTalk(leg, talk);
        else if (_dials.VerdictOf(leg) is { } verdict)
        {
            Say(verdict.At, Step.LegOver, at => new DialEnded(at, Id, leg.Sid, Id, verdict.Outcome));
            Say(verdict.At, Step.LegOver, at => new LegEnded(at, leg.Sid, Id, null, leg.SipCode));
            return;
        }
        if (leg.EndedAt is { } endedAt)
            Say(endedAt, Step.LegOver, at => new LegEnded(at, leg.Sid, Id, null, leg.SipCode));
        else if (EndedAt is { } callEndedAt)
            Say(callEndedAt, Step.LegOver, at => new LegEnded(at, leg.Sid, Id, null, null));
    }

    private void TellTalk(TwilioLeg leg, Talk talk)
    {
        Say(talk.From, Step.Talk, at => new DialEnded(at, Id, leg.Sid, Id, DialOutcome.Answered));
        Say(talk.From, Step.Talk, at => new LegBridged(at, Id, Id, leg.Sid));
        Say(talk.From, Step.Talk, at => new LegBridged(at, leg.Sid, Id, leg.Sid));
        if (talk.To is not { } to)
            return;
        Say(to, Step.LegOver, at => new LegUnbridged(at, leg.Sid, Id, leg.Sid));
        Say(to, Step.LegOver, at => new LegUnbridged(at, Id, Id, leg.Sid));
    }

    private bool IsHere(Conference conference) => conference.Words.Exists(word => word.Leg == Id);

    private void TellConference(Conference conference)
    {
        var inside = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in conference.Words.Where(word => word.Leg == Id || members.Any(leg => leg.Sid == word.Leg)))
        {
            // Who coaches is heard by the agent only, who is muted by nobody.
            var isHeard = word.Event != "participant-leave" && !word.IsCoaching && !(word.IsMuted && _dials.IsListener(facts.Leg(word.Leg)!));
            if (isHeard && inside.Add(word.Leg))
                TellEntry(conference, word);
            if (!isHeard && inside.Remove(word.Leg))
                Say(word.At, Step.LegOver, at => new LegUnbridged(at, word.Leg, Id, conference.Sid));
            if (word.Event == "participant-leave")
                TellExit(word);
            else if (word.Event is "participant-hold" or "participant-unhold")
                TellHold(word, inside);
        }
        if (conference.EndedAt is not { } endedAt)
            return;
        foreach (var leg in inside)
            Say(endedAt, Step.LegOver, at => new LegUnbridged(at, leg, Id, conference.Sid));
    }

    private void TellEntry(Conference conference, ParticipantWord word)
    {
        if (word.Leg != Id)
            Say(word.At, Step.Talk, at => new DialEnded(at, Id, word.Leg, Id, DialOutcome.Answered));
        Say(word.At, Step.Talk, at => new LegBridged(at, word.Leg, Id, conference.Sid, BridgeKind.Conference));
    }

    private void TellExit(ParticipantWord word)
    {
        if (word.WhyLeft == "participant_hung_up" && !_dials.IsListener(facts.Leg(word.Leg)!))
            Say(word.At, Step.Asked, at => new LegHangupAsked(at, word.Leg, Id, null, null));
        if (word.Leg != Id && facts.Leg(word.Leg)!.EndedAt is null)
            Say(word.At, Step.LegOver, at => new LegEnded(at, word.Leg, Id, null, null));
    }

    // The party that hears music did not press the button: the agent did.
    private void TellHold(ParticipantWord word, HashSet<string> inside)
    {
        var by = word.Leg == Id && IsInbound ? inside.FirstOrDefault(leg => leg != Id) : word.Leg;
        if (by is null)
            return;
        if (word.Event == "participant-hold")
            Say(word.At, Step.During, at => new LegHeld(at, by, Id));
        else
            Say(word.At, Step.During, at => new LegUnheld(at, by, Id));
    }

    private void TellRecordings()
    {
        foreach (var recording in facts.Recordings.Where(recording => !recording.IsAbsent).OrderBy(recording => recording.Sid, StringComparer.Ordinal))
        {
            var isOurs = recording.Call is { } call ? call == Id || members.Any(leg => leg.Sid == call)
                : facts.Conferences.Any(conference => conference.Sid == recording.Conference && IsHere(conference));
            if (!isOurs || recording.StartedAt is not { } startedAt)
                continue;
            Say(startedAt, Step.During, at => new RecordingStarted(at, Id, Id, recording.Sid));
            if (recording is { IsVoicemail: true, IsComplete: true })
                Say(startedAt, Step.During, at => new VoicemailLeft(at, Id, Id));
        }
    }

    private void TellTransfer(SentOn sentOn)
    {
        var transferer = members.Where(leg => _dials.TalkOf(leg) is { } talk && talk.From <= sentOn.At).MaxBy(leg => _dials.TalkOf(leg)!.From);
        if (transferer is not null)
            Say(sentOn.At, Step.SentOn, at => new BlindTransferred(at, Id, Id, transferer.Sid, sentOn.To));
    }

    // Nothing of a call happens before it begins or after it ends: what is dated by its arrival may seem to.
    private void Say(DateTimeOffset at, Step step, Func<DateTimeOffset, CallSignal> signal)
    {
        at = at < StartedAt ? StartedAt : at > EndedAt ? EndedAt.Value : at;
        _signals.Add((at, step, signal(at)));
    }
}
