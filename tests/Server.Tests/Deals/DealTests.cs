using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>The life of a deal in the tables of every engine.</summary>
sealed class DealTests(Engine engine) : DealStand(engine)
{
    [SetUp]
    public Task Reasons() => Rules.SetLossReasons([new() { Name = "Too dear" }, new() { Name = "Duplicate", IsValid = false }], default);

    [Test]
    public async Task A_deal_keeps_its_way_its_terms_and_what_happened()
    {
        var funnel = await Make(PlainStages());
        var client = await Create("Anna");
        var id = await Open(funnel, client, values: ("amount", "100"));
        Clock.Advance(TimeSpan.FromHours(2));
        await Moved(id, funnel, "Qualified", ("amount", "150.50"), ("cost", "50"));
        await Moved(id, funnel, "Offer");
        await Moved(id, funnel, "Won");

        var card = await Deal(id);
        Assert.That((card.Deal.Amount, card.Deal.PlannedProfit, card.Deal.IsWon, card.Deal.ClosedAt), Is.EqualTo((150.5m, 100.5m, true, Clock.GetUtcNow())));
        Assert.That(card.Events.Select(happened => happened.What), Is.EqualTo(new[] { "moved", "moved", "moved", "created" }));
        Assert.That(card.Events[2].Changes, Is.EqualTo(new DealChange[] { new() { Field = "amount", Before = "100", After = "150.5" }, new() { Field = "cost", After = "50" } }));
        Assert.That(await Count("deal_stay"), Is.EqualTo(4));
        Assert.That(await Count("deal_terms"), Is.EqualTo(2));
        Assert.That(await Count("deal_close"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_deal_that_is_opened_again_keeps_that_it_was_refused()
    {
        var funnel = await Make(PlainStages());
        var id = await Open(funnel, await Create("Anna"));
        Assert.That(Words(((DealResult.Blocked)await Moves.Move(Boss, id, new() { Version = 1, StageId = Id(funnel, "Lost") }, default)).Unmet), Is.EqualTo("loss_reason"));
        var loss = new DealLoss { Reason = "Too dear", Note = "half the price elsewhere", Competitor = "Acme", OfferAgainOn = new(2026, 6, 1) };
        Assert.That(await Moves.Move(Boss, id, new() { Version = 1, StageId = Id(funnel, "Lost"), Loss = loss }, default), Is.InstanceOf<DealResult.Saved>());
        Assert.That((await Deal(id)).Loss, Is.EqualTo(loss));

        await Moved(id, funnel, "New");
        var card = await Deal(id);
        Assert.That((card.Loss, card.Deal.ClosedAt, card.Deal.IsWon), Is.EqualTo(((DealLoss?)null, (DateTimeOffset?)null, (bool?)null)));
        Assert.That(await Scalar<string>("SELECT loss_reason FROM deal_close WHERE reopened_at IS NOT NULL"), Is.EqualTo("Too dear"));
    }

    [Test]
    public async Task A_stage_gives_its_tasks_and_calls_off_what_is_open_of_an_earlier_stay()
    {
        var olga = await Test.AddAgent("Olga");
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "Qualified" ? stage with { OwnerId = olga, Tasks = [Task("Call", hours: 4), Task("Send a letter", hours: 48)] } : stage)]);
        var id = await Open(funnel, await Create("Anna"));
        Assert.That((await Deal(id)).Deal.NextStepAt, Is.Null);

        await Moved(id, funnel, "Qualified");
        var card = await Deal(id);
        Assert.That((card.Deal.OwnerId, card.Deal.NextStepSubject, card.Deal.NextStepAt), Is.EqualTo(((long?)olga, "Call", (DateTimeOffset?)Noon.AddHours(4))));
        Assert.That(card.Tasks.Select(task => task.Task.OwnerId), Is.All.EqualTo(olga));

        await Moved(id, funnel, "New");
        await Moved(id, funnel, "Qualified");
        Assert.That((await Deal(id)).Tasks.Select(task => $"{task.Task.Subject} {task.Task.State}"),
            Is.EquivalentTo(new[] { "Call Open", "Send a letter Open", "Call Cancelled", "Send a letter Cancelled" }));
    }

