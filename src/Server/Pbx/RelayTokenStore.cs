using System.Security.Cryptography;
using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>
/// Tokens by which relays of PBXs sign in. One is random and long (256 bits), so a plain SHA-256 of it is as safe as a slow hash is for
/// a password. It is shown once, when it is made. A PBX may have several, so that a new one is in use before the old one ends.
/// </summary>
internal sealed class RelayTokenStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Begins every token, so that scanners of leaked secrets know one when they see it.</summary>
    public const string Prefix = "ccr_";

    static readonly TimeSpan UseRecordedEvery = TimeSpan.FromMinutes(1);

    public async Task<NewRelayToken> Create(string pbx, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        var token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var session = await database.Write(cancel);
        await session.Execute(InsertSql(session.Dialect), new { id, pbx, tokenHash = Hash(token), createdAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
        return new() { Id = id, Token = token };
    }

    public async Task<IReadOnlyList<RelayTokenItem>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<RelayTokenItem>(ListSql(session.Dialect), null, cancel);
    }

    /// <summary>Ends a token's life at once. False: there is no such token, or it was revoked before.</summary>
    public async Task<bool> Revoke(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var revoked = await session.Execute(RevokeSql(session.Dialect), new { id, revokedAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
        return revoked == 1;
    }

    /// <summary>Whose token this is; null when it is nobody's or revoked. The use is recorded, at most once a minute.</summary>
    public async Task<RelayTokenItem?> Use(string token, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        RelayTokenItem? found;
        await using (var session = await database.Read(cancel))
            found = await session.QueryFirst<RelayTokenItem>(ByHashSql(session.Dialect), new { tokenHash = Hash(token) }, cancel);
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

    static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    static Sql InsertSql(Dialect _) => new("INSERT INTO relay_token (id, pbx, token_hash, created_at) VALUES (@id, @pbx, @tokenHash, @createdAt)");

    static Sql ListSql(Dialect _) => new("SELECT id, pbx, created_at, last_used_at, revoked_at FROM relay_token ORDER BY pbx, id");

    static Sql RevokeSql(Dialect _) => new("UPDATE relay_token SET revoked_at = @revokedAt WHERE id = @id AND revoked_at IS NULL");

    static Sql ByHashSql(Dialect _) => new("""
        SELECT id, pbx, created_at, last_used_at, revoked_at
        FROM relay_token
        WHERE token_hash = @tokenHash AND revoked_at IS NULL
        """);

    static Sql RecordUseSql(Dialect _) => new("UPDATE relay_token SET last_used_at = @lastUsedAt WHERE id = @id");
}
