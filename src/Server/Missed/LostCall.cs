namespace ContactCenterCrm.Server.Missed;

/// <summary>Why a client was lost.</summary>
internal enum LostCause
{
    /// <summary>No phone could be reached: nobody was there.</summary>
    NoAgents,

    RangOut,

    /// <summary>The caller gave up while phones rang, or in the queue.</summary>
    Abandoned,

    IvrExit,

    /// <summary>The phones were busy, or declined the call.</summary>
    Busy,

    AfterHours,

    /// <summary>The call reached no phone and no queue, or the PBX stopped in the middle of it.</summary>
    TrunkFailure,

    Voicemail,
}

internal enum LostState { Open, Claimed, Attempted, ReturnedByUs, ReturnedByClient, Closed }

/// <summary>What happens to an entry. <see cref="Attempt"/>: we called and reached nobody.</summary>
internal enum LostEvent { Claim, Release, Attempt, ReachByUs, ReachByClient, Close }

/// <summary>An entry of the ledger, without what stands with its call.</summary>
internal sealed record LostCall
{
    public required long CallId { get; init; }
    public required LostCause Cause { get; init; }

    /// <summary>The end of the call.</summary>
    public required DateTimeOffset LostAt { get; init; }

    public LostState State { get; init; } = LostState.Open;

    /// <summary>The callback task. All open entries of one client share it.</summary>
    public long? TaskId { get; init; }

    public int Attempts { get; init; }

    /// <summary>Who is on it, since when; null unless it is claimed.</summary>
    public long? ClaimedById { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }
    public DateTimeOffset? EscalatedAt { get; init; }
    public long? ReachedCallId { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public long? SettledById { get; init; }
    public string? CloseReason { get; init; }
    public string? CloseNote { get; init; }

    /// <summary>The client still waits.</summary>
    public bool IsWaiting => LostRules.IsWaiting(State);
}

/// <summary>A call of the same person, as far as a lost one is concerned.</summary>
internal sealed record LaterCall
{
    public required long CallId { get; init; }
    public required bool IsInbound { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Click-to-call: our own phone was not picked up, so the client's never rang.</summary>
    public bool IsOwnPhoneSilent { get; init; }
}
