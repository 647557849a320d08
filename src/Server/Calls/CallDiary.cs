using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// Which calls there were by the sources' own books (the diary of a PBX, the list of calls of an account), and what was known of each when the
/// books were compared. Says how complete a report is.
/// </summary>
internal sealed class CallDiary(Database database)
{
    /// <summary>All of it had been heard.</summary>
    public const string Heard = "heard";

    /// <summary>A part had been heard; the rest is from the books.</summary>
    public const string Completed = "completed";

    /// <summary>Nothing had been heard: the call is from the books.</summary>
    public const string Added = "added";

    /// <summary>What was found first, stays. A row: source, external id, when the call began, what was known.</summary>
    public static RowsStatement Put(JsonRows rows) => new(PutSql, rows.Text());

    /// <summary>Calls that began from then until before then.</summary>
    public async Task<CallCompleteness> Completeness(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var found = await session.Query<(string Found, bool IsHere, int Calls)>(CompletenessSql(session.Dialect), new { from, to }, cancel);
        return new()
        {
            Calls = found.Sum(row => row.Calls),
            Missing = found.Where(row => !row.IsHere).Sum(row => row.Calls),
            Completed = found.Where(row => row.IsHere && row.Found == Completed).Sum(row => row.Calls),
            Added = found.Where(row => row.IsHere && row.Found == Added).Sum(row => row.Calls),
        };
    }

    /// <summary>Whether a call that began since then stands in the books of this source, and is not here.</summary>
    public static async Task<bool> LacksSome(DbSession session, string source, DateTimeOffset since, CancellationToken cancel) =>
        await session.QueryFirst<string>(LacksSql(session.Dialect), new { source, since, take = 1 }, cancel) is not null;

    static Sql PutSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "call_diary", "@rows", "source key, external_id key, started_at time, found key", "source, external_id"));

    static Sql CompletenessSql(Dialect dialect) => new($"""
        SELECT d.found, CASE WHEN c.id IS NULL THEN {dialect.False} ELSE {dialect.True} END AS is_here, COUNT(*) AS calls
        FROM call_diary d
        LEFT JOIN call c ON c.source = d.source AND c.external_id = d.external_id
        WHERE d.started_at >= @from AND d.started_at < @to
        GROUP BY d.found, CASE WHEN c.id IS NULL THEN {dialect.False} ELSE {dialect.True} END
        """);

    static Sql LacksSql(Dialect dialect) => new($"""
        SELECT d.external_id
        FROM call_diary d
        WHERE d.source = @source AND d.started_at >= @since
        AND NOT EXISTS (SELECT 1 FROM call c WHERE c.source = d.source AND c.external_id = d.external_id)
        ORDER BY d.external_id
        {dialect.Take}
        """);
}
