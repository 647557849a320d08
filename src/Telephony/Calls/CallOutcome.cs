namespace ContactCenterCrm.Telephony.Calls;

/// <summary>How a call ended, in the words of <see cref="Call"/>.</summary>
internal sealed record CallEnd(CallResult Result, CallReason? Reason, string? HangupBy);

/// <summary>Decides what the end of a call, or of an attempt to reach a phone, is called. Pure.</summary>
internal static class CallOutcome
{
    // Q.850 causes, https://docs.asterisk.org "Hangup Cause Mappings".
    private const int CauseUserBusy = 17;
    private const int CauseCallRejected = 21;
    private const int CauseNormalClearing = 16;

    public static CallEnd Of(LiveCall call, bool hearsHangups)
    {
        var end = call.Direction switch
        {
            CallDirection.Inbound => Inbound(call, hearsHangups),
            CallDirection.Outbound => Outbound(call),
            CallDirection.Internal => Internal(call, hearsHangups),
        };
        return end with { HangupBy = HangupBy(call, end, hearsHangups) };
    }

    /// <summary>The source's word for the end of an attempt is coarse; the leg's own cause, when it is known, says more.</summary>
    public static OfferResult OfferResultOf(DialOutcome outcome, LiveLeg leg) => outcome switch
    {
        DialOutcome.Answered => OfferResult.Answered,
        DialOutcome.Busy => OfferResult.Busy,
        DialOutcome.Cancelled => OfferResult.Withdrawn,
        DialOutcome.Congested or DialOutcome.Unavailable => Refusal(leg) ?? OfferResult.Unreachable,
        DialOutcome.NoAnswer => Refusal(leg) ?? RangOrNot(leg),
    };

    /// <summary>The leg is gone and nobody said how the attempt ended: picked up elsewhere, or the source stopped calling it.</summary>
    public static OfferResult OfferResultWithoutVerdict(LiveLeg leg)
    {
        if (leg.UpAt is not null)
            return OfferResult.Answered;
        return leg.Cause is CauseNormalClearing or 26 or null ? OfferResult.Withdrawn : Refusal(leg) ?? RangOrNot(leg);
    }

    /// <summary>What the cause at the end of the leg makes of a verdict that did not know it.</summary>
    public static OfferResult? Refined(LiveLeg leg) => leg.Result switch
    {
        OfferResult.RangOut or OfferResult.Unreachable => Refusal(leg) ?? leg.Result,
        OfferResult.Answered or OfferResult.Rejected or OfferResult.Busy or OfferResult.Withdrawn => leg.Result,
        null => null,
    };

    /// <summary>Ringing of the phone that answered, or of the last attempt: a stay in a queue, or phones called together.</summary>
    public static double RingSeconds(LiveCall call, LiveLeg? answered)
    {
        if (answered?.RingingAt is { } rangAt && (answered.UpAt ?? answered.ResultAt ?? answered.EndedAt) is { } upAt)
            return Math.Max(0, (upAt - rangAt).TotalSeconds);
        return Intervals.TotalSeconds(LastAttempt(call)
            .Where(leg => leg.RingingAt is not null && EndOfRinging(leg) is not null)
            .Select(leg => (leg.RingingAt!.Value, EndOfRinging(leg)!.Value)));
    }

    private static CallEnd Inbound(LiveCall call, bool hearsHangups)
    {
        if (call.IsAnswered)
            return new CallEnd(CallResult.Answered, null, null);
        return new CallEnd(call.HasVoicemail ? CallResult.Voicemail : CallResult.Missed, ReasonOf(call, hearsHangups), null);
    }

    private static CallEnd Internal(LiveCall call, bool hearsHangups)
    {
        if (call.IsAnswered)
            return new CallEnd(CallResult.Answered, null, null);
        if (IsAgentNoAnswer(call))
            return new CallEnd(CallResult.NoAnswer, CallReason.AgentNoAnswer, null);
        // A feature code, a conference with nobody in it: there was nobody who could have answered.
        var calledNobody = LastAttempt(call).Count == 0 && call.LastVisit is null && !call.HasNobody;
        return new CallEnd(CallResult.NoAnswer, calledNobody ? null : ReasonOf(call, hearsHangups), null);
    }

    private static CallEnd Outbound(LiveCall call)
    {
        if (call.IsAnswered)
            return new CallEnd(CallResult.Answered, null, null);
        if (IsAgentNoAnswer(call))
            return new CallEnd(CallResult.Failed, CallReason.AgentNoAnswer, null);
        var hasAgentLeft = call.Asker is not null && call.Asker != call.ClientLeg;
        return new CallEnd(call.ClientLeg?.Result switch
        {
            OfferResult.Busy => CallResult.Busy,
            OfferResult.Rejected => CallResult.Declined,
            OfferResult.RangOut => CallResult.NoAnswer,
            OfferResult.Unreachable => CallResult.Failed,
            OfferResult.Withdrawn => CallResult.Cancelled,
            // Picked up, but never connected with the agent.
            OfferResult.Answered => hasAgentLeft ? CallResult.Cancelled : CallResult.Failed,
            null => hasAgentLeft ? CallResult.Cancelled : CallResult.Failed,
        }, null, null);
    }

    // Click-to-call: the agent's own phone was not picked up, whether it was called first or after the client.
    private static bool IsAgentNoAnswer(LiveCall call) => call.PlacedByLeg switch
    {
        { IsOriginated: true, UpAt: null } => true,
        { IsAttempt: true, UpAt: null } => call.ClientLeg?.UpAt is not null,
        _ => false,
    };

