using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>One table of cases, gone through on every way that leads a deal to a stage: all of them say the same. The browser's ways are in UI.Tests.</summary>
sealed class GateSuite
{
    static readonly JsonSerializerOptions wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>A deal in a stage, with something filled in and done, wants to go to another: what is said.</summary>
    public sealed record Case(string From, string To, string Filled, string Done, string Expected)
    {
        public override string ToString() => $"{From} to {To} with '{Filled} {Done}'";
    }

    static readonly Case[] cases =
    [
        new("New", "Qualified", "", "", "field amount, task Call"),
        new("New", "Qualified", "amount", "", "task Call"),
        new("New", "Qualified", "amount", "Call", "moved"),
        new("New", "Offer", "amount", "Call", "transition, field Delivery, task Visit"),
        new("Qualified", "Offer", "amount Delivery", "Call", "task Visit"),
        new("Qualified", "Offer", "amount", "Call Visit", "field Delivery"),
        new("Qualified", "Offer", "amount Delivery", "Call Visit", "moved"),
        new("Qualified", "New", "amount", "", "moved"),
        new("Offer", "Won", "amount Delivery", "Call Visit", "field client_email"),
        new("Offer", "Won", "amount Delivery client_email", "Call Visit", "moved"),
        new("Offer", "Won", "amount Delivery client_email", "Call", "task Visit"),
        new("Offer", "Lost", "amount Delivery", "", "loss_reason"),
    ];

    static readonly string[] ways = ["form", "program", "bulk", "import", "trial import", "rule"];

