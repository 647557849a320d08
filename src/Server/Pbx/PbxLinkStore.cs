using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>The lines to PBXs, as they are configured, and since when each is down.</summary>
internal sealed class PbxLinkStore(Database database, IdBlocks ids)
{
    public async Task<IReadOnlyList<PbxLink>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<LinkRow>(ListSql(session.Dialect), null, cancel)).Select(row => row.Link())];
    }

    public async Task<PbxLink?> ById(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<LinkRow>(ByIdSql(session.Dialect), new { id }, cancel))?.Link();
    }

    /// <summary>Returns the new link's id; null: the name is taken.</summary>
    public async Task<long?> Add(PbxLink link, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await CallSources.Claim(session, link.Name, cancel))
            return null;
        await session.Execute(InsertSql(session.Dialect), Parameters(link with { Id = id, Changed = 1 }), cancel);
        await session.Commit(cancel);
        return id;
    }

    /// <summary>The name stays as it is, whatever the edit says: calls are known by it.</summary>
    public async Task<bool> Change(PbxLink link, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var changed = await session.Execute(ChangeSql(session.Dialect), Parameters(link), cancel);
        await session.Commit(cancel);
        return changed == 1;
    }

    public async Task<bool> Remove(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await session.QueryFirst<LinkRow>(ByIdSql(session.Dialect), new { id }, cancel) is not { } link)
            return false;
        var removed = await session.Execute(RemoveSql(session.Dialect), new { id }, cancel);
        await CallSources.Release(session, link.Name, cancel);
        await session.Commit(cancel);
        return removed == 1;
    }

    /// <summary>Tells all nodes that calls of this PBX are not seen since then, or (null) that they are.</summary>
    public async Task SetDown(long id, DateTimeOffset? since, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetDownSql(session.Dialect), new { id, downSince = since }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>The PBXs whose calls are not seen now.</summary>
    public async Task<IReadOnlyList<PbxLinkDown>> Down(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<PbxLinkDown>(DownSql(session.Dialect), new { isEnabled = true }, cancel);
    }

    /// <summary>How many calls go on at each PBX, by its name; those with none are absent.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LiveCalls(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<(string Pbx, int Calls)>(LiveCallsSql(session.Dialect), null, cancel)).ToDictionary(row => row.Pbx, row => row.Calls);
    }

    static object Parameters(PbxLink link) => new
    {
        id = link.Id,
        name = link.Name,
        host = link.Host,
        port = link.Port,
        username = link.Username,
        protectedSecret = link.ProtectedSecret,
        useTls = link.UseTls,
        certificateSha256 = link.CertificateSha256,
        region = link.Region,
        trunks = JsonSerializer.Serialize(link.Trunks),
        rewrites = JsonSerializer.Serialize(link.Rewrites),
        dialChannel = link.DialChannel,
        dialContext = link.DialContext,
        dialNumber = link.DialNumber,
        isEnabled = link.IsEnabled,
        changed = link.Changed,
    };

    const string Columns = "id, name, host, port, username, protected_secret, use_tls, certificate_sha256, region, trunks, rewrites, "
        + "dial_channel, dial_context, dial_number, is_enabled, changed";

    static Sql ListSql(Dialect _) => new($"SELECT {Columns} FROM pbx_link ORDER BY name");

    static Sql ByIdSql(Dialect _) => new($"SELECT {Columns} FROM pbx_link WHERE id = @id");

    static Sql InsertSql(Dialect dialect) => new(dialect.InsertIfAbsent("pbx_link", Columns, "name"));

    // A line that nobody runs any more is neither up nor down.
    static Sql ChangeSql(Dialect _) => new("""
        UPDATE pbx_link
        SET host = @host, port = @port, username = @username, protected_secret = @protectedSecret, use_tls = @useTls,
            certificate_sha256 = @certificateSha256, region = @region, trunks = @trunks, rewrites = @rewrites,
            dial_channel = @dialChannel, dial_context = @dialContext, dial_number = @dialNumber, is_enabled = @isEnabled, changed = changed + 1
        WHERE id = @id
        """);

    static Sql RemoveSql(Dialect _) => new("DELETE FROM pbx_link WHERE id = @id");

    static Sql SetDownSql(Dialect _) => new("UPDATE pbx_link SET down_since = @downSince WHERE id = @id");

    static Sql DownSql(Dialect _) => new("""
        SELECT name AS pbx, down_since AS since
        FROM pbx_link
        WHERE is_enabled = @isEnabled AND down_since IS NOT NULL
        ORDER BY name
        """);

    static Sql LiveCallsSql(Dialect _) => new("SELECT source, COUNT(*) FROM live_call GROUP BY source");

    sealed record LinkRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string Host { get; init; } = "";
        public int Port { get; init; }
        public string Username { get; init; } = "";
        public string ProtectedSecret { get; init; } = "";
        public bool UseTls { get; init; }
        public string? CertificateSha256 { get; init; }
        public string Region { get; init; } = "";
        public string Trunks { get; init; } = "";
        public string Rewrites { get; init; } = "";
        public string DialChannel { get; init; } = "";
        public string DialContext { get; init; } = "";
        public string DialNumber { get; init; } = "";
        public bool IsEnabled { get; init; }
        public long Changed { get; init; }

        public PbxLink Link() => new()
        {
            Id = Id,
            Name = Name,
            Host = Host,
            Port = Port,
            Username = Username,
            ProtectedSecret = ProtectedSecret,
            UseTls = UseTls,
            CertificateSha256 = CertificateSha256,
            Region = Region,
            Trunks = JsonSerializer.Deserialize<string[]>(Trunks) ?? [],
            Rewrites = JsonSerializer.Deserialize<RewriteRule[]>(Rewrites) ?? [],
            DialChannel = DialChannel,
            DialContext = DialContext,
            DialNumber = DialNumber,
            IsEnabled = IsEnabled,
            Changed = Changed,
        };
    }
}