    [Test]
    public async Task Money_in_another_currency_keeps_the_rate_of_its_day()
    {
        await Rules.SetRate(new() { Currency = "EUR", Rate = 90 }, default);
        var funnel = await Make(PlainStages());
        var id = await Open(funnel, await Create("Anna"), values: [("amount", "100"), ("currency", "eur")]);
        await Rules.SetRate(new() { Currency = "EUR", Rate = 95 }, default);
        await Moved(id, funnel, "Qualified", ("title", "Windows"));
        Assert.That((await Deal(id)).Rate, Is.EqualTo(90m));
        Assert.That((await Deals.Board(Boss, new() { FunnelId = funnel.Id }, default))!.Columns[1].Amount, Is.EqualTo(9000m));

        await Moved(id, funnel, "Offer", ("amount", "200"));
        Assert.That((await Deals.Board(Boss, new() { FunnelId = funnel.Id }, default))!.Columns[2].Amount, Is.EqualTo(19_000m));
        Assert.That(await Move(Boss, id, Id(funnel, "Won"), ("currency", "USD")), Is.EqualTo(new DealResult.Invalid("values.currency", "There is no rate for this currency.")));
    }

    [Test]
    public async Task Lines_make_the_amount()
    {
        var funnel = await Make(PlainStages());
        var id = await Open(funnel, await Create("Anna"));
        DealLine[] lines = [new() { Name = "Window", Quantity = 2.5m, Price = 10.01m, Cost = 4 }, new() { Name = "Door", Price = 99.99m }];
        Assert.That(await Moves.Change(Boss, id, new() { Version = 1, Items = lines }, default), Is.InstanceOf<DealResult.Saved>());
        var card = await Deal(id);
        Assert.That((card.Deal.Amount, card.Deal.Cost), Is.EqualTo((125.02m, 10m)), "2.5 × 10.01 + 99.99, rounded half to even at the end");
        Assert.That(card.Items, Is.EqualTo(lines));
    }

    [Test]
    public async Task A_client_takes_the_deals_and_fields_along_into_another_card_and_back()
    {
        var colour = await CompanyFields.Create(new() { Name = "Colour", IsOfClient = true }, default);
        var size = await CompanyFields.Create(new() { Name = "Size", IsOfClient = true }, default);
        var funnel = await Make(PlainStages());
        var (anna, petrova) = (await Create("Anna"), await Create("A. Petrova"));
        var (hers, other) = (await Open(funnel, anna, values: [($"f{colour}", "blue"), ($"f{size}", "L")]), await Open(funnel, petrova, values: ($"f{colour}", "red")));

        var merge = await Merge(anna, petrova);
        Assert.That((await Deal(hers)).Deal.ClientId, Is.EqualTo(petrova));
        Assert.That((await Deal(other)).Values, Is.SupersetOf(new Dictionary<string, string> { [$"f{colour}"] = "red", [$"f{size}"] = "L" }), "where both have one, the card that stays keeps its own");

        await Undo(merge);
        Assert.That((await Deal(hers)).Deal.ClientId, Is.EqualTo(anna));
        Assert.That((await Deal(hers)).Values, Is.SupersetOf(new Dictionary<string, string> { [$"f{colour}"] = "blue", [$"f{size}"] = "L" }));
        Assert.That((await Deal(other)).Values.Keys, Does.Not.Contain($"f{size}"));
    }

