using System.Collections.Immutable;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>Builds calls from their rows, with one query per table whatever the number of calls.</summary>
internal static class CallRows
{
    const string CallColumns = """
        id, source, external_id, revision, direction, started_at, answered_at, ended_at, client_id, party_number, party_name, party_e164,
        party_hidden, did, dialled, placed_by, answered_by, answered_external, last_agent, result, reason, hangup_by, uncertain, merged_source,
        merged_external_id, ring_seconds
        """;

    /// <summary>Calls as their facts tell them, without what only the tracker remembers.</summary>
    public static async Task<IReadOnlyDictionary<long, Call>> FromFacts(DbSession session, IEnumerable<long> callIds, CancellationToken cancel)
    {
        var ids = JsonRows.Of(callIds);
        var calls = await session.Query<CallRow>(CallsSql(session.Dialect), new { ids }, cancel);
        var facts = new Facts(session, ids, cancel);
        var legs = await facts.Of<LegRow, Leg>(LegsSql, row => row.ToLeg());
        var offers = await facts.Of<OfferRow, Offer>(OffersSql, row => row.ToOffer());
        var talks = await facts.Of<TalkRow, TalkSegment>(TalksSql, row => row.ToTalk());
        var holds = await facts.Of<HoldRow, Hold>(HoldsSql, row => row.ToHold());
        var transfers = await facts.Of<TransferRow, Transfer>(TransfersSql, row => row.ToTransfer());
        var visits = await facts.Of<QueueVisitRow, QueueVisit>(QueueVisitsSql, row => row.ToVisit());
        var recordings = await facts.Of<RecordingRow, CallRecording>(RecordingsSql, row => row.ToRecording());
        return calls.ToDictionary(call => call.Id, call => call.ToCall() with
        {
            Legs = legs(call.Id),
            Offers = offers(call.Id),
            Talks = talks(call.Id),
            Holds = holds(call.Id),
            Transfers = transfers(call.Id),
            QueueVisits = visits(call.Id),
            Recordings = recordings(call.Id),
        });
    }

    static Sql CallsSql(Dialect dialect) => new($"""
        SELECT {CallColumns}
        FROM call
        WHERE id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY id
        """);

    public static Sql LegsSql(Dialect dialect) => new(OfCalls(dialect, "call_leg", CallFacts.Legs));

    public static Sql OffersSql(Dialect dialect) => new(OfCalls(dialect, "call_offer", CallFacts.Offers));

    public static Sql TalksSql(Dialect dialect) => new(OfCalls(dialect, "call_talk", CallFacts.Talks));

    public static Sql HoldsSql(Dialect dialect) => new(OfCalls(dialect, "call_hold", CallFacts.Holds));

    public static Sql TransfersSql(Dialect dialect) => new(OfCalls(dialect, "call_transfer", CallFacts.Transfers));

    public static Sql QueueVisitsSql(Dialect dialect) => new(OfCalls(dialect, "call_queue_visit", CallFacts.QueueVisits));

    public static Sql RecordingsSql(Dialect dialect) => new(OfCalls(dialect, "call_recording", CallFacts.Recordings));

    static string OfCalls(Dialect dialect, string table, string columns) => $"""
        SELECT {Dialect.NamesOf(columns)}
        FROM {table}
        WHERE call_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY call_id, seq
        """;

    /// <summary>The facts of some calls, each kind read at once and handed out by call.</summary>
    sealed class Facts(DbSession session, string ids, CancellationToken cancel)
    {
        public async Task<Func<long, ImmutableArray<T>>> Of<TRow, T>(Func<Dialect, Sql> sql, Func<TRow, T> make) where TRow : FactRow
        {
            var rows = await session.Query<TRow>(sql(session.Dialect), new { ids }, cancel);
            var byCall = rows.ToLookup(row => row.CallId, make);
            return callId => [.. byCall[callId]];
        }
    }
}
