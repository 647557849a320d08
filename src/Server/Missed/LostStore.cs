using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Missed;

/// <summary>The rows of the ledger, and what the calls around them say. Inside the caller's session.</summary>
internal static class LostStore
{
    /// <summary>
    /// Over <c>call c</c> and <c>@shortSeconds</c>: nobody spoke with the client, who waited long enough to mean it. This is all that makes an
    /// entry: a call that became a part of another one, an internal one and one of ours never do.
    /// </summary>
    const string IsLost = """
        (c.direction = 'inbound' AND c.merged_source IS NULL AND c.ended_at IS NOT NULL AND c.result IN ('missed', 'voicemail')
            AND (c.result = 'voicemail' OR c.reason IS NULL OR c.reason NOT IN ('caller_abandoned', 'queue_abandoned', 'ivr_abandoned')
                OR c.wait_seconds >= @shortSeconds))
        """;

    /// <summary>Over <c>call c</c> and <c>lost_call l</c> of the same person: the client waits, or was reached later than in this call.</summary>
    const string IsOpenTo = "(l.settled_at IS NULL OR (l.reached_call_id IS NOT NULL AND c.answered_at >= l.lost_at AND c.answered_at < l.settled_at))";

    /// <summary>The calls of the ledger that these calls have to do with: lost themselves, in it already, or of a person who waits in it.</summary>
    public static Task<IReadOnlyList<long>> Concerned(DbSession session, IEnumerable<long> callIds, double shortSeconds, CancellationToken cancel) =>
        session.Query<long>(ConcernedSql(session.Dialect), new { ids = JsonRows.Of(callIds), shortSeconds }, cancel);

    /// <summary>Calls since a time that are lost and not in the ledger, in it and not lost, or reached earlier than it says; and all whose client waits.</summary>
    public static Task<IReadOnlyList<long>> Unsettled(DbSession session, DateTimeOffset since, double shortSeconds, CancellationToken cancel) =>
        session.Query<long>(UnsettledSql(session.Dialect), new { since, shortSeconds }, cancel);

    /// <summary>These calls and all others of their clients in the ledger. Nobody else changes them until the transaction ends.</summary>
    public static async Task<IReadOnlyList<LostRow>> Hold(DbSession session, IReadOnlyList<long> callIds, double shortSeconds, CancellationToken cancel)
    {
        await session.Query<long>(HoldClientsSql(session.Dialect), new { ids = JsonRows.Of(callIds) }, cancel);
        // Another node may have entered one of the same client since these were found.
        var ids = JsonRows.Of(await Concerned(session, callIds, shortSeconds, cancel));
        await session.Query<long>(HoldEntriesSql(session.Dialect), new { ids }, cancel);
        return await session.Query<LostRow>(RowsSql(session.Dialect), new { ids, shortSeconds }, cancel);
    }

    /// <summary>The calls of the same persons after each of these was lost.</summary>
    public static async Task<ILookup<long, LaterCall>> Later(DbSession session, IEnumerable<long> callIds, CancellationToken cancel) =>
        (await session.Query<LaterRow>(LaterSql(session.Dialect), new { ids = JsonRows.Of(callIds) }, cancel)).ToLookup(row => row.LostId, row => row.Call());

    public static Task Put(DbSession session, IReadOnlyCollection<LostCall> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return Task.CompletedTask;
        var rows = new JsonRows();
        foreach (var entry in entries)
        {
            rows.Row().Add(entry.CallId).Add(CallWords.Of(entry.Cause)).Add(entry.LostAt).Add(CallWords.Of(entry.State)).Add(entry.TaskId).Add(entry.Attempts)
                .Add(entry.ClaimedById).Add(entry.ClaimedAt).Add(entry.EscalatedAt).Add(entry.ReachedCallId).Add(entry.SettledAt).Add(entry.SettledById)
                .Add(entry.CloseReason).Add(entry.CloseNote);
        }
        return session.ExecuteRows([new(PutSql, rows.Text())], cancel);
    }

