using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Reads what <see cref="DealFigures"/> counts.</summary>
internal sealed class DealReports(Database database, DealSettings settings, TimeProvider time)
{
    /// <param name="from">The first day, in the workspace's zone.</param>
    /// <param name="to">The last day.</param>
    /// <param name="asOf">Null: now.</param>
    /// <returns>Null: there is no such funnel.</returns>
    public async Task<FunnelReport?> Of(Access access, long funnelId, DateOnly from, DateOnly to, DateTimeOffset? asOf, CancellationToken cancel)
    {
        var window = new DealWindow(StartOf(from), StartOf(to.AddDays(1)), asOf ?? time.GetUtcNow(), settings.TimeZone);
        await using var session = await database.Read(cancel);
        if (await FunnelStore.One(session, access, funnelId, cancel) is not { } funnel)
            return null;
        var args = new { funnelId, fromAt = window.From, toAt = window.To, asOf = window.AsOf, callerId = access.AgentId };
        var own = !access.SeesAll;
        var facts = new DealFacts
        {
            Made = [.. (await session.Query<FactRow>(MadeSql(session.Dialect, own), args, cancel)).Select(row => new MadeFact(row.DealId, row.CreatedAt))],
            Closes = [.. (await session.Query<FactRow>(ClosesSql(session.Dialect, own), args, cancel)).Select(row => row.Close())],
            Stays = [.. (await session.Query<FactRow>(StaysSql(session.Dialect, own), args, cancel)).Select(row => new StayFact(row.DealId, row.StageId, row.EnteredAt, row.LeftAt, row.IsOverride, row.ById))],
            Open = [.. (await session.Query<FactRow>(OpenSql(session.Dialect, own), args, cancel)).Select(row => new OpenFact(row.DealId, row.StageId, row.EnteredAt, row.OwnerId, row.Profit, row.Tasks > 0))],
            Blocks = [.. (await session.Query<FactRow>(BlocksSql(session.Dialect, own), args, cancel)).Select(row => new BlockFact(row.DealId, row.FromStageId, row.ToStageId, row.EnteredAt))],
        };
        var names = await session.Query<NameRow>(NamesSql(session.Dialect), null, cancel);
        return DealFigures.Of(funnel, window, facts, settings.Currency, names.ToDictionary(row => row.Id, row => row.Name));
    }

    DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, settings.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    static string Visible(bool own) => own ? $"AND d.id IN (SELECT d.id FROM deal d JOIN client k ON k.id = d.client_id WHERE {DealAccess.IsVisible})" : "";

    static Sql MadeSql(Dialect _, bool own) => new($"""
        SELECT d.id AS deal_id, d.created_at
        FROM deal d
        WHERE d.funnel_id = @funnelId AND d.created_at >= @fromAt AND d.created_at < @toAt {Visible(own)}
        ORDER BY d.id
        """);

    // All closes of deals that were closed or made in the window: which of them is the last one is seen there.
    static Sql ClosesSql(Dialect _, bool own) => new($"""
        SELECT c.deal_id, d.created_at, c.closed_at, c.reopened_at, c.is_won, c.is_valid, c.owner_id, c.base_amount, c.base_cost
        FROM deal_close c
        JOIN deal d ON d.id = c.deal_id
        WHERE d.funnel_id = @funnelId AND c.closed_at < @asOf {Visible(own)}
        AND ((d.created_at >= @fromAt AND d.created_at < @toAt)
            OR EXISTS (SELECT 1 FROM deal_close n WHERE n.deal_id = d.id AND n.closed_at >= @fromAt AND n.closed_at < @toAt)
            OR EXISTS (SELECT 1 FROM deal_stay n WHERE n.deal_id = d.id AND n.entered_at >= @fromAt AND n.entered_at < @toAt))
        ORDER BY c.deal_id, c.seq
        """);

    static Sql StaysSql(Dialect _, bool own) => new($"""
        SELECT y.deal_id, y.stage_id, y.entered_at, y.left_at, y.is_override, y.by_id
        FROM deal_stay y
        JOIN deal d ON d.id = y.deal_id
        WHERE d.funnel_id = @funnelId {Visible(own)}
        AND y.entered_at < @asOf
        AND (EXISTS (SELECT 1 FROM deal_stay n WHERE n.deal_id = d.id AND n.entered_at >= @fromAt AND n.entered_at < @toAt)
            OR EXISTS (SELECT 1 FROM deal_event e WHERE e.deal_id = d.id AND e.what = 'blocked' AND e.happened_at >= @fromAt AND e.happened_at < @toAt))
        ORDER BY y.deal_id, y.seq
        """);

    static Sql OpenSql(Dialect _, bool own) => new($"""
        SELECT y.deal_id, y.stage_id, y.entered_at, m.owner_id, m.base_amount, m.base_cost,
            (SELECT COUNT(*) FROM agent_task t WHERE t.deal_id = d.id AND COALESCE(t.rule_name, '') <> '{TaskRules.Excuse}' AND t.created_at < @asOf AND (t.closed_at IS NULL OR t.closed_at >= @asOf)) AS tasks
        FROM deal d
        JOIN deal_stay y ON y.deal_id = d.id AND y.entered_at < @asOf AND (y.left_at IS NULL OR y.left_at >= @asOf)
        JOIN stage s ON s.id = y.stage_id AND s.kind = 'open'
        JOIN deal_terms m ON m.deal_id = d.id AND m.version = (SELECT MAX(n.version) FROM deal_terms n WHERE n.deal_id = d.id AND n.since < @asOf)
        WHERE d.funnel_id = @funnelId {Visible(own)}
        ORDER BY y.deal_id
        """);

    static Sql BlocksSql(Dialect _, bool own) => new($"""
        SELECT e.deal_id, COALESCE(e.from_stage_id, 0) AS from_stage_id, COALESCE(e.to_stage_id, 0) AS to_stage_id, e.happened_at AS entered_at
        FROM deal_event e
        JOIN deal d ON d.id = e.deal_id
        WHERE e.what = 'blocked' AND e.happened_at >= @fromAt AND e.happened_at < @toAt AND e.happened_at < @asOf AND d.funnel_id = @funnelId {Visible(own)}
        ORDER BY e.id
        """);

    static Sql NamesSql(Dialect _) => new("SELECT id, name FROM agent ORDER BY id");

    sealed record NameRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }

    sealed record FactRow
    {
        public long DealId { get; init; }
        public long StageId { get; init; }
        public long FromStageId { get; init; }
        public long ToStageId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset EnteredAt { get; init; }
        public DateTimeOffset? LeftAt { get; init; }
        public DateTimeOffset ClosedAt { get; init; }
        public DateTimeOffset? ReopenedAt { get; init; }
        public bool IsWon { get; init; }
        public bool IsValid { get; init; }
        public bool IsOverride { get; init; }
        public long? ById { get; init; }
        public long? OwnerId { get; init; }
        public long? BaseAmount { get; init; }
        public long? BaseCost { get; init; }
        public int Tasks { get; init; }

        public long? Profit => BaseAmount - (BaseCost ?? 0);

        public CloseFact Close() => new(DealId, CreatedAt, ClosedAt, ReopenedAt, IsWon, IsValid, OwnerId, BaseAmount, Profit);
    }
}
