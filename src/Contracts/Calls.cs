namespace ContactCenterCrm.Contracts;

/// <summary>
/// A call as every list, card and program sees it. The words of direction, result, reason and hangupBy are those that
/// <c>replay</c> prints: docs/api.md lists them.
/// </summary>
public sealed record CallItem
{
    public required long Id { get; init; }
    public required string Source { get; init; }
    public required string ExternalId { get; init; }
    public required string Direction { get; init; }

    /// <summary>E.164 of the party outside; null when hidden or not a public number.</summary>
    public string? Client { get; init; }

    public long? ClientId { get; init; }
    public string? ClientName { get; init; }
    public string? Did { get; init; }
    public string? Queue { get; init; }

    /// <summary>Extensions whose phone rang, in order.</summary>
    public IReadOnlyList<string> Rang { get; init; } = [];

    /// <summary>Outbound: the extension that called.</summary>
    public string? Agent { get; init; }

    /// <summary>The agent (person) who owns the extension that answered, or else that called.</summary>
    public long? AgentId { get; init; }

    public string? AgentName { get; init; }
    public string? AnsweredBy { get; init; }
    public string? LastAgent { get; init; }

    /// <summary>Null while the call is live.</summary>
    public string? Result { get; init; }

    public string? Reason { get; init; }
    public string? HangupBy { get; init; }
    public IReadOnlyList<TransferItem> Transfers { get; init; } = [];
    public double? WaitSeconds { get; init; }
    public double? RingSeconds { get; init; }
    public double? TalkSeconds { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The best that is known of its sound: ready, expected, deleted, missing; null: it was not recorded. Whether the caller may hear it is another matter.</summary>
    public string? Recording { get; init; }

    /// <summary>How it ended for the business, as the agent said.</summary>
    public string? Outcome { get; init; }

    /// <summary>ended_unseen, begun_unseen or pbx_stopped when something of this call is not certain; else null.</summary>
    public string? Uncertain { get; init; }

    /// <summary>
    /// added: nothing of it was heard when it happened, completed: only a part; the rest is from the source's own books. Null: all of it was
    /// heard, or there are no such books.
    /// </summary>
    public string? Found { get; init; }
}

public sealed record TransferItem
{
    /// <summary>blind or attended.</summary>
    public required string Type { get; init; }

    public required string By { get; init; }
    public required string To { get; init; }
    public bool Answered { get; init; }
}

/// <summary>One offer of a call to a phone: the row's story of who rang and why nobody picked up.</summary>
public sealed record OfferItem
{
    public required string Extension { get; init; }
    public string? AgentName { get; init; }
    public string? Queue { get; init; }
    public required DateTimeOffset OfferedAt { get; init; }
    public double? RingSeconds { get; init; }

    /// <summary>answered, rang_out, rejected, busy, withdrawn, unreachable; null while it rings.</summary>
    public string? Result { get; init; }
}

/// <summary>A call with its whole story.</summary>
public sealed record CallStory
{
    public required CallItem Call { get; init; }
    public IReadOnlyList<OfferItem> Offers { get; init; } = [];
    public IReadOnlyList<TalkItem> Talks { get; init; } = [];
    public IReadOnlyList<QueueVisitItem> QueueVisits { get; init; } = [];
}

public sealed record TalkItem
{
    public string? Extension { get; init; }
    public string? AgentName { get; init; }
    public string? ExternalNumber { get; init; }

    /// <summary>main, consult or conference.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

public sealed record QueueVisitItem
{
    public required string Queue { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>answered, abandoned, timeout, overflow, join_empty, closed; null while the caller waits.</summary>
    public string? Exit { get; init; }
}
