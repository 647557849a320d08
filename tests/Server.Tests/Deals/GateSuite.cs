using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>One table of cases, gone through on every way that leads a deal to a stage: all of them say the same. The browser's ways are in UI.Tests.</summary>
sealed class GateSuite
{
    static readonly JsonSerializerOptions wire = GateTable.Wire;
    static readonly IReadOnlyList<GateCase> cases = GateTable.Cases;
    static readonly string[] ways = ["form", "program", "bulk", "import", "trial import", "rule"];

    RunningServer server = null!;
    HttpClient manager = null!, program = null!;
    GateTable table = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        manager = await server.SignInAs(Roles.Manager);
        program = await server.Program(Roles.Manager);
        table = await GateTable.Make(manager);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        manager.Dispose();
        program.Dispose();
        await server.DisposeAsync();
    }

    [Test, Combinatorial]
    public async Task Every_way_says_the_same([ValueSource(nameof(cases))] GateCase one, [ValueSource(nameof(ways))] string way)
    {
        var deal = await table.Prepare(one);
        var to = table.StageId(one.To);

        var said = await Try(way, deal, to);

        Assert.That(said, Is.EqualTo(one.Expected));
        var stands = (await table.Card(deal.Id)).Deal.StageId;
        Assert.That(stands, Is.EqualTo(one.Expected == "moved" && way != "trial import" ? to : table.StageId(one.From)));
    }

    [Test]
    public async Task One_that_is_made_in_a_stage_has_what_those_before_ask([Values("form", "program", "import")] string way)
    {
        var (client, number) = await table.Client();
        if (way == "import")
        {
            var rows = await Import($"client,stage,amount\n{number},Offer,5\n", isTrial: false);
            Assert.That(GateTable.Words(rows.Unmet), Is.EqualTo("field Delivery, task Call, task Visit"));
            return;
        }
        var answer = await (way == "form" ? manager : program).PostAsJsonAsync(
            "/api/deals", new NewDeal { FunnelId = table.Funnel.Id, ClientId = client, StageId = table.StageId("Offer"), Values = new Dictionary<string, string?> { ["amount"] = "5" } }, wire);
        Assert.That(await Said(answer), Is.EqualTo("field Delivery, task Call, task Visit"));
    }

    [Test]
    public async Task What_is_missing_is_brought_along_in_the_same_step()
    {
        var deal = await table.Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        var move = new DealMove
        {
            Version = deal.Version,
            StageId = table.StageId("Offer"),
            Values = new Dictionary<string, string?> { [table.Delivery] = "2026-05-01" },
            Tasks = [new() { StageTaskId = table.Task("Visit").Id, Note = "went there" }],
        };
        var refused = await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { Values = new Dictionary<string, string?> { [table.Delivery] = "some day" } }, wire);
        Assert.That((await refused.Outcome(), (await table.Card(deal.Id)).Tasks.Count(task => task.Task.State == AgentTaskState.Done)), Is.EqualTo(("400 validation", 1)), "all or nothing");

        Assert.That(await Said(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire)), Is.EqualTo("moved"));
        var card = await table.Card(deal.Id);
        Assert.That((card.Values[table.Delivery], card.Tasks.Single(task => task.StageTaskId == table.Task("Visit").Id).Task.State), Is.EqualTo(("2026-05-01", AgentTaskState.Done)));
    }

    [Test]
    public async Task What_a_stage_asked_cannot_be_emptied_there()
    {
        var deal = await table.Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        var answer = await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = deal.Version, Values = new Dictionary<string, string?> { ["amount"] = "" } }, wire);
        Assert.That(await Said(answer), Is.EqualTo("field amount"));
        Assert.That((await table.Card(deal.Id)).Deal.Amount, Is.EqualTo(100m));
    }

    [Test]
    public async Task Only_who_has_the_right_goes_past_a_gate_and_says_why()
    {
        using var supervisor = await server.SignInAs(Roles.Supervisor);
        using var agent = await server.SignInAs(Roles.Agent, "agent-of-the-suite");
        var deal = await table.Prepare(new("New", "Qualified", "", "", ""));
        var move = new DealMove { Version = deal.Version, StageId = table.StageId("Qualified"), OverrideReason = "the price comes on Monday" };
        Assert.That(await supervisor.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("403 override_not_allowed"));
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { OverrideReason = "because" }, wire).Outcome(), Is.EqualTo("400 validation"), "ten letters at least");

        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        var happened = (await table.Card(deal.Id)).Events[0];
        Assert.That((happened.What, happened.Reason, GateTable.Words(happened.Unmet)), Is.EqualTo(("moved", "the price comes on Monday", "field amount, task Call")));
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move with { Version = deal.Version + 1, StageId = table.StageId("Lost") }, wire).Outcome(), Is.EqualTo("422 gate"), "nothing is lost without a reason");
    }

    [Test]
    public async Task A_task_is_excused_by_who_may_with_a_reason_that_stays()
    {
        using var agent = await server.SignInAs(Roles.Agent, "excusing-agent");
        var deal = await table.Prepare(new("New", "Qualified", "amount", "", ""), owner: await MeOf(agent));
        var move = new DealMove { Version = deal.Version, StageId = table.StageId("Qualified"), Tasks = [new() { StageTaskId = table.Task("Call").Id, ExcuseReason = "he came by himself" }] };
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("403 excuse_not_allowed"));

        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        var card = await table.Card(deal.Id);
        Assert.That(card.Tasks.Single(task => task.StageTaskId == table.Task("Call").Id), Has.Property(nameof(DealTask.ExcuseReason)).EqualTo("he came by himself").And.Property(nameof(DealTask.ExcusedByName)).EqualTo("manager"));
        Assert.That(card.Events.Select(happened => happened.What), Does.Contain("excused"));
    }

    [Test]
    public async Task Who_may_not_excuse_asks_and_is_answered_by_the_excuse()
    {
        using var agent = await server.SignInAs(Roles.Agent, "asking-agent");
        var deal = await table.Prepare(new("New", "Qualified", "amount", "", ""), owner: await MeOf(agent));
        var ask = new ExcuseRequest { StageTaskId = table.Task("Call").Id, Reason = "he does not want calls" };
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/excuse-requests", ask, wire).Outcome(), Is.EqualTo("204"));
        Assert.That(await agent.PostAsJsonAsync($"/api/deals/{deal.Id}/excuse-requests", ask with { StageTaskId = 1 }, wire).Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await Asked(), Is.EqualTo(new[] { "he does not want calls · Call Open" }));

        var move = new DealMove { Version = deal.Version, StageId = table.StageId("Qualified"), Tasks = [new() { StageTaskId = table.Task("Call").Id, ExcuseReason = "he wrote so himself" }] };
        Assert.That(await manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", move, wire).Outcome(), Is.EqualTo("200"));
        Assert.That(await Asked(), Is.EqualTo(new[] { "he does not want calls · Call Done" }));

        async Task<IEnumerable<string>> Asked() => (await table.Card(deal.Id)).Tasks.Where(task => task.StageTaskId is null).Select(task => $"{task.Task.Subject} {task.Task.State}");
    }

    [Test]
    public async Task A_field_that_a_stage_asks_is_not_put_away()
    {
        var archived = new CustomFieldEdit { Version = 1, Name = "Delivery", Kind = FieldKind.Date, IsArchived = true };
        Assert.That(await manager.PutAsJsonAsync($"/api/custom-fields/{table.Delivery[1..]}", archived, wire).Outcome(), Is.EqualTo("409 field_in_use"));
        Assert.That(await manager.PutAsJsonAsync($"/api/custom-fields/{table.Delivery[1..]}", archived with { IsArchived = false, Help = "the day we promised" }, wire).Outcome(), Is.EqualTo("204"));
    }

    [Test]
    public async Task What_is_exported_comes_back_unchanged_and_the_audit_knows()
    {
        var deal = await table.Prepare(new("Qualified", "Offer", "amount", "Call", ""));
        await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = deal.Version, Values = new Dictionary<string, string?> { ["title"] = "=cmd|'/C calc'!A0; \"quoted\"\nand more" } }, wire).Outcome();
        var csv = await manager.GetStringAsync($"/api/deals/export?funnelId={table.Funnel.Id}&clientId={deal.ClientId}");
        Assert.That(csv, Does.Contain("'=cmd"), "a formula is a word");
        Assert.That(csv, Does.StartWith("\ufeffdeal,stage,title,client,"));

        var row = await Import(csv, isTrial: false);
        Assert.That((row.What, row.DealId), Is.EqualTo(("changed", deal.Id)));
        var card = await table.Card(deal.Id);
        Assert.That((card.Deal.Amount, card.Deal.StageId, card.Deal.Title), Is.EqualTo((100m, deal.StageId, "=cmd|'/C calc'!A0; \"quoted\"\nand more")));
        Assert.That(card.Events.Count(happened => happened.What == "changed"), Is.EqualTo(2), "filled in twice by hand; the table changed nothing");
        using var admin = await server.SignInAs(Roles.Admin, "auditor");
        Assert.That((string?)(await (await admin.GetAsync("/api/audit?action=export")).Body())["items"]![0]!["actorName"], Is.EqualTo("manager"));
    }

    [Test]
    public async Task Of_two_who_move_one_deal_at_the_same_time_one_wins_and_the_other_is_told_what_changed()
    {
        var deal = await table.Prepare(new("New", "Qualified", "amount", "Call", ""));
        using var other = await server.SignInAs(Roles.Admin, "the-other");
        var both = await System.Threading.Tasks.Task.WhenAll(
            manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = table.StageId("Qualified"), Values = new Dictionary<string, string?> { ["amount"] = "120" } }, wire),
            other.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = table.StageId("Qualified"), Values = new Dictionary<string, string?> { ["amount"] = "130" } }, wire));

        var lost = both.Single(answer => answer.StatusCode != HttpStatusCode.OK);
        var won = both.Single(answer => answer.StatusCode == HttpStatusCode.OK);
        var amount = (decimal)(await won.Body())["deal"]!["amount"]!;
        var told = await lost.Body();
        Assert.That(((string)told["code"]!, (decimal)told["current"]!["deal"]!["amount"]!), Is.EqualTo(("changed_by_other", amount)));
        Assert.That((string)told["changes"]![0]!["byName"]!, Is.EqualTo(ReferenceEquals(won, both[0]) ? "manager" : "the-other"));
        Assert.That((string)told["changes"]![0]!["changes"]![0]!["after"]!, Is.EqualTo(FieldValues.Text(amount)));
        Assert.That((await table.Card(deal.Id)).Events.Count(happened => happened.What == "moved"), Is.EqualTo(1));
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
                return answer.What == "blocked" ? GateTable.Words(answer.Unmet) : answer.What;
            case "rule":
                var result = await server.Services.GetRequiredService<DealMoves>().Run(access: null, deal.Id, deal.Version, made: null, new() { StageId = to }, isTrial: false, default);
                return result is DealResult.Blocked blocked ? GateTable.Words(blocked.Unmet) : result is DealResult.Saved ? "moved" : $"{result}";
            default:
                var row = await Import($"deal,stage\n{deal.Id},{table.Funnel.Stages.Single(stage => stage.Id == to).Name}\n", way == "trial import");
                return row.What switch { "blocked" => GateTable.Words(row.Unmet), "changed" => "moved", _ => $"{row.What}: {row.Message}" };
        }
    }

    async Task<DealImportRow> Import(string csv, bool isTrial)
    {
        var answer = await manager.PostAsJsonAsync("/api/deals/import", new DealImport { FunnelId = table.Funnel.Id, Csv = csv, IsTrial = isTrial }, wire);
        Assert.That(await answer.Outcome(), Is.EqualTo("200"));
        return (await answer.Content.ReadFromJsonAsync<DealImportAnswer>(wire))!.Rows.Single();
    }

    static async Task<long> MeOf(HttpClient browser) => (long)(await (await browser.GetAsync("/api/me")).Body())["id"]!;

    static async Task<string> Said(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created => "moved",
        HttpStatusCode.UnprocessableEntity => GateTable.Words((await answer.Body())["unmet"].Deserialize<IReadOnlyList<UnmetItem>>(wire)!),
        _ => await answer.Content.ReadAsStringAsync(),
    };
}
