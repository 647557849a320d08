using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>Calls from outside to one phone or several.</summary>
sealed class InboundCallTests : RealCall
{
    [Test]
    public async Task Answered_call_is_told_as_the_phones_measured_it()
    {
        await Registered("101", SipBehaviour.Answer(ring: 2 * Second));

        var truth = await Pbx.Trunk.Call(new("74951234501") { Talk = 3 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Direction, Is.EqualTo(CallDirection.Inbound));
            Assert.That(call.Client?.E164, Is.EqualTo("+79161234567"));
            Assert.That(call.Did, Is.EqualTo("74951234501"));
            Assert.That(call.Rang, Is.EqualTo(["101"]));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.HangupBy, Is.EqualTo("caller"));
            Assert.That(call.Recordings, Has.Length.EqualTo(1));
            Assert.That(call.StartedAt, Is.EqualTo(truth.InvitedAt).Within(Tolerance * Second));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
    }

    [Test]
    public async Task Agent_who_hangs_up_is_told_apart_from_the_caller()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second, talk: 2 * Second));

        var truth = await Pbx.Trunk.Call(new("74951234501"));
        var call = await TheCall();

        Assert.That(call.HangupBy, Is.EqualTo("agent"));
        SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
    }

    [Test]
    public async Task Caller_who_gives_up_was_missed_because_he_gave_up()
    {
        await Registered("101", SipBehaviour.KeepRinging);

        var truth = await Pbx.Trunk.Call(new("74951234501") { Patience = 2 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Missed));
            Assert.That(call.Reason, Is.EqualTo(CallReason.CallerAbandoned));
            Assert.That(call.HangupBy, Is.EqualTo("caller"));
            Assert.That(call.Rang, Is.EqualTo(["101"]));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, talk: 0);
        });
    }

    [TestCase(486, "Busy Here", CallReason.AgentBusy)]
    [TestCase(603, "Decline", CallReason.Declined)]
    public async Task Phone_that_refuses_says_why_the_call_was_missed(int status, string words, CallReason reason)
    {
        await Registered("101", SipBehaviour.Refuse(status, words));

        await Pbx.Trunk.Call(new("74951234501"));
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Missed));
            Assert.That(call.Reason, Is.EqualTo(reason));
        });
    }

    [Test]
    public async Task Phone_that_is_not_registered_cannot_be_reached()
    {
        await Pbx.Trunk.Call(new("74951234506"));
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Missed));
            Assert.That(call.Reason, Is.EqualTo(CallReason.Unreachable));
            Assert.That(call.Rang, Is.Empty);
        });
    }

    [Test]
    public async Task First_of_a_ring_group_to_pick_up_has_the_call()
    {
        await Registered("102", SipBehaviour.KeepRinging);
        await Registered("103", SipBehaviour.Answer(ring: 2 * Second));
        await Registered("104", SipBehaviour.KeepRinging);

        var truth = await Pbx.Trunk.Call(new("74951234502") { Talk = 2 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Rang, Is.EquivalentTo(["102", "103", "104"]));
            Assert.That(call.AnsweredBy, Is.EqualTo("103"));
            Assert.That(call.Offers.Single(offer => offer.Extension == "102").Result, Is.EqualTo(OfferResult.Withdrawn));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
    }

    [Test]
    public async Task Phone_that_forwards_sends_the_caller_to_an_outside_number()
    {
        await Registered("101", SipBehaviour.Forward("89161112233"));
        await Pbx.Trunk.Does(SipBehaviour.Answer(ring: Second));

        var truth = await Pbx.Trunk.Call(new("74951234501") { Talk = 2 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.AnsweredBy, Is.Null);
            Assert.That(call.AnsweredExternal, Is.Not.Null);
            Assert.That(call.TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(Tolerance));
        });
    }

    [Test]
    public async Task Caller_who_hides_the_number_is_nobody()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234501") { From = "anonymous", Name = "\"Anonymous\"", Headers = ["Privacy: id"], Talk = Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Client?.IsHidden, Is.True);
            Assert.That(call.Client?.E164, Is.Null);
        });
    }

    [Test]
    public async Task Caller_from_outside_who_presents_an_extension_is_still_from_outside()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234501") { From = "102", Talk = Second });
        var call = await TheCall();

        Assert.That(call.Direction, Is.EqualTo(CallDirection.Inbound));
    }

    [Test]
    public async Task Number_that_is_not_set_up_reaches_the_support_queue()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));

        await Pbx.Trunk.Call(new("74951234577") { Talk = 3 * Second });
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Did, Is.EqualTo("74951234577"));
            Assert.That(call.Queue, Is.EqualTo("support"));
            Assert.That(call.AnsweredBy, Is.EqualTo("101"));
        });
    }
}
