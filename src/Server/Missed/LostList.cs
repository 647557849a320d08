using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Missed;

/// <summary>Which lost calls are asked for. Null: whatever.</summary>
internal sealed record LostFilter
{
    /// <summary>A state, or <see cref="LostWords.Unreturned"/>.</summary>
    public string? State { get; init; }

    public string? Cause { get; init; }
    public string? Did { get; init; }
    public long? ClientId { get; init; }

    /// <summary>Only what the caller is to call back.</summary>
    public bool? Mine { get; init; }
}

/// <summary>Reads the ledger for people and programs. An agent sees the lost calls whose callback is the own one or nobody's.</summary>
internal sealed class LostList(Database database, MissedSettings settings, TimeProvider time)
{
    /// <summary>For <c>WHERE</c>, over <c>agent_task t</c>, absent where no task was needed: what an agent may see.</summary>
    /// <param name="agent">A parameter, or a column, with the agent's id.</param>
    public static string IsOwn(string agent) => $"(t.owner_id IS NULL OR t.owner_id = {agent} OR t.deputy_id = {agent})";

    /// <summary>The newest first.</summary>
    public async Task<Page<LostItem>> Page(Access access, LostFilter filter, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var isUnreturned = filter.State == LostWords.Unreturned;
        var sql = PageSql(
            session.Dialect, !access.SeesAll, isUnreturned, !isUnreturned && filter.State is not null, filter.Cause is not null, filter.Did is not null,
            filter.ClientId is not null, filter.Mine == true);
        var items = await session.Query<LostItem>(sql, new
        {
            callerId = access.AgentId,
            state = filter.State,
            cause = filter.Cause,
            did = filter.Did,
            clientId = filter.ClientId,
            beforeAt = cursor.At,
            beforeId = cursor.Id,
            take = take + 1,
        }, cancel);
        return Pages.Of([.. items.Select(Finished)], take, item => new(item.LostAt, item.CallId));
    }

    /// <summary>Null: this call was not lost, or it is not for the caller to see.</summary>
    public async Task<LostItem?> Of(Access access, long callId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var item = await session.QueryFirst<LostItem>(OfCallSql(session.Dialect, !access.SeesAll), new { callId, callerId = access.AgentId }, cancel);
        return item is null ? null : Finished(item);
    }

    public async Task<LostCount> Count(Access access, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var args = new { callerId = access.AgentId, now = time.GetUtcNow() };
        return await session.QueryFirst<LostCount>(CountSql(session.Dialect, !access.SeesAll), args, cancel) ?? new();
    }

    /// <summary>For each of these accounts what <see cref="Count"/> says.</summary>
    public async Task<IReadOnlyDictionary<long, LostCount>> Counts(IEnumerable<long> agentIds, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rows = await session.Query<CountRow>(CountsSql(session.Dialect), new { ids = JsonRows.Of(agentIds), now = time.GetUtcNow() }, cancel);
        return rows.ToDictionary(row => row.AgentId, row => new LostCount { Unreturned = row.Unreturned, Late = row.Late });
    }

    /// <summary>
    /// Of these calls the ones whose client was lost before and had not been reached when they began. Whose phone rings may know it: there is
    /// no other check of rights here.
    /// </summary>
    public static async Task<IReadOnlyDictionary<long, LostBefore>> Before(DbSession session, IEnumerable<long> callIds, CancellationToken cancel) =>
        (await session.Query<BeforeRow>(BeforeSql(session.Dialect), new { ids = JsonRows.Of(callIds) }, cancel))
            .GroupBy(row => row.CallId)
            .ToDictionary(rows => rows.Key, rows => new LostBefore
            {
                LostAt = rows.Max(row => row.LostAt),
                Calls = rows.Count(),
                Attempts = rows.Max(row => row.Attempts),
                ClaimedByName = rows.Select(row => row.ClaimedByName).FirstOrDefault(name => name is not null),
            });

    LostItem Finished(LostItem item) => item with { ClaimedUntil = item.ClaimedUntil + settings.Claim };

    static string ItemColumns(Dialect dialect) => $"""
        l.call_id, l.cause, l.state, c.party_e164 AS client, COALESCE(c.party_hidden, {dialect.False}) AS is_hidden, c.client_id, k.name AS client_name, c.did, c.queue,
        l.lost_at, c.wait_seconds, l.attempts, l.task_id, t.owner_id, owner.name AS owner_name, t.due_at, l.escalated_at, l.claimed_by_id,
        holder.name AS claimed_by_name, l.claimed_at AS claimed_until, l.reached_call_id, l.settled_at, closer.name AS settled_by_name, l.close_reason, l.close_note
        """;

