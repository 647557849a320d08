using System.Text;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Telephony.Tests.Traces;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>The simulator tells a story as the real Asterisk told it in a recording, and the tracker understands it.</summary>
[TestFixture]
internal sealed class SimulatorFidelityTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [TestCase("01-inbound-answered", "answered")]
    [TestCase("03-inbound-no-answer", "no_answer")]
    [TestCase("04-inbound-caller-abandons", "abandoned")]
    [TestCase("05-inbound-busy", "busy")]
    [TestCase("07-inbound-unregistered", "unregistered")]
    [TestCase("09-ringgroup-answered", "ring_group")]
    [TestCase("11-queue-answered", "queue_answered")]
    [TestCase("13-queue-abandoned", "queue_abandoned")]
    [TestCase("14-queue-timeout-voicemail", "queue_voicemail")]
    [TestCase("15-queue-ringnoanswer", "queue_ring_no_answer")]
    [TestCase("20-ivr-agent", "menu_agent")]
    [TestCase("22-ivr-hangup", "menu_abandoned")]
    [TestCase("24-noanswer-voicemail", "voicemail")]
    [TestCase("25-blind-transfer-refer", "blind_transfer")]
    [TestCase("30-attended-transfer-refer", "attended_transfer")]
    [TestCase("38-outbound-answered", "outbound_answered")]
    [TestCase("39-outbound-no-answer", "outbound_no_answer")]
    [TestCase("42-outbound-cancelled", "outbound_cancelled")]
    [TestCase("45-originate-answered", "click_to_call")]
    [TestCase("46-originate-agent-no-answer", "click_to_call_agent_absent")]
    [TestCase("50-internal-call", "internal")]
    [TestCase("65-hold", "hold")]
    public void A_simulated_call_reads_like_the_recorded_one(string recording, string scenario)
    {
        var recorded = WireStory.Of(File.ReadAllBytes(Path.Combine(Scenario.Named(recording).Folder, "crm.ami")));
        var stream = new StringBuilder();
        var pbx = new SimulatedPbx(SimulatedOffice.Example, seed: 1, start);
        pbx.Emitted += simulated => stream.Append(simulated.Text);
        pbx.Begin(SimulatedScenario.Named(scenario).Script);
        pbx.RunUntil(start.AddMinutes(10));

        Assert.That(WireStory.Of(stream.ToString()).Lines, Is.EqualTo(recorded.Lines).AsCollection);
    }

    private static IEnumerable<TestCaseData> Scenarios =>
        SimulatedScenario.All.Select(scenario => new TestCaseData(scenario).SetArgDisplayNames(scenario.Name));

    [TestCaseSource(nameof(Scenarios))]
    public void A_scenario_ends_as_it_was_meant(object scenario)
    {
        var (listener, pbx) = Play(pbx => pbx.Begin(((SimulatedScenario)scenario).Script));
        var truth = pbx.Truths.Single();

        Assert.That(TruthCheck.Differences(truth, listener.Whole.Single(call => call.Key.ExternalId == truth.LinkedId)), Is.Empty);
        Assert.That(listener.Tracker.RememberedCount, Is.Zero);
    }

    [TestCase("declined", CallResult.Missed, CallReason.Declined)]
    [TestCase("menu_timeout", CallResult.Missed, CallReason.IvrTimeout)]
    [TestCase("outbound_busy", CallResult.Busy, null)]
    [TestCase("outbound_declined", CallResult.Declined, null)]
    [TestCase("outbound_no_such_number", CallResult.Failed, null)]
    [TestCase("outbound_no_circuit", CallResult.Failed, null)]
    public void A_scenario_without_a_recording_has_the_result_of_its_name(string scenario, CallResult result, CallReason? reason)
    {
        var (listener, _) = Play(pbx => pbx.Begin(SimulatedScenario.Named(scenario).Script));
        var call = listener.Whole.Single();

        Assert.That((call.Result, call.Reason), Is.EqualTo(((CallResult?)result, reason)));
    }

    [Test]
    public void A_burst_of_calls_is_a_call_each()
    {
        var (listener, pbx) = Play(pbx => SimulatedScenario.Burst(pbx, 200));

        Assert.That(pbx.Truths, Has.Length.EqualTo(200));
        var told = listener.Whole.ToDictionary(call => call.Key.ExternalId);
        Assert.That(pbx.Truths.SelectMany(truth => TruthCheck.Differences(truth, told[truth.LinkedId])), Is.Empty);
    }

    [Test]
    public void While_the_trunk_is_down_nothing_comes_in_and_nobody_gets_out()
    {
        var (listener, _) = Play(pbx =>
        {
            pbx.SetTrunk(isUp: false);
            pbx.Begin(SimulatedScenario.Named("answered").Script);
            pbx.Begin(SimulatedScenario.Named("outbound_answered").Script);
        });
        var call = listener.Whole.Single();

        Assert.That((call.Direction, call.Result), Is.EqualTo((CallDirection.Outbound, (CallResult?)CallResult.Failed)));
    }

    private static (SimulatedListener Listener, SimulatedPbx Pbx) Play(Action<SimulatedPbx> scenario)
    {
        var pbx = new SimulatedPbx(SimulatedOffice.Example, seed: 1, start);
        var listener = new SimulatedListener(pbx);
        pbx.Emitted += simulated => listener.Hear(simulated.Text);
        scenario(pbx);
        pbx.RunUntil(start.AddHours(1));
        return (listener, pbx);
    }
}
