namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Ids for every table, from one row of 64-bit numbers. A node leases a block from the database and hands out its numbers from
/// memory, so an id is known before the row is written. Numbers of a block that was not used up before a restart are lost; nothing
/// depends on them being without gaps. Never call it inside a write session: on SQLite the lease needs the write lock itself.
/// </summary>
internal sealed class IdBlocks(Database database) : IDisposable
{
    const int BlockSize = 1000;
    readonly SemaphoreSlim gate = new(1, 1);
    long next;
    long end;

    /// <summary>Returns the first of <paramref name="count"/> consecutive ids.</summary>
    public async ValueTask<long> Take(int count, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (end - next < count)
                (next, end) = await Lease(Math.Max(count, BlockSize), cancel);
            next += count;
            return next - count;
        }
        finally
        {
            gate.Release();
        }
    }

    public ValueTask<long> Next(CancellationToken cancel) => Take(1, cancel);

    public void Dispose() => gate.Dispose();

    async Task<(long Next, long End)> Lease(int size, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(LeaseSql(session.Dialect), new { size }, cancel);
        var after = await session.QueryFirst<long>(LeasedSql(session.Dialect), null, cancel);
        await session.Commit(cancel);
        return (after - size, after);
    }

    // The UPDATE locks the row until the commit: two nodes never read the same block.
    static Sql LeaseSql(Dialect _) => new("UPDATE id_block SET next_id = next_id + @size");

    static Sql LeasedSql(Dialect _) => new("SELECT next_id FROM id_block");
}
