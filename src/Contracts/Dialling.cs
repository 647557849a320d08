using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>"Call this number": the caller's own phone rings first, and when it is picked up, the number is called.</summary>
public sealed record DialRequest
{
    /// <summary>In any spelling that people use.</summary>
    [property: Required, StringLength(40)]
    public string Number { get; init; } = "";

    /// <summary>The client who is meant, where the number alone does not tell.</summary>
    public long? ClientId { get; init; }

    /// <summary>Which of the own phones; needed only when there are several.</summary>
    [property: StringLength(100)]
    public string? Extension { get; init; }

    /// <summary>The PBX of that phone; needed only when several have a phone of this number.</summary>
    [property: StringLength(32)]
    public string? Pbx { get; init; }
}

/// <summary>One of the own phones, to choose from.</summary>
public sealed record DialPhone
{
    public required string Pbx { get; init; }
    public required string Extension { get; init; }
}

/// <summary>
/// A call that was asked for and has not begun: it leaves the desk when the call does begin, whose card tells the rest. When it fails
/// before that, <see cref="Problem"/> says why, and it stays until the agent closes it or asks again.
/// </summary>
public sealed record DialItem
{
    public required long Id { get; init; }

    /// <summary>E.164.</summary>
    public required string Number { get; init; }

    public required string NumberDisplay { get; init; }
    public long? ClientId { get; init; }
    public string? ClientName { get; init; }
    public required string Pbx { get; init; }
    public required string Extension { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>
    /// Null while it is under way. phone_unreachable (the own phone is not registered), dialling_denied (the PBX does not let this
    /// program call), pbx_refused, line_lost (the line broke: whether it rings is not known), nobody_took_it (no node has the line).
    /// </summary>
    public string? Problem { get; init; }
}

/// <summary>Where a call stands that the agent places.</summary>
public enum DialStep
{
    /// <summary>The agent's own phone rings: picking it up calls the number.</summary>
    OwnPhone,

    /// <summary>The number is called.</summary>
    Number,
}
