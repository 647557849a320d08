using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>An inbound call that ended without a human talk, and what became of it. Known by its call.</summary>
public sealed record LostItem
{
    public required long CallId { get; init; }

    /// <summary>no_agents, rang_out, abandoned, ivr_exit, busy, after_hours, trunk_failure, voicemail.</summary>
    public required string Cause { get; init; }

    /// <summary>open, claimed, attempted; returned_by_us, returned_by_client, closed: the ends.</summary>
    public required string State { get; init; }

    /// <summary>E.164; null when hidden or no public number.</summary>
    public string? Client { get; init; }

    public bool IsHidden { get; init; }
    public long? ClientId { get; init; }
    public string? ClientName { get; init; }
    public string? Did { get; init; }
    public string? Queue { get; init; }

    /// <summary>The end of the call.</summary>
    public required DateTimeOffset LostAt { get; init; }

    public double? WaitSeconds { get; init; }

    /// <summary>Our calls to the client since then that did not reach anybody.</summary>
    public int Attempts { get; init; }

    /// <summary>The callback task, which all open entries of one client share; null when none was needed.</summary>
    public long? TaskId { get; init; }

    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Since when supervisors know that it is late.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    public long? ClaimedById { get; init; }
    public string? ClaimedByName { get; init; }

    /// <summary>The claim ends by itself then.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>The call in which the client was reached.</summary>
    public long? ReachedCallId { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Who closed it by hand.</summary>
    public string? SettledByName { get; init; }

    /// <summary>One of <see cref="LostCloseReasons"/>.</summary>
    public string? CloseReason { get; init; }

    public string? CloseNote { get; init; }
}

/// <summary>Lost calls whose client still waits, as far as this person is concerned.</summary>
public sealed record LostCount
{
    public int Unreturned { get; init; }

    /// <summary>Of these: due already.</summary>
    public int Late { get; init; }
}

/// <summary>Nobody is going to call this client back, and why.</summary>
public sealed record LostClosing
{
    /// <summary>One of <see cref="LostCloseReasons"/>.</summary>
    [property: Required]
    public string Reason { get; init; } = "";

    [property: StringLength(500)]
    public string? Note { get; init; }
}

public static class LostCloseReasons
{
    public const string ReachedOtherwise = "reached_otherwise";
    public const string NotReachable = "not_reachable";
    public const string NoNeed = "no_need";
    public const string WrongNumber = "wrong_number";
    public const string Spam = "spam";

    public static readonly IReadOnlyList<string> All = [ReachedOtherwise, NotReachable, NoNeed, WrongNumber, Spam];
}

public static class LostWords
{
    /// <summary>For the filter of the list: open, claimed and attempted together.</summary>
    public const string Unreturned = "unreturned";

    public static readonly IReadOnlyList<string> States = [Unreturned, "open", "claimed", "attempted", "returned_by_us", "returned_by_client", "closed"];

    public static readonly IReadOnlyList<string> Causes = ["abandoned", "rang_out", "no_agents", "busy", "ivr_exit", "voicemail", "after_hours", "trunk_failure"];
}

/// <summary>Who calls now was lost before, and nobody has reached them since.</summary>
public sealed record LostBefore
{
    /// <summary>The last lost call, and how many there are.</summary>
    public required DateTimeOffset LostAt { get; init; }

    public required int Calls { get; init; }

    /// <summary>Our calls since then that reached nobody.</summary>
    public int Attempts { get; init; }

    /// <summary>The colleague who was about to call back.</summary>
    public string? ClaimedByName { get; init; }
}
