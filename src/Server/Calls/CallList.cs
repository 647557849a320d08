using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Calls;

/// <summary>Which calls are asked for. Null: whatever.</summary>
internal sealed record CallFilter
{
    public string? Direction { get; init; }
    public string? Result { get; init; }
    public long? ClientId { get; init; }

    /// <summary>A phone of this agent rang, talked or placed the call.</summary>
    public long? AgentId { get; init; }

    public string? Did { get; init; }

    /// <summary>Started at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Started before this time.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Reads calls for people and programs. An agent sees the calls that an own phone rang for, talked in or placed.</summary>
internal sealed class CallList(Database database)
{
    /// <summary>The newest calls first.</summary>
    public async Task<Page<CallItem>> Page(Access access, CallFilter filter, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        // To is exclusive: no call has an id of 0, so "before (to, 0)" leaves out the calls of that very moment.
        var before = filter.To is { } to && to <= cursor.At ? new Cursor(to, 0) : cursor;
        var sql = PageSql(
            session.Dialect, !access.SeesAll, filter.Direction is not null, filter.Result is not null, filter.ClientId is not null,
            filter.AgentId is not null, filter.Did is not null);
        var calls = await session.Query<CallItem>(sql, new
        {
            callerId = access.AgentId,
            direction = filter.Direction,
            result = filter.Result,
            clientId = filter.ClientId,
            agentId = filter.AgentId,
            did = filter.Did,
            from = filter.From ?? Cursor.Earliest,
            beforeAt = before.At,
            beforeId = before.Id,
            take = take + 1,
        }, cancel);
        return Pages.Of(await WithFacts(session, calls, cancel), take, call => new(call.StartedAt, call.Id));
    }

    /// <summary>Null when there is no such call, or it is not for the caller to see.</summary>
    public async Task<CallStory?> Story(Access access, long callId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var args = new { callerId = access.AgentId, ids = JsonRows.Of([callId]) };
        var calls = await session.Query<CallItem>(OfIdsSql(session.Dialect, !access.SeesAll), args, cancel);
        if (calls.Count == 0)
            return null;
        var call = (await WithFacts(session, calls, cancel))[0];
        return new()
        {
            Call = call,
            Offers = [.. (await session.Query<OfferStoryRow>(OfferStorySql(session.Dialect), new { callId }, cancel)).Select(offer => offer.ToItem())],
            Talks = await session.Query<TalkItem>(TalkStorySql(session.Dialect), new { callId }, cancel),
            QueueVisits = [.. (await session.Query<QueueVisitRow>(CallRows.QueueVisitsSql(session.Dialect), args, cancel)).Select(Item)],
        };
    }

    /// <summary>These calls, by id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, CallItem>> OfIds(DbSession session, IEnumerable<long> callIds, CancellationToken cancel)
    {
        var calls = await session.Query<CallItem>(OfIdsSql(session.Dialect, own: false), new { ids = JsonRows.Of(callIds) }, cancel);
        return (await WithFacts(session, calls, cancel)).ToDictionary(call => call.Id);
    }

    static QueueVisitItem Item(QueueVisitRow visit) => new() { Queue = visit.Queue, EnteredAt = visit.EnteredAt, LeftAt = visit.LeftAt, Exit = visit.LeftHow };

    /// <summary>Who rang, the transfers, whether there is sound, and how it ended: four queries for the whole page.</summary>
    static async Task<IReadOnlyList<CallItem>> WithFacts(DbSession session, IReadOnlyList<CallItem> calls, CancellationToken cancel)
    {
        if (calls.Count == 0)
            return calls;
        var ids = new { ids = JsonRows.Of(calls.Select(call => call.Id)) };
        var offers = (await session.Query<OfferRow>(CallRows.OffersSql(session.Dialect), ids, cancel)).ToLookup(offer => offer.CallId);
        var transfers = (await session.Query<TransferRow>(CallRows.TransfersSql(session.Dialect), ids, cancel)).ToLookup(transfer => transfer.CallId);
        var recordings = (await session.Query<(long CallId, string State)>(RecordingsSql(session.Dialect), ids, cancel)).ToLookup(row => row.CallId, row => row.State);
        var outcomes = (await session.Query<(long CallId, string Outcome)>(OutcomesSql(session.Dialect), ids, cancel)).ToDictionary(row => row.CallId, row => row.Outcome);
        return [.. calls.Select(call => call with
        {
            Outcome = outcomes.GetValueOrDefault(call.Id),
            Recording = recordingStates.FirstOrDefault(recordings[call.Id].Contains),
            Rang = [.. offers[call.Id].Where(offer => offer.RingStartedAt is not null).Select(offer => offer.Extension).Distinct()],
            Transfers = [.. transfers[call.Id].Select(transfer => new TransferItem
            {
                Type = transfer.Kind,
                By = transfer.GivenBy,
                To = transfer.GivenTo,
                Answered = transfer.IsAnswered,
            })],
        })];
    }

