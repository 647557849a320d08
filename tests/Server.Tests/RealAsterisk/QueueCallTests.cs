using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>Calls to a queue, a menu, a mailbox, a conference: the PBX answers long before a human does.</summary>
sealed class QueueCallTests : RealCall
{
    [Test]
    public async Task Caller_waits_in_the_queue_until_an_agent_picks_up()
    {
        await Registered("101", SipBehaviour.KeepRinging);
        await Registered("102", SipBehaviour.Answer(ring: 3 * Second, talk: 2 * Second));

        var caller = await Pbx.Trunk.Call(new("74951234503"));
        var call = await TheCall();

        var agent = Pbx.Phone("102").Received[^1];
        Assert.Multiple(() =>
        {
            Assert.That(call.Queue, Is.EqualTo("support"));
            Assert.That(call.AnsweredBy, Is.EqualTo("102"));
            Assert.That(call.Rang, Is.EquivalentTo(["101", "102"]));
            Assert.That(call.HangupBy, Is.EqualTo("agent"));
            Assert.That(call.QueueVisits[^1].Exit, Is.EqualTo(QueueExit.Answered));
            SecondsAgree(call, (agent.AnsweredAt!.Value - caller.InvitedAt).TotalSeconds, agent.RingSeconds, agent.TalkSeconds);
        });
    }

    [Test]
    public async Task Caller_who_gives_up_in_the_queue_was_missed_there()
    {
        await Registered("101", SipBehaviour.KeepRinging);

        var caller = await Pbx.Trunk.Call(new("74951234503") { Talk = 3 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Missed));
            Assert.That(call.Reason, Is.EqualTo(CallReason.QueueAbandoned));
            Assert.That(call.HangupBy, Is.EqualTo("caller"));
            Assert.That(call.TalkSeconds, Is.Zero);
            Assert.That(call.WaitSeconds, Is.EqualTo((caller.EndedAt!.Value - caller.InvitedAt).TotalSeconds).Within(Tolerance));
        });
    }

    [Test]
    public async Task Queue_that_nobody_answers_goes_over_to_voicemail()
    {
        await Registered("102", SipBehaviour.KeepRinging);

        await Pbx.Trunk.Call(new("74951234504") { Talk = 25 * Second, Speaks = true });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Queue, Is.EqualTo("sales"));
            Assert.That(call.QueueVisits[^1].Exit, Is.EqualTo(QueueExit.Timeout));
            Assert.That(call.Result, Is.EqualTo(CallResult.Voicemail));
            Assert.That(call.Reason, Is.EqualTo(CallReason.QueueTimeout));
        });
    }

    [Test]
    public async Task Agent_who_lets_it_ring_is_passed_over_for_the_next()
    {
        await Registered("102", SipBehaviour.KeepRinging);
        await Registered("103", SipBehaviour.Decline);
        await Registered("104", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234504") { Talk = 11 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.AnsweredBy, Is.EqualTo("104"));
            Assert.That(call.Offers.First(offer => offer.Extension == "102").Result, Is.EqualTo(OfferResult.RangOut));
            Assert.That(call.Offers.First(offer => offer.Extension == "103").Result, Is.EqualTo(OfferResult.Rejected));
        });
    }

    [Test]
    public async Task Members_behind_local_channels_are_seen_as_their_phones()
    {
        await Registered("101", SipBehaviour.Answer(ring: 2 * Second, talk: 3 * Second));

        await Pbx.Trunk.Call(new("74951234513"));
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Queue, Is.EqualTo("local"));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.TalkSeconds, Is.EqualTo(Pbx.Phone("101").Received[^1].TalkSeconds).Within(Tolerance));
        });
    }

    [Test]
    public async Task Second_queue_helps_out()
    {
        await Registered("102", SipBehaviour.KeepRinging);
        await Registered("101", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234519") { Talk = 20 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.QueueVisits.Select(visit => visit.Queue), Is.EqualTo(["sales", "support"]));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
        });
    }

    [Test]
    public async Task Caller_chooses_an_agent_from_the_menu()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second, talk: 2 * Second));

        await Pbx.Trunk.Call(new("74951234505") { Deeds = [new PressKeys(2 * Second, "1")] });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.TalkSeconds, Is.EqualTo(Pbx.Phone("101").Received[^1].TalkSeconds).Within(Tolerance));
        });
    }

    [Test]
    public async Task Caller_who_hangs_up_in_the_menu_was_missed_there()
    {
        await Pbx.Trunk.Call(new("74951234505") { Talk = 2 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Missed));
            Assert.That(call.Reason, Is.EqualTo(CallReason.IvrAbandoned));
        });
    }
}
