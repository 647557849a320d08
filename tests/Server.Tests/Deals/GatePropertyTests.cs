using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>
/// Whatever people, programs, tables and rules do, in whatever order: a deal that has come to a stage had, at that moment, all that the gate asks, or somebody
/// with the right said why not. What the gate asks is worked out here a second time, from the definition and the bare rows.
/// </summary>
sealed class GatePropertyTests(Engine engine) : DealStand(engine)
{
    static readonly string[] subjects = ["Call", "Visit", "Write"];
    static readonly string[] filling = ["", "1", "2"];

    readonly List<long> clients = [];
    readonly List<long> deals = [];
    readonly Dictionary<long, int> stays = [];
    Random random = new(0);
    Access agent = new(0, Roles.Agent);
    Funnel funnel = null!;
    string[] fields = [];
    int entered, overridden, refused;

    [Test]
    public async Task No_sequence_of_operations_brings_a_deal_past_a_gate([Values(1, 2, 3, 4)] int seed)
    {
        random = new(seed);
        await Begin();
        for (var step = 0; step < 500; step++)
        {
            await Act();
            await CheckArrivals();
            Clock.Advance(TimeSpan.FromMinutes(random.Next(30)));
        }
        TestContext.Out.WriteLine($"{entered} arrivals, {overridden} of them past a gate by right, {refused} refusals");
        Assert.That((entered > 20, refused > 20, overridden > 0), Is.EqualTo((true, true, true)), "the story is worth telling");
    }

    async Task Begin()
    {
        agent = As(await Test.AddAgent("Olga"));
        await Rules.SetLossReasons([new() { Name = "Too dear" }], default);
        var size = await CompanyFields.Create(new() { Name = "Size", Kind = FieldKind.Number }, default);
        var colour = await CompanyFields.Create(new() { Name = "Colour", Kind = FieldKind.Number, IsOfClient = true }, default);
        fields = ["amount", "cost", $"f{size}", $"f{colour}", "items"];
        funnel = await Make(PlainStages());
        for (var i = 0; i < 3; i++)
            clients.Add(await Create($"Client {i}", shares: true, ownerId: agent.AgentId, numbers: $"+7916000000{i}"));
    }

    async Task Act()
    {
        var by = random.Next(3) > 0 ? agent : Boss;
        switch (random.Next(12))
        {
            case 0: await ChangeRules(); break;
            case 1: await Make(by); break;
            case 2: await Fill(by); break;
            case 3: await EndTask(by); break;
            case 4: await Automation.Run(default); break;
            case 5: await Import(by); break;
            case 6: await Speak(); break;
            case 7 when random.Next(4) == 0: await MergeAndBack(); break;
            default: await MoveOne(by); break;
        }
    }

    async Task ChangeRules() => funnel = await Save(funnel.Id, EditOf(funnel, stage => stage with
    {
        Fields = [.. fields.Where(_ => random.Next(5) == 0).Select(field => new StageField { Field = field })],
        Tasks = stage.Kind != StageKind.Open || random.Next(3) == 0 ? [] :
        [
            .. stage.Tasks.Where(_ => random.Next(4) > 0),
            .. random.Next(3) == 0 ? [new StageTask { Subject = Any(subjects), IsRequired = random.Next(3) > 0, CallSeconds = random.Next(4) == 0 ? 30 : null, NeedsMessage = random.Next(6) == 0 }] : Array.Empty<StageTask>(),
        ],
        GoesOnByItself = stage.Kind == StageKind.Open && random.Next(2) == 0,
        NextIds = random.Next(4) == 0 ? [.. funnel.Stages.Where(_ => random.Next(2) == 0).Select(other => other.Id)] : [],
    }));

