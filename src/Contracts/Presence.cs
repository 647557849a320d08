using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>What an agent is doing.</summary>
public enum AgentState { Offline, Ready, Ringing, Talking, OnHold, WrapUp, Break, NotResponding }

/// <summary>What an agent is doing, and what was asked for.</summary>
public sealed record PresenceItem
{
    public required long AgentId { get; init; }

    /// <summary>Grows with each change: an older one is not shown over a newer one.</summary>
    public required long Version { get; init; }

    public required AgentState State { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why the agent is away; null: no break.</summary>
    public string? Break { get; init; }

    /// <summary>Asked for during a call, and had after it: a break, or (with a null <see cref="PendingBreak"/>) to be ready.</summary>
    public bool IsPending { get; init; }

    public string? PendingBreak { get; init; }

    /// <summary>The call whose wrap-up it is.</summary>
    public long? WrapUpCallId { get; init; }

    /// <summary>When wrap-up ends by itself.</summary>
    public DateTimeOffset? WrapUpUntil { get; init; }
}

public sealed record PresenceWish
{
    /// <summary>The name of a break (<see cref="BreakReason"/>); null: ready for calls.</summary>
    [property: StringLength(100)]
    public string? Break { get; init; }
}

public sealed record WrapUpExtension
{
    /// <summary>More time from its present end on, in seconds.</summary>
    [property: Range(10, 600)]
    public int Seconds { get; init; } = 30;
}

/// <summary>Why agents may be away.</summary>
public sealed record BreakReason
{
    [property: Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>How long at most, in minutes; null: as long as it takes.</summary>
    [property: Range(1, 480)]
    public int? Minutes { get; init; }
}

/// <summary>How long wrap-up lasts at most.</summary>
public sealed record WrapUpRule
{
    /// <summary>The queue; empty: all other calls.</summary>
    [property: StringLength(200)]
    public string Queue { get; init; } = "";

    /// <summary>0: there is none.</summary>
    [property: Range(0, 3600)]
    public int Seconds { get; init; }
}

public sealed record PresenceRules
{
    public IReadOnlyList<BreakReason> Breaks { get; init; } = [];
    public IReadOnlyList<WrapUpRule> WrapUps { get; init; } = [];
}

/// <summary>A stretch of an agent's day.</summary>
public sealed record AgentStretch
{
    public required AgentState State { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>Null: it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
