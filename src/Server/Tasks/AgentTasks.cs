using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>What became of something that somebody did with a task.</summary>
internal enum TaskResult
{
    Done,
    NotFound,

    /// <summary>Somebody changed or closed it after the caller had loaded it.</summary>
    ChangedByOther,

    NoSuchClient,
    NoSuchCall,
    NoSuchDeal,
    NoSuchOwner,
    NoSuchDeputy,
}

/// <summary>What people and programs do with tasks.</summary>
internal sealed class AgentTasks(Database database, IdBlocks ids, TaskNews news, TimeProvider time)
{
    public async Task<(TaskResult Result, long Id)> Create(Access access, AgentTaskEdit edit, CancellationToken cancel)
    {
        var id = await ids.Take(1 + edit.RemindMinutesBefore.Count, cancel);
        await using (var session = await database.Write(cancel))
        {
            if (await Refusal(session, access, edit, cancel) is { } refusal)
                return (refusal, 0);
            var authorName = await Authors.NameOf(session, access.AgentId, cancel);
            await TaskStore.Put(session, [New(id, edit, access.AgentId, authorName)], cancel);
            await session.Commit(cancel);
        }
        news.Tell([edit.OwnerId, edit.DeputyId ?? edit.OwnerId]);
        return (TaskResult.Done, id);
    }

    public async Task<TaskResult> Change(Access access, long taskId, AgentTaskEdit edit, CancellationToken cancel)
    {
        var reminderId = await ids.Take(1 + edit.RemindMinutesBefore.Count, cancel);
        return await Update(access, taskId, edit.Version, edit.OwnerId, edit.DeputyId, async (session, before) =>
        {
            // What a deal's stage asked to be done stays with that deal: the gate goes by it.
            if (before.RuleName is TaskRules.Stage or TaskRules.Excuse)
                edit = edit with { ClientId = before.ClientId, DealId = before.DealId };
            if (await Refusal(session, access, edit, cancel) is { } refusal)
                return refusal;
            await session.Execute(ChangeSql(session.Dialect), new
            {
                taskId,
                kind = CallWords.Of(edit.Kind),
                subject = edit.Subject.Trim(),
                clientId = edit.ClientId,
                callId = edit.CallId,
                dealId = edit.DealId,
                ownerId = edit.OwnerId,
                deputyId = edit.DeputyId,
                dueAt = edit.DueAt,
                dueZone = edit.DueZone,
                priority = (int)edit.Priority,
            }, cancel);
            await ReminderStore.Change(session, taskId, reminderId, edit, time.GetUtcNow(), cancel);
            return TaskResult.Done;
        }, cancel);
    }

    public Task<TaskResult> HandOver(Access access, long taskId, AgentTaskHandOver to, CancellationToken cancel) =>
        Update(access, taskId, to.Version, to.OwnerId, to.DeputyId, async (session, before) =>
        {
            if (await PersonRefusal(session, to.OwnerId, to.DeputyId, cancel) is { } refusal)
                return refusal;
            await session.Execute(HandOverSql(session.Dialect), new { taskId, ownerId = to.OwnerId, deputyId = to.DeputyId }, cancel);
            return TaskResult.Done;
        }, cancel);

    /// <param name="state">Done or cancelled.</param>
    public Task<TaskResult> End(Access access, long taskId, AgentTaskState state, AgentTaskEnd end, CancellationToken cancel) =>
        Update(access, taskId, end.Version, null, null, async (session, before) =>
        {
            if (end.CallId is { } callId && await CallTimeOf(session, callId, before.ClientId, cancel) is null)
                return TaskResult.NoSuchCall;
            var args = new { taskId, state = CallWords.Of(state), closedAt = time.GetUtcNow(), closedById = access.AgentId, closedByCallId = end.CallId, closingNote = end.Note };
            await session.Execute(EndSql(session.Dialect), args, cancel);
            await ReminderStore.End(session, taskId, access.AgentId, time.GetUtcNow(), cancel);
            return TaskResult.Done;
        }, cancel);

    /// <summary>The proposed call did not do it: neither it nor one before it is proposed again.</summary>
    public Task<TaskResult> Refuse(Access access, long taskId, long callId, CancellationToken cancel) =>
        Update(access, taskId, version: null, null, null, async (session, before) =>
        {
            if (await CallTimeOf(session, callId, before.ClientId, cancel) is not { } refusedUntil)
                return TaskResult.NoSuchCall;
            await session.Execute(RefuseSql(session.Dialect), new { taskId, refusedUntil }, cancel);
            return TaskResult.Done;
        }, cancel);

    /// <summary>One change of an open task that is the caller's to see; tells those it concerns, before and after.</summary>
    /// <param name="version">The one that the caller had loaded; null: it does not matter.</param>
    async Task<TaskResult> Update(
        Access access, long taskId, int? version, long? ownerId, long? deputyId, Func<DbSession, StoredTask, Task<TaskResult>> change, CancellationToken cancel)
    {
        StoredTask? before;
        await using (var session = await database.Write(cancel))
        {
            before = await session.QueryFirst<StoredTask>(StoredSql(session.Dialect, !access.SeesAll), new { taskId, callerId = access.AgentId }, cancel);
            if (before is null)
                return TaskResult.NotFound;
            if (before.State != AgentTaskState.Open || (version is not null && before.Version != version))
                return TaskResult.ChangedByOther;
            if (await change(session, before) is var result and not TaskResult.Done)
                return result;
            await session.Commit(cancel);
        }
        news.Tell([before.OwnerId, before.DeputyId ?? before.OwnerId, ownerId ?? before.OwnerId, deputyId ?? before.OwnerId]);
        return TaskResult.Done;
    }