    const string ItemTables = """
        lost_call l
        JOIN call c ON c.id = l.call_id
        LEFT JOIN client k ON k.id = c.client_id
        LEFT JOIN agent_task t ON t.id = l.task_id
        LEFT JOIN agent owner ON owner.id = t.owner_id
        LEFT JOIN agent holder ON holder.id = l.claimed_by_id
        LEFT JOIN agent closer ON closer.id = l.settled_by_id
        """;

    static Sql PageSql(Dialect dialect, bool own, bool unreturned, bool state, bool cause, bool did, bool client, bool mine) => new($"""
        SELECT {ItemColumns(dialect)}
        FROM {ItemTables}
        WHERE {Cursor.After("l.lost_at", "l.call_id")}
        {(own ? $"AND {IsOwn("@callerId")}" : "")}
        {(unreturned ? "AND l.settled_at IS NULL" : "")}
        {(state ? "AND l.state = @state" : "")}
        {(cause ? "AND l.cause = @cause" : "")}
        {(did ? "AND c.did = @did" : "")}
        {(client ? "AND c.client_id = @clientId" : "")}
        {(mine ? "AND (t.owner_id = @callerId OR t.deputy_id = @callerId)" : "")}
        ORDER BY l.lost_at DESC, l.call_id DESC
        {dialect.Take}
        """);

    static Sql OfCallSql(Dialect dialect, bool own) => new($"""
        SELECT {ItemColumns(dialect)}
        FROM {ItemTables}
        WHERE l.call_id = @callId
        {(own ? $"AND {IsOwn("@callerId")}" : "")}
        """);

    static Sql CountSql(Dialect _, bool own) => new($"""
        SELECT COUNT(*) AS unreturned, COALESCE(SUM(CASE WHEN t.due_at < @now THEN 1 ELSE 0 END), 0) AS late
        FROM lost_call l
        LEFT JOIN agent_task t ON t.id = l.task_id
        WHERE l.settled_at IS NULL
        {(own ? $"AND {IsOwn("@callerId")}" : "")}
        """);

    static Sql CountsSql(Dialect dialect) => new($"""
        SELECT a.id AS agent_id, COUNT(*) AS unreturned, COALESCE(SUM(CASE WHEN t.due_at < @now THEN 1 ELSE 0 END), 0) AS late
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN agent a ON a.id = wanted.id
        JOIN lost_call l ON l.settled_at IS NULL
        LEFT JOIN agent_task t ON t.id = l.task_id
        WHERE a.role <> 'agent' OR {IsOwn("a.id")}
        GROUP BY a.id
        ORDER BY a.id
        """);

    static Sql BeforeSql(Dialect dialect)
    {
        var wanted = dialect.Rows("@ids", "id bigint", "wanted");
        const string Columns = "c.id AS call_id, l.lost_at, l.attempts, holder.name AS claimed_by_name, l.call_id AS lost_id";
        const string Waits = """
            JOIN lost_call l ON l.call_id = lost.id
            LEFT JOIN agent holder ON holder.id = l.claimed_by_id
            WHERE c.direction = 'inbound' AND l.lost_at <= c.started_at AND (l.settled_at IS NULL OR l.reached_call_id = c.id)
            """;
        return new($"""
            SELECT {Columns}
            FROM {wanted}
            JOIN call c ON c.id = wanted.id
            JOIN call lost ON lost.client_id = c.client_id
            {Waits}
            UNION
            SELECT {Columns}
            FROM {wanted}
            JOIN call c ON c.id = wanted.id
            JOIN call lost ON lost.party_e164 = c.party_e164 AND lost.client_id IS NULL
            {Waits}
            ORDER BY call_id, lost_id
            """);
    }

    sealed record CountRow
    {
        public long AgentId { get; init; }
        public int Unreturned { get; init; }
        public int Late { get; init; }
    }

    sealed record BeforeRow
    {
        public long CallId { get; init; }
        public DateTimeOffset LostAt { get; init; }
        public int Attempts { get; init; }
        public string? ClaimedByName { get; init; }
    }
}