    RunningServer server = null!;
    HttpClient manager = null!, program = null!;
    Funnel funnel = null!;
    string delivery = "";
    int made;

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        manager = await server.SignInAs(Roles.Manager);
        program = await server.Program(Roles.Manager);
        var field = await manager.PostAsJsonAsync("/api/custom-fields", new CustomFieldEdit { Name = "Delivery", Kind = FieldKind.Date }, wire);
        delivery = $"f{(await field.Content.ReadFromJsonAsync<IdAnswer>(wire))!.Id}";
        var answer = await manager.PostAsJsonAsync("/api/funnels", new FunnelEdit
        {
            Name = "Sales",
            Stages =
            [
                new() { Id = -1, Name = "New", Tasks = [new() { Subject = "Call", IsRequired = true }] },
                new() { Id = -2, Name = "Qualified", Fields = [new() { Field = "amount" }], Tasks = [new() { Subject = "Visit", IsRequired = true }, new() { Subject = "Send a card" }] },
                new() { Id = -3, Name = "Offer", Fields = [new() { Field = delivery }] },
                new() { Id = -4, Name = "Won", Kind = StageKind.Won, Fields = [new() { Field = "client_email" }] },
                new() { Id = -5, Name = "Lost", Kind = StageKind.Lost },
            ],
        }, wire);
        funnel = (await answer.Content.ReadFromJsonAsync<Funnel>(wire))!;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        manager.Dispose();
        program.Dispose();
        await server.DisposeAsync();
    }

    [Test, Combinatorial]
    public async Task Every_way_says_the_same([ValueSource(nameof(cases))] Case one, [ValueSource(nameof(ways))] string way)
    {
        var deal = await Prepare(one);
        var to = StageId(one.To);

        var said = await Try(way, deal, to);

        Assert.That(said, Is.EqualTo(one.Expected));
        var stands = (await Card(deal.Id)).Deal.StageId;
        Assert.That(stands, Is.EqualTo(one.Expected == "moved" && way != "trial import" ? to : StageId(one.From)));
    }

    [Test]
    public async Task One_that_is_made_in_a_stage_has_what_those_before_ask([Values("form", "program", "import")] string way)
    {
        var (client, number) = await Client();
        if (way == "import")
        {
            var rows = await Import($"client,stage,amount\n{number},Offer,5\n", isTrial: false);
            Assert.That(Words(rows.Unmet), Is.EqualTo("field Delivery, task Call, task Visit"));
            return;
        }
        var answer = await (way == "form" ? manager : program).PostAsJsonAsync(
            "/api/deals", new NewDeal { FunnelId = funnel.Id, ClientId = client, StageId = StageId("Offer"), Values = new Dictionary<string, string?> { ["amount"] = "5" } }, wire);
        Assert.That(await Said(answer), Is.EqualTo("field Delivery, task Call, task Visit"));
    }

    [Test]
    public async Task What_is_missing_is_brought_along_in_the_same_step()
    {
        var deal = await Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        var move = new DealMove
        {
            Version = deal.Version,
            StageId = StageId("Offer"),
            Values = new Dictionary<string, string?> { [delivery] = "2026-05-01" },
            Tasks = [new() { StageTaskId = Task("Visit").Id, Note = "went there" }],
        };
        var refused = await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { Values = new Dictionary<string, string?> { [delivery] = "some day" } }, wire);
        Assert.That((await refused.Outcome(), (await Card(deal.Id)).Tasks.Count(task => task.Task.State == AgentTaskState.Done)), Is.EqualTo(("400 validation", 1)), "all or nothing");

        Assert.That(await Said(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire)), Is.EqualTo("moved"));
        var card = await Card(deal.Id);
        Assert.That((card.Values[delivery], card.Tasks.Single(task => task.StageTaskId == Task("Visit").Id).Task.State), Is.EqualTo(("2026-05-01", AgentTaskState.Done)));
    }

    [Test]
    public async Task What_a_stage_asked_cannot_be_emptied_there()
    {
        var deal = await Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        var answer = await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = deal.Version, Values = new Dictionary<string, string?> { ["amount"] = "" } }, wire);
        Assert.That(await Said(answer), Is.EqualTo("field amount"));
        Assert.That((await Card(deal.Id)).Deal.Amount, Is.EqualTo(100m));
    }

    [Test]
    public async Task Only_who_has_the_right_goes_past_a_gate_and_says_why()
    {
        using var supervisor = await server.SignInAs(Roles.Supervisor);
        using var agent = await server.SignInAs(Roles.Agent, "agent-of-the-suite");
        var deal = await Prepare(new("New", "Qualified", "", "", ""));
        var move = new DealMove { Version = deal.Version, StageId = StageId("Qualified"), OverrideReason = "the price comes on Monday" };
        Assert.That(await supervisor.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("403 override_not_allowed"));
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { OverrideReason = "because" }, wire).Outcome(), Is.EqualTo("400 validation"), "ten letters at least");

        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        var happened = (await Card(deal.Id)).Events[0];
        Assert.That((happened.What, happened.Reason, Words(happened.Unmet)), Is.EqualTo(("moved", "the price comes on Monday", "field amount, task Call")));
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { Version = deal.Version + 1, StageId = StageId("Lost") }, wire).Outcome(), Is.EqualTo("422 gate"), "nothing is lost without a reason");
    }

    [Test]
    public async Task A_task_is_excused_by_who_may_with_a_reason_that_stays()
    {
        using var agent = await server.SignInAs(Roles.Agent, "excusing-agent");
        var deal = await Prepare(new("New", "Qualified", "amount", "", ""), owner: await MeOf(agent));
        var move = new DealMove { Version = deal.Version, StageId = StageId("Qualified"), Tasks = [new() { StageTaskId = Task("Call").Id, ExcuseReason = "he came by himself" }] };
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("403 excuse_not_allowed"));

        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        var card = await Card(deal.Id);
        Assert.That(card.Tasks.Single(task => task.StageTaskId == Task("Call").Id), Has.Property(nameof(DealTask.ExcuseReason)).EqualTo("he came by himself").And.Property(nameof(DealTask.ExcusedByName)).EqualTo("manager"));
        Assert.That(card.Events.Select(happened => happened.What), Does.Contain("excused"));
    }

    [Test]
    public async Task Who_may_not_excuse_asks_and_is_answered_by_the_excuse()
    {
        using var agent = await server.SignInAs(Roles.Agent, "asking-agent");
        var deal = await Prepare(new("New", "Qualified", "amount", "", ""), owner: await MeOf(agent));
        var ask = new ExcuseRequest { StageTaskId = Task("Call").Id, Reason = "he does not want calls" };
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/excuse-requests", ask, wire).Outcome(), Is.EqualTo("204"));
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/excuse-requests", ask with { StageTaskId = 1 }, wire).Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await Asked(), Is.EqualTo(new[] { "he does not want calls · Call Open" }));

        var move = new DealMove { Version = deal.Version, StageId = StageId("Qualified"), Tasks = [new() { StageTaskId = Task("Call").Id, ExcuseReason = "he wrote so himself" }] };
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        Assert.That(await Asked(), Is.EqualTo(new[] { "he does not want calls · Call Done" }));

        async Task<IEnumerable<string>> Asked() => (await Card(deal.Id)).Tasks.Where(task => task.StageTaskId is null).Select(task => $"{task.Task.Subject} {task.Task.State}");
    }

    [Test]
    public async Task A_field_that_a_stage_asks_is_not_put_away()
    {
        var archived = new CustomFieldEdit { Version = 1, Name = "Delivery", Kind = FieldKind.Date, IsArchived = true };
        Assert.That(await manager.PutAsJsonAsync($"/api/custom-fields/{delivery[1..]}", archived, wire).Outcome(), Is.EqualTo("409 field_in_use"));
        Assert.That(await manager.PutAsJsonAsync($"/api/custom-fields/{delivery[1..]}", archived with { IsArchived = false, Help = "the day we promised" }, wire).Outcome(), Is.EqualTo("204"));
    }

    [Test]
    public async Task What_is_exported_comes_back_unchanged_and_the_audit_knows()
    {
        var deal = await Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = deal.Version, Values = new Dictionary<string, string?> { ["title"] = "=cmd|'/C calc'!A0; \"quoted\"\nand more" } }, wire).Outcome();
        var table = await manager.GetStringAsync($"/api/deals/export?funnelId={funnel.Id}&clientId={deal.ClientId}");
        Assert.That(table, Does.Contain("'=cmd"), "a formula is a word");
        Assert.That(table, Does.StartWith("\ufeffdeal,stage,title,client,"));

        var row = await Import(table, isTrial: false);
        Assert.That((row.What, row.DealId), Is.EqualTo(("changed", deal.Id)));
        var card = await Card(deal.Id);
        Assert.That((card.Deal.Amount, card.Deal.StageId, card.Deal.Title), Is.EqualTo((100m, deal.StageId, "=cmd|'/C calc'!A0; \"quoted\"\nand more")));
        Assert.That(card.Events.Count(happened => happened.What == "changed"), Is.EqualTo(2), "filled in twice by hand; the table changed nothing");
        using var admin = await server.SignInAs(Roles.Admin, "auditor");
        Assert.That((string?)(await (await admin.GetAsync("/api/audit?action=export")).Body())["items"]![0]!["actorName"], Is.EqualTo("manager"));
    }

    [Test]
    public async Task Of_two_who_move_one_deal_at_the_same_time_one_wins_and_the_other_is_told_what_changed()
    {
        var deal = await Prepare(new("New", "Qualified", "amount", "Call", ""));
        using var other = await server.SignInAs(Roles.Admin, "the-other");
        var both = await System.Threading.Tasks.Task.WhenAll(
            manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = StageId("Qualified"), Values = new Dictionary<string, string?> { ["amount"] = "120" } }, wire),
            other.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = StageId("Qualified"), Values = new Dictionary<string, string?> { ["amount"] = "130" } }, wire));

        var lost = both.Single(answer => answer.StatusCode != HttpStatusCode.OK);
        var won = both.Single(answer => answer.StatusCode == HttpStatusCode.OK);
        var amount = (decimal)(await won.Body())["deal"]!["amount"]!;
        var told = await lost.Body();
        Assert.That(((string)told["code"]!, (decimal)told["current"]!["deal"]!["amount"]!), Is.EqualTo(("changed_by_other", amount)));
        Assert.That((string)told["changes"]![0]!["byName"]!, Is.EqualTo(ReferenceEquals(won, both[0]) ? "manager" : "the-other"));
        Assert.That((string)told["changes"]![0]!["changes"]![0]!["after"]!, Is.EqualTo(FieldValues.Text(amount)));
        Assert.That((await Card(deal.Id)).Events.Count(happened => happened.What == "moved"), Is.EqualTo(1));
    }

    async Task<string> Try(string way, DealItem deal, long to)
    {
        switch (way)
        {
            case "form" or "program":
                return await Said(await (way == "form" ? manager : program).PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = to }, wire));
            case "bulk":
                var bulk = await manager.PostAsJsonAsync("/api/deals/move", new DealsMove { Deals = [new() { Id = deal.Id, Version = deal.Version }], StageId = to }, wire);
                var answer = (await bulk.Content.ReadFromJsonAsync<IReadOnlyList<DealMoveAnswer>>(wire))!.Single();
                return answer.What == "blocked" ? Words(answer.Unmet) : answer.What;
            case "rule":
                var result = await server.Services.GetRequiredService<DealMoves>().Run(access: null, deal.Id, deal.Version, made: null, new() { StageId = to }, isTrial: false, default);
                return result is DealResult.Blocked blocked ? Words(blocked.Unmet) : result is DealResult.Saved ? "moved" : $"{result}";
            default:
                var row = await Import($"deal,stage\n{deal.Id},{funnel.Stages.Single(stage => stage.Id == to).Name}\n", way == "trial import");
                return row.What switch { "blocked" => Words(row.Unmet), "changed" => "moved", _ => $"{row.What}: {row.Message}" };
        }
    }

    /// <summary>A deal that came to its stage the regular way, with no more filled in and done than the case says.</summary>
    async Task<DealItem> Prepare(Case one, long? owner = null)
    {
        var (client, _) = await Client(owner);
        var made = await manager.PostAsJsonAsync("/api/deals", new NewDeal { FunnelId = funnel.Id, ClientId = client }, wire);
        var deal = (await made.Content.ReadFromJsonAsync<DealCard>(wire))!.Deal;
        foreach (var stage in funnel.Stages.Skip(1).TakeWhile(_ => one.From != "New"))
        {
            await Override(stage.Id);
            if (stage.Name == one.From)
                break;
        }
        var card = await Card(deal.Id);
        var values = one.Filled.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(Key, name => (string?)(name switch { "amount" => "100", "Delivery" => "2026-05-01", _ => "anna@acme.ru" }));
        if (values.Count > 0)
            await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = card.Deal.Version, Values = values }, wire).Outcome();
        foreach (var subject in one.Done.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var task = card.Tasks.Single(task => task.Task.Subject == subject).Task;
            Assert.That(await manager.PostAsJsonAsync($"/api/tasks/{task.Id}/complete", new AgentTaskEnd { Version = task.Version }, wire).Outcome(), Is.EqualTo("200"));
        }
        return (await Card(deal.Id)).Deal;

        async Task Override(long stageId)
        {
            var at = (await Card(deal.Id)).Deal.Version;
            var answer = await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = at, StageId = stageId, OverrideReason = "to set the table of cases" }, wire);
            Assert.That(await answer.Outcome(), Is.EqualTo("200"));
        }
    }

    async Task<(long Id, string Number)> Client(long? owner = null)
    {
        var number = $"+7916{++made:0000000}";
        var answer = await manager.PostAsJsonAsync("/api/clients", new { name = $"Client {made}", numbers = new[] { number }, ownerId = owner }, wire);
        return ((long)(await answer.Body())["id"]!, number);
    }

    async Task<DealImportRow> Import(string csv, bool isTrial)
    {
        var answer = await manager.PostAsJsonAsync("/api/deals/import", new DealImport { FunnelId = funnel.Id, Csv = csv, IsTrial = isTrial }, wire);
        Assert.That(await answer.Outcome(), Is.EqualTo("200"));
        return (await answer.Content.ReadFromJsonAsync<DealImportAnswer>(wire))!.Rows.Single();
    }

    async Task<DealCard> Card(long id) => (await manager.GetFromJsonAsync<DealCard>($"/api/deals/{id}", wire))!;

    static async Task<long> MeOf(HttpClient browser) => (long)(await (await browser.GetAsync("/api/me")).Body())["id"]!;

    static async Task<string> Said(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created => "moved",
        HttpStatusCode.UnprocessableEntity => Words((await answer.Body())["unmet"].Deserialize<IReadOnlyList<UnmetItem>>(wire)!),
        _ => await answer.Content.ReadAsStringAsync(),
    };

    static string Words(IEnumerable<UnmetItem> unmet) => string.Join(", ", unmet.Select(item => $"{item.What} {item.Name ?? item.Field}".Trim()));

    string Key(string name) => name == "Delivery" ? delivery : name;

    long StageId(string name) => funnel.Stages.Single(stage => stage.Name == name).Id;

    StageTask Task(string subject) => funnel.Stages.SelectMany(stage => stage.Tasks).Single(task => task.Subject == subject);
}