    [Test]
    public async Task A_deal_goes_on_by_itself_when_all_is_done_and_waits_for_what_else_the_gate_asks()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name switch
        {
            "New" => stage with { GoesOnByItself = true, Tasks = [Task("Call") with { IsRequired = true }] },
            "Qualified" => stage with { Fields = [new() { Field = "client_email" }] },
            _ => stage,
        })]);
        var client = await Create("Anna");
        var id = await Open(funnel, client);
        await Automation.Run(default);
        Assert.That(await StageOf(id), Is.EqualTo("New"), "the task is open");

        var task = (await Deal(id)).Tasks.Single().Task;
        await Tasks.End(Boss, task.Id, AgentTaskState.Done, new() { Version = task.Version }, default);
        await Automation.Run(default);
        await Automation.Run(default);
        var card = await Deal(id);
        Assert.That(card.Events.Select(happened => $"{happened.What} {happened.ByName} {Words(happened.Unmet)}".TrimEnd()), Is.EqualTo(new[] { "blocked  field client_email", "created Boss" }), "it is told once");

        await Clients.Change(Manager, client, await VersionOf(client), Fields("Anna", email: "anna@acme.ru"), true, default);
        Clock.Advance(TimeSpan.FromMinutes(61));
        await Automation.Run(default);
        Assert.That(await StageOf(id), Is.EqualTo("Qualified"));
    }

    [Test]
    public async Task A_call_or_a_message_is_the_proof_that_a_task_was_done()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "New"
            ? stage with { Tasks = [Task("Call") with { IsRequired = true, CallSeconds = 30 }, Task("Write") with { IsRequired = true, NeedsMessage = true }] } : stage)]);
        var client = await Create("Anna", numbers: Number);
        var id = await Open(funnel, client);
        var done = new DealMove { Version = 1, StageId = Id(funnel, "Qualified"), Tasks = [.. funnel.Stages[0].Tasks.Select(task => new StageTaskDone { StageTaskId = task.Id })] };
        Assert.That(Words(((DealResult.Blocked)await Moves.Move(Boss, id, done, default)).Unmet), Is.EqualTo("call Call, message Write"));

        var call = await Call(Number, CallDirection.Outbound, minute: 1);
        await Execute("UPDATE call SET result = 'answered', talk_seconds = 30 WHERE id = @id", new { id = call.CallId });
        Assert.That(Words(((DealResult.Blocked)await Moves.Move(Boss, id, done, default)).Unmet), Is.EqualTo("message Write"));
        await Execute("UPDATE call SET talk_seconds = 29 WHERE id = @id", new { id = call.CallId });
        Assert.That(Words(((DealResult.Blocked)await Moves.Move(Boss, id, done, default)).Unmet), Is.EqualTo("call Call, message Write"));
    }

    [Test]
    public async Task An_agent_sees_and_moves_own_deals_and_those_of_own_clients_in_funnels_of_the_team()
    {
        var (olga, ivan) = (await Test.AddAgent("Olga"), await Test.AddAgent("Ivan"));
        var team = await Test.Ids.Next(default);
        await Execute("INSERT INTO team (id, name) VALUES (@team, 'East')", new { team });
        var (open, closed) = (await Make(PlainStages()), await Save(null, new() { Name = "Of the east", TeamIds = [team], Stages = PlainStages() }));
        var hers = await Create("Hers", ownerId: olga);
        var (ofHerClient, given, his) = (await Open(open, hers), await Open(open, await Create("His", ownerId: ivan), values: ("owner", $"{olga}")), await Open(open, await Create("His too", ownerId: ivan)));
        var elsewhere = await Open(closed, hers);

        var seen = await Deals.Page(As(olga), new(), Cursor.Start, 10, default);
        Assert.That(seen.Items.Select(deal => deal.Id), Is.EquivalentTo(new[] { ofHerClient, given }));
        Assert.That((await Deals.Board(As(olga), new() { FunnelId = open.Id }, default))!.Columns[0].Deals, Is.EqualTo(2));
        Assert.That(await Deals.Board(As(olga), new() { FunnelId = closed.Id }, default), Is.Null);
        foreach (var hidden in new[] { his, elsewhere })
        {
            Assert.That(await DealCards.Card(As(olga), hidden, default), Is.Null);
            Assert.That(await Moves.Move(As(olga), hidden, new() { Version = 1, StageId = Id(open, "Qualified") }, default), Is.InstanceOf<DealResult.NotFound>());
        }
        Assert.That(await Moves.Move(As(olga), given, new() { Version = 1, StageId = Id(open, "Qualified") }, default), Is.InstanceOf<DealResult.Saved>());
        Assert.That(await Moves.Create(As(ivan), new() { FunnelId = open.Id, ClientId = hers }, isTrial: false, default), Is.InstanceOf<DealResult.Invalid>());
    }

    [Test]
    public async Task The_board_counts_all_of_the_filter_and_shows_first_who_has_no_next_step()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "New" ? stage with { LimitHours = 24 } : stage)]);
        var client = await Create("Anna");
        var old = await Open(funnel, client, values: [("title", "Old windows"), ("amount", "10"), ("cost", "4")]);
        Clock.Advance(TimeSpan.FromHours(25));
        var fresh = await Open(funnel, client, values: ("title", "New doors"));
        await Add(Boss, Edit("Call") with { DealId = old, ClientId = client });

        var column = (await Deals.Board(Boss, new() { FunnelId = funnel.Id }, default))!.Columns[0];
        Assert.That((column.Deals, column.Amount, column.PlannedProfit, column.WithoutAmount, column.TooOld, column.WithoutNextStep), Is.EqualTo((2, 10m, 6m, 1, 1, 1)));
        Assert.That(column.Page.Items.Select(deal => deal.Id), Is.EqualTo(new[] { fresh, old }));
        var first = await Deals.Column(Boss, new() { FunnelId = funnel.Id, StageId = column.StageId }, null, 1, default);
        Assert.That(Cursor.TryParse(first.Next, out var after), Is.True);
        var second = await Deals.Column(Boss, new() { FunnelId = funnel.Id, StageId = column.StageId }, after, 1, default);
        Assert.That((first.Items.Single().Id, second.Items.Single().Id, second.Next), Is.EqualTo((fresh, old, (string?)null)));

        async Task<long[]> Found(DealFilter filter) => [.. (await Deals.Page(Boss, filter, Cursor.Start, 10, default)).Items.Select(deal => deal.Id)];
        Assert.That(await Found(new() { Search = "doors" }), Is.EqualTo(new[] { fresh }));
        Assert.That(await Found(new() { Search = "ann" }), Is.EquivalentTo(new[] { fresh, old }));
        Assert.That(await Found(new() { IsTooOld = true }), Is.EqualTo(new[] { old }));
        Assert.That(await Found(new() { HasNextStep = false }), Is.EqualTo(new[] { fresh }));
        Assert.That(await Found(new() { State = "won" }), Is.Empty);
    }

    [Test]
    public async Task A_preview_tells_who_would_be_stuck_by_what_is_newly_asked()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "Offer" ? stage with { Fields = [new() { Field = "cost" }] } : stage)]);
        var client = await Create("Anna");
        var (poor, rich) = (await Open(funnel, client), await Open(funnel, client, values: ("amount", "5")));
        await Moved(rich, funnel, "Qualified");

        var preview = (await new GatePreviews(Database, Clock).Of(Boss, funnel.Id, EditOf(funnel, stage => stage.Name == "Qualified" ? stage with { Fields = [new() { Field = "amount" }] } : stage), default))!;
        Assert.That((preview.OpenDeals, preview.StuckDeals), Is.EqualTo((2, 1)), "the cost was asked before");
        Assert.That(preview.Deals.Select(stuck => (stuck.Deal.Id, Words(stuck.Unmet))), Is.EqualTo(new[] { (poor, "field amount") }));
        Assert.That((await Funnels.One(Boss, funnel.Id, default))!.Version, Is.EqualTo(1), "nothing was saved");
    }

    [Test]
    public async Task A_preview_tells_who_has_done_a_task_without_the_proof_that_is_newly_asked()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "New" ? stage with { Tasks = [Task("Call") with { IsRequired = true }] } : stage)]);
        var id = await Open(funnel, await Create("Anna"));
        var task = (await Deal(id)).Tasks.Single().Task;
        await Tasks.End(Boss, task.Id, AgentTaskState.Done, new() { Version = task.Version }, default);
        var edit = EditOf(funnel, stage => stage with { Tasks = [.. stage.Tasks.Select(one => one with { CallSeconds = 60 })] });

        var preview = (await new GatePreviews(Database, Clock).Of(Boss, funnel.Id, edit, default))!;
        Assert.That(preview.Deals.Select(stuck => (stuck.Deal.Id, Words(stuck.Unmet))), Is.EqualTo(new[] { (id, "call Call") }));
    }

    [Test]
    public async Task A_task_of_a_stage_stays_with_its_deal_whoever_edits_it()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "New" ? stage with { Tasks = [Task("Call") with { IsRequired = true }] } : stage)]);
        var client = await Create("Anna");
        var (id, other) = (await Open(funnel, client), await Open(funnel, client));
        var task = (await Deal(id)).Tasks.Single().Task;
        Assert.That(await Tasks.Change(Boss, task.Id, Edit("Call soon", clientId: client) with { DealId = other, Version = task.Version }, default), Is.EqualTo(Server.Tasks.TaskResult.Done));
        Assert.That((await Deal(id)).Tasks.Single().Task.Subject, Is.EqualTo("Call soon"));
    }

    [Test]
    public async Task Who_is_no_longer_with_us_gets_neither_deal_nor_task_and_a_sum_has_an_end()
    {
        var gone = await Test.AddAgent("Gone");
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "Qualified" ? stage with { OwnerId = gone, Tasks = [Task("Call") with { OwnerId = gone }] } : stage)]);
        await Execute("UPDATE agent SET is_active = @no WHERE id = @gone", new { no = false, gone });
        var id = await Open(funnel, await Create("Anna"), values: ("owner", $"{Boss.AgentId}"));
        await Moved(id, funnel, "Qualified");
        var card = await Deal(id);
        Assert.That((card.Deal.OwnerId, card.Tasks.Single().Task.OwnerId), Is.EqualTo(((long?)Boss.AgentId, (long?)Boss.AgentId)));
        Assert.That(await Funnels.Save(Boss, funnel.Id, EditOf(funnel), default), Is.InstanceOf<FunnelResult.Invalid>());

        DealLine[] much = [new() { Name = "World", Quantity = 1_000_000_000, Price = 1_000_000_000 }];
        Assert.That(await Moves.Change(Boss, id, new() { Version = card.Deal.Version, Items = much }, default), Is.InstanceOf<DealResult.Invalid>().With.Property(nameof(DealResult.Invalid.Field)).EqualTo("items"));
    }

    static StageTask Task(string subject, int hours = 24) => new() { Kind = AgentTaskKind.Call, Subject = subject, DueHours = hours };
}
