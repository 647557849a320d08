using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using Quartz;

namespace ContactCenterCrm.Server.Deals;

/// <summary>
/// Deals whose stage sends them on by itself, when all that must be done there is done. The gate is asked as of anybody; when it is shut, the deal stays,
/// and is tried again when it or its client has changed, or an hour later.
/// </summary>
internal sealed class DealAutomation(Database database, DealMoves moves, TimeProvider time)
{
    public const string Name = "deals.automation", Cron = "0/15 * * * * ?";

    const int DealsMax = 200;

    public async Task Run(CancellationToken cancel)
    {
        IReadOnlyList<Funnel> funnels;
        await using (var session = await database.Read(cancel))
            funnels = await FunnelStore.All(session, cancel);
        foreach (var (stage, next) in funnels.SelectMany(Automatic))
        {
            IReadOnlyList<DealToMove> due;
            await using (var session = await database.Read(cancel))
            {
                var required = JsonRows.Of(stage.Tasks.Where(task => task.IsRequired).Select(task => task.Id));
                due = await session.Query<DealToMove>(DueSql(session.Dialect), new { stageId = stage.Id, required, hourAgo = time.GetUtcNow().AddHours(-1), take = DealsMax }, cancel);
            }
            List<DealToMove> stay = [];
            foreach (var deal in due)
            {
                if (await moves.Run(access: null, deal.Id, deal.Version, made: null, new() { StageId = next.Id }, isTrial: false, cancel) is DealResult.Blocked)
                    stay.Add(deal);
            }
            await Remember(stay, cancel);
        }
    }

    async Task Remember(List<DealToMove> tried, CancellationToken cancel)
    {
        if (tried.Count == 0)
            return;
        var rows = new JsonRows();
        foreach (var deal in tried)
            rows.Row().Add(deal.Id).Add((long)deal.Version);
        await using var session = await database.Write(cancel);
        await session.Execute(TriedSql(session.Dialect), new { rows = rows.Text(), triedAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
    }

    static IEnumerable<(FunnelStage Stage, FunnelStage Next)> Automatic(Funnel funnel) =>
        funnel.Stages.Zip(funnel.Stages.Skip(1)).Where(pair => pair.First is { Kind: StageKind.Open, GoesOnByItself: true } && pair.Second.Kind != StageKind.Lost
            && pair.First.Tasks.Any(task => task.IsRequired));

    static Sql DueSql(Dialect dialect) => new($"""
        SELECT d.id, d.version
        FROM deal d
        JOIN client k ON k.id = d.client_id
        WHERE d.stage_id = @stageId AND d.closed_at IS NULL AND (d.tried_at IS NULL OR d.tried_at < @hourAgo OR d.tried_at < k.active_at)
        AND NOT EXISTS (
            SELECT 1
            FROM {dialect.Rows("@required", "id bigint", "r")}
            WHERE NOT EXISTS (
                SELECT 1
                FROM agent_task t
                WHERE t.deal_id = d.id AND t.rule_name = '{TaskRules.Stage}' AND t.state = 'done' AND t.natural_key LIKE CONCAT('stage:', d.id, ':', r.id, ':%'))
            AND NOT EXISTS (SELECT 1 FROM deal_excuse x WHERE x.deal_id = d.id AND x.stage_task_id = r.id))
        ORDER BY d.stage_since, d.id
        {dialect.Take}
        """);

    static Sql TriedSql(Dialect dialect) => new($"""
        UPDATE deal
        SET tried_at = @triedAt
        FROM {dialect.Rows("@rows", "deal_id bigint, version int", "tried")}
        WHERE deal.id = tried.deal_id AND deal.version = tried.version
        """);

    sealed record DealToMove
    {
        public long Id { get; init; }
        public int Version { get; init; }
    }
}

/// <inheritdoc cref="DealAutomation"/>
[DisallowConcurrentExecution]
internal sealed class DealAutomationJob(DealAutomation automation) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await automation.Run(cancellationToken);
}
