using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>A task as it is read, with the names of everybody in it.</summary>
internal sealed record TaskRow
{
    /// <summary>
    /// A call that may have done it: client and agent spoke after the task was made, and nobody has said of it that it did not. Which one
    /// of several does not matter.
    /// </summary>
    public const string Columns = """
        t.id, t.kind, t.subject, t.state, t.priority, t.client_id, n.name AS client_name, COALESCE(s.party_e164, n.main_number) AS client_number, t.call_id, t.deal_id, e.title AS deal_title, t.owner_id,
        o.name AS owner_name, t.deputy_id, d.name AS deputy_name, t.due_at, t.due_zone, t.author_name, t.rule_name, t.created_at, t.closed_at,
        b.name AS closed_by_name, t.closing_note, p.id AS proposed_call_id, p.started_at AS proposed_at, t.version
        """;

    public const string Tables = """
        agent_task t
        LEFT JOIN client n ON n.id = t.client_id
        LEFT JOIN call s ON s.id = t.call_id
        LEFT JOIN deal e ON e.id = t.deal_id
        LEFT JOIN agent o ON o.id = t.owner_id
        LEFT JOIN agent d ON d.id = t.deputy_id
        LEFT JOIN agent b ON b.id = t.closed_by_id
        LEFT JOIN call p ON p.id = (
            SELECT MAX(c.id)
            FROM call c
            WHERE c.client_id = t.client_id AND t.state = 'open' AND t.kind IN ('call', 'callback') AND c.result = 'answered'
                AND c.direction <> 'internal' AND c.merged_source IS NULL AND c.started_at > COALESCE(t.refused_until, t.created_at))
        """;

    public long Id { get; init; }
    public AgentTaskKind Kind { get; init; }
    public string Subject { get; init; } = "";
    public AgentTaskState State { get; init; }
    public AgentTaskPriority Priority { get; init; }
    public long? ClientId { get; init; }
    public string? ClientName { get; init; }
    public string? ClientNumber { get; init; }
    public long? CallId { get; init; }
    public long? DealId { get; init; }
    public string? DealTitle { get; init; }
    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }
    public long? DeputyId { get; init; }
    public string? DeputyName { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string DueZone { get; init; } = "";
    public string? AuthorName { get; init; }
    public string? RuleName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedByName { get; init; }
    public string? ClosingNote { get; init; }
    public long? ProposedCallId { get; init; }
    public DateTimeOffset? ProposedAt { get; init; }
    public int Version { get; init; }

    /// <summary>Rows → tasks, with their reminders: one more query for all of them.</summary>
    public static async Task<IReadOnlyList<AgentTaskItem>> Items(DbSession session, IReadOnlyList<TaskRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return [];
        var reminders = await ReminderStore.MinutesOf(session, rows.Select(row => row.Id), cancel);
        return [.. rows.Select(row => row.Item([.. reminders[row.Id]]))];
    }

    AgentTaskItem Item(IReadOnlyList<int> reminders) => new()
    {
        Id = Id,
        Kind = Kind,
        Subject = Subject,
        State = State,
        Priority = Priority,
        ClientId = ClientId,
        ClientName = ClientName,
        ClientNumber = ClientNumber,
        CallId = CallId,
        DealId = DealId,
        DealTitle = DealTitle,
        OwnerId = OwnerId,
        OwnerName = OwnerName,
        DeputyId = DeputyId,
        DeputyName = DeputyName,
        DueAt = DueAt,
        DueZone = DueZone,
        AuthorName = AuthorName,
        Rule = RuleName,
        CreatedAt = CreatedAt,
        ClosedAt = ClosedAt,
        ClosedByName = ClosedByName,
        ClosingNote = ClosingNote,
        Proposal = ProposedCallId is { } callId ? new() { CallId = callId, At = ProposedAt!.Value } : null,
        RemindMinutesBefore = reminders,
        Version = Version,
    };
}
