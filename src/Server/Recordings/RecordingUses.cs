using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// Who listened. Whoever hears others' recordings by role sees it of those; an agent sees it of the own ones, if the policy says so.
/// </summary>
internal sealed class RecordingUses(Database database)
{
    const int UsesMax = 200;

    /// <summary>The newest first, at most 200. Null: there is no such recording, or it is not for the caller to see.</summary>
    public async Task<IReadOnlyList<RecordingUse>?> Of(Access access, long recordingId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await session.QueryFirst<long?>(MaySeeSql(session.Dialect), new { id = recordingId, callerId = access.AgentId, callerRole = access.Role }, cancel) is null)
            return null;
        return [.. (await session.Query<UseRow>(UsesSql(session.Dialect), new { recordingId, take = UsesMax }, cancel)).Select(row => row.Use())];
    }

    static Sql MaySeeSql(Dialect dialect) => new($"""
        SELECT r.id
        FROM recording r
        JOIN listening_right lr ON lr.role = @callerRole
        LEFT JOIN call c ON c.id = r.call_id
        WHERE r.id = @id AND {ListeningScope.Covers}
            AND (lr.scope <> 'own' OR EXISTS (SELECT 1 FROM recording_policy WHERE agents_see_listeners = {dialect.True}))
        """);

    static Sql UsesSql(Dialect dialect) => new($"""
        SELECT e.happened_at AS at, e.actor_id AS agent_id, a.name AS agent_name, e.action, e.outcome
        FROM audit_event e
        LEFT JOIN agent a ON a.id = e.actor_id AND e.actor_kind = 'person'
        WHERE e.subject = 'recording' AND e.subject_id = @recordingId
        ORDER BY e.happened_at DESC, e.id DESC
        {dialect.Take}
        """);

    sealed record UseRow
    {
        public DateTimeOffset At { get; init; }
        public long AgentId { get; init; }
        public string? AgentName { get; init; }
        public string Action { get; init; } = "";
        public string Outcome { get; init; } = "";

        public RecordingUse Use() => new() { At = At, AgentId = AgentId, AgentName = AgentName, Action = Action, Refused = Outcome == AuditWords.Refused };
    }
}