    static async Task<TaskResult?> Refusal(DbSession session, Access access, AgentTaskEdit edit, CancellationToken cancel)
    {
        if (edit.ClientId is { } clientId
            && await session.QueryFirst<long?>(ClientSql(session.Dialect, !access.SeesAll), new { clientId, callerId = access.AgentId }, cancel) is null)
            return TaskResult.NoSuchClient;
        if (edit.CallId is { } callId && (await CallClients.Of(session, access, callId, cancel))?.ClientId != edit.ClientId)
            return TaskResult.NoSuchCall;
        if (edit.DealId is { } dealId && await session.QueryFirst<long?>(DealSql(session.Dialect, !access.SeesAll), new { dealId, clientId = edit.ClientId, callerId = access.AgentId }, cancel) is null)
            return TaskResult.NoSuchDeal;
        return await PersonRefusal(session, edit.OwnerId, edit.DeputyId, cancel);
    }

    static async Task<TaskResult?> PersonRefusal(DbSession session, long? ownerId, long? deputyId, CancellationToken cancel)
    {
        if (ownerId is not null && await session.QueryFirst<long?>(PersonSql(session.Dialect), new { agentId = ownerId, isActive = true }, cancel) is null)
            return TaskResult.NoSuchOwner;
        if (deputyId is not null && await session.QueryFirst<long?>(PersonSql(session.Dialect), new { agentId = deputyId, isActive = true }, cancel) is null)
            return TaskResult.NoSuchDeputy;
        return null;
    }

    static Task<DateTimeOffset?> CallTimeOf(DbSession session, long callId, long? clientId, CancellationToken cancel) =>
        session.QueryFirst<DateTimeOffset?>(CallTimeSql(session.Dialect), new { callId, clientId }, cancel);

    NewTask New(long id, AgentTaskEdit edit, long authorId, string? authorName) => new()
    {
        Id = id,
        NaturalKey = NewTask.KeyOf(id),
        Kind = edit.Kind,
        Subject = edit.Subject.Trim(),
        ClientId = edit.ClientId,
        CallId = edit.CallId,
        DealId = edit.DealId,
        OwnerId = edit.OwnerId,
        DeputyId = edit.DeputyId,
        DueAt = edit.DueAt,
        DueZone = edit.DueZone,
        Priority = edit.Priority,
        AuthorId = authorId,
        AuthorName = authorName,
        CreatedAt = time.GetUtcNow(),
        RemindMinutesBefore = edit.RemindMinutesBefore,
        EscalateMinutes = edit.EscalateMinutes,
    };

    static Sql PersonSql(Dialect _) => new("SELECT id FROM agent WHERE id = @agentId AND is_active = @isActive");

    // Held: while it goes into another card, nothing comes to it.
    static Sql ClientSql(Dialect dialect, bool own) => new($"""
        SELECT k.id
        FROM client k {dialect.LockHint}
        WHERE k.id = @clientId AND k.merged_into IS NULL
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        {dialect.ForUpdate}
        """);

    // The caller sees the client; of the client's deals, those in funnels that the caller's team has.
    static Sql DealSql(Dialect _, bool own) => new($"""
        SELECT d.id
        FROM deal d
        WHERE d.id = @dealId AND d.client_id = @clientId
        {(own ? """
            AND (NOT EXISTS (SELECT 1 FROM funnel_team m WHERE m.funnel_id = d.funnel_id)
                OR EXISTS (SELECT 1 FROM funnel_team m JOIN agent g ON g.team_id = m.team_id WHERE m.funnel_id = d.funnel_id AND g.id = @callerId))
            """ : "")}
        """);

    static Sql CallTimeSql(Dialect _) => new("SELECT started_at FROM call WHERE id = @callId AND client_id = @clientId");

    static Sql StoredSql(Dialect dialect, bool own) => new($"""
        SELECT t.id, t.state, t.client_id, t.deal_id, t.owner_id, t.deputy_id, t.rule_name, t.version
        FROM agent_task t {dialect.LockHint}
        WHERE t.id = @taskId {(own ? $"AND {TaskAccess.IsVisible}" : "")}
        {dialect.ForUpdate}
        """);

    static Sql ChangeSql(Dialect _) => new("""
        UPDATE agent_task
        SET kind = @kind, subject = @subject, client_id = @clientId, call_id = @callId, deal_id = @dealId, owner_id = @ownerId, deputy_id = @deputyId,
            due_at = @dueAt, due_zone = @dueZone, priority = @priority, version = version + 1
        WHERE id = @taskId
        """);

    static Sql HandOverSql(Dialect _) => new("UPDATE agent_task SET owner_id = @ownerId, deputy_id = @deputyId, version = version + 1 WHERE id = @taskId");

    static Sql EndSql(Dialect _) => new("""
        UPDATE agent_task
        SET state = @state, closed_at = @closedAt, closed_by_id = @closedById, closed_by_call_id = @closedByCallId, closing_note = @closingNote,
            version = version + 1
        WHERE id = @taskId
        """);

    static Sql RefuseSql(Dialect _) => new("UPDATE agent_task SET refused_until = @refusedUntil, version = version + 1 WHERE id = @taskId");

    sealed record StoredTask
    {
        public long Id { get; init; }
        public AgentTaskState State { get; init; }
        public long? ClientId { get; init; }
        public long? DealId { get; init; }
        public string? RuleName { get; init; }
        public long? OwnerId { get; init; }
        public long? DeputyId { get; init; }
        public int Version { get; init; }
    }
}
