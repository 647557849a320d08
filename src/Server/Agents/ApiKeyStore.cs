using System.Security.Cryptography;
using System.Text;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

/// <summary>
/// Keys by which programs sign in. A key is random and long (256 bits), so a plain SHA-256 of it keeps it as safe as a slow hash
/// keeps a password. It is shown once, when it is made.
/// </summary>
internal sealed class ApiKeyStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Begins every key, so that scanners of leaked secrets know one when they see it.</summary>
    public const string Prefix = "cck_";

    static readonly TimeSpan UseRecordedEvery = TimeSpan.FromMinutes(1);

    public async Task<(long Id, string Key)> Create(string name, string role, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var session = await database.Write(cancel);
        await session.Execute(InsertSql(session.Dialect), new { id, name, role, keyHash = Hash(key), createdAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
        return (id, key);
    }

    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<ApiKey>(ListSql(session.Dialect), null, cancel);
    }

    /// <summary>Ends a key's life at once. False: there is no such key, or it was revoked before.</summary>
    public async Task<bool> Revoke(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var revoked = await session.Execute(RevokeSql(session.Dialect), new { id, revokedAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
        return revoked == 1;
    }

    /// <summary>Whose key this is; null when it is nobody's or revoked. The use is recorded, at most once a minute.</summary>
    public async Task<ApiKey?> Use(string key, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        ApiKey? found;
        await using (var session = await database.Read(cancel))
            found = await session.QueryFirst<ApiKey>(ByHashSql(session.Dialect), new { keyHash = Hash(key) }, cancel);
        if (found is not null && !(found.LastUsedAt > now - UseRecordedEvery))
            await RecordUse(found.Id, now, cancel);
        return found;
    }

    async Task RecordUse(long id, DateTimeOffset lastUsedAt, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(RecordUseSql(session.Dialect), new { id, lastUsedAt }, cancel);
        await session.Commit(cancel);
    }

    static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    static Sql InsertSql(Dialect _) => new("""
        INSERT INTO api_key (id, name, role, key_hash, created_at)
        VALUES (@id, @name, @role, @keyHash, @createdAt)
        """);

    static Sql ListSql(Dialect _) => new("SELECT id, name, role, created_at, last_used_at, revoked_at FROM api_key ORDER BY id");

    static Sql RevokeSql(Dialect _) => new("UPDATE api_key SET revoked_at = @revokedAt WHERE id = @id AND revoked_at IS NULL");

    static Sql ByHashSql(Dialect _) => new("""
        SELECT id, name, role, created_at, last_used_at, revoked_at
        FROM api_key
        WHERE key_hash = @keyHash AND revoked_at IS NULL
        """);

    static Sql RecordUseSql(Dialect _) => new("UPDATE api_key SET last_used_at = @lastUsedAt WHERE id = @id");
}

internal sealed record ApiKey
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}
