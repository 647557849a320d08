using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// Something that happens at <see cref="SimulatedOffice.Example"/>, by name: for trainings, demonstrations and tests. What a line
/// between PBX and CRM can suffer is played with <see cref="SimulatorServer.CutLines"/>, <see cref="SimulatedPbx.Restart"/> and
/// <see cref="SimulatedPbx.SetTrunk"/>.
/// </summary>
public sealed record SimulatedScenario(string Name, CallScript Script)
{
    private static readonly CallScript client = new() { Number = "79161234567" };
    private static readonly CallScript direct = client with { Line = "74951234501", OtherPhones = new(PhoneAct.Answer, 1) };
    private static readonly CallScript outbound = new() { Direction = CallDirection.Outbound, Agent = "101", Number = "89161234567" };

    public static ImmutableArray<SimulatedScenario> All { get; } =
    [
        new("answered", client with { Line = "74951234501", Phones = Phones(("101", PhoneAct.Answer, 2)) }),
        new("no_answer", client with { Line = "74951234501" }),
        new("abandoned", client with { Line = "74951234501", Patience = 3 }),
        new("busy", client with { Line = "74951234501", Phones = Phones(("101", PhoneAct.Busy, 0.2)) }),
        new("declined", client with { Line = "74951234501", Phones = Phones(("101", PhoneAct.Decline, 3)) }),
        new("unregistered", client with { Line = "74951234506" }),
        new("hidden_number", direct with { Number = null }),
        new("ring_group", client with { Line = "74951234502", Phones = Phones(("103", PhoneAct.Answer, 3)) }),
        new("queue_answered", client with { Line = "74951234503", Phones = Phones(("102", PhoneAct.Answer, 3)) }),
        new("queue_abandoned", client with { Line = "74951234503", Patience = 5 }),
        new("queue_voicemail", client with { Line = "74951234504", VoicemailSeconds = 16 }),
        new("queue_ring_no_answer", client with { Line = "74951234504", Phones = Phones(("104", PhoneAct.Answer, 1)) }),
        new("menu_agent", client with { Line = "74951234505", MenuChoice = 1, Phones = Phones(("101", PhoneAct.Answer, 1.5)) }),
        new("menu_abandoned", client with { Line = "74951234505", Patience = 2.5 }),
        new("menu_timeout", client with { Line = "74951234505" }),
        new("voicemail", client with { Line = "74951234508" }),
        new("hold", direct with { Talk = [new PutOnHold(2, 3, Party.Agent), new PutOnHold(3, 1.5, Party.Client), new HangUp(1.5, Party.Client)] }),
        new("blind_transfer", direct with { Talk = [new TransferBlind(3, "102"), new HangUp(4, Party.Client)] }),
        new("attended_transfer", direct with { Talk = [new TransferAttended(2.5, "102", 2), new HangUp(8, Party.Client)] }),
        new("outbound_answered", outbound with { Phones = Phones((CallScript.Client, PhoneAct.Answer, 2)) }),
        new("outbound_no_answer", outbound),
        new("outbound_busy", outbound with { Phones = Phones((CallScript.Client, PhoneAct.Busy, 1)) }),
        new("outbound_declined", outbound with { Phones = Phones((CallScript.Client, PhoneAct.Decline, 1)) }),
        new("outbound_no_such_number", outbound with { Phones = Phones((CallScript.Client, PhoneAct.NoSuchNumber, 0.5)) }),
        new("outbound_no_circuit", outbound with { Phones = Phones((CallScript.Client, PhoneAct.NoCircuit, 0.5)) }),
        new("outbound_cancelled", outbound with { Patience = 3 }),
        new("internal", new CallScript
        {
            Direction = CallDirection.Internal,
            Agent = "101",
            Number = "102",
            OtherPhones = new(PhoneAct.Answer, 1.5),
            Talk = [new HangUp(3, Party.Agent)],
        }),
        new("click_to_call", outbound with
        {
            OriginateId = "c2c-1",
            Phones = Phones(("101", PhoneAct.Answer, 1.5), (CallScript.Client, PhoneAct.Answer, 2)),
        }),
        new("click_to_call_agent_absent", outbound with { OriginateId = "c2c-2", OriginateTimeout = 5 }),
    ];

    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public static SimulatedScenario Named(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name) ?? throw new ArgumentException($"There is no scenario {name}.", nameof(name));

    /// <summary>So many clients call the office's lines at the same moment, each from a number of its own.</summary>
    public static void Burst(SimulatedPbx pbx, int calls)
    {
        var lines = pbx.Office.Lines;
        for (var call = 0; call < calls; call++)
            pbx.Begin(direct with { Number = $"7916{call:D7}", Line = lines[call % lines.Length].Did, MenuChoice = 1, Patience = 60 });
    }

    private static ImmutableDictionary<string, PhoneReaction> Phones(params (string Phone, PhoneAct Act, double After)[] reactions) =>
        reactions.ToImmutableDictionary(reaction => reaction.Phone, reaction => new PhoneReaction(reaction.Act, reaction.After));
}
