using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>The reminders of tasks, as their tasks change. Inside the caller's transaction.</summary>
internal static class ReminderStore
{
    /// <summary>Adds a row for each reminder of a new task.</summary>
    public static void Write(JsonRows rows, NewTask task)
    {
        for (var i = 0; i < task.RemindMinutesBefore.Count; i++)
            Write(rows, task.Id + 1 + i, task.Id, task.RemindMinutesBefore[i], task.EscalateMinutes, task.DueAt);
    }

    /// <summary>
    /// The reminders are now these. One whose time moved into the future rings again, in a new round; one that rang for the time before
    /// does not ring twice.
    /// </summary>
    /// <param name="firstId">As many new ids as there are reminders.</param>
    public static async Task Change(DbSession session, long taskId, long firstId, AgentTaskEdit edit, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new JsonRows();
        for (var i = 0; i < edit.RemindMinutesBefore.Count; i++)
            Write(rows, firstId + i, taskId, edit.RemindMinutesBefore[i], edit.EscalateMinutes, edit.DueAt);
        var kept = new { taskId, rows = rows.Text(), now };
        await session.Execute(SilenceSql(session.Dialect), kept, cancel);
        await session.ExecuteRows(rows.Count == 0 ? [] : [new(PutSql, rows.Text())], cancel);
        await session.Execute(MoveSql(session.Dialect), kept, cancel);
    }

    /// <summary>The task is over, and so are its reminders. What was on somebody's screen is recorded as done.</summary>
    public static async Task End(DbSession session, long taskId, long agentId, DateTimeOffset now, CancellationToken cancel)
    {
        await session.Execute(RecordEndSql(session.Dialect), new { taskId, agentId, now }, cancel);
        await session.Execute(EndSql(session.Dialect), new { taskId }, cancel);
    }

    public static async Task<ILookup<long, int>> MinutesOf(DbSession session, IEnumerable<long> taskIds, CancellationToken cancel) =>
        (await session.Query<MinutesRow>(MinutesSql(session.Dialect), new { ids = JsonRows.Of(taskIds) }, cancel)).ToLookup(row => row.TaskId, row => row.MinutesBefore);

    static void Write(JsonRows rows, long id, long taskId, int minutesBefore, int? escalateMinutes, DateTimeOffset dueAt) =>
        rows.Row().Add(id).Add(taskId).Add(minutesBefore).Add(escalateMinutes).Add(dueAt.AddMinutes(-minutesBefore));

    const string Columns = "id bigint, task_id bigint, minutes_before int, escalate_minutes int, ring_at time";

    /// <summary>A task that was there before keeps the reminders that it has: those of the new one find no task with its id.</summary>
    public static Sql PutSql(Dialect dialect) => new($"""
        INSERT INTO reminder (id, task_id, minutes_before, escalate_minutes, ring_at, state, round)
        SELECT fresh.id, fresh.task_id, fresh.minutes_before, fresh.escalate_minutes, fresh.ring_at, 'waiting', 1
        FROM {dialect.Rows("@rows", Columns, "fresh")}
        WHERE EXISTS (SELECT 1 FROM agent_task WHERE agent_task.id = fresh.task_id)
            AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.task_id = fresh.task_id AND reminder.minutes_before = fresh.minutes_before)
        """);

    // The deliveries of it stay, so the row does, too.
    static Sql SilenceSql(Dialect dialect) => new($"""
        UPDATE reminder
        SET state = 'off'
        WHERE task_id = @taskId AND minutes_before NOT IN (SELECT kept.minutes_before FROM {dialect.Rows("@rows", Columns, "kept")})
        """);

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE reminder
        SET escalate_minutes = kept.escalate_minutes, ring_at = kept.ring_at,
            round = CASE WHEN reminder.state <> 'waiting' AND kept.ring_at > @now THEN reminder.round + 1 ELSE reminder.round END,
            state = CASE WHEN kept.ring_at > @now THEN 'waiting' ELSE reminder.state END
        FROM {dialect.Rows("@rows", Columns, "kept")}
        WHERE reminder.task_id = kept.task_id AND reminder.minutes_before = kept.minutes_before
            AND (reminder.ring_at <> kept.ring_at OR reminder.state IN ('waiting', 'off'))
        """);

    static Sql RecordEndSql(Dialect _) => new("""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at)
        SELECT id, round, 'done', 'app', @agentId, @now
        FROM reminder
        WHERE task_id = @taskId AND state = 'rung'
        """);

    static Sql EndSql(Dialect _) => new("UPDATE reminder SET state = 'off' WHERE task_id = @taskId AND state IN ('waiting', 'rung')");

    static Sql MinutesSql(Dialect dialect) => new($"""
        SELECT task_id, minutes_before
        FROM reminder
        WHERE state <> 'off' AND task_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY task_id, minutes_before
        """);

    sealed record MinutesRow
    {
        public long TaskId { get; init; }
        public int MinutesBefore { get; init; }
    }
}