    async Task Make(Access by)
    {
        var made = new NewDeal { FunnelId = funnel.Id, ClientId = await Living(), StageId = random.Next(3) == 0 ? Any(funnel.Stages).Id : null, Values = Values(), Items = random.Next(3) == 0 ? [new() { Name = "Window", Price = 1 }] : [] };
        Note(await Moves.Create(by, made, isTrial: random.Next(5) == 0, default, random.Next(6) == 0 ? "it was agreed so" : null));
    }

    async Task Fill(Access by)
    {
        if (await Some() is { } deal)
            Note(await Moves.Change(by, deal.Id, new() { Version = deal.Version, Values = Values(), Items = random.Next(4) == 0 ? [] : null }, default));
    }

    async Task MoveOne(Access by)
    {
        if (await Some() is not { } deal)
            return;
        var here = funnel.Stages.ToList().FindIndex(stage => stage.Id == deal.StageId);
        var to = random.Next(2) == 0 ? Any(funnel.Stages) : funnel.Stages[Math.Min(here + 1, funnel.Stages.Count - 1)];
        Note(await Moves.Move(by, deal.Id, new()
        {
            Version = random.Next(10) == 0 ? deal.Version - 1 : deal.Version,
            StageId = to.Id,
            Values = random.Next(2) == 0 ? Values() : [],
            Items = random.Next(5) == 0 ? [new() { Name = "Door", Price = 2, Cost = 1 }] : null,
            Tasks = [.. funnel.Stages.SelectMany(stage => stage.Tasks).Where(_ => random.Next(3) == 0).Select(task => new StageTaskDone { StageTaskId = task.Id, ExcuseReason = random.Next(5) == 0 ? "not needed this time" : null })],
            Loss = random.Next(2) == 0 ? new() { Reason = "Too dear" } : null,
            OverrideReason = random.Next(8) == 0 ? "it was agreed so" : null,
        }, default));
    }

    async Task EndTask(Access by)
    {
        if (await Some() is not { } deal || (await Deal(deal.Id)).Tasks.Where(task => task.Task.State == AgentTaskState.Open).ToList() is not { Count: > 0 } open)
            return;
        var task = Any(open).Task;
        await Tasks.End(by, task.Id, random.Next(4) == 0 ? AgentTaskState.Cancelled : AgentTaskState.Done, new() { Version = task.Version }, default);
    }

    async Task Import(Access by)
    {
        if (await Some() is not { } deal)
            return;
        var csv = $"deal,stage,amount,loss_reason\n{deal.Id},{Any(funnel.Stages).Name},{Any(filling)},{(random.Next(2) == 0 ? "Too dear" : "")}\n";
        await new DealImporter(Database, Moves, new ClientSettings()).Import(by, new() { FunnelId = funnel.Id, Csv = csv, OverrideReason = random.Next(8) == 0 ? "it was agreed so" : null }, default);
    }

    async Task Speak()
    {
        var call = await Call($"+7916000000{random.Next(3)}", minute: (int)(Clock.GetUtcNow() - Noon).TotalMinutes);
        await Execute("UPDATE call SET result = 'answered', talk_seconds = @seconds WHERE id = @id", new { id = call.CallId, seconds = random.Next(60) });
    }

    async Task MergeAndBack()
    {
        var (from, into) = (await Living(), await Living());
        if (from == into)
            return;
        var merge = await Merge(from, into);
        await MoveOne(Boss);
        await CheckArrivals();
        if (random.Next(2) == 0)
            await Undo(merge);
    }

    /// <summary>Each deal that came to a stage since the last look.</summary>
    async Task CheckArrivals()
    {
        await using var session = await Database.Read(default);
        foreach (var stay in await session.Query<Stay>(new("SELECT d.id AS deal_id, d.client_id, y.seq, y.stage_id, y.is_override, d.loss_reason FROM deal d JOIN deal_stay y ON y.deal_id = d.id AND y.seq = d.seq ORDER BY d.id"), null, default))
        {
            if (stays.GetValueOrDefault(stay.DealId) == stay.Seq)
                continue;
            if (!stays.ContainsKey(stay.DealId))
                deals.Add(stay.DealId);
            stays[stay.DealId] = stay.Seq;
            entered++;
            var missing = await Missing(session, stay);
            Assert.That(missing.Count == 0 || stay.IsOverride, $"deal {stay.DealId} came to {funnel.Stages.Single(stage => stage.Id == stay.StageId).Name}, and lacks: {string.Join(", ", missing)}");
            overridden += stay.IsOverride ? 1 : 0;
        }
    }

