using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>Calls that go from agent to agent.</summary>
sealed class TransferTests : RealCall
{
    [Test]
    public async Task Blind_transfer_by_the_phones_own_key()
    {
        await Registered("101", SipBehaviour.Answer(Second, talk: null, new BlindTransfer(2 * Second, "102")));
        await Registered("102", SipBehaviour.Answer(ring: 2 * Second, talk: 3 * Second));

        await Pbx.Trunk.Call(new("74951234501"));

        await IsOneCallTransferred(TransferType.Blind, talk: 2 + 3);
    }

    [Test]
    public async Task Blind_transfer_by_a_feature_code()
    {
        await Registered("101", SipBehaviour.Answer(Second, talk: null, new PressKeys(2 * Second, "##102")));
        await Registered("102", SipBehaviour.Answer(ring: 2 * Second, talk: 3 * Second));

        await Pbx.Trunk.Call(new("74951234501"));

        // The agent is with the customer until the last of the five keys, a second after the first.
        await IsOneCallTransferred(TransferType.Blind, talk: 3 + 3);
    }

    [Test]
    public async Task Attended_transfer_by_the_phones_own_key()
    {
        await Registered("101", SipBehaviour.Answer(Second));
        await Registered("102", SipBehaviour.Answer(ring: Second));

        var customer = Pbx.Trunk.Call(new("74951234501") { Talk = 8 * Second });
        await Pbx.Phone("101").TransferAttended("102", consultation: 2 * Second);
        await customer;

        await IsOneCallTransferred(TransferType.Attended, talk: null);
    }

    [Test]
    public async Task Attended_transfer_by_a_feature_code()
    {
        // *2 102, speak with 102 for three seconds, hang up.
        await Registered("101", SipBehaviour.Answer(Second, talk: 9 * Second, new PressKeys(2 * Second, "*2"), new PressKeys(3 * Second, "102")));
        await Registered("102", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234501") { Talk = 20 * Second });

        await IsOneCallTransferred(TransferType.Attended, talk: null);
    }

    [Test]
    public async Task Parked_call_is_fetched_by_a_colleague()
    {
        await Registered("101", SipBehaviour.Answer(Second, talk: null, new PressKeys(2 * Second, "*7")));

        var customer = Pbx.Trunk.Call(new("74951234501") { Talk = 10 * Second });
        await Until.True(async () => (await Pbx.Console("parking show default")).Contains("PJSIP/trunk", StringComparison.Ordinal), "the call is parked");
        await Pbx.Phone("102").Call(new("701"));
        await customer;
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Inbound));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.LastAgent, Is.EqualTo("102"));
        });
    }

    [Test]
    public async Task Ringing_call_is_picked_up_by_a_colleague()
    {
        await Registered("101", SipBehaviour.KeepRinging);

        var customer = Pbx.Trunk.Call(new("74951234501"));
        await Until.True(() => Pbx.Phone("101").Received.Count > 0, "101 rings");
        await Pbx.Phone("102").Call(new("*8101") { Talk = 2 * Second });
        var truth = await customer;
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Rang, Does.Contain("101"));
            Assert.That(call.AnsweredBy, Is.EqualTo("102"));
            Assert.That(call.TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(Tolerance));
        });
    }

    async Task IsOneCallTransferred(TransferType type, double? talk)
    {
        var call = await TheCall();
        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Inbound));
            Assert.That(call.Client?.E164, Is.EqualTo("+79161234567"));
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.LastAgent, Is.EqualTo("102"));
            Assert.That(call.Rang, Is.EqualTo(["101", "102"]));
            Assert.That(call.Transfers, Has.Length.EqualTo(1));
            Assert.That(call.Transfers[0] with { At = default }, Is.EqualTo(new Transfer(type, "101", "102", default) { Answered = true }));
            if (talk is not null)
                Assert.That(call.TalkSeconds, Is.EqualTo(talk.Value).Within(Tolerance));
        });
    }
}