    /// <summary>These calls were not lost after all.</summary>
    public static Task Withdraw(DbSession session, IReadOnlyCollection<long> callIds, CancellationToken cancel) =>
        session.ExecuteRows(callIds.Count == 0 ? [] : [new(WithdrawSql, JsonRows.Of(callIds))], cancel);

    /// <summary>Those of the tasks in whose entries somebody still waits.</summary>
    public static Task<IReadOnlyList<long>> TasksWithWaiting(DbSession session, IEnumerable<long> taskIds, CancellationToken cancel) =>
        session.Query<long>(TasksWithWaitingSql(session.Dialect), new { ids = JsonRows.Of(taskIds) }, cancel);

    /// <summary>Marks what is due and was not escalated yet. Returns how many there were.</summary>
    public static Task<int> Escalate(DbSession session, DateTimeOffset now, CancellationToken cancel) =>
        session.Execute(EscalateSql(session.Dialect), new { now }, cancel);

    static Sql ConcernedSql(Dialect dialect)
    {
        var wanted = dialect.Rows("@ids", "id bigint", "wanted");
        return new($"""
            SELECT c.id AS call_id
            FROM {wanted}
            JOIN call c ON c.id = wanted.id
            WHERE {IsLost}
            UNION
            SELECT l.call_id
            FROM {wanted}
            JOIN lost_call l ON l.call_id = wanted.id
            UNION
            SELECT l.call_id
            FROM {wanted}
            JOIN call c ON c.id = wanted.id
            JOIN call other ON other.client_id = c.client_id
            JOIN lost_call l ON l.call_id = other.id
            WHERE {IsOpenTo}
            UNION
            SELECT l.call_id
            FROM {wanted}
            JOIN call c ON c.id = wanted.id
            JOIN call other ON other.party_e164 = c.party_e164 AND other.client_id IS NULL
            JOIN lost_call l ON l.call_id = other.id
            WHERE {IsOpenTo}
            ORDER BY call_id
            """);
    }

    static Sql UnsettledSql(Dialect _) => new($"""
        SELECT c.id AS call_id
        FROM call c
        WHERE c.started_at >= @since AND c.result IN ('missed', 'voicemail') AND {IsLost}
            AND NOT EXISTS (SELECT 1 FROM lost_call l WHERE l.call_id = c.id)
        UNION
        SELECT l.call_id
        FROM lost_call l
        WHERE l.settled_at IS NULL
        UNION
        SELECT l.call_id
        FROM lost_call l
        JOIN call c ON c.id = l.call_id
        WHERE l.lost_at >= @since AND NOT {IsLost}
        UNION
        SELECT l.call_id
        FROM lost_call l
        JOIN call lost ON lost.id = l.call_id
        JOIN call c ON c.client_id = lost.client_id
        WHERE l.lost_at >= @since AND l.settled_at IS NOT NULL AND c.id <> lost.id AND c.merged_source IS NULL AND c.direction <> 'internal' AND {IsOpenTo}
        ORDER BY call_id
        """);

    static Sql HoldClientsSql(Dialect dialect) => new($"""
        SELECT k.id
        FROM client k {dialect.LockHint}
        WHERE k.id IN (SELECT c.client_id FROM call c JOIN {dialect.Rows("@ids", "id bigint", "wanted")} ON wanted.id = c.id)
        ORDER BY k.id
        {dialect.ForUpdate}
        """);

    static Sql HoldEntriesSql(Dialect dialect) => new($"""
        SELECT l.call_id
        FROM lost_call l {dialect.LockHint}
        WHERE l.call_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY l.call_id
        {dialect.ForUpdate}
        """);

