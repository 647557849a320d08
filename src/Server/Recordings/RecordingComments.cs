using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>What people said about moments of recordings. Who may play one reads and writes; what somebody wrote, only they take back.</summary>
internal sealed class RecordingComments(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Nobody reads more of one talk.</summary>
    const int CommentsMax = 500;

    /// <summary>In the order of the talk. Null: there is no such recording, or the caller may not play it.</summary>
    public async Task<IReadOnlyList<RecordingComment>?> Of(Access access, long recordingId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await MayPlay(session, access, recordingId, cancel) ? await List(session, access, recordingId, cancel) : null;
    }

    /// <summary>Null: there is no such recording, or the caller may not play it.</summary>
    public async Task<RecordingComment?> Add(Access access, long recordingId, NewRecordingComment comment, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await MayPlay(session, access, recordingId, cancel))
            return null;
        await session.Execute(AddSql(session.Dialect), new
        {
            id,
            recordingId,
            atSeconds = comment.AtSeconds,
            agentId = access.AgentId,
            commentText = comment.Text.Trim(),
            writtenAt = time.GetUtcNow(),
        }, cancel);
        var added = await session.QueryFirst<RecordingComment>(ByIdSql(session.Dialect), new { id }, cancel);
        await session.Commit(cancel);
        return added! with { IsOwn = true };
    }

    /// <summary>False: there is no such comment of the caller's.</summary>
    public async Task<bool> Remove(Access access, long recordingId, long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var removed = await session.Execute(RemoveSql(session.Dialect), new { id, recordingId, callerId = access.AgentId }, cancel);
        await session.Commit(cancel);
        return removed == 1;
    }

    async Task<bool> MayPlay(DbSession session, Access access, long recordingId, CancellationToken cancel) =>
        await session.QueryFirst<long?>(
            MayPlaySql(session.Dialect), new { recordingId, callerId = access.AgentId, callerRole = access.Role, now = time.GetUtcNow() }, cancel) is not null;

    static async Task<IReadOnlyList<RecordingComment>> List(DbSession session, Access access, long recordingId, CancellationToken cancel)
    {
        var comments = await session.Query<RecordingComment>(ListSql(session.Dialect), new { recordingId, take = CommentsMax }, cancel);
        return [.. comments.Select(comment => comment with { IsOwn = comment.AgentId == access.AgentId })];
    }

    const string Columns = """
        m.id, m.at_seconds, m.comment_text AS text, m.agent_id, a.name AS agent_name, m.written_at
        """;

    static Sql MayPlaySql(Dialect dialect) => new($"""
        SELECT r.id
        FROM recording r
        JOIN listening_right lr ON lr.role = @callerRole
        LEFT JOIN call c ON c.id = r.call_id
        WHERE r.id = @recordingId AND (({ListeningScope.Allows(ListeningUse.Play, dialect.True)} AND {ListeningScope.Covers}) OR {ListeningScope.IsShared})
        """);

    static Sql ListSql(Dialect dialect) => new($"""
        SELECT {Columns}
        FROM recording_comment m
        JOIN agent a ON a.id = m.agent_id
        WHERE m.recording_id = @recordingId
        ORDER BY m.at_seconds, m.id
        {dialect.Take}
        """);

    static Sql ByIdSql(Dialect _) => new($"""
        SELECT {Columns}
        FROM recording_comment m
        JOIN agent a ON a.id = m.agent_id
        WHERE m.id = @id
        """);

    static Sql AddSql(Dialect _) => new("""
        INSERT INTO recording_comment (id, recording_id, at_seconds, agent_id, comment_text, written_at)
        VALUES (@id, @recordingId, @atSeconds, @agentId, @commentText, @writtenAt)
        """);

    static Sql RemoveSql(Dialect _) => new("DELETE FROM recording_comment WHERE id = @id AND recording_id = @recordingId AND agent_id = @callerId");
}
