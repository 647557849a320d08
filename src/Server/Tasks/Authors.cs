using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>Who did something: the name is kept beside what was done.</summary>
internal static class Authors
{
    public static async Task<string> NameOf(DbSession session, long authorId, CancellationToken cancel) =>
        await session.QueryFirst<string>(NameSql(session.Dialect), new { authorId }, cancel) ?? "";

    // Ids are never given twice, so it is either an account or a program's key.
    static Sql NameSql(Dialect _) => new("SELECT name FROM agent WHERE id = @authorId UNION ALL SELECT name FROM api_key WHERE id = @authorId");
}
