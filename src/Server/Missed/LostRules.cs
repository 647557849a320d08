using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Missed;

/// <summary>Why a call was lost, and what becomes of its entry. Pure: no database, no clock.</summary>
internal static class LostRules
{
    public static bool IsWaiting(LostState state) => state switch
    {
        LostState.Open or LostState.Claimed or LostState.Attempted => true,
        LostState.ReturnedByUs or LostState.ReturnedByClient or LostState.Closed => false,
    };

    /// <summary>The state after an event; null: there it cannot happen. Nothing leads out of an end.</summary>
    /// <param name="isTried">We have called before and reached nobody.</param>
    public static LostState? Next(LostState state, LostEvent what, bool isTried) => state switch
    {
        LostState.Open or LostState.Attempted => what switch
        {
            LostEvent.Claim => LostState.Claimed,
            LostEvent.Release => null,
            LostEvent.Attempt => LostState.Attempted,
            LostEvent.ReachByUs => LostState.ReturnedByUs,
            LostEvent.ReachByClient => LostState.ReturnedByClient,
            LostEvent.Close => LostState.Closed,
        },
        LostState.Claimed => what switch
        {
            LostEvent.Claim => LostState.Claimed,
            LostEvent.Release => isTried ? LostState.Attempted : LostState.Open,
            LostEvent.Attempt => LostState.Attempted,
            LostEvent.ReachByUs => LostState.ReturnedByUs,
            LostEvent.ReachByClient => LostState.ReturnedByClient,
            LostEvent.Close => LostState.Closed,
        },
        LostState.ReturnedByUs or LostState.ReturnedByClient or LostState.Closed => null,
    };

    /// <summary>The entry after an event; null: there it cannot happen. A claim ends with the state that it made.</summary>
    public static LostCall? After(LostCall entry, LostEvent what) => Next(entry.State, what, entry.Attempts > 0) is { } next
        ? entry with { State = next, ClaimedById = null, ClaimedAt = null }
        : null;

    /// <summary>
    /// The entry as the calls of the same person make it: the first of them in which a human spoke with the client after the loss settles
    /// it; ours that reached nobody are attempts. Counted anew each time, so the order in which calls become known does not matter: one that
    /// settles it even earlier may be told of last. What a person closed stays as it is.
    /// </summary>
    /// <param name="claimsSince">Claims made before that are over by themselves.</param>
    public static LostCall Settle(LostCall entry, IReadOnlyList<LaterCall> calls, DateTimeOffset claimsSince)
    {
        if (entry.State == LostState.Closed)
            return entry;
        var reached = calls.Where(call => call.AnsweredAt >= entry.LostAt).OrderBy(call => call.AnsweredAt).ThenBy(call => call.CallId).FirstOrDefault();
        var attempts = calls.Count(call => IsAttempt(call, entry.LostAt) && !(reached?.AnsweredAt <= call.StartedAt));
        if (!entry.IsWaiting)
            return reached?.AnsweredAt < entry.SettledAt ? Reached(entry with { Attempts = attempts }, reached) : entry;
        var tried = attempts > entry.Attempts ? After(entry, LostEvent.Attempt)! with { Attempts = attempts } : entry with { Attempts = attempts };
        if (reached is not null)
            return Reached(After(tried, reached.IsInbound ? LostEvent.ReachByClient : LostEvent.ReachByUs)!, reached);
        // The client calls by themselves: nobody is about to call back any more.
        var isCallingNow = calls.Any(call => call is { IsInbound: true, EndedAt: null } && call.StartedAt >= entry.ClaimedAt);
        return tried.ClaimedAt < claimsSince || isCallingNow ? After(tried, LostEvent.Release) ?? tried : tried;
    }

    static LostCall Reached(LostCall entry, LaterCall reached) => entry with
    {
        State = reached.IsInbound ? LostState.ReturnedByClient : LostState.ReturnedByUs,
        ReachedCallId = reached.CallId,
        SettledAt = reached.AnsweredAt,
    };

    /// <summary>The cause in the ledger's words.</summary>
    public static LostCause CauseOf(LostFacts facts) => facts switch
    {
        { IsAfterHours: true } => LostCause.AfterHours,
        { Result: CallResult.Voicemail } => LostCause.Voicemail,
        { Uncertain: CallUncertainty.PbxStopped } => LostCause.TrunkFailure,
        { Reason: { } reason } => CauseOf(reason, facts),
        { Reason: null } => LostCause.Abandoned,
    };

    static LostCause CauseOf(CallReason reason, LostFacts facts) => reason switch
    {
        CallReason.NoAnswer or CallReason.AgentNoAnswer => LostCause.RangOut,
        CallReason.CallerAbandoned or CallReason.QueueAbandoned => LostCause.Abandoned,
        CallReason.AgentBusy or CallReason.Declined => LostCause.Busy,
        CallReason.QueueTimeout => facts.HasRung ? LostCause.RangOut : LostCause.NoAgents,
        CallReason.IvrAbandoned or CallReason.IvrTimeout => LostCause.IvrExit,
        CallReason.Unreachable => facts.IsInQueue || facts.HasOffers ? LostCause.NoAgents : LostCause.TrunkFailure,
    };

    static bool IsAttempt(LaterCall call, DateTimeOffset lostAt) =>
        call is { IsInbound: false, AnsweredAt: null, EndedAt: not null, IsOwnPhoneSilent: false } && call.StartedAt >= lostAt;
}

/// <summary>What of a call names the cause of its loss.</summary>
internal sealed record LostFacts
{
    public CallResult Result { get; init; } = CallResult.Missed;
    public CallReason? Reason { get; init; }
    public CallUncertainty? Uncertain { get; init; }

    /// <summary>The line or queue was closed when the call began.</summary>
    public bool IsAfterHours { get; init; }

    /// <summary>The call was in a queue.</summary>
    public bool IsInQueue { get; init; }

    /// <summary>It was offered to a phone.</summary>
    public bool HasOffers { get; init; }

    /// <summary>A phone rang.</summary>
    public bool HasRung { get; init; }
}
