using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.RealCalls;

/// <summary>From a SIP call into a real Asterisk to the screens of two agents: one whose phone rings, and one whose does not.</summary>
[Category("RealAsterisk")]
public sealed class PopTests : BrowserTests
{
    const string PbxName = "office";

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    AsteriskHost? pbx;

    AsteriskHost Pbx => pbx!;

    protected override async Task<RunningServer> StartServer()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.Start();
        var server = await RunningServer.Start();
        await server.AddPerson("olga", PbxName, "101");
        await server.AddPerson("ivan", PbxName, "102");
        using var admin = await server.SignInAs(Roles.Admin, "chief");
        await admin.ConnectTo(pbx, PbxName);
        return server;
    }

    [OneTimeTearDown]
    public async Task StopPbx()
    {
        if (pbx is not null)
            await pbx.DisposeAsync();
    }

    [Test]
    public async Task Ringing_call_pops_at_the_agent_whose_phone_rings_and_stands_in_the_list_with_truth()
    {
        await Pbx.Phone("101").Register(SipBehaviour.Answer(ring: 4 * Second));
        var olga = await VisitAs("olga");
        var ivan = await VisitAs("ivan");

        var caller = Pbx.Trunk.Call(new("74951234501") { From = "79031234567", Talk = 3 * Second });
        var pop = olga.Locator("[data-pop] .pop");
        await Expect(pop).ToContainTextAsync("+7 903 123-45-67");
        await Expect(ivan.Locator("[data-pop] .pop")).ToHaveCountAsync(0);

        await pop.GetByRole(AriaRole.Button, new() { Name = "Open" }).First.ClickAsync();
        await Expect(olga.Locator("main")).ToContainTextAsync("+7 903 123-45-67");
        var truth = await caller;

        using var manager = await Server.SignInAs(Roles.Manager, "boss");
        var call = await manager.EndedCall("+79031234567");
        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo("answered"));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.AgentName, Is.EqualTo("olga"));
            Assert.That(call.ClientId, Is.Not.Null);
            Assert.That(call.TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(0.75));
        });
        await olga.GotoAsync("/calls");
        await Expect(olga.Locator("main")).ToContainTextAsync("+7 903 123-45-67");
        await Expect(ivan.Locator("[data-pop] .pop")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Caller_who_gives_up_is_told_so_and_has_a_card()
    {
        await Pbx.Phone("101").Register(SipBehaviour.KeepRinging);
        var olga = await VisitAs("olga");

        var caller = Pbx.Trunk.Call(new("74951234501") { From = "79057654321", Patience = 4 * Second });
        await Expect(olga.Locator("[data-pop] .pop")).ToContainTextAsync("+7 905 765-43-21");
        await caller;
        await Expect(olga.Locator("[data-pop] .pop:not(.gone)")).ToHaveCountAsync(0);

        using var manager = await Server.SignInAs(Roles.Manager, "owner");
        var call = await manager.EndedCall("+79057654321");
        Assert.That((call.Result, call.Reason), Is.EqualTo(("missed", "caller_abandoned")));
        var card = await manager.GetFromJsonAsync<ClientCard>($"/api/clients/{call.ClientId}");
        Assert.That(card!.Status, Is.EqualTo("inquiry"));
        Assert.That(card.Numbers.Select(number => number.E164), Is.EqualTo(new[] { "+79057654321" }));
    }

    [Test]
    public async Task Reload_while_it_rings_shows_the_same_pop_again()
    {
        await Pbx.Phone("101").Register(SipBehaviour.KeepRinging);
        var olga = await VisitAs("olga");

        var caller = Pbx.Trunk.Call(new("74951234501") { From = "79161112233", Patience = 12 * Second });
        await Expect(olga.Locator("[data-pop] .pop")).ToContainTextAsync("+7 916 111-22-33");
        await olga.ReloadAsync();
        await Expect(olga.Locator("[data-pop] .pop")).ToContainTextAsync("+7 916 111-22-33");
        await caller;
    }
}
