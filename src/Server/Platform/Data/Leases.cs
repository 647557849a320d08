namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// What only one node may do at a time (own the line to a PBX). The holder beats; another node takes over when it has seen no new
/// beat for the lease's time <em>by its own clock</em>: no two clocks are ever compared, so they need not agree.
/// </summary>
internal sealed class Leases(Database database, NodeIdentity node, TimeProvider time)
{
    readonly Dictionary<string, (long Beat, long SeenAt)> seen = [];

    /// <summary>
    /// Takes the lease, or keeps it. True: it is ours for <paramref name="duration"/> from when this call <em>began</em>; call again well
    /// before. False: another node holds it. Not safe for two callers at once: each owner of something has one of these.
    /// </summary>
    public async Task<bool> Hold(string name, TimeSpan duration, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(CreateSql(session.Dialect), new { name, holder = node.Name, beat = 0L }, cancel);
        var row = (await session.QueryFirst<LeaseRow>(ReadSql(session.Dialect), new { name }, cancel))!;
        var mine = row.Holder == node.Name;
        if (!mine && !IsSilent(name, row.Beat, duration))
            return false;
        await session.Execute(BeatSql(session.Dialect), new { name, holder = node.Name }, cancel);
        await session.Commit(cancel);
        return true;
    }

    /// <summary>Gives the lease up at once, so that another node need not wait for the silence.</summary>
    public async Task Release(string name, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(ReleaseSql(session.Dialect), new { name, holder = node.Name }, cancel);
        await session.Commit(cancel);
    }

    bool IsSilent(string name, long beat, TimeSpan duration)
    {
        if (seen.TryGetValue(name, out var last) && last.Beat == beat)
            return time.GetElapsedTime(last.SeenAt) >= duration;
        seen[name] = (beat, time.GetTimestamp());
        return false;
    }

    static Sql CreateSql(Dialect dialect) => new(dialect.InsertIfAbsent("lease", "name, holder, beat", "name"));

    static Sql ReadSql(Dialect dialect) => new($"SELECT holder, beat FROM lease {dialect.LockHint} WHERE name = @name {dialect.ForUpdate}");

    static Sql BeatSql(Dialect _) => new("UPDATE lease SET holder = @holder, beat = beat + 1 WHERE name = @name");

    static Sql ReleaseSql(Dialect _) => new("DELETE FROM lease WHERE name = @name AND holder = @holder");

    sealed record LeaseRow
    {
        public string Holder { get; init; } = "";
        public long Beat { get; init; }
    }
}

/// <summary>This process among the nodes of the installation: new at each start, so a restarted node takes nothing for granted.</summary>
internal sealed record NodeIdentity(string Name)
{
    /// <summary>For the embedded database: its folder's lock proves that no other node is there, so a restarted one need not wait for the silence.</summary>
    public static readonly NodeIdentity Only = new("the only node");

    public static NodeIdentity New() => new($"{Environment.MachineName}-{Guid.NewGuid():N}"[..Math.Min(60, Environment.MachineName.Length + 33)]);
}
