using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>What is to be done.</summary>
public enum AgentTaskKind { Call, Callback, Message, Meeting, Document }

public enum AgentTaskState { Open, Done, Cancelled }

public enum AgentTaskPriority { Low, Normal, High }

/// <summary>Something that one person is to do at a time.</summary>
public sealed record AgentTaskItem
{
    public required long Id { get; init; }
    public required AgentTaskKind Kind { get; init; }

    /// <summary>What it is about. Of a rule's task: the number that called, or empty when that was hidden.</summary>
    public required string Subject { get; init; }
    public required AgentTaskState State { get; init; }
    public required AgentTaskPriority Priority { get; init; }
    public long? ClientId { get; init; }

    /// <summary>Empty while the client has no name: the number stands for it.</summary>
    public string? ClientName { get; init; }

    /// <summary>E.164: the number of the call that it came from, else the client's main one.</summary>
    public string? ClientNumber { get; init; }

    /// <summary>The call that it came from.</summary>
    public long? CallId { get; init; }

    /// <summary>The deal that it is a step of.</summary>
    public long? DealId { get; init; }

    public string? DealTitle { get; init; }

    /// <summary>Null: it is nobody's yet.</summary>
    public long? OwnerId { get; init; }

    public string? OwnerName { get; init; }

    /// <summary>Stands in for the owner: the task is in this one's day, too.</summary>
    public long? DeputyId { get; init; }

    public string? DeputyName { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The IANA time zone that the time was set in.</summary>
    public required string DueZone { get; init; }

    /// <summary>Who made it; null when a rule did.</summary>
    public string? AuthorName { get; init; }

    /// <summary>lost_call, stage (of a deal's funnel), or null when a person or a program made it.</summary>
    public string? Rule { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedByName { get; init; }
    public string? ClosingNote { get; init; }

    /// <summary>A call that may have done it: somebody is to say so.</summary>
    public TaskProposal? Proposal { get; init; }

    /// <summary>Minutes before it is due at which its owner is told.</summary>
    public IReadOnlyList<int> RemindMinutesBefore { get; init; } = [];

    /// <summary>Send it back with a change.</summary>
    public required int Version { get; init; }
}

/// <summary>The client and we spoke after the task was made.</summary>
public sealed record TaskProposal
{
    public required long CallId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The fields that a person may set.</summary>
public sealed record AgentTaskEdit
{
    /// <summary>0 for a new task; else the version that the editor had loaded.</summary>
    public int Version { get; init; }

    public AgentTaskKind Kind { get; init; }

    [property: Required, StringLength(500, MinimumLength = 1)]
    public string Subject { get; init; } = "";

    public long? ClientId { get; init; }
    public long? CallId { get; init; }

    /// <summary>A deal of the client.</summary>
    public long? DealId { get; init; }

    public long? OwnerId { get; init; }
    public long? DeputyId { get; init; }
    public DateTimeOffset DueAt { get; init; }

    [property: Required, StringLength(100)]
    public string DueZone { get; init; } = "";

    public AgentTaskPriority Priority { get; init; } = AgentTaskPriority.Normal;

    /// <summary>Minutes before it is due, 0 for the time itself; each once, at most five.</summary>
    [property: AtMost(5)]
    public IReadOnlyList<int> RemindMinutesBefore { get; init; } = [];

    /// <summary>Supervisors are told when a reminder was not acknowledged for so long; null: never.</summary>
    [property: Range(1, 10_080)]
    public int? EscalateMinutes { get; init; }
}

/// <summary>The end of a task.</summary>
public sealed record AgentTaskEnd
{
    public int Version { get; init; }

    [property: StringLength(1000)]
    public string? Note { get; init; }

    /// <summary>The proposed call that did it.</summary>
    public long? CallId { get; init; }
}

/// <summary>Gives a task to somebody.</summary>
public sealed record AgentTaskHandOver
{
    public int Version { get; init; }
    public long? OwnerId { get; init; }
    public long? DeputyId { get; init; }
}

/// <summary>The proposed call did not do it.</summary>
public sealed record TaskProposalRefusal
{
    public required long CallId { get; init; }
}

/// <summary>Open tasks in the order in which they are to be done: lost calls first, then by their time.</summary>
public sealed record TaskDay
{
    public IReadOnlyList<AgentTaskItem> Tasks { get; init; } = [];

    /// <summary>There are more, later ones.</summary>
    public bool HasMore { get; init; }

    public required DateTimeOffset ServerTime { get; init; }
}

/// <summary>A reminder that has rung and that nobody has acknowledged.</summary>
public sealed record ReminderItem
{
    public required long Id { get; init; }
    public required DateTimeOffset RungAt { get; init; }
    public bool IsSeen { get; init; }

    /// <summary>The owner did not answer it: it is before the supervisors.</summary>
    public bool IsEscalated { get; init; }

    public required AgentTaskItem Task { get; init; }
}

public sealed record ReminderSnooze
{
    [property: Range(1, 10_080)]
    public int Minutes { get; init; }
}

/// <summary>What became of a reminder.</summary>
public sealed record ReminderDelivery
{
    public required long ReminderId { get; init; }

    /// <summary>Counts how often it rang: it does again after it was put off.</summary>
    public required int Round { get; init; }

    /// <summary>
    /// sent, seen, snoozed, escalated (before a supervisor), done; not_sent and not_escalated are mails that came to nothing, and
    /// <see cref="Detail"/> says why.
    /// </summary>
    public required string What { get; init; }

    /// <summary>app, mail.</summary>
    public required string Channel { get; init; }

    public string? AgentName { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a mail: no_address, answered (it was answered before the mail could go), or one of <see cref="MailFaults"/>.</summary>
    public string? Detail { get; init; }
}