    /// <summary>A slow second reading of the rule. Whether the way was allowed is not looked at: the stay before is over.</summary>
    async Task<IReadOnlyList<string>> Missing(DbSession session, Stay stay)
    {
        List<string> missing = [];
        var to = funnel.Stages.Single(stage => stage.Id == stay.StageId);
        var before = funnel.Stages.Where(stage => stage.Kind == StageKind.Open && to.Kind != StageKind.Lost && funnel.Stages.ToList().IndexOf(stage) < funnel.Stages.ToList().IndexOf(to));
        foreach (var field in before.Append(to).SelectMany(stage => stage.Fields).Select(field => field.Field).Distinct())
        {
            var filled = field switch
            {
                "items" => "SELECT COUNT(*) FROM deal_line WHERE deal_id = @dealId",
                "amount" or "cost" => $"SELECT COUNT(*) FROM deal WHERE id = @dealId AND {field} IS NOT NULL",
                _ => $"SELECT COUNT(*) FROM field_value WHERE subject_id IN (@dealId, @clientId) AND field_id = {field[1..]}",
            };
            if (await session.QueryFirst<int>(new(filled), new { dealId = stay.DealId, clientId = stay.ClientId }, default) == 0)
                missing.Add(field);
        }
        foreach (var task in before.SelectMany(stage => stage.Tasks).Where(task => task.IsRequired))
        {
            if (await session.QueryFirst<int>(new("SELECT COUNT(*) FROM deal_excuse WHERE deal_id = @DealId AND stage_task_id = @TaskId"), new { stay.DealId, TaskId = task.Id }, default) > 0)
                continue;
            var last = await session.QueryFirst<LastTask>(new($"SELECT state, created_at, client_id FROM agent_task WHERE deal_id = @dealId AND natural_key LIKE 'stage:{stay.DealId}:{task.Id}:%' ORDER BY created_at DESC, id DESC"), new { dealId = stay.DealId }, default);
            if (last?.State != "done")
                missing.Add(task.Subject);
            else if (task.CallSeconds is { } seconds && await session.QueryFirst<int>(
                new("SELECT COUNT(*) FROM call WHERE client_id = @ClientId AND started_at >= @CreatedAt AND result = 'answered' AND talk_seconds >= @seconds"), new { last.ClientId, last.CreatedAt, seconds }, default) == 0)
                missing.Add($"call of {task.Subject}");
            else if (task.NeedsMessage)
                missing.Add($"message of {task.Subject}");
        }
        if (to.Kind == StageKind.Lost && stay.LossReason is null)
            missing.Add("reason");
        return missing;
    }

    async Task<DealItem?> Some() => deals.Count == 0 ? null : (await Deal(Any(deals))).Deal;

    async Task<long> Living()
    {
        var client = Any(clients);
        return await Scalar<long?>("SELECT merged_into FROM client WHERE id = @client", new { client }) ?? client;
    }

    Dictionary<string, string?> Values() => fields.Where(field => field != "items" && random.Next(3) == 0).ToDictionary(field => field, _ => (string?)Any(filling));

    void Note(DealResult result) => refused += result is DealResult.Blocked ? 1 : 0;

    T Any<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    sealed record Stay
    {
        public long DealId { get; init; }
        public long ClientId { get; init; }
        public int Seq { get; init; }
        public long StageId { get; init; }
        public bool IsOverride { get; init; }
        public string? LossReason { get; init; }
    }

    sealed record LastTask
    {
        public string State { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public long ClientId { get; init; }
    }
}
