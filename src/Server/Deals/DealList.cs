using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Reads deals for boards and lists.</summary>
internal sealed class DealList(Database database, DealSettings settings, TimeProvider time)
{
    /// <summary>Cards of a column that come with the board; the others when somebody scrolls to them.</summary>
    const int ColumnMax = 30;

    /// <summary>The newest first.</summary>
    public async Task<Page<DealItem>> Page(Access access, DealFilter filter, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var now = time.GetUtcNow();
        var conditions = DealQuery.Of(access, filter);
        var args = DealQuery.Args(access, filter, await DealQuery.Limits(session, now, cancel), cursor, take + 1);
        var rows = await session.Query<DealRow>(PageSql(session.Dialect, conditions), args, cancel);
        return Pages.Of([.. rows.Select(row => row.Item(now))], take, deal => new(deal.CreatedAt, deal.Id));
    }

    /// <summary>The open deals of a funnel, stage by stage. Null: there is no such funnel.</summary>
    public async Task<DealBoard?> Board(Access access, DealFilter filter, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await FunnelStore.One(session, access, filter.FunnelId ?? 0, cancel) is not { } funnel)
            return null;
        var now = time.GetUtcNow();
        filter = filter with { State = "open" };
        var conditions = DealQuery.Of(access, filter);
        var args = DealQuery.Args(access, filter, await DealQuery.Limits(session, now, cancel), Cursor.Start, ColumnMax + 1);
        var totals = (await session.Query<TotalRow>(TotalsSql(session.Dialect, conditions), args, cancel)).ToDictionary(row => row.StageId);
        var cards = (await session.Query<DealRow>(CardsSql(session.Dialect, conditions), args, cancel)).ToLookup(row => row.StageId, row => row.Item(now));
        return new()
        {
            Funnel = funnel,
            Currency = settings.Currency,
            ServerTime = now,
            Columns =
            [
                .. funnel.Stages.Where(stage => stage.Kind == StageKind.Open)
                    .Select(stage => (totals.GetValueOrDefault(stage.Id) ?? new()).Column(stage.Id, Column([.. cards[stage.Id]], ColumnMax))),
            ],
        };
    }

    /// <summary>Further cards of a column: those without a next step, then by when it is due.</summary>
    public async Task<Page<DealItem>> Column(Access access, DealFilter filter, Cursor? after, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var now = time.GetUtcNow();
        filter = filter with { State = "open" };
        var conditions = DealQuery.Of(access, filter);
        var args = DealQuery.Args(access, filter, await DealQuery.Limits(session, now, cancel), after ?? new(Cursor.Earliest, 0), take + 1);
        var rows = await session.Query<DealRow>(ColumnSql(session.Dialect, conditions), args, cancel);
        return Column([.. rows.Select(row => row.Item(now))], take);
    }

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyList<DealItem>> OfIds(DbSession session, IEnumerable<long> ids, DateTimeOffset now, CancellationToken cancel) =>
        [.. (await session.Query<DealRow>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(ids) }, cancel)).Select(row => row.Item(now))];

    /// <summary>Null: there is none, or it is not for the caller to see.</summary>
    public static async Task<DealItem?> One(DbSession session, Access access, long id, DateTimeOffset now, CancellationToken cancel) =>
        (await session.QueryFirst<DealRow>(OneSql(session.Dialect, !access.SeesAll), new { id, callerId = access.AgentId }, cancel))?.Item(now);

    static Page<DealItem> Column(IReadOnlyList<DealItem> deals, int take) => Pages.Of(deals, take, deal => new(deal.NextStepAt ?? Cursor.Earliest, deal.Id));

    /// <summary>When the next step of <c>deal d</c> is due; long ago when there is none.</summary>
    static readonly string StepAt = $"COALESCE((SELECT MIN(z.due_at) FROM agent_task z WHERE {DealQuery.IsStep("z")}), @earliest)";

    static Sql PageSql(Dialect dialect, DealCondition conditions) => new($"""
        SELECT {DealRow.Columns}
        FROM deal d
        {DealRow.Joins}
        WHERE {Cursor.After("d.created_at", "d.id")}
        {DealQuery.Sql(dialect, conditions)}
        ORDER BY d.created_at DESC, d.id DESC
        {dialect.Take}
        """);

    static Sql TotalsSql(Dialect dialect, DealCondition conditions) => new($"""
        SELECT q.stage_id, COUNT(*) AS deals, CAST(SUM(COALESCE(q.base_amount, 0)) AS bigint) AS amount,
            CAST(SUM(CASE WHEN q.base_amount IS NULL THEN 0 ELSE q.base_amount - COALESCE(q.base_cost, 0) END) AS bigint) AS planned_profit,
            SUM(CASE WHEN q.base_amount IS NULL THEN 1 ELSE 0 END) AS without_amount, SUM(q.too_old) AS too_old, SUM(q.without_next_step) AS without_next_step
        FROM (
            SELECT d.stage_id, d.base_amount, d.base_cost, CASE WHEN {DealQuery.TooOld(dialect)} THEN 1 ELSE 0 END AS too_old,
                CASE WHEN EXISTS (SELECT 1 FROM agent_task y WHERE {DealQuery.IsStep("y")}) THEN 0 ELSE 1 END AS without_next_step
            FROM deal d
            JOIN client k ON k.id = d.client_id
            WHERE d.closed_at IS NULL {DealQuery.Sql(dialect, conditions)}) AS q
        GROUP BY q.stage_id
        ORDER BY q.stage_id
        """);

    // The ids first, with no more than what orders them; the rest is read of those that are shown.
    static Sql CardsSql(Dialect dialect, DealCondition conditions) => new($"""
        SELECT {DealRow.Columns}
        FROM (
            SELECT r.id, r.step_at, ROW_NUMBER() OVER (PARTITION BY r.stage_id ORDER BY r.step_at, r.id) AS place
            FROM (
                SELECT d.id, d.stage_id, {StepAt} AS step_at
                FROM deal d
                JOIN client k ON k.id = d.client_id
                WHERE d.closed_at IS NULL {DealQuery.Sql(dialect, conditions)}) AS r) AS shown
        JOIN deal d ON d.id = shown.id
        {DealRow.Joins}
        WHERE shown.place <= @take
        ORDER BY d.stage_id, shown.step_at, d.id
        """);

    static Sql ColumnSql(Dialect dialect, DealCondition conditions) => new($"""
        SELECT {DealRow.Columns}
        FROM (
            SELECT d.id, {StepAt} AS step_at
            FROM deal d
            JOIN client k ON k.id = d.client_id
            WHERE d.closed_at IS NULL {DealQuery.Sql(dialect, conditions)}) AS shown
        JOIN deal d ON d.id = shown.id
        {DealRow.Joins}
        WHERE shown.step_at > @beforeAt OR (shown.step_at = @beforeAt AND shown.id > @beforeId)
        ORDER BY shown.step_at, shown.id
        {dialect.Take}
        """);

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT {DealRow.Columns}
        FROM deal d
        {DealRow.Joins}
        WHERE d.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY d.id
        """);

    static Sql OneSql(Dialect _, bool own) => new($"""
        SELECT {DealRow.Columns}
        FROM deal d
        {DealRow.Joins}
        WHERE d.id = @id {(own ? $"AND {DealAccess.IsVisible}" : "")}
        """);

    sealed record TotalRow
    {
        public long StageId { get; init; }
        public int Deals { get; init; }
        public long Amount { get; init; }
        public long PlannedProfit { get; init; }
        public int WithoutAmount { get; init; }
        public int TooOld { get; init; }
        public int WithoutNextStep { get; init; }

        public BoardColumn Column(long stageId, Page<DealItem> page) => new()
        {
            StageId = stageId,
            Deals = Deals,
            Amount = Amount / 100m,
            PlannedProfit = PlannedProfit / 100m,
            WithoutAmount = WithoutAmount,
            TooOld = TooOld,
            WithoutNextStep = WithoutNextStep,
            Page = page,
        };
    }
}
