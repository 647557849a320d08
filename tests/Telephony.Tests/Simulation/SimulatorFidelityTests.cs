using System.Collections.Immutable;
using System.Text;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Telephony.Tests.Traces;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>The simulator tells a story as the real Asterisk told it in a recording.</summary>
[TestFixture]
internal sealed class SimulatorFidelityTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [TestCaseSource(nameof(Recorded))]
    public void A_simulated_call_reads_like_the_recorded_one(string recording, CallScript script)
    {
        var expected = WireStory.Of(File.ReadAllBytes(Path.Combine(Scenario.Named(recording).Folder, "crm.ami")));
        Assert.That(Told(script).Lines, Is.EqualTo(expected.Lines).AsCollection);
    }

    private static IEnumerable<TestCaseData> Recorded()
    {
        var client = new CallScript { Number = "79161234567" };
        yield return Case("01-inbound-answered", client with { Line = "74951234501", Phones = Phones(("101", PhoneAct.Answer, 2)) });
        yield return Case("03-inbound-no-answer", client with { Line = "74951234501" });
        yield return Case("04-inbound-caller-abandons", client with { Line = "74951234501", Patience = 3 });
        yield return Case("05-inbound-busy", client with { Line = "74951234501", Phones = Phones(("101", PhoneAct.Busy, 0.2)) });
        yield return Case("07-inbound-unregistered", client with { Line = "74951234506" });
        yield return Case("09-ringgroup-answered", client with { Line = "74951234502", Phones = Phones(("103", PhoneAct.Answer, 3)) });
        yield return Case("11-queue-answered", client with { Line = "74951234503", Phones = Phones(("102", PhoneAct.Answer, 3)) });
        yield return Case("14-queue-timeout-voicemail", client with { Line = "74951234504", VoicemailSeconds = 16 });
        yield return Case("15-queue-ringnoanswer", client with { Line = "74951234504", Phones = Phones(("104", PhoneAct.Answer, 1)) });
        yield return Case("20-ivr-agent", client with { Line = "74951234505", MenuChoice = 1, Phones = Phones(("101", PhoneAct.Answer, 1.5)) });
        yield return Case("22-ivr-hangup", client with { Line = "74951234505", Patience = 2.5 });
        yield return Case("24-noanswer-voicemail", client with { Line = "74951234508" });
        yield return Case("25-blind-transfer-refer", client with
        {
            Line = "74951234501",
            OtherPhones = new PhoneReaction(PhoneAct.Answer, 1),
            Talk = [new TransferBlind(3, "102"), new HangUp(4, Party.Client)],
        });
        yield return Case("30-attended-transfer-refer", client with
        {
            Line = "74951234501",
            OtherPhones = new PhoneReaction(PhoneAct.Answer, 1),
            Talk = [new TransferAttended(2.5, "102", 2), new HangUp(8, Party.Client)],
        });
        yield return Case("65-hold", client with
        {
            Line = "74951234501",
            OtherPhones = new PhoneReaction(PhoneAct.Answer, 1),
            Talk = [new PutOnHold(2, 3, Party.Agent), new PutOnHold(3, 1.5, Party.Client), new HangUp(1.5, Party.Client)],
        });
        var agent = new CallScript { Direction = CallDirection.Outbound, Agent = "101", Number = "89161234567" };
        yield return Case("38-outbound-answered", agent with { Phones = Phones((CallScript.Client, PhoneAct.Answer, 2)) });
        yield return Case("39-outbound-no-answer", agent);
        yield return Case("42-outbound-cancelled", agent with { Patience = 3 });
        yield return Case("50-internal-call", new CallScript
        {
            Direction = CallDirection.Internal,
            Agent = "101",
            Number = "102",
            OtherPhones = new PhoneReaction(PhoneAct.Answer, 1.5),
            Talk = [new HangUp(3, Party.Agent)],
        });
        yield return Case("45-originate-answered", agent with
        {
            OriginateId = "c2c-1",
            Phones = Phones(("101", PhoneAct.Answer, 1.5), (CallScript.Client, PhoneAct.Answer, 2)),
        });
        yield return Case("46-originate-agent-no-answer", agent with { OriginateId = "c2c-2", OriginateTimeout = 5 });
    }

    private static TestCaseData Case(string recording, CallScript script) => new TestCaseData(recording, script).SetArgDisplayNames(recording);

    private static ImmutableDictionary<string, PhoneReaction> Phones(params (string Phone, PhoneAct Act, double After)[] reactions) =>
        reactions.ToImmutableDictionary(reaction => reaction.Phone, reaction => new PhoneReaction(reaction.Act, reaction.After));

    private static WireStory Told(CallScript script)
    {
        var pbx = new SimulatedPbx(SimulatedOffice.Example, seed: 1, start);
        var stream = new StringBuilder();
        pbx.Emitted += simulated => stream.Append(simulated.Text);
        pbx.Begin(script);
        pbx.RunUntil(start.AddMinutes(10));
        return WireStory.Of(stream.ToString());
    }
}
