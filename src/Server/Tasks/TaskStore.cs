using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// Writes tasks inside the caller's transaction, so that a rule's task is there together with what it came from. Tell
/// <see cref="TaskNews"/> after the commit.
/// </summary>
internal static class TaskStore
{
    /// <summary>Adds the tasks whose natural key is not there yet, with their reminders; the others stay as they are.</summary>
    public static Task Put(DbSession session, IReadOnlyCollection<NewTask> tasks, CancellationToken cancel)
    {
        JsonRows rows = new(), reminders = new();
        foreach (var task in tasks)
        {
            Write(rows.Row(), task);
            ReminderStore.Write(reminders, task);
        }
        return session.ExecuteRows([new(PutSql, rows.Text()), new(ReminderStore.PutSql, reminders.Text())], cancel);
    }

    /// <summary>Ends those that are open. Doing it again changes nothing.</summary>
    public static Task End(DbSession session, IEnumerable<TaskEnd> ends, DateTimeOffset at, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var end in ends)
            rows.Row().Add(end.NaturalKey).Add(CallWords.Of(end.State)).Add(at).Add(end.CallId).Add(end.Note).Add(end.ById);
        return session.ExecuteRows(rows.Count == 0 ? [] : [new(EndSql, rows.Text())], cancel);
    }

    public static Task<IReadOnlyList<TaskOfKey>> OfKeys(DbSession session, IEnumerable<string> naturalKeys, CancellationToken cancel) =>
        session.Query<TaskOfKey>(OfKeysSql(session.Dialect), new { rows = JsonRows.Of(naturalKeys) }, cancel);

    /// <summary>The tasks that came from a call go to another client with it.</summary>
    public static Task MoveOfCall(DbSession session, long callId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveOfCallSql(session.Dialect), new { callId, toClientId }, cancel);

    /// <summary>The tasks of deals go to another client with them.</summary>
    public static Task MoveOfDeals(DbSession session, IEnumerable<long> dealIds, long fromClientId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveOfDealsSql(session.Dialect), new { ids = JsonRows.Of(dealIds), fromClientId, toClientId }, cancel);

    static void Write(JsonRows row, NewTask task) => row
        .Add(task.Id).Add(task.NaturalKey).Add(CallWords.Of(task.Kind)).Add(task.Subject).Add(task.ClientId).Add(task.CallId).Add(task.DealId).Add(task.OwnerId)
        .Add(task.DeputyId).Add(task.DueAt).Add(task.DueZone).Add((long)task.Priority).Add(CallWords.Of(AgentTaskState.Open)).Add(task.AuthorId)
        .Add(task.AuthorName).Add(task.Rule).Add(task.CreatedAt).Add(1);

    static Sql PutSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "agent_task",
        "@rows",
        "id bigint, natural_key exact, kind key, subject text, client_id bigint, call_id bigint, deal_id bigint, owner_id bigint, deputy_id bigint, due_at time, due_zone key, "
            + "priority int, state key, author_id bigint, author_name key, rule_name key, created_at time, version int",
        "natural_key"));

    static Sql MoveOfDealsSql(Dialect dialect) => new($"""
        UPDATE agent_task
        SET client_id = @toClientId, version = version + 1
        WHERE client_id = @fromClientId AND deal_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);

    static Sql EndSql(Dialect dialect) => new($"""
        UPDATE agent_task
        SET state = ended.state, closed_at = ended.closed_at, closed_by_call_id = ended.closed_by_call_id, closing_note = ended.closing_note, closed_by_id = ended.closed_by_id,
            version = agent_task.version + 1
        FROM {dialect.Rows("@rows", "natural_key exact, state key, closed_at time, closed_by_call_id bigint, closing_note text, closed_by_id bigint", "ended")}
        WHERE agent_task.natural_key = ended.natural_key AND agent_task.state = 'open'
        """);

    static Sql OfKeysSql(Dialect dialect) => new($"""
        SELECT id, natural_key, state, client_id, owner_id, due_at
        FROM agent_task
        WHERE natural_key IN (SELECT wanted.natural_key FROM {dialect.Rows("@rows", "natural_key exact", "wanted")})
        ORDER BY id
        """);

    static Sql MoveOfCallSql(Dialect _) => new("UPDATE agent_task SET client_id = @toClientId, version = version + 1 WHERE call_id = @callId");
}
