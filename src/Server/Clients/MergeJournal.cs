using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>What is remembered of a merge, so that it can be undone.</summary>
internal sealed record MergeBody
{
    public required CardState From { get; init; }

    /// <summary>The card that stays, before the merge.</summary>
    public required CardState Before { get; init; }

    /// <summary>The card that stays, as the merge made it.</summary>
    public required CardState Merged { get; init; }

    /// <summary>Other cards that had numbers of the one that went.</summary>
    public required IReadOnlyList<NumberHolder> Holders { get; init; }
}

internal sealed record NumberHolder
{
    public string E164 { get; init; } = "";
    public long ClientId { get; init; }
}

internal sealed record StoredMerge
{
    public long Id { get; init; }
    public long FromId { get; init; }
    public long IntoId { get; init; }
    public int IntoVersion { get; init; }
    public DateTimeOffset MergedAt { get; init; }
    public long MergedById { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public string Body { get; init; } = "";

    public MergeBody Read() => JsonSerializer.Deserialize<MergeBody>(Body) ?? throw new InvalidOperationException($"The body of merge {Id} is empty.");
}

/// <summary>The rows of <c>client_merge</c> and <c>client_merge_row</c>. Inside the caller's transaction.</summary>
internal static class MergeJournal
{
    /// <summary>So long a merge can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(30);

    public static Task Write(
        DbSession session, long mergeId, long fromId, long intoId, int intoVersion, long byId, DateTimeOffset at, MergeBody body, CancellationToken cancel) =>
        session.Execute(WriteSql(session.Dialect), new
        {
            id = mergeId,
            fromId,
            intoId,
            intoVersion,
            mergedAt = at,
            mergedById = byId,
            body = JsonSerializer.Serialize(body),
        }, cancel);

    public static Task WriteRows(DbSession session, long mergeId, string kind, IEnumerable<long> rowIds, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var rowId in rowIds)
            rows.Row().Add(mergeId).Add(kind).Add(rowId);
        return session.ExecuteRows(rows.Count == 0 ? [] : [new(WriteRowsSql, rows.Text())], cancel);
    }

    public static Task<StoredMerge?> Of(DbSession session, long mergeId, CancellationToken cancel) =>
        session.QueryFirst<StoredMerge>(OfSql(session.Dialect), new { mergeId }, cancel);

    /// <summary>The ids of what moved, by kind.</summary>
    public static async Task<ILookup<string, long>> Rows(DbSession session, long mergeId, CancellationToken cancel) =>
        (await session.Query<MovedRow>(RowsSql(session.Dialect), new { mergeId }, cancel)).ToLookup(row => row.Kind, row => row.RowId);

    /// <summary>Something went into the same card after this, and is still in it.</summary>
    public static async Task<bool> HasLater(DbSession session, StoredMerge merge, CancellationToken cancel) =>
        await session.QueryFirst<long?>(LaterSql(session.Dialect), new { intoId = merge.IntoId, intoVersion = merge.IntoVersion }, cancel) is not null;

    public static Task MarkUndone(DbSession session, long mergeId, long byId, DateTimeOffset at, CancellationToken cancel) =>
        session.Execute(MarkUndoneSql(session.Dialect), new { mergeId, undoneById = byId, undoneAt = at }, cancel);

    /// <summary>What went into a card and can come out again, the latest first. For a reader who may see the card.</summary>
    public static async Task<IReadOnlyList<ClientMergeItem>> Items(DbSession session, Access access, long clientId, DateTimeOffset now, CancellationToken cancel)
    {
        var args = new { clientId, callerId = access.AgentId, since = now - UndoTime };
        var rows = await session.Query<ItemRow>(ItemsSql(session.Dialect, !access.SeesAll), args, cancel);
        return [.. rows.Select((row, i) => row.Item(isLatest: i == 0))];
    }

    static Sql WriteSql(Dialect _) => new("""
        INSERT INTO client_merge (id, from_id, into_id, into_version, merged_at, merged_by_id, body)
        VALUES (@id, @fromId, @intoId, @intoVersion, @mergedAt, @mergedById, @body)
        """);

    static Sql WriteRowsSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "client_merge_row", "@rows", "merge_id bigint, kind key, row_id bigint", "merge_id, kind, row_id"));

    static Sql OfSql(Dialect _) => new("""
        SELECT id, from_id, into_id, into_version, merged_at, merged_by_id, undone_at, body
        FROM client_merge
        WHERE id = @mergeId
        """);

    static Sql RowsSql(Dialect _) => new("SELECT kind, row_id FROM client_merge_row WHERE merge_id = @mergeId ORDER BY kind, row_id");

    static Sql LaterSql(Dialect _) => new("""
        SELECT id
        FROM client_merge
        WHERE into_id = @intoId AND into_version > @intoVersion AND undone_at IS NULL
        """);

    static Sql MarkUndoneSql(Dialect _) => new("UPDATE client_merge SET undone_at = @undoneAt, undone_by_id = @undoneById WHERE id = @mergeId");

    static Sql ItemsSql(Dialect dialect, bool own) => new($"""
        SELECT m.id, m.from_id, k.name AS from_name, k.main_number AS from_number, m.merged_at, a.name AS merged_by_name,
            CASE WHEN {(own ? $"m.merged_by_id = @callerId OR {ClientAccess.IsVisible}" : "m.id = m.id")} THEN {dialect.True} ELSE {dialect.False} END AS is_open
        FROM client_merge m
        JOIN client k ON k.id = m.from_id
        LEFT JOIN agent a ON a.id = m.merged_by_id
        WHERE m.into_id = @clientId AND m.undone_at IS NULL AND m.merged_at > @since
        ORDER BY m.into_version DESC, m.id DESC
        """);

    sealed record MovedRow
    {
        public string Kind { get; init; } = "";
        public long RowId { get; init; }
    }

    sealed record ItemRow
    {
        public long Id { get; init; }
        public long FromId { get; init; }
        public string FromName { get; init; } = "";
        public string? FromNumber { get; init; }
        public DateTimeOffset MergedAt { get; init; }
        public string? MergedByName { get; init; }
        public bool IsOpen { get; init; }

        public ClientMergeItem Item(bool isLatest) => new()
        {
            Id = Id,
            FromId = FromId,
            FromName = FromName,
            FromNumber = FromNumber,
            MergedAt = MergedAt,
            MergedByName = MergedByName,
            UndoUntil = MergedAt + UndoTime,
            CanUndo = isLatest && IsOpen,
        };
    }
}