    static Sql RowsSql(Dialect dialect) => new($"""
        SELECT c.id AS call_id, c.revision, c.client_id, c.party_e164 AS e164, c.did, c.queue, c.result, c.reason, c.uncertain, c.started_at, c.ended_at,
            CASE WHEN {IsLost} THEN 1 ELSE 0 END AS lost,
            (SELECT COUNT(*) FROM call_offer o WHERE o.call_id = c.id) AS offers,
            (SELECT COUNT(*) FROM call_offer o WHERE o.call_id = c.id AND o.ring_started_at IS NOT NULL) AS rings,
            l.call_id AS entry_id, l.cause, l.lost_at, l.state, l.task_id, l.attempts, l.claimed_by_id, l.claimed_at, l.escalated_at, l.reached_call_id,
            l.settled_at, l.settled_by_id, l.close_reason, l.close_note, t.natural_key AS task_key, t.state AS task_state, t.owner_id AS task_owner_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call c ON c.id = wanted.id
        LEFT JOIN lost_call l ON l.call_id = c.id
        LEFT JOIN agent_task t ON t.id = l.task_id
        ORDER BY c.ended_at, c.id
        """);

    // A call whose client nobody has chosen yet belongs to whoever has its number: with them, the number itself must fit.
    static Sql LaterSql(Dialect dialect)
    {
        const string Columns = "lost.id AS lost_id, later.id AS call_id, later.direction, later.reason, later.started_at, later.answered_at, later.ended_at";
        const string IsLater = """
            later.id <> c.id AND later.merged_source IS NULL AND later.direction <> 'internal'
                AND (later.answered_at >= c.ended_at OR later.started_at >= c.ended_at)
            """;
        var lost = dialect.Rows("@ids", "id bigint", "lost");
        return new($"""
            SELECT {Columns}
            FROM {lost}
            JOIN call c ON c.id = lost.id
            JOIN call later ON later.client_id = c.client_id
            WHERE {IsLater}
            UNION
            SELECT {Columns}
            FROM {lost}
            JOIN call c ON c.id = lost.id
            JOIN call later ON later.party_e164 = c.party_e164
            WHERE c.client_id IS NULL AND later.client_id IS NULL AND {IsLater}
            UNION
            SELECT {Columns}
            FROM {lost}
            JOIN call c ON c.id = lost.id
            JOIN client_number n ON n.e164 = c.party_e164
            JOIN call later ON later.client_id = n.client_id AND later.party_e164 = c.party_e164
            WHERE c.client_id IS NULL AND {IsLater}
            ORDER BY lost_id, call_id
            """);
    }

    static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows("lost_call", "@rows", """
        call_id bigint, cause key, lost_at time, state key, task_id bigint, attempts int, claimed_by_id bigint, claimed_at time, escalated_at time,
        reached_call_id bigint, settled_at time, settled_by_id bigint, close_reason key, close_note text
        """, "call_id"));

    static Sql WithdrawSql(Dialect dialect) => new($"""
        DELETE FROM lost_call
        WHERE call_id IN (SELECT answered.id FROM {dialect.Rows("@rows", "id bigint", "answered")})
        """);

    static Sql TasksWithWaitingSql(Dialect dialect) => new($"""
        SELECT DISTINCT l.task_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN lost_call l ON l.task_id = wanted.id
        WHERE l.settled_at IS NULL
        ORDER BY l.task_id
        """);

    static Sql EscalateSql(Dialect _) => new("""
        UPDATE lost_call
        SET escalated_at = @now
        WHERE settled_at IS NULL AND escalated_at IS NULL AND task_id IN (SELECT t.id FROM agent_task t WHERE t.state = 'open' AND t.due_at < @now)
        """);

    sealed record LaterRow
    {
        public long LostId { get; init; }
        public long CallId { get; init; }
        public string Direction { get; init; } = "";
        public string? Reason { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset? AnsweredAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }

        public LaterCall Call() => new()
        {
            CallId = CallId,
            IsInbound = Direction == "inbound",
            StartedAt = StartedAt,
            AnsweredAt = AnsweredAt,
            EndedAt = EndedAt,
            IsOwnPhoneSilent = Reason == "agent_no_answer",
        };
    }
}
