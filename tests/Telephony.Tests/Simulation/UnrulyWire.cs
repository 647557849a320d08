using System.Text.RegularExpressions;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>
/// What lies between a PBX and its listener: events of one moment that have no channel in common overtake each other, as on a
/// real Asterisk, and some arrive twice.
/// </summary>
internal sealed partial class UnrulyWire(SimulatedPbx pbx, Random random, Action<string> hear)
{
    private readonly List<SimulatedEvent> _moment = [];

    /// <summary>While false nothing arrives.</summary>
    public bool IsUp { get; set; } = true;

    public void Start() => pbx.Emitted += _moment.Add;

    /// <summary>Lets the PBX run on, moment by moment.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (pbx.NextAt is { } next && next <= until)
        {
            pbx.RunUntil(next);
            Deliver();
        }
        pbx.RunUntil(until);
        Deliver();
    }

    private void Deliver()
    {
        Shuffle();
        foreach (var simulated in _moment.ToArray())
        {
            if (!IsUp)
                continue;
            hear(simulated.Text);
            if (random.Next(20) == 0)
                hear(simulated.Text);
        }
        _moment.Clear();
    }

    private void Shuffle()
    {
        for (var swap = 0; swap < _moment.Count; swap++)
        {
            var at = random.Next(_moment.Count);
            if (at + 1 < _moment.Count && MayOvertake(_moment[at], _moment[at + 1]))
                (_moment[at], _moment[at + 1]) = (_moment[at + 1], _moment[at]);
        }
    }

    // BlindTransfer comes before or after the BridgeLeave of the channels that it names; so does AgentComplete.
    private static bool MayOvertake(SimulatedEvent one, SimulatedEvent other)
    {
        if ((one.Name, other.Name) is ("BridgeLeave", "BlindTransfer" or "AgentComplete") or ("BlindTransfer" or "AgentComplete", "BridgeLeave"))
            return true;
        // The PBX stops about a second after its last channel.
        if (one.Name == "Shutdown" || other.Name == "Shutdown")
            return false;
        // A channel is made by another one, which the PBX told of before.
        if (one.Name == "Newchannel" && other.Name == "Newchannel")
            return false;
        return !Channels(one).Intersect(Channels(other)).Any();
    }

    private static IEnumerable<string> Channels(SimulatedEvent simulated) => Channel().Matches(simulated.Text).Select(match => match.Value);

    [GeneratedRegex("PJSIP/[0-9a-z]+-[0-9a-f]{8}")]
    private static partial Regex Channel();
}
