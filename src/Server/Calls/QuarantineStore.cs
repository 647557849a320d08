using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Calls;

/// <summary>What could not be understood or saved, for the admin. It may hold numbers and names of clients.</summary>
internal sealed class QuarantineStore(Database database, IdBlocks ids)
{
    /// <summary>Adds entries; of each source that they are from, only the newest <see cref="Quarantine.KeptMax"/> stay.</summary>
    public async Task Add(IReadOnlyList<QuarantineEntry> entries, CancellationToken cancel)
    {
        var id = await ids.Take(entries.Count, cancel);
        var rows = new JsonRows();
        foreach (var entry in entries)
            rows.Row().Add(id++).Add(entry.Source).Add(entry.Why).Add(entry.Raw).Add(entry.ArrivedAt);
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([new(AddSql, rows.Text())], cancel);
        foreach (var source in entries.Select(entry => entry.Source).Distinct())
            await session.Execute(TrimSql(session.Dialect), new { source, take = Quarantine.KeptMax }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>The newest first.</summary>
    public async Task<Page<QuarantineItem>> Page(Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var items = await session.Query<QuarantineItem>(
            PageSql(session.Dialect), new { beforeAt = cursor.At, beforeId = cursor.Id, take = take + 1 }, cancel);
        return Pages.Of(items, take, item => new(item.ArrivedAt, item.Id));
    }

    static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "quarantine", "@rows", "id bigint, source key, why text, raw text, arrived_at time", "id"));

    static Sql TrimSql(Dialect dialect) => new($"""
        DELETE FROM quarantine
        WHERE source = @source AND id NOT IN (
            SELECT kept.id FROM (SELECT id FROM quarantine WHERE source = @source ORDER BY arrived_at DESC, id DESC {dialect.Take}) AS kept)
        """);

    static Sql PageSql(Dialect dialect) => new($"""
        SELECT id, source, why, raw, arrived_at
        FROM quarantine
        WHERE {Cursor.After("arrived_at", "id")}
        ORDER BY arrived_at DESC, id DESC
        {dialect.Take}
        """);
}
