namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>Something that arrived.</summary>
internal sealed record InboxRow
{
    public long Id { get; init; }
    public string DedupKey { get; init; } = "";
    public DateTimeOffset ReceivedAt { get; init; }
    public string Body { get; init; } = "";
}

/// <summary>
/// What machines told us over HTTP. It is answered when its row is committed and worked on from here, so it survives whatever happens
/// next; what says the same is the same row. Rows stay: whoever made something of them can make it anew. Inside the caller's transaction.
/// </summary>
internal static class Inbox
{
    /// <summary>A row: a new id, source, key, when it arrived, body. One with a key that is there changes nothing.</summary>
    public static RowsStatement Put(JsonRows rows) => new(PutSql, rows.Text());

    /// <summary>A row: id, when it was worked on, and why that failed (null: it did not).</summary>
    public static RowsStatement Done(JsonRows rows) => new(DoneSql, rows.Text());

    /// <summary>What nobody has worked on yet, the oldest first.</summary>
    public static Task<IReadOnlyList<InboxRow>> Waiting(DbSession session, string source, int take, CancellationToken cancel) =>
        session.Query<InboxRow>(WaitingSql(session.Dialect), new { source, take }, cancel);

    public static Task<IReadOnlyList<InboxRow>> OfKeys(DbSession session, string source, IEnumerable<string> keys, CancellationToken cancel) =>
        session.Query<InboxRow>(OfKeysSql(session.Dialect), new { source, keys = JsonRows.Of(keys) }, cancel);

    /// <summary>What was worked on waits again. Returns how many rows.</summary>
    public static Task<int> Again(DbSession session, string source, CancellationToken cancel) => Again(session, source, DateTimeOffset.UnixEpoch, cancel);

    /// <summary>What arrived since then and was worked on waits again. Returns how many rows.</summary>
    public static Task<int> Again(DbSession session, string source, DateTimeOffset since, CancellationToken cancel) =>
        session.Execute(AgainSql(session.Dialect), new { source, since }, cancel);

    /// <summary>What arrived before then goes. Returns how many rows.</summary>
    /// <param name="isWaiting">Of what nobody has worked on; else of what was worked on.</param>
    public static Task<int> Forget(DbSession session, string source, bool isWaiting, DateTimeOffset before, CancellationToken cancel) =>
        session.Execute(ForgetSql(session.Dialect, isWaiting), new { source, before }, cancel);

    static Sql AgainSql(Dialect _) => new("""
        UPDATE inbox SET processed_at = NULL, error = NULL WHERE source = @source AND received_at >= @since AND processed_at IS NOT NULL
        """);

    static Sql ForgetSql(Dialect _, bool isWaiting) =>
        new($"DELETE FROM inbox WHERE source = @source AND received_at < @before AND processed_at IS {(isWaiting ? "" : "NOT ")}NULL");

    static Sql PutSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "inbox", "@rows", "id bigint, source key, dedup_key key, received_at time, body text", "source, dedup_key"));

    static Sql DoneSql(Dialect dialect) => new($"""
        UPDATE inbox
        SET processed_at = done.processed_at, error = done.error
        FROM {dialect.Rows("@rows", "id bigint, processed_at time, error text", "done")}
        WHERE inbox.id = done.id
        """);

    static Sql WaitingSql(Dialect dialect) => new($"""
        SELECT id, dedup_key, received_at, body
        FROM inbox
        WHERE source = @source AND processed_at IS NULL
        ORDER BY id
        {dialect.Take}
        """);

    static Sql OfKeysSql(Dialect dialect) => new($"""
        SELECT id, dedup_key, received_at, body
        FROM inbox
        WHERE source = @source AND dedup_key IN (SELECT wanted.dedup_key FROM {dialect.Rows("@keys", "dedup_key key", "wanted")})
        ORDER BY id
        """);
}
