using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The names that stand in call keys. Each belongs to one line to a PBX or one account of a provider.</summary>
internal sealed class CallSources(Database database)
{
    /// <summary>In the transaction that adds the source. False: another one has this name.</summary>
    public static async Task<bool> Claim(DbSession session, string name, CancellationToken cancel) =>
        await session.Execute(ClaimSql(session.Dialect), new { name }, cancel) == 1;

    /// <summary>In the transaction that removes the source.</summary>
    public static Task Release(DbSession session, string name, CancellationToken cancel) =>
        session.Execute(ReleaseSql(session.Dialect), new { name }, cancel);

    public async Task<bool> Has(string name, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<string>(OneSql(session.Dialect), new { name }, cancel) is not null;
    }

    static Sql ClaimSql(Dialect dialect) => new(dialect.InsertIfAbsent("call_source", "name", "name"));

    static Sql ReleaseSql(Dialect _) => new("DELETE FROM call_source WHERE name = @name");

    static Sql OneSql(Dialect _) => new("SELECT name FROM call_source WHERE name = @name");
}