    private static CallReason ReasonOf(LiveCall call, bool hearsHangups)
    {
        var attempt = LastAttempt(call);
        if (call.LastVisit is { } visit && (attempt.Count == 0 || attempt[0].Visit == call.LastVisitIndex || attempt[^1].StartedAt < visit.EnteredAt))
            return ReasonOf(visit);
        if (attempt.Count > 0)
            return ReasonOf(attempt, HasCallerLeft(call, hearsHangups));
        if (call.HasNobody)
            return CallReason.Unreachable;
        if (call.ClientLeg?.UpAt is null)
            return HasCallerLeft(call, hearsHangups) ? CallReason.CallerAbandoned : CallReason.Unreachable;
        // Nobody was called and no queue was entered: the PBX itself picked up, so it was a menu.
        return HasCallerLeft(call, hearsHangups) ? CallReason.IvrAbandoned : CallReason.IvrTimeout;
    }

    private static CallReason ReasonOf(QueueVisit visit) => visit.Exit switch
    {
        QueueExit.Timeout or QueueExit.Overflow => CallReason.QueueTimeout,
        QueueExit.JoinEmpty or QueueExit.Closed => CallReason.Unreachable,
        QueueExit.Answered or QueueExit.Abandoned or QueueExit.CallbackRequested or null => CallReason.QueueAbandoned,
    };

    // Phones that were called together: the nearest thing to an answer names the reason.
    private static CallReason ReasonOf(List<LiveLeg> attempt, bool hasCallerLeft)
    {
        if (hasCallerLeft && attempt.Exists(leg => leg.Result is OfferResult.Withdrawn or null))
            return CallReason.CallerAbandoned;
        if (attempt.Exists(leg => leg.Result == OfferResult.RangOut))
            return CallReason.NoAnswer;
        if (attempt.Exists(leg => leg.Result == OfferResult.Rejected))
            return CallReason.Declined;
        if (attempt.Exists(leg => leg.Result == OfferResult.Busy))
            return CallReason.AgentBusy;
        return attempt.Exists(leg => leg.Result == OfferResult.Unreachable) ? CallReason.Unreachable : CallReason.NoAnswer;
    }

    private static bool HasCallerLeft(LiveCall call, bool hearsHangups)
    {
        var caller = call.ClientLeg ?? call.PlacedByLeg;
        if (hearsHangups)
            return call.Asker is not null && call.Asker == caller;
        // Without news of hang-ups: the PBX clears normally, a caller who leaves early does not.
        return LastAttempt(call) is { Count: > 0 } attempt ? attempt.Exists(leg => leg.Result == OfferResult.Withdrawn) : caller?.Cause != CauseNormalClearing;
    }

    private static string? HangupBy(LiveCall call, CallEnd end, bool hearsHangups)
    {
        if (call.Uncertain == CallUncertainty.PbxStopped)
            return "pbx";
        if (call.Asker is { } asker)
            return NameOf(asker, call);
        if (call.Uncertain == CallUncertainty.EndedUnseen)
            return null;
        if (call.IsCommanded)
            return "crm";
        if (hearsHangups)
            return "pbx";
        if (call.Leaver is { } leaver)
            return NameOf(leaver, call);
        return end switch
        {
            { Result: CallResult.Answered } => null,
            { Result: CallResult.Cancelled } => "agent",
            { Result: CallResult.Voicemail } or { Reason: CallReason.CallerAbandoned or CallReason.QueueAbandoned or CallReason.IvrAbandoned } => "caller",
            _ => "pbx",
        };
    }

    private static string NameOf(LiveLeg leg, LiveCall call)
    {
        if (leg == call.ClientLeg)
            return call.Direction == CallDirection.Inbound ? "caller" : "customer";
        if (leg.Kind == PartyKind.Trunk)
            return "external";
        if (leg == call.PlacedByLeg)
            return call.Direction == CallDirection.Internal ? "caller" : "agent";
        return call.Direction == CallDirection.Inbound && leg.Endpoint == call.AnsweredBy ? "agent" : leg.Endpoint;
    }

    private static List<LiveLeg> LastAttempt(LiveCall call)
    {
        var attempt = new List<LiveLeg>();
        foreach (var leg in call.Legs.Where(leg => leg.IsAttempt).OrderBy(leg => leg.StartedAt))
        {
            if (attempt.Count > 0 && !AreTogether(attempt, leg))
                attempt.Clear();
            attempt.Add(leg);
        }
        return attempt;
    }

    private static bool AreTogether(List<LiveLeg> attempt, LiveLeg leg) =>
        attempt[^1].Visit == leg.Visit && (leg.Visit != LiveCall.NoVisit || attempt.Exists(earlier => EndOfRinging(earlier) is not { } end || end > leg.StartedAt));

    private static DateTimeOffset? EndOfRinging(LiveLeg leg) => leg.UpAt ?? leg.ResultAt ?? leg.EndedAt;

    private static OfferResult RangOrNot(LiveLeg leg) => leg.RingingAt is null ? OfferResult.Unreachable : OfferResult.RangOut;

    // SIP answers of the phone or the network. 408 and 480 say no more than "nobody": whether it rang decides.
    private static OfferResult? Refusal(LiveLeg leg) => leg.TechCause switch
    {
        "486" or "600" => OfferResult.Busy,
        "603" or "607" => OfferResult.Rejected,
        // Forbidden: by the person whose phone rang, or by a carrier that does not let the call through.
        "403" => leg.RingingAt is null ? OfferResult.Unreachable : OfferResult.Rejected,
        null or "" or "408" or "480" or "487" => leg.Cause switch
        {
            CauseUserBusy => OfferResult.Busy,
            CauseCallRejected => OfferResult.Rejected,
            _ => null,
        },
        ['4' or '5' or '6', ..] => OfferResult.Unreachable,
        _ => null,
    };
}
