using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>What becomes of calls when the PBX, or the line to it, does not live as long as they do.</summary>
sealed class RestartTests : RealCall
{
    [Test]
    public async Task Killed_pbx_leaves_calls_whose_end_nobody_knows()
    {
        // Uptime is told in whole seconds: a restart shows when the PBX has run for some of them.
        await Registered("101", SipBehaviour.Answer(ring: 5 * Second));
        var lost = Pbx.Trunk.Call(new("74951234501") { Talk = 3 * Second });
        await SomebodyTalks();

        await Pbx.Kill();
        await Pbx.Boot();
        await Listen();
        await Registered("101", SipBehaviour.Answer(ring: Second));
        var truth = await Pbx.Trunk.Call(new("74951234501") { Talk = 2 * Second });
        var calls = await Calls();

        Assert.Multiple(() =>
        {
            Assert.That(calls, Has.Count.EqualTo(2));
            Assert.That(calls[0].Uncertain, Is.EqualTo(CallUncertainty.PbxStopped));
            Assert.That(calls[0].AnsweredBy, Is.EqualTo("101"));
            Assert.That(calls[0].EndedAt, Is.LessThan(calls[1].StartedAt));
            Assert.That(calls[1].Uncertain, Is.Null);
            SecondsAgree(calls[1], truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
        // The caller's BYE of the first call found a PBX that knew nothing of it.
        await lost;
    }

    [Test]
    public async Task Stopped_pbx_ends_its_calls_in_order()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));
        var caller = Pbx.Trunk.Call(new("74951234501"));
        await SomebodyTalks();

        await Pbx.Stop();
        var truth = await caller;
        await Pbx.Boot();
        await Listen();
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.HangupBy, Is.EqualTo("pbx"));
            Assert.That(call.TalkSeconds, Is.EqualTo(truth.TalkSeconds).Within(Tolerance));
        });
    }

    [Test]
    public async Task Call_survives_a_reload_and_a_cut_line()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));
        var caller = Pbx.Trunk.Call(new("74951234501") { Talk = 6 * Second });
        await SomebodyTalks();

        await Pbx.Console("core reload");
        await CutLines();
        await Listen();
        var truth = await caller;
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.HangupBy, Is.EqualTo("caller"));
            SecondsAgree(call, truth.WaitSeconds, truth.RingSeconds, truth.TalkSeconds);
        });
    }

    [Test]
    public async Task Call_that_ended_while_nobody_listened_ends_when_somebody_does_again()
    {
        await Registered("101", SipBehaviour.Answer(ring: Second));
        var caller = Pbx.Trunk.Call(new("74951234501") { Talk = 2 * Second });
        await SomebodyTalks();

        await CutLines();
        await caller;
        await Listen();
        var call = await TheCall();

        Assert.Multiple(() =>
        {
            Assert.That(call.Result, Is.EqualTo(CallResult.Answered));
            Assert.That(call.Uncertain, Is.EqualTo(CallUncertainty.EndedUnseen));
        });
    }
}
