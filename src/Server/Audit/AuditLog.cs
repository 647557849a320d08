using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Audit;

/// <summary>What was done, with what.</summary>
/// <param name="Detail">No numbers and names of clients: the audit is read by more people than they are.</param>
internal sealed record AuditedAction(string Action, string Subject, long SubjectId, string? Detail = null);

/// <summary>Which events are asked for. Null: whatever.</summary>
internal sealed record AuditFilter
{
    public string? Action { get; init; }
    public string? Outcome { get; init; }
    public string? Subject { get; init; }
    public long? SubjectId { get; init; }
    public long? ActorId { get; init; }
}

/// <summary>
/// Who did what, or was kept from it. Rows are only added. What is audited is written down before it is given out: when the audit cannot
/// be written, nothing is.
/// </summary>
internal sealed class AuditLog(Database database, IdBlocks ids, TimeProvider time)
{
    public async Task Write(Caller caller, AuditedAction action, bool isRefused, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await Append(session, id, time.GetUtcNow(), caller, action, isRefused ? AuditWords.Refused : AuditWords.Done, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Together with what it tells of, in one transaction.</summary>
    public static Task Append(DbSession session, long id, DateTimeOffset at, Caller caller, AuditedAction action, string outcome, CancellationToken cancel) =>
        session.Execute(AppendSql(session.Dialect), new
        {
            id,
            happenedAt = at,
            actorId = caller.Access.AgentId,
            actorKind = caller.Kind,
            action = action.Action,
            outcome,
            subject = action.Subject,
            subjectId = action.SubjectId,
            detail = action.Detail,
            address = caller.Address,
        }, cancel);

    /// <summary>The newest first.</summary>
    public async Task<Page<AuditEvent>> Page(AuditFilter filter, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var sql = PageSql(
            session.Dialect, filter.Action is not null, filter.Outcome is not null, filter.Subject is not null, filter.SubjectId is not null, filter.ActorId is not null);
        var events = await session.Query<AuditEvent>(sql, new
        {
            action = filter.Action,
            outcome = filter.Outcome,
            subject = filter.Subject,
            subjectId = filter.SubjectId,
            actorId = filter.ActorId,
            beforeAt = cursor.At,
            beforeId = cursor.Id,
            take = take + 1,
        }, cancel);
        return Pages.Of(events, take, happened => new(happened.HappenedAt, happened.Id));
    }

    static Sql AppendSql(Dialect _) => new("""
        INSERT INTO audit_event (id, happened_at, actor_id, actor_kind, action, outcome, subject, subject_id, detail, address)
        VALUES (@id, @happenedAt, @actorId, @actorKind, @action, @outcome, @subject, @subjectId, @detail, @address)
        """);

    static Sql PageSql(Dialect dialect, bool action, bool outcome, bool subject, bool subjectId, bool actor) => new($"""
        SELECT e.id, e.happened_at, e.actor_id, e.actor_kind, COALESCE(a.name, k.name) AS actor_name, e.action, e.outcome, e.subject, e.subject_id, e.detail, e.address
        FROM audit_event e
        LEFT JOIN agent a ON a.id = e.actor_id AND e.actor_kind = 'person'
        LEFT JOIN api_key k ON k.id = e.actor_id AND e.actor_kind = 'program'
        WHERE {Cursor.After("e.happened_at", "e.id")}
        {(action ? "AND e.action = @action" : "")}
        {(outcome ? "AND e.outcome = @outcome" : "")}
        {(subject ? "AND e.subject = @subject" : "")}
        {(subjectId ? "AND e.subject_id = @subjectId" : "")}
        {(actor ? "AND e.actor_id = @actorId" : "")}
        ORDER BY e.happened_at DESC, e.id DESC
        {dialect.Take}
        """);
}
