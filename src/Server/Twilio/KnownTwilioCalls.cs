using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Twilio.Rest;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>A call of a Twilio account as it stands here.</summary>
internal sealed record KnownTwilioCall
{
    public string ExternalId { get; init; } = "";
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What is known here of calls that Twilio knows, too.</summary>
internal sealed class KnownTwilioCalls(Database database)
{
    /// <summary>The SIDs of calls that began before then and are open, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> Open(string source, DateTimeOffset begunBefore, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<string>(OpenSql(session.Dialect), new { source, begunBefore }, cancel);
    }

    /// <summary>Those of these calls that are known, by SID.</summary>
    public async Task<IReadOnlyDictionary<string, KnownTwilioCall>> Of(string source, IEnumerable<string> callSids, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var calls = await session.Query<KnownTwilioCall>(OfSql(session.Dialect), new { source, rows = JsonRows.Of(callSids.Distinct()) }, cancel);
        return calls.ToDictionary(call => call.ExternalId);
    }

    /// <summary>These calls stand in Twilio's books, and so much was known of each.</summary>
    public async Task Note(string source, IEnumerable<(TwilioCall Call, string Found)> books, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var (call, found) in books)
            rows.Row().Add(source).Add(call.Sid).Add(call.StartTime ?? call.DateCreated).Add(found);
        if (rows.Count == 0)
            return;
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([CallDiary.Put(rows)], cancel);
        await session.Commit(cancel);
    }

    static Sql OpenSql(Dialect _) => new("""
        SELECT external_id
        FROM call
        WHERE source = @source AND ended_at IS NULL AND merged_source IS NULL AND started_at < @begunBefore
        ORDER BY started_at, id
        """);

    static Sql OfSql(Dialect dialect) => new($"""
        SELECT c.external_id, c.answered_at, c.ended_at
        FROM call c
        JOIN {dialect.Rows("@rows", "external_id key", "asked")} ON asked.external_id = c.external_id
        WHERE c.source = @source
        """);
}
