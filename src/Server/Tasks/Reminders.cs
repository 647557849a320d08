using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// The reminders that wait for somebody's answer: the owner's own, and before a supervisor also those that an owner left unanswered and
/// those of nobody's tasks.
/// </summary>
internal sealed class Reminders(Database database, TaskNews news, TimeProvider time)
{
    const int ListLength = 100;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<ReminderItem>> List(Access access, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var args = new { callerId = access.AgentId, take = ListLength };
        var rows = await session.Query<RungRow>(ListSql(session.Dialect, IsSupervisor(access)), args, cancel);
        var tasks = await TaskList.OfIds(session, rows.Select(row => row.TaskId), cancel);
        return [.. rows.Select(row => new ReminderItem { Id = row.Id, RungAt = row.RungAt, IsSeen = row.IsSeen, IsEscalated = row.IsEscalated, Task = tasks[row.TaskId] })];
    }

    /// <summary>The caller has looked at the list.</summary>
    public async Task See(Access access, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var args = new { callerId = access.AgentId, now = time.GetUtcNow() };
        await session.Execute(RecordSeenSql(session.Dialect, IsSupervisor(access)), args, cancel);
        await session.Execute(SeeSql(session.Dialect, IsSupervisor(access)), args, cancel);
        await session.Commit(cancel);
    }

    /// <summary>The caller takes care of it. False: it does not ring before the caller.</summary>
    public Task<bool> Acknowledge(Access access, long reminderId, CancellationToken cancel) =>
        Answer(access, reminderId, "done", session => session.Execute(AcknowledgeSql(session.Dialect), new { reminderId }, cancel), cancel);

    /// <summary>It rings again so many minutes from now, in a new round. False: it does not ring before the caller.</summary>
    public Task<bool> Snooze(Access access, long reminderId, int minutes, CancellationToken cancel) =>
        Answer(access, reminderId, "snoozed", session => session.Execute(
            SnoozeSql(session.Dialect), new { reminderId, ringAt = time.GetUtcNow().AddMinutes(minutes) }, cancel), cancel);

    /// <summary>What became of the reminders of a task. For a reader who has seen to it that the caller may know of it.</summary>
    public async Task<IReadOnlyList<ReminderDelivery>> Deliveries(long taskId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<ReminderDelivery>(DeliveriesSql(session.Dialect), new { taskId }, cancel);
    }

    async Task<bool> Answer(Access access, long reminderId, string what, Func<DbSession, Task> change, CancellationToken cancel)
    {
        await using (var session = await database.Write(cancel))
        {
            var args = new { reminderId, callerId = access.AgentId, what, now = time.GetUtcNow() };
            // The row is written only if the reminder rings before the caller, and only once in a round.
            if (await session.Execute(RecordAnswerSql(session.Dialect, IsSupervisor(access)), args, cancel) == 0)
                return false;
            await change(session);
            await session.Commit(cancel);
        }
        news.Tell([access.AgentId]);
        return true;
    }

    static bool IsSupervisor(Access access) => access.Role == Roles.Supervisor;

    /// <summary>Over <c>reminder r</c> and its <c>agent_task t</c>.</summary>
    static string RingsBeforeCaller(bool supervisor) =>
        $"r.state = 'rung' AND t.state = 'open' AND (t.owner_id = @callerId{(supervisor ? " OR r.escalated_at IS NOT NULL" : "")})";

    static Sql ListSql(Dialect dialect, bool supervisor) => new($"""
        SELECT r.id, r.task_id, r.rung_at, r.seen_at, r.escalated_at
        FROM reminder r
        JOIN agent_task t ON t.id = r.task_id
        WHERE {RingsBeforeCaller(supervisor)}
        ORDER BY r.rung_at DESC, r.id DESC
        {dialect.Take}
        """);

    static Sql RecordSeenSql(Dialect _, bool supervisor) => new($"""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at)
        SELECT r.id, r.round, 'seen', 'app', @callerId, @now
        FROM reminder r
        JOIN agent_task t ON t.id = r.task_id
        WHERE {RingsBeforeCaller(supervisor)} AND r.seen_at IS NULL AND {IsNew("'seen'")}
        """);

    static Sql SeeSql(Dialect _, bool supervisor) => new($"""
        UPDATE reminder
        SET seen_at = @now
        WHERE seen_at IS NULL AND id IN (
            SELECT r.id
            FROM reminder r
            JOIN agent_task t ON t.id = r.task_id
            WHERE {RingsBeforeCaller(supervisor)})
        """);

    static Sql RecordAnswerSql(Dialect _, bool supervisor) => new($"""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at)
        SELECT r.id, r.round, @what, 'app', @callerId, @now
        FROM reminder r
        JOIN agent_task t ON t.id = r.task_id
        WHERE r.id = @reminderId AND {RingsBeforeCaller(supervisor)} AND {IsNew("@what")}
        """);

    static string IsNew(string what) => $"""
        NOT EXISTS (
            SELECT 1
            FROM reminder_delivery known
            WHERE known.reminder_id = r.id AND known.round = r.round AND known.what = {what} AND known.channel = 'app' AND known.agent_id = @callerId)
        """;

    static Sql AcknowledgeSql(Dialect _) => new("UPDATE reminder SET state = 'done' WHERE id = @reminderId");

    static Sql SnoozeSql(Dialect _) => new("""
        UPDATE reminder
        SET state = 'waiting', ring_at = @ringAt, round = round + 1, escalate_at = NULL, escalated_at = NULL
        WHERE id = @reminderId
        """);

    static Sql DeliveriesSql(Dialect _) => new("""
        SELECT v.reminder_id, v.round, v.what, v.channel, a.name AS agent_name, v.happened_at AS at, v.detail
        FROM reminder_delivery v
        JOIN reminder r ON r.id = v.reminder_id
        LEFT JOIN agent a ON a.id = v.agent_id
        WHERE r.task_id = @taskId
        ORDER BY v.happened_at, v.reminder_id, v.round, v.what, v.agent_id
        """);

    sealed record RungRow
    {
        public long Id { get; init; }
        public long TaskId { get; init; }
        public DateTimeOffset RungAt { get; init; }
        public DateTimeOffset? SeenAt { get; init; }
        public DateTimeOffset? EscalatedAt { get; init; }
        public bool IsSeen => SeenAt is not null;
        public bool IsEscalated => EscalatedAt is not null;
    }
}
