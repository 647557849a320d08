using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using Quartz;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Deals whose stage sends them on by itself, when all that must be done there is done. The gate is asked as of anybody; when it is shut, the deal stays.</summary>
internal sealed class DealAutomation(Database database, DealMoves moves)
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
                due = await session.Query<DealToMove>(DueSql(session.Dialect), new { stageId = stage.Id, required = JsonRows.Of(stage.Tasks.Where(task => task.IsRequired).Select(task => task.Id)), nextId = next.Id, take = DealsMax }, cancel);
            foreach (var deal in due)
                await moves.Run(access: null, deal.Id, deal.Version, made: null, new() { StageId = next.Id }, isTrial: false, cancel);
        }
    }

    static IEnumerable<(FunnelStage Stage, FunnelStage Next)> Automatic(Funnel funnel) =>
        funnel.Stages.Zip(funnel.Stages.Skip(1)).Where(pair => pair.First is { Kind: StageKind.Open, GoesOnByItself: true } && pair.Second.Kind != StageKind.Lost
            && pair.First.Tasks.Any(task => task.IsRequired));

    // What was refused as it is now is not tried again.
    static Sql DueSql(Dialect dialect) => new($"""
        SELECT d.id, d.version
        FROM deal d
        WHERE d.stage_id = @stageId AND d.closed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM deal_event e WHERE e.deal_id = d.id AND e.what = 'blocked' AND e.version = d.version AND e.to_stage_id = @nextId)
        AND NOT EXISTS (
            SELECT 1
            FROM {dialect.Rows("@required", "id bigint", "r")}
            WHERE NOT EXISTS (
                SELECT 1
                FROM agent_task t
                WHERE t.deal_id = d.id AND t.rule_name = '{TaskRules.Stage}' AND t.state = 'done' AND t.natural_key LIKE CONCAT('stage:', d.id, ':', r.id, ':%'))
            AND NOT EXISTS (SELECT 1 FROM deal_excuse x WHERE x.deal_id = d.id AND x.stage_task_id = r.id))
        ORDER BY d.id
        {dialect.Take}
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
