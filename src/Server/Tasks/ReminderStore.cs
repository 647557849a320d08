using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>The reminders of tasks. Inside the caller's transaction.</summary>
internal static class ReminderStore
{
    /// <summary>Adds a row for each reminder of a new task.</summary>
    public static void Write(JsonRows rows, NewTask task)
    {
        for (var i = 0; i < task.RemindMinutesBefore.Count; i++)
        {
            var minutes = task.RemindMinutesBefore[i];
            rows.Row().Add(task.Id + 1 + i).Add(task.Id).Add(minutes).Add(task.EscalateMinutes).Add(task.DueAt.AddMinutes(-minutes));
        }
    }

    /// <summary>A task that was there before keeps the reminders that it has: those of the new one find no task with its id.</summary>
    public static Sql PutSql(Dialect dialect) => new($"""
        INSERT INTO reminder (id, task_id, minutes_before, escalate_minutes, ring_at, state, round)
        SELECT fresh.id, fresh.task_id, fresh.minutes_before, fresh.escalate_minutes, fresh.ring_at, 'waiting', 1
        FROM {dialect.Rows("@rows", "id bigint, task_id bigint, minutes_before int, escalate_minutes int, ring_at time", "fresh")}
        WHERE EXISTS (SELECT 1 FROM agent_task WHERE agent_task.id = fresh.task_id)
            AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.task_id = fresh.task_id AND reminder.minutes_before = fresh.minutes_before)
        """);
}
