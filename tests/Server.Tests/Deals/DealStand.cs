using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Clients;
using ContactCenterCrm.Server.Tests.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>What tests of deals share: a funnel, a client, and whoever moves deals.</summary>
abstract class DealStand(Engine engine) : MergeTestBase(engine)
{
    protected DealSettings Settings { get; } = new();
    protected DealMoves Moves => new(Database, Test.Ids, Settings, News, new(), Clock);
    protected DealReader DealCards => new(Database, Clock);
    protected DealList Deals => new(Database, Settings, Clock);
    protected FunnelStore Funnels => new(Database, Test.Ids, Clock);
    protected FieldStore CompanyFields => new(Database, Test.Ids);
    protected DealRules Rules => new(Database);
    protected DealAutomation Automation => new(Database, Moves, Clock);
    protected DealReports Reports => new(Database, Settings, Clock);

    protected Access Boss { get; private set; } = new(0, Roles.Manager);

    [SetUp]
    public async Task Employ() => Boss = new(await Test.AddAgent("Boss"), Roles.Manager);

    protected async Task<Funnel> Make(params FunnelStage[] stages) => await Save(null, new() { Name = "Sales", Stages = stages });

    protected async Task<Funnel> Save(long? id, FunnelEdit edit) => ((FunnelResult.Saved)await Funnels.Save(Boss, id, edit, default)).Funnel;

    protected static FunnelEdit EditOf(Funnel funnel, Func<FunnelStage, FunnelStage>? change = null) => new()
    {
        Version = funnel.Version,
        Name = funnel.Name,
        TeamIds = funnel.TeamIds,
        Stages = [.. funnel.Stages.Select(change ?? (stage => stage))],
    };

    /// <summary>New, Qualified, Offer, Won, Lost, asking nothing.</summary>
    protected static FunnelStage[] PlainStages() =>
    [
        Stage(-1, "New") with { Probability = 10 }, Stage(-2, "Qualified") with { Probability = 30 }, Stage(-3, "Offer") with { Probability = 60 },
        Stage(-4, "Won") with { Kind = StageKind.Won }, Stage(-5, "Lost") with { Kind = StageKind.Lost },
    ];

    protected static FunnelStage Stage(long id, string name, params string[] fields) => new() { Id = id, Name = name, Fields = [.. fields.Select(field => new StageField { Field = field })] };

    protected async Task<long> Open(Funnel funnel, long clientId, string? stage = null, params (string Field, string? Value)[] values)
    {
        var result = await Moves.Create(Boss, new() { FunnelId = funnel.Id, StageId = stage is null ? null : Id(funnel, stage), ClientId = clientId, Values = Filled(values) }, isTrial: false, default);
        Assert.That(result, Is.InstanceOf<DealResult.Saved>(), $"{result}");
        return ((DealResult.Saved)result).DealId;
    }

    protected async Task<DealResult> Move(Access by, long dealId, long stageId, params (string Field, string? Value)[] values) =>
        await Moves.Move(by, dealId, new() { Version = (await Deal(dealId)).Deal.Version, StageId = stageId, Values = Filled(values), Loss = new() { Reason = "Too dear" } }, default);

    protected async Task Moved(long dealId, Funnel funnel, string stage, params (string Field, string? Value)[] values)
    {
        var result = await Move(Boss, dealId, Id(funnel, stage), values);
        Assert.That(result, Is.InstanceOf<DealResult.Saved>(), result is DealResult.Blocked blocked ? Words(blocked.Unmet) : $"{result}");
    }

    protected async Task<DealCard> Deal(long id) => (await DealCards.Card(Boss, id, default))!;

    protected async Task<string> StageOf(long dealId) => (await Scalar<string>("SELECT s.name FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.id = @dealId", new { dealId }))!;

    protected static long Id(Funnel funnel, string stage) => funnel.Stages.Single(one => one.Name == stage).Id;

    protected static Dictionary<string, string?> Filled(params (string Field, string? Value)[] values) => values.ToDictionary(value => value.Field, value => value.Value);

    protected static string Words(IEnumerable<UnmetItem> unmet) => string.Join(", ", unmet.Select(item => $"{item.What} {item.Field ?? item.Name}".Trim()));
}
