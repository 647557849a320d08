using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>When nobody listened to a PBX: because the line was down, or the program, or its machine.</summary>
internal sealed class PbxGapStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>A line that is made again within this time was never down for anybody.</summary>
    static readonly TimeSpan GapMin = TimeSpan.FromSeconds(2);

    const int ShownMax = 20;

    /// <summary>
    /// These lines are up now. One that came up after it was last heard has left a gap. Returns whether there is a new one.
    /// </summary>
    public async Task<bool> Hear(IReadOnlyList<(PbxLink Link, DateTimeOffset UpSince)> lines, CancellationToken cancel)
    {
        if (lines.Count == 0)
            return false;
        var heard = await HeardUntil(lines.Select(line => line.Link.Id), cancel);
        var left = lines.Where(line => heard.TryGetValue(line.Link.Id, out var last) && line.UpSince - last > GapMin).ToList();
        var gaps = new JsonRows();
        foreach (var (link, upSince) in left)
            gaps.Row().Add(await ids.Next(cancel)).Add(link.Name).Add(heard[link.Id]).Add(upSince);
        var until = new JsonRows();
        foreach (var (link, _) in lines)
            until.Row().Add(link.Id).Add(time.GetUtcNow());
        await using var session = await database.Write(cancel);
        await session.ExecuteRows(left.Count > 0 ? [new(AddSql, gaps.Text()), new(HearSql, until.Text())] : [new RowsStatement(HearSql, until.Text())], cancel);
        await session.Commit(cancel);
        return left.Count > 0;
    }

    // Nobody else writes it: a line has one owner.
    async Task<IReadOnlyDictionary<long, DateTimeOffset>> HeardUntil(IEnumerable<long> linkIds, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<(long Id, DateTimeOffset Until)>(HeardSql(session.Dialect), new { ids = JsonRows.Of(linkIds) }, cancel)).ToDictionary(row => row.Id, row => row.Until);
    }

    /// <summary>The diary of a PBX has come in whole up to then, by the PBX's clock; a clock that is ahead of ours says no more than now.</summary>
    public async Task Written(string pbx, DateTimeOffset until, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(WrittenSql(session.Dialect), new { pbx, until = until < time.GetUtcNow() ? until : time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>All calls that began before then are here: gaps that ended before are filled.</summary>
    public async Task Fill(string pbx, DateTimeOffset knownUntil, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(FillSql(session.Dialect), new { pbx, knownUntil, filledAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Up to when the diary of each PBX has come in whole; those without a diary, and those without a gap to fill, are absent.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ToFill(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<(string Pbx, DateTimeOffset Until)>(ToFillSql(session.Dialect), null, cancel)).ToDictionary(row => row.Pbx, row => row.Until);
    }

    /// <summary>Those that ended since then and those that are not filled, the newest first.</summary>
    public async Task<IReadOnlyList<GapItem>> Recent(DateTimeOffset since, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<GapItem>(RecentSql(session.Dialect), new { since, take = ShownMax }, cancel);
    }

    static Sql HeardSql(Dialect dialect) => new($"""
        SELECT l.id, l.heard_until
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN pbx_link l ON l.id = wanted.id
        WHERE l.heard_until IS NOT NULL
        """);

    static Sql HearSql(Dialect dialect) => new($"""
        UPDATE pbx_link
        SET heard_until = heard.until_at
        FROM {dialect.Rows("@rows", "id bigint, until_at time", "heard")}
        WHERE pbx_link.id = heard.id
        """);

    static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("pbx_gap", "@rows", "id bigint, pbx key, began_at time, ended_at time", "id"));

    static Sql WrittenSql(Dialect _) => new("""
        UPDATE pbx_link SET written_until = @until WHERE name = @pbx AND (written_until IS NULL OR written_until < @until)
        """);

    static Sql FillSql(Dialect _) => new("UPDATE pbx_gap SET filled_at = @filledAt WHERE pbx = @pbx AND filled_at IS NULL AND ended_at <= @knownUntil");

    static Sql ToFillSql(Dialect _) => new("""
        SELECT l.name, l.written_until
        FROM pbx_link l
        WHERE l.written_until IS NOT NULL AND EXISTS (SELECT 1 FROM pbx_gap g WHERE g.pbx = l.name AND g.filled_at IS NULL)
        """);

    static Sql RecentSql(Dialect dialect) => new($"""
        SELECT g.id, g.pbx, g.began_at, g.ended_at, g.filled_at,
            CASE WHEN l.written_until IS NULL THEN {dialect.False} ELSE {dialect.True} END AS has_diary,
            (SELECT COUNT(*) FROM call_diary d
             WHERE d.source = g.pbx AND d.started_at >= g.began_at AND d.started_at < g.ended_at AND d.found <> 'heard') AS calls
        FROM pbx_gap g
        LEFT JOIN pbx_link l ON l.name = g.pbx
        WHERE g.ended_at >= @since OR g.filled_at IS NULL
        ORDER BY g.ended_at DESC, g.id DESC
        {dialect.Take}
        """);
}
