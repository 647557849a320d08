using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Server.Tests.Pbx;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Dialling;

/// <summary>Click-to-call at a simulated office: from the wish to the card, and every way in which it does not work.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class DialTests
{
    const string Number = "+79161234567";

    Stand stand = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await Stand.Start(settings: new Dictionary<string, string?> { ["Dialling:RingSeconds"] = "2" });
        await stand.Connect();
    }

    [TearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [Test]
    public async Task The_own_phone_rings_then_the_number_and_the_card_tells_each_step()
    {
        await using var olga = await stand.Agent("olga", "101");

        await People(agent: new(PhoneAct.Answer, 1), client: new(PhoneAct.Answer, 1));
        Assert.That(await olga.Http.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = "8 916 123-45-67" }).Outcome(), Is.EqualTo("202"));

        var own = await olga.Card(card => card.DialStep == DialStep.OwnPhone, "the own phone rings");
        Assert.That((own.State, own.Direction, own.Number, own.Extension), Is.EqualTo((DeskCardState.Dialling, "outbound", Number, "101")));
        await olga.Card(card => card is { State: DeskCardState.Dialling, DialStep: DialStep.Number, Number: Number }, "the number is called");
        await olga.Card(card => card.State == DeskCardState.Talking, "they talk");
        Assert.That((await olga.State()).Dials, Is.Empty);
    }

    [TestCase(PhoneAct.RingOut, "own_phone_no_answer")]
    [TestCase(PhoneAct.Decline, "own_phone_busy")]
    public async Task An_own_phone_that_is_not_picked_up_leaves_a_card_that_says_so(PhoneAct act, string why)
    {
        await using var olga = await stand.Agent("olga", "101");
        await People(agent: new(act, 0.3), client: new(PhoneAct.Answer, 1));

        await Dial(olga, new() { Number = Number });

        var card = await olga.Card(card => card.NotReached is not null, "the card says that nobody was reached");
        Assert.That((card.NotReached, card.State, card.Number), Is.EqualTo((why, DeskCardState.WrapUp, Number)));
    }

    [TestCase(PhoneAct.Busy, "busy", null)]
    [TestCase(PhoneAct.Decline, "declined", null)]
    [TestCase(PhoneAct.NoSuchNumber, "failed", "404")]
    [TestCase(PhoneAct.NoCircuit, "failed", "503")]
    public async Task A_number_that_is_not_reached_says_why(PhoneAct act, string why, string? status)
    {
        await using var olga = await stand.Agent("olga", "101");
        await People(agent: new(PhoneAct.Answer, 0.2), client: new(act, 0.3));

        await Dial(olga, new() { Number = Number });

        var card = await olga.Card(card => card.NotReached is not null, "the card says that nobody was reached");
        Assert.That((card.NotReached, card.NetworkStatus), Is.EqualTo((why, status)));
    }

    [Test]
    public async Task A_phone_that_is_not_registered_is_told_without_a_call()
    {
        await using var olga = await stand.Agent("olga", "105");

        await Dial(olga, new() { Number = Number });

        await Until.True(async () => (await olga.State()).Dials is [{ Problem: "phone_unreachable" }], "the phone could not be reached");
        var failed = (await olga.State()).Dials.Single();
        Assert.That((failed.Number, failed.Extension), Is.EqualTo((Number, "105")));
        Assert.That(await olga.Http.DeleteAsync($"/api/calls/dial/{failed.Id}").Outcome(), Is.EqualTo("204"));
        Assert.That((await olga.State()).Dials, Is.Empty);
    }

    [Test]
    public async Task A_pbx_that_lets_nobody_dial_is_told_as_such()
    {
        await using var simulator = SimulatorServer.Start(
            new(SimulatedOffice.Example, seed: 1, TimeProvider.System.GetUtcNow()), TimeProvider.System,
            new() { Users = [new("crm", "crm-secret") { Write = ["reporting", "system"] }] });
        (await stand.Admin.PostAsJsonAsync("/api/pbx/links", stand.Link("strict") with { Port = simulator.Port })).EnsureSuccessStatusCode();
        await stand.WaitFor("strict", state => state.Status == "up", "the line is up");
        await using var olga = await stand.Agent("olga");
        await Assign("strict", "101", olga.AgentId);

        await Dial(olga, new() { Number = Number });

        await Until.True(async () => (await olga.State()).Dials is [{ Problem: "dialling_denied" }], "the PBX does not let us dial");
    }

    [Test]
    public async Task Refusals_have_codes()
    {
        await using var nobody = await stand.Agent("nobody");
        await using var olga = await stand.Agent("olga", "101", "102");
        await using var ivan = await stand.Agent("ivan", "103");
        await Assign("elsewhere", "900", nobody.AgentId);
        var unwilling = await NewClient(new() { Name = "Petrova", Numbers = ["+79160000001"], DoNotCall = true });
        var foreign = await NewClient(new() { Name = "Sidorov", Numbers = ["+79160000002"], OwnerId = ivan.AgentId });

        Assert.Multiple(async () =>
        {
            Assert.That(await Outcome(nobody, new() { Number = Number }), Is.EqualTo("409 line_down"), "a phone at a PBX without a line");
            Assert.That(await Outcome(olga, new() { Number = "02" }), Is.EqualTo("400 number_unreadable"));
            Assert.That(await Outcome(olga, new() { Number = Number }), Is.EqualTo("409 several_phones"));
            Assert.That(await Outcome(olga, new() { Number = Number, Extension = "103" }), Is.EqualTo("400 validation"), "somebody else's phone");
            Assert.That(await Outcome(ivan, new() { Number = Number, ClientId = unwilling }), Is.EqualTo("409 do_not_call"));
            Assert.That(await Outcome(ivan, new() { Number = "+79160000001" }), Is.EqualTo("409 do_not_call"), "whoever is asked for");
            Assert.That(await Outcome(olga, new() { Number = "+79160000002", ClientId = foreign, Extension = "101" }), Is.EqualTo("400 validation"), "a client of somebody else");
            Assert.That(await Outcome(olga, new() { Number = Number, Extension = "102" }), Is.EqualTo("202"));
        });
        await using var fresh = await stand.Agent("fresh");
        Assert.That(await Outcome(fresh, new() { Number = Number }), Is.EqualTo("409 no_extension"));
    }

    [Test]
    public async Task A_line_that_is_down_refuses_at_once()
    {
        await using var olga = await stand.Agent("olga", "101");
        await stand.Simulator.SetSilent(true, CancellationToken.None);
        await stand.Simulator.CutLines(CancellationToken.None);
        await Until.True(async () => (await olga.State()).LinksDown.Count == 1, "the line is down for all");

        Assert.That(await Outcome(olga, new() { Number = Number }), Is.EqualTo("409 line_down"));
    }

    [Test]
    public async Task A_person_cannot_make_a_script_of_it()
    {
        await using var olga = await stand.Agent("olga");
        List<string> outcomes = [];
        for (var i = 0; i < 20; i++)
            outcomes.Add(await Outcome(olga, new() { Number = Number }));

        Assert.That(outcomes, Has.Some.EqualTo("429 too_many_requests"));
    }

    [Test]
    public async Task The_client_who_was_meant_gets_the_call_although_others_share_the_number()
    {
        await using var olga = await stand.Agent("olga", "101");
        var numbers = new[] { "+7 495 123-99-99" };
        await NewClient(new() { Name = "One", Numbers = numbers });
        var meant = await NewClient(new() { Name = "Other", Numbers = numbers }, sharesNumbers: true);
        await People(agent: new(PhoneAct.Answer, 0.2), client: new(PhoneAct.Answer, 0.2));

        await Dial(olga, new() { Number = "+74951239999", ClientId = meant });

        var own = await olga.Card(card => card.DialStep == DialStep.OwnPhone, "the own phone rings");
        Assert.That(own.Client?.Id, Is.EqualTo(meant));
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "they talk");
        Assert.That((talking.Client?.Id, talking.Matches.Count), Is.EqualTo((meant, 0)));
        var call = (await stand.Admin.GetFromJsonAsync<CallStory>($"/api/calls/{talking.CallId}"))!.Call;
        Assert.That(call.ClientId, Is.EqualTo(meant));
    }

    [Test]
    public async Task An_order_that_another_node_left_is_given_by_the_owner_of_the_line()
    {
        await using var olga = await stand.Agent("olga", "101");
        await People(agent: new(PhoneAct.Answer, 0.2), client: new(PhoneAct.Answer, 0.2));

        // As another node would: nobody here is told of it.
        await using (var session = await stand.Server.Services.GetRequiredService<Database>().Write(CancellationToken.None))
        {
            await session.Execute(new("""
                INSERT INTO dial (id, agent_id, source, extension, number, external_id, state, asked_at)
                VALUES (@id, @agentId, @source, '101', @number, 'crm-other-node', 'asked', @at)
                """), new { id = 999_999, agentId = olga.AgentId, source = Stand.Pbx, number = Number, at = TimeProvider.System.GetUtcNow() }, CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }

        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "they talk");
        Assert.That(talking.Number, Is.EqualTo(Number));
    }

    Task People(PhoneReaction agent, PhoneReaction client) => stand.Simulator.Do(
        pbx => pbx.ClickToCall = (phone, number) => new()
        {
            Direction = CallDirection.Outbound,
            Agent = phone,
            Number = number,
            OtherPhones = agent,
            Phones = System.Collections.Immutable.ImmutableDictionary<string, PhoneReaction>.Empty.Add(CallScript.Client, client),
            Talk = [new HangUp(20, Party.Client)],
        },
        CancellationToken.None);

    Task Assign(string pbx, string extension, long agentId) =>
        stand.Server.Services.GetRequiredService<AgentStore>().AssignExtension(pbx, extension, agentId, CancellationToken.None);

    async Task<long> NewClient(ClientEdit edit, bool sharesNumbers = false)
    {
        var answer = await stand.Admin.PostAsJsonAsync($"/api/clients?sharesNumbers={sharesNumbers}", edit);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ClientCard>())!.Id;
    }

    static async Task Dial(DeskWatcher agent, DialRequest request) => Assert.That(await Outcome(agent, request), Is.EqualTo("202"));

    static Task<string> Outcome(DeskWatcher agent, DialRequest request) => agent.Http.PostAsJsonAsync("/api/calls/dial", request).Outcome();
}
