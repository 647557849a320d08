using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>What people write about clients. Inside the caller's transaction.</summary>
internal static class NoteStore
{
    /// <param name="noteId">A new id.</param>
    /// <param name="clientId">Null while nobody has said whose call it is: the note comes to the client together with the call.</param>
    public static async Task<NoteItem> Add(
        DbSession session, Access access, long noteId, long? clientId, long? callId, string text, DateTimeOffset at, CancellationToken cancel)
    {
        var authorName = await session.QueryFirst<string>(AuthorSql(session.Dialect), new { authorId = access.AgentId }, cancel) ?? "";
        var args = new { id = noteId, clientId, callId, authorId = access.AgentId, authorName, body = text, writtenAt = at };
        await session.Execute(AddSql(session.Dialect), args, cancel);
        return new() { Id = noteId, Text = text, AuthorName = authorName, CallId = callId, At = TimeText.ToMilliseconds(at) };
    }

    /// <summary>The notes of a call go to another client with it.</summary>
    public static Task MoveOfCall(DbSession session, long callId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveOfCallSql(session.Dialect), new { callId, toClientId }, cancel);

    public static Task MoveAll(DbSession session, long fromClientId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveAllSql(session.Dialect), new { fromClientId, toClientId }, cancel);

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, NoteItem>> OfIds(DbSession session, IEnumerable<long> noteIds, CancellationToken cancel) =>
        (await session.Query<NoteItem>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(noteIds) }, cancel)).ToDictionary(note => note.Id);

    // Ids are never given twice, so it is either an account or a program's key.
    static Sql AuthorSql(Dialect _) => new("SELECT name FROM agent WHERE id = @authorId UNION ALL SELECT name FROM api_key WHERE id = @authorId");

    static Sql AddSql(Dialect _) => new("""
        INSERT INTO note (id, client_id, call_id, author_id, author_name, body, written_at)
        VALUES (@id, @clientId, @callId, @authorId, @authorName, @body, @writtenAt)
        """);

    static Sql MoveOfCallSql(Dialect _) => new("UPDATE note SET client_id = @toClientId WHERE call_id = @callId");

    static Sql MoveAllSql(Dialect _) => new("UPDATE note SET client_id = @toClientId WHERE client_id = @fromClientId");

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT id, body AS text, author_name, call_id, written_at AS at
        FROM note
        WHERE id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY id
        """);
}
