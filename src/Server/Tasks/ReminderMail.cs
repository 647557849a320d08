using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>A mail of a reminder on its way: to its owner, or to a supervisor when the owner left it unanswered.</summary>
internal sealed record ReminderMail
{
    public long ReminderId { get; init; }
    public int Round { get; init; }

    /// <summary>sent, escalated: as in the log of the screen.</summary>
    public string What { get; init; } = "";

    public long AgentId { get; init; }
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>How often somebody has begun to send it.</summary>
    public int Attempts { get; init; }

    public bool IsEscalation => What == "escalated";
}

/// <summary>What a mail of a reminder says, and whether it is still wanted.</summary>
internal sealed record ReminderLetter
{
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public string? Language { get; init; }
    public AgentTaskKind Kind { get; init; }
    public string Subject { get; init; } = "";
    public string? RuleName { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string DueZone { get; init; } = "";
    public string? OwnerName { get; init; }
    public AgentTaskState TaskState { get; init; }
    public string ReminderState { get; init; } = "";
    public int Round { get; init; }

    /// <summary>Nobody has answered it, put it off or done the task since.</summary>
    public bool StillRings(int round) => (TaskState, ReminderState, Round) == (AgentTaskState.Open, "rung", round);
}
