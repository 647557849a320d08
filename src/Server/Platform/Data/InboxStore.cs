namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>Something that arrived over HTTP. A repeated one has the same source and key.</summary>
internal sealed record InboxItem(string Source, string DedupKey, string Body);

/// <summary>What arrived over HTTP: the sender is answered when it is committed here, and the work begins from here.</summary>
internal sealed class InboxStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Keeps those that are not here yet.</summary>
    public async Task Put(IReadOnlyList<InboxItem> items, CancellationToken cancel)
    {
        if (items.Count == 0)
            return;
        var id = await ids.Take(items.Count, cancel);
        var now = time.GetUtcNow();
        var rows = new JsonRows();
        foreach (var item in items.DistinctBy(item => (item.Source, item.DedupKey)))
            rows.Row().Add(id++).Add(item.Source).Add(item.DedupKey).Add(now).Add(item.Body);
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([new(PutSql, rows.Text())], cancel);
        await session.Commit(cancel);
    }

    static Sql PutSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "inbox", "@rows", "id bigint, source key, dedup_key key, received_at time, body text", "source, dedup_key"));
}
