using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>What is known here of a call that a PBX's diary tells of.</summary>
internal sealed record KnownCall
{
    public long Id { get; init; }
    public string ExternalId { get; init; } = "";
    public DateTimeOffset? EndedAt { get; init; }
    public string? Uncertain { get; init; }
    public string? MergedExternalId { get; init; }

    public bool IsOpen => EndedAt is null && MergedExternalId is null;
    public bool IsWhole => !IsOpen && Uncertain is null;
}

/// <summary>The lines of PBXs' diaries that wait to be compared, and what they are compared with.</summary>
internal sealed class PbxDiaryStore(Database database)
{
    public async Task<IReadOnlyList<InboxRow>> Waiting(string pbx, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await Inbox.Waiting(session, RelayedLines.SourceOf(RelayedLines.Cel, pbx), take, cancel);
    }

    /// <summary>Those of these calls that are known, by the PBX's name for them.</summary>
    public async Task<IReadOnlyDictionary<string, KnownCall>> Known(string pbx, IEnumerable<string> externalIds, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var calls = await session.Query<KnownCall>(KnownSql(session.Dialect), new { source = pbx, rows = JsonRows.Of(externalIds.Distinct()) }, cancel);
        return calls.ToDictionary(call => call.ExternalId, StringComparer.Ordinal);
    }

    /// <summary>These calls as they stand here, by id.</summary>
    public async Task<IReadOnlyDictionary<long, Call>> Calls(IEnumerable<long> callIds, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await CallRows.FromFacts(session, callIds, cancel);
    }

    /// <summary>So much was known of these calls when they were compared.</summary>
    public async Task Found(JsonRows calls, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([CallDiary.Put(calls)], cancel);
        await session.Commit(cancel);
    }

    /// <summary>These lines have been compared.</summary>
    public async Task Done(JsonRows lines, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([Inbox.Done(lines)], cancel);
        await session.Commit(cancel);
    }

    /// <summary>When a call that was compared since then is not here, the lines that came since then wait once more. Returns how many.</summary>
    public async Task<int> Again(string pbx, DateTimeOffset since, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var lines = await CallDiary.LacksSome(session, pbx, since, cancel) ? await Inbox.Again(session, RelayedLines.SourceOf(RelayedLines.Cel, pbx), since, cancel) : 0;
        await session.Commit(cancel);
        return lines;
    }

    /// <summary>Forgets lines that came before then and were compared, and the accounting, which nobody compares. Returns how many.</summary>
    public async Task<int> Forget(string pbx, DateTimeOffset before, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var lines = 0;
        foreach (var kind in RelayedLines.Kinds)
            lines += await Inbox.Forget(session, RelayedLines.SourceOf(kind, pbx), isWaiting: kind == RelayedLines.Cdr, before, cancel);
        await session.Commit(cancel);
        return lines;
    }

    static Sql KnownSql(Dialect dialect) => new($"""
        SELECT c.id, c.external_id, c.ended_at, c.uncertain, c.merged_external_id
        FROM {dialect.Rows("@rows", "external_id key", "asked")}
        JOIN call c ON c.source = @source AND c.external_id = asked.external_id
        """);
}
