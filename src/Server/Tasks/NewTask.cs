using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>A task on its way into the tables.</summary>
internal sealed record NewTask
{
    /// <summary>The first of <see cref="IdsTaken"/> new ids.</summary>
    public required long Id { get; init; }

    /// <summary>The reason of it: one reason makes one task, however often it is put. At most 200 characters.</summary>
    public required string NaturalKey { get; init; }

    public required AgentTaskKind Kind { get; init; }
    public required string Subject { get; init; }
    public long? ClientId { get; init; }
    public long? CallId { get; init; }
    public long? DealId { get; init; }
    public long? OwnerId { get; init; }
    public long? DeputyId { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The IANA zone that the time was set in.</summary>
    public required string DueZone { get; init; }

    public AgentTaskPriority Priority { get; init; } = AgentTaskPriority.Normal;

    /// <summary>The person or program who made it; null: <see cref="Rule"/> did.</summary>
    public long? AuthorId { get; init; }

    public string? AuthorName { get; init; }
    public string? Rule { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public IReadOnlyList<int> RemindMinutesBefore { get; init; } = [];
    public int? EscalateMinutes { get; init; }

    /// <summary>One for the task, one for each reminder.</summary>
    public int IdsTaken => 1 + RemindMinutesBefore.Count;

    /// <summary>The key of a task that a person wrote: each is its own reason.</summary>
    public static string KeyOf(long taskId) => $"task:{taskId}";
}

/// <summary>Rules of ours that make tasks.</summary>
internal static class TaskRules
{
    /// <summary>A client called, and nobody spoke with them. Such a task stands before all others.</summary>
    public const string LostCall = "lost_call";

    /// <summary>A deal came to a stage that asks it.</summary>
    public const string Stage = "stage";

    /// <summary>Somebody asks to excuse a deal from a task. It is no step towards the client.</summary>
    public const string Excuse = "excuse";
}

/// <summary>The end that a rule gives to a task, by its natural key.</summary>
/// <param name="ById">The person who said so; null: the rule.</param>
internal sealed record TaskEnd(string NaturalKey, AgentTaskState State, long? CallId, string? Note, long? ById = null);

/// <summary>A stored task, for whoever made it by a rule.</summary>
internal sealed record TaskOfKey
{
    public long Id { get; init; }
    public string NaturalKey { get; init; } = "";
    public AgentTaskState State { get; init; }
    public long? ClientId { get; init; }
    public long? OwnerId { get; init; }
    public DateTimeOffset DueAt { get; init; }
}
