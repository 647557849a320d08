using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>Calls that agents make.</summary>
sealed class OutboundCallTests : RealCall
{
    [Test]
    public async Task Customer_answers_and_hangs_up()
    {
        await Pbx.Trunk.Does(SipBehaviour.Answer(ring: 2 * Second, talk: 3 * Second));

        var truth = await Pbx.Phone("101").Call(new("89161112233"));
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Outbound));
            Assert.That(call.PlacedBy, Is.EqualTo("101"));
            Assert.That(call.Client?.E164, Is.EqualTo("+79161112233"));
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.HangupBy, Is.EqualTo("customer"));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
    }

    [TestCase(486, "Busy Here", CallResult.Busy)]
    [TestCase(603, "Decline", CallResult.Declined)]
    [TestCase(404, "Not Found", CallResult.Failed)]
    [TestCase(503, "Service Unavailable", CallResult.Failed)]
    public async Task Provider_refuses(int status, string words, CallResult result)
    {
        await Pbx.Trunk.Does(SipBehaviour.Refuse(status, words));

        await Pbx.Phone("101").Call(new("+79161112233"));
        var call = await TheCall();

        Assert.That(call.Result, Is.EqualTo(result));
    }

    [Test]
    public async Task Agent_gives_up_while_it_rings()
    {
        await Pbx.Trunk.Does(SipBehaviour.KeepRinging);

        var truth = await Pbx.Phone("101").Call(new("89161112233") { Patience = 3 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Cancelled));
            Assert.That(call.HangupBy, Is.EqualTo("agent"));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, talk: 0);
        });
    }

    [Test]
    public async Task Colleagues_among_themselves_have_no_client()
    {
        await Registered("102", SipBehaviour.Answer(ring: Second, talk: 2 * Second));

        var truth = await Pbx.Phone("101").Call(new("102"));
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Internal));
            Assert.That(call.Client, Is.Null);
            Assert.That(call.AnsweredBy, Is.EqualTo("102"));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
    }

    [Test]
    public async Task Call_that_the_crm_asks_for_rings_the_agent_first()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));
        await Pbx.Trunk.Does(SipBehaviour.Answer(ring: 2 * Second, talk: 2 * Second));

        await Everything.Ask("Originate", ("Channel", "PJSIP/101"), ("Context", "from-internal"), ("Exten", "89161112233"), ("Priority", "1"),
            ("CallerID", "\"Click to call\" <89161112233>"), ("Async", "true"));
        await Until.True(() => Pbx.Trunk.Received is [{ EndedAt: not null }], "the customer has hung up");
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Outbound));
            Assert.That(call.PlacedBy, Is.EqualTo("101"));
            Assert.That(call.Client?.E164, Is.EqualTo("+79161112233"));
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.TalkSeconds, Is.EqualTo(Pbx.Trunk.Received[0].TalkSeconds).Within(Tolerance));
        });
    }
}
