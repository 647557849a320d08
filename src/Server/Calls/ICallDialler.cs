namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// Asks a source for a call: the agent's phone rings first, then the number is called. An order never changes a call: what happens is
/// told by the source's signals, as it is of any other call.
/// </summary>
internal interface ICallDialler
{
    /// <summary>Whether an order for this source would get through, as all nodes know it. Null: it is no source of this kind.</summary>
    Task<DialLine?> Line(string source, CancellationToken cancel);

    /// <summary>Whether this node can give orders to the source now: for a PBX, the one that owns the line.</summary>
    bool Takes(string source);

    /// <summary>Gives the order. Returns when it is known whether the agent's phone could be called.</summary>
    Task<DialResult> Dial(DialOrder order, CancellationToken cancel);
}

/// <summary>How the way to a source is. <see cref="Off"/>: an admin has switched it off.</summary>
internal enum DialLine { Up, Down, Off }

/// <summary>A call that is wanted.</summary>
internal sealed record DialOrder
{
    public required long Id { get; init; }
    public required string Source { get; init; }

    /// <summary>The agent's own phone.</summary>
    public required string Extension { get; init; }

    /// <summary>E.164.</summary>
    public required string Number { get; init; }

    /// <summary>Unique for ever. A source that lets us name the call gives it this external id.</summary>
    public required string CallId { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How long the agent's own phone rings at most.</summary>
    public TimeSpan RingTime { get; init; }
}

/// <summary>What a source made of an order.</summary>
internal abstract record DialResult
{
    /// <summary>The agent's phone was called; the rest is told by signals.</summary>
    /// <param name="CallId">The call's external id.</param>
    public sealed record Taken(string CallId) : DialResult;

    public sealed record Failed(DialFailure Why) : DialResult;
}

/// <summary>Why no call came of an order. The words are those of <see cref="Contracts.DialItem.Problem"/>.</summary>
internal enum DialFailure
{
    /// <summary>The agent's phone is not registered, or there is none of this number.</summary>
    PhoneUnreachable,

    /// <summary>The account at the source may not dial.</summary>
    DiallingDenied,

    /// <summary>The source does not take the order.</summary>
    PbxRefused,

    /// <summary>There is no line, or it broke before the answer: whether the phone rings is not known.</summary>
    LineLost,

    /// <summary>No node has the line.</summary>
    NobodyTookIt,
}
