using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// One look for reminders that are due, by any node at any time. Each is claimed by one UPDATE that only one transaction can win, so it
/// rings once in its round, however many nodes look at once; those whose time came while nobody looked ring at the first look. The
/// reminder is in its owner's list from the commit on: telling the browsers is a hint. Its mail is queued in the same transaction.
/// </summary>
internal sealed class ReminderRound(Database database, IdBlocks ids, TaskNews news, TimeProvider time)
{
    /// <summary>Returns how many rang and how many came before the supervisors.</summary>
    public async Task<(int Rung, int Escalated)> Run(CancellationToken cancel)
    {
        var run = await ids.Next(cancel);
        var args = new { run, now = time.GetUtcNow(), role = Roles.Supervisor, isActive = true };
        IReadOnlyList<long?> concerned;
        int rung, escalated;
        await using (var session = await database.Write(cancel))
        {
            rung = await session.Execute(ClaimSql(session.Dialect), args, cancel);
            escalated = await session.Execute(EscalateSql(session.Dialect), args, cancel);
            if (rung + escalated == 0)
                return (0, 0);
            var claimed = await session.Query<ClaimedRow>(ClaimedSql(session.Dialect), args, cancel);
            await session.ExecuteRows([new(EscalateAtSql, EscalationTimes(claimed))], cancel);
            await session.Execute(RecordOwnersSql(session.Dialect), args, cancel);
            await session.Execute(RecordSupervisorsSql(session.Dialect), args, cancel);
            await ReminderMailStore.Queue(session, args, cancel);
            concerned = await session.Query<long?>(ConcernedSql(session.Dialect), args, cancel);
            await session.Commit(cancel);
        }
        news.Tell(concerned);
        return (rung, escalated);
    }

    static string EscalationTimes(IEnumerable<ClaimedRow> claimed)
    {
        var rows = new JsonRows();
        foreach (var row in claimed)
            rows.Row().Add(row.Id).Add(row.EscalateMinutes is { } minutes ? row.RungAt.AddMinutes(minutes) : (DateTimeOffset?)null);
        return rows.Text();
    }

    // Nobody's task is the supervisors' to give away: its reminder is before them at once.
    static Sql ClaimSql(Dialect _) => new("""
        UPDATE reminder
        SET state = 'rung', claimed_by = @run, rung_at = @now, seen_at = NULL, escalate_at = NULL,
            escalated_at = CASE WHEN EXISTS (SELECT 1 FROM agent_task t WHERE t.id = reminder.task_id AND t.owner_id IS NULL) THEN @now END
        WHERE state = 'waiting' AND ring_at <= @now AND EXISTS (SELECT 1 FROM agent_task t WHERE t.id = reminder.task_id AND t.state = 'open')
        """);

    static Sql EscalateSql(Dialect _) => new("""
        UPDATE reminder
        SET escalated_at = @now, claimed_by = @run
        WHERE state = 'rung' AND escalated_at IS NULL AND escalate_at <= @now
            AND EXISTS (SELECT 1 FROM agent_task t WHERE t.id = reminder.task_id AND t.state = 'open')
        """);

    static Sql ClaimedSql(Dialect _) => new("SELECT id, rung_at, escalate_minutes FROM reminder WHERE claimed_by = @run AND rung_at = @now ORDER BY id");

    static Sql EscalateAtSql(Dialect dialect) => new($"""
        UPDATE reminder
        SET escalate_at = timed.escalate_at
        FROM {dialect.Rows("@rows", "id bigint, escalate_at time", "timed")}
        WHERE reminder.id = timed.id
        """);

    static Sql RecordOwnersSql(Dialect _) => new("""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at)
        SELECT r.id, r.round, 'sent', 'app', t.owner_id, @now
        FROM reminder r
        JOIN agent_task t ON t.id = r.task_id
        WHERE r.claimed_by = @run AND r.rung_at = @now AND t.owner_id IS NOT NULL
        """);

    static Sql RecordSupervisorsSql(Dialect _) => new("""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at)
        SELECT r.id, r.round, 'escalated', 'app', s.id, @now
        FROM reminder r
        JOIN agent s ON s.role = @role AND s.is_active = @isActive
        WHERE r.claimed_by = @run AND r.escalated_at = @now
        """);

    static Sql ConcernedSql(Dialect _) => new("""
        SELECT DISTINCT agent_id
        FROM reminder_delivery
        WHERE happened_at = @now AND reminder_id IN (SELECT id FROM reminder WHERE claimed_by = @run)
        ORDER BY agent_id
        """);

    sealed record ClaimedRow
    {
        public long Id { get; init; }
        public DateTimeOffset RungAt { get; init; }
        public int? EscalateMinutes { get; init; }
    }
}
