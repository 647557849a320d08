using System.Globalization;
using System.Text;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>An event as the simulated PBX sends it: its name and read class decide who gets it, the _text is what goes over the wire.</summary>
public sealed record SimulatedEvent(string Name, string ReadClass, string Text);

/// <summary>
/// Writes one AMI packet: "Name: value" lines, then an empty line. Names, order and the spelling of unknown values are those of a
/// recorded Asterisk 22.
/// </summary>
internal sealed class AmiPacket
{
    private const string Unknown = "<unknown>";
    private readonly StringBuilder _text = new();

    public AmiPacket Add(string name, string? value)
    {
        _text.Append(name).Append(": ");
        foreach (var letter in value ?? "")
            _text.Append(letter is '\r' or '\n' ? ' ' : letter);
        _text.Append("\r\n");
        return this;
    }

    public AmiPacket Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The fields of a channel. A prefix such as Dest or Transferer says which part it plays.</summary>
    public AmiPacket Add(SimulatedLeg leg, string prefix = "") =>
        Add(prefix + "Channel", leg.Name)
            .Add(prefix + "ChannelState", (int)leg.State)
            .Add(prefix + "ChannelStateDesc", leg.State.ToString())
            .Add(prefix + "CallerIDNum", leg.CallerNumber ?? Unknown)
            .Add(prefix + "CallerIDName", leg.CallerName ?? Unknown)
            .Add(prefix + "ConnectedLineNum", leg.ConnectedNumber ?? Unknown)
            .Add(prefix + "ConnectedLineName", leg.ConnectedName ?? Unknown)
            .Add(prefix + "Language", "en")
            .Add(prefix + "AccountCode", "")
            .Add(prefix + "Context", leg.Context)
            .Add(prefix + "Exten", leg.Exten)
            .Add(prefix + "Priority", leg.Priority)
            .Add(prefix + "Uniqueid", leg.Uniqueid)
            .Add(prefix + "Linkedid", leg.Linkedid);

    public AmiPacket Add(SimulatedBridge bridge, string prefix = "") =>
        Add(prefix + "BridgeUniqueid", bridge.Id)
            .Add(prefix + "BridgeType", "basic")
            .Add(prefix + "BridgeTechnology", "simple_bridge")
            .Add(prefix + "BridgeCreator", Unknown)
            .Add(prefix + "BridgeName", Unknown)
            .Add(prefix + "BridgeNumChannels", bridge.Legs.Count)
            .Add(prefix + "BridgeVideoSourceMode", "none");

    public override string ToString() => _text + "\r\n";

    /// <summary>Seconds since 1970 with six digits, as Asterisk stamps events.</summary>
    public static string Stamp(DateTimeOffset at)
    {
        var micros = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");
    }
}
