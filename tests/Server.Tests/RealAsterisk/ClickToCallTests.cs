using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>The call button on a real PBX, with the account, the rights and the dialplan of asterisk-config.</summary>
[Category("RealAsterisk")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class ClickToCallTests
{
    const string Number = "+79161112233";

    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    AsteriskHost pbx = null!;
    RunningServer server = null!;
    HttpClient admin = null!;
    DeskWatcher olga = null!;

    [SetUp]
    public async Task Start()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.Start();
        server = await RunningServer.Start(new Dictionary<string, string?> { ["Dialling:RingSeconds"] = "4" });
        admin = await server.SignInAs(Roles.Admin);
        await admin.ConnectTo(pbx, "office");
        await server.AddPerson("olga", "office", "101");
        olga = await DeskWatcher.SitDown(server, "olga");
    }

    [TearDown]
    public async Task Stop()
    {
        if (pbx is null)
            return;
        await olga.DisposeAsync();
        admin.Dispose();
        await server.DisposeAsync();
        await pbx.DisposeAsync();
    }

    [Test]
    public async Task Own_phone_rings_then_the_customer_and_they_talk()
    {
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: second));
        await pbx.Trunk.Does(SipBehaviour.Answer(ring: 2 * second, talk: 3 * second));

        await Dial();

        await olga.Card(card => card is { State: DeskCardState.Dialling, DialStep: DialStep.OwnPhone, Number: Number }, "the own phone rings");
        await olga.Card(card => card is { State: DeskCardState.Dialling, DialStep: DialStep.Number, Number: Number }, "the customer's phone rings");
        await olga.Card(card => card.State == DeskCardState.Talking, "they talk");
        var call = await admin.EndedCall(Number);
        Assert.Multiple(() =>
        {
            Assert.That((call.Direction, call.Result, call.Agent, call.AgentName), Is.EqualTo(("outbound", "answered", "101", "olga")));
            Assert.That(call.ExternalId, Does.StartWith("crm-"));
            Assert.That(call.TalkSeconds, Is.EqualTo(pbx.Trunk.Received[0].TalkSeconds).Within(0.75));
        });
    }

    [Test]
    public async Task Own_phone_that_nobody_picks_up_calls_nobody()
    {
        await pbx.Phone("101").Register(SipBehaviour.KeepRinging);

        await Dial();

        Assert.That((await Unreached()).NotReached, Is.EqualTo("own_phone_no_answer"));
        var call = await admin.EndedCall(Number);
        Assert.That((call.Result, call.Reason), Is.EqualTo(("failed", "agent_no_answer")));
        Assert.That(pbx.Trunk.Received, Is.Empty);
    }

    [TestCase(486, "Busy Here", "busy", null)]
    [TestCase(603, "Decline", "declined", null)]
    [TestCase(403, "Forbidden", "failed", "403")]
    public async Task Customer_or_provider_who_refuses_is_told(int status, string words, string why, string? networkStatus)
    {
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: second));
        await pbx.Trunk.Does(SipBehaviour.Refuse(status, words));

        await Dial();

        var card = await Unreached();
        Assert.That((card.NotReached, card.NetworkStatus), Is.EqualTo((why, networkStatus)));
    }

    [Test]
    public async Task Phone_that_is_not_there_is_told_without_a_call()
    {
        await Dial();

        await Until.True(async () => (await olga.State()).Dials is [{ Problem: "phone_unreachable" }], "the own phone cannot be reached");
    }

    async Task Dial() => Assert.That(await olga.Http.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = Number }).Outcome(), Is.EqualTo("202"));

    Task<DeskCard> Unreached() => olga.Card(card => card.NotReached is not null, "the card says that nobody was reached");
}
