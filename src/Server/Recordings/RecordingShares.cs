using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Recordings that one colleague let another hear, for a while.</summary>
internal sealed class RecordingShares(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Null: there is no such colleague, or the account is retired. For a caller who has seen to it that the recording may be shared.</summary>
    public async Task<RecordingShareItem?> Share(Caller caller, long recordingId, RecordingShareEdit edit, CancellationToken cancel)
    {
        var firstId = await ids.Take(2, cancel);
        var now = time.GetUtcNow();
        await using var session = await database.Write(cancel);
        if (await session.QueryFirst<long?>(ColleagueSql(session.Dialect), new { id = edit.AgentId, isActive = true }, cancel) is null)
            return null;
        await session.Execute(ShareSql(session.Dialect), new
        {
            id = firstId,
            recordingId,
            fromAgentId = caller.Access.AgentId,
            toAgentId = edit.AgentId,
            sharedAt = now,
            expiresAt = now.AddHours(edit.Hours),
        }, cancel);
        var detail = string.Create(CultureInfo.InvariantCulture, $"to {edit.AgentId} for {edit.Hours} h");
        await AuditLog.Append(session, firstId + 1, now, caller, new(AuditWords.Share, AuditWords.Recording, recordingId, detail), AuditWords.Done, cancel);
        var share = await session.QueryFirst<ShareRow>(ByIdSql(session.Dialect), new { id = firstId }, cancel);
        await session.Commit(cancel);
        return share!.Item();
    }

    /// <summary>Ends a share at once. Who gave it may, and an admin. False: there is none that lasts.</summary>
    public async Task<bool> End(Caller caller, long recordingId, long shareId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var session = await database.Write(cancel);
        var isAdmin = caller.Access.Role == Roles.Admin;
        var ended = await session.Execute(EndSql(session.Dialect, isAdmin), new { id = shareId, recordingId, callerId = caller.Access.AgentId, now }, cancel);
        await session.Commit(cancel);
        return ended == 1;
    }

    /// <summary>The share by which this agent may hear it now, the one that lasts longest.</summary>
    public static async Task<RecordingShareItem?> To(DbSession session, long agentId, long recordingId, DateTimeOffset now, CancellationToken cancel) =>
        (await session.QueryFirst<ShareRow>(ToSql(session.Dialect), new { toAgentId = agentId, recordingId, now, take = 1 }, cancel))?.Item();

    const string Columns = "s.id, s.recording_id, s.from_agent_id, giver.name AS from_agent_name, s.to_agent_id, taker.name AS to_agent_name, s.shared_at, s.expires_at";

    const string Tables = """
        recording_share s
        LEFT JOIN agent giver ON giver.id = s.from_agent_id
        LEFT JOIN agent taker ON taker.id = s.to_agent_id
        """;

    static Sql ColleagueSql(Dialect _) => new("SELECT id FROM agent WHERE id = @id AND is_active = @isActive");

    static Sql ShareSql(Dialect _) => new("""
        INSERT INTO recording_share (id, recording_id, from_agent_id, to_agent_id, shared_at, expires_at)
        VALUES (@id, @recordingId, @fromAgentId, @toAgentId, @sharedAt, @expiresAt)
        """);

    static Sql EndSql(Dialect _, bool isAdmin) => new($"""
        UPDATE recording_share
        SET expires_at = @now
        WHERE id = @id AND recording_id = @recordingId AND expires_at > @now {(isAdmin ? "" : "AND from_agent_id = @callerId")}
        """);

    static Sql ByIdSql(Dialect _) => new($"SELECT {Columns} FROM {Tables} WHERE s.id = @id");

    static Sql ToSql(Dialect dialect) => new($"""
        SELECT {Columns}
        FROM {Tables}
        WHERE s.recording_id = @recordingId AND s.to_agent_id = @toAgentId AND s.expires_at > @now
        ORDER BY s.expires_at DESC, s.id
        {dialect.Take}
        """);

    sealed record ShareRow
    {
        public long Id { get; init; }
        public long RecordingId { get; init; }
        public long FromAgentId { get; init; }
        public string? FromAgentName { get; init; }
        public long ToAgentId { get; init; }
        public string? ToAgentName { get; init; }
        public DateTimeOffset SharedAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }

        public RecordingShareItem Item() => new()
        {
            Id = Id,
            RecordingId = RecordingId,
            FromAgentId = FromAgentId,
            FromAgentName = FromAgentName,
            ToAgentId = ToAgentId,
            ToAgentName = ToAgentName,
            SharedAt = SharedAt,
            ExpiresAt = ExpiresAt,
            Link = string.Create(CultureInfo.InvariantCulture, $"/recordings/{RecordingId}"),
        };
    }
}