    /// <summary>The best first.</summary>
    static readonly string[] recordingStates = ["ready", "expected", "deleted", "missing"];

    const string ItemColumns = """
        c.id, c.source, c.external_id, c.direction, c.party_e164 AS client, c.client_id, k.name AS client_name, c.did, c.queue, c.placed_by AS agent,
        a.id AS agent_id, a.name AS agent_name, c.answered_by, c.last_agent, c.result, c.reason, c.hangup_by, c.wait_seconds, c.ring_seconds,
        c.talk_seconds, c.started_at, c.answered_at, c.ended_at, c.uncertain, d.found
        """;

    const string ItemTables = """
        call c
        LEFT JOIN client k ON k.id = c.client_id
        LEFT JOIN agent_extension x ON x.pbx = c.source AND x.extension = COALESCE(c.answered_by, c.placed_by)
        LEFT JOIN agent a ON a.id = x.agent_id
        LEFT JOIN call_diary d ON d.source = c.source AND d.external_id = c.external_id AND d.found <> 'heard'
        """;

    static Sql PageSql(Dialect dialect, bool own, bool direction, bool result, bool client, bool agent, bool did) => new($"""
        SELECT {ItemColumns}
        FROM {ItemTables}
        WHERE c.merged_source IS NULL AND c.started_at >= @from AND {Cursor.After("c.started_at", "c.id")}
        {(own ? $"AND c.id IN ({CallParties.OfAgent("@callerId")})" : "")}
        {(direction ? "AND c.direction = @direction" : "")}
        {(result ? "AND c.result = @result" : "")}
        {(client ? "AND c.client_id = @clientId" : "")}
        {(agent ? $"AND c.id IN ({CallParties.OfAgent("@agentId")})" : "")}
        {(did ? "AND c.did = @did" : "")}
        ORDER BY c.started_at DESC, c.id DESC
        {dialect.Take}
        """);

    static Sql OfIdsSql(Dialect dialect, bool own) => new($"""
        SELECT {ItemColumns}
        FROM {ItemTables}
        JOIN {dialect.Rows("@ids", "id bigint", "wanted")} ON wanted.id = c.id
        {(own ? $"WHERE c.id IN ({CallParties.OfAgent("@callerId")})" : "")}
        ORDER BY c.id
        """);

    static Sql RecordingsSql(Dialect dialect) => new($"""
        SELECT DISTINCT r.call_id, r.state
        FROM recording r
        WHERE r.call_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);

    static Sql OutcomesSql(Dialect dialect) => new($"""
        SELECT o.call_id, o.outcome
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call_outcome o ON o.call_id = wanted.id
        """);

    static Sql OfferStorySql(Dialect _) => new("""
        SELECT o.extension, a.name AS agent_name, o.queue, o.offered_at, o.ring_started_at, o.ended_at, o.result
        FROM call_offer o
        JOIN call c ON c.id = o.call_id
        LEFT JOIN agent_extension x ON x.pbx = c.source AND x.extension = o.extension
        LEFT JOIN agent a ON a.id = x.agent_id
        WHERE o.call_id = @callId
        ORDER BY o.seq
        """);

    static Sql TalkStorySql(Dialect _) => new("""
        SELECT t.extension, a.name AS agent_name, t.external_number, t.kind, t.started_at, t.ended_at
        FROM call_talk t
        JOIN call c ON c.id = t.call_id
        LEFT JOIN agent_extension x ON x.pbx = c.source AND x.extension = t.extension
        LEFT JOIN agent a ON a.id = x.agent_id
        WHERE t.call_id = @callId
        ORDER BY t.seq
        """);

    sealed record OfferStoryRow
    {
        public string Extension { get; init; } = "";
        public string? AgentName { get; init; }
        public string? Queue { get; init; }
        public DateTimeOffset OfferedAt { get; init; }
        public DateTimeOffset? RingStartedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? Result { get; init; }

        public OfferItem ToItem() => new()
        {
            Extension = Extension,
            AgentName = AgentName,
            Queue = Queue,
            OfferedAt = OfferedAt,
            RingSeconds = (EndedAt - RingStartedAt)?.TotalSeconds,
            Result = Result,
        };
    }
}
