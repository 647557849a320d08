using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Cards;

/// <summary>A note, as far as it matters for who may correct it.</summary>
internal sealed record HeldNote
{
    public long Id { get; init; }
    public long AuthorId { get; init; }
    public int Version { get; init; }
}

/// <summary>What people write about clients. Notes are never deleted, and a correction keeps what stood there. Inside the caller's transaction.</summary>
internal static class NoteStore
{
    /// <param name="noteId">A new id.</param>
    /// <param name="clientId">Null while nobody has said whose call it is: the note comes to the client together with the call.</param>
    public static async Task<NoteItem> Add(
        DbSession session, Access access, long noteId, long? clientId, long? callId, string text, DateTimeOffset at, CancellationToken cancel)
    {
        var authorName = await Authors.NameOf(session, access.AgentId, cancel);
        var args = new { id = noteId, clientId, callId, authorId = access.AgentId, authorName, body = text, writtenAt = at };
        await session.Execute(AddSql(session.Dialect), args, cancel);
        return new() { Id = noteId, Text = text, AuthorName = authorName, AuthorId = access.AgentId, CallId = callId, At = TimeText.ToMilliseconds(at), CanEdit = true };
    }

    /// <summary>The notes of a call go to another client with it.</summary>
    public static Task MoveOfCall(DbSession session, long callId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveOfCallSql(session.Dialect), new { callId, toClientId }, cancel);

    /// <summary>The author, and who leads others.</summary>
    public static bool MayEdit(Access access, long authorId) => access.SeesAll || access.AgentId == authorId;

    /// <summary>A note of a client, which nobody else changes until the transaction ends.</summary>
    public static Task<HeldNote?> Take(DbSession session, long clientId, long noteId, CancellationToken cancel) =>
        session.QueryFirst<HeldNote>(TakeSql(session.Dialect), new { clientId, noteId }, cancel);

    /// <summary>Keeps what the note says now as an old version, and writes the new one.</summary>
    public static async Task Correct(DbSession session, Access access, long noteId, string text, DateTimeOffset at, CancellationToken cancel)
    {
        var editedByName = await Authors.NameOf(session, access.AgentId, cancel);
        await session.Execute(KeepSql(session.Dialect), new { noteId }, cancel);
        await session.Execute(CorrectSql(session.Dialect), new { noteId, body = text, editedAt = at, editedByName }, cancel);
    }

    /// <summary>What the note said before, the latest first.</summary>
    public static Task<IReadOnlyList<NoteVersion>> Versions(DbSession session, long clientId, long noteId, CancellationToken cancel) =>
        session.Query<NoteVersion>(VersionsSql(session.Dialect), new { clientId, noteId }, cancel);

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, NoteItem>> OfIds(DbSession session, IEnumerable<long> noteIds, CancellationToken cancel) =>
        (await session.Query<NoteItem>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(noteIds) }, cancel)).ToDictionary(note => note.Id);

    static Sql AddSql(Dialect _) => new("""
        INSERT INTO note (id, client_id, call_id, author_id, author_name, body, written_at)
        VALUES (@id, @clientId, @callId, @authorId, @authorName, @body, @writtenAt)
        """);

    static Sql MoveOfCallSql(Dialect _) => new("UPDATE note SET client_id = @toClientId WHERE call_id = @callId");

    static Sql TakeSql(Dialect dialect) => new($"""
        SELECT n.id, n.author_id, n.version
        FROM note n {dialect.LockHint}
        WHERE n.id = @noteId AND n.client_id = @clientId
        {dialect.ForUpdate}
        """);

    static Sql KeepSql(Dialect _) => new("""
        INSERT INTO note_version (note_id, version, author_name, body, written_at)
        SELECT n.id, n.version, COALESCE(n.edited_by_name, n.author_name), n.body, COALESCE(n.edited_at, n.written_at)
        FROM note n
        WHERE n.id = @noteId
        """);

    static Sql CorrectSql(Dialect _) => new("""
        UPDATE note
        SET body = @body, version = version + 1, edited_at = @editedAt, edited_by_name = @editedByName
        WHERE id = @noteId
        """);

    static Sql VersionsSql(Dialect _) => new("""
        SELECT v.version, v.body AS text, v.author_name, v.written_at AS at
        FROM note n
        JOIN note_version v ON v.note_id = n.id
        WHERE n.id = @noteId AND n.client_id = @clientId
        ORDER BY v.version DESC
        """);

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT id, body AS text, author_name, author_id, call_id, written_at AS at, version, edited_at, edited_by_name
        FROM note
        WHERE id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY id
        """);
}
