using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>
/// What a stream of AMI events says about each channel, in order: the names and key fields of the events that matter. Channels are
/// named by their order of appearance, so two streams of the same story are equal, whatever their ids. On a real Asterisk the events
/// of different channels overtake each other within milliseconds, and some have no fixed place at all; those of one channel keep
/// their order.
/// </summary>
internal sealed class WireStory
{
    private static readonly ImmutableHashSet<string> toldVariables = ["DIALSTATUS", "QUEUESTATUS", "VMSTATUS", "MIXMONITOR_FILENAME"];

    private static readonly ImmutableHashSet<string> told =
    [
        "Newchannel", "Newstate", "NewCallerid", "NewConnectedLine", "DialBegin", "DialState", "DialEnd", "BridgeEnter", "BridgeLeave", "Hold", "Unhold",
        "MusicOnHoldStart", "MusicOnHoldStop", "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentCalled", "AgentConnect", "AgentComplete",
        "AgentRingNoAnswer", "BlindTransfer", "AttendedTransfer", "HangupRequest", "SoftHangupRequest", "Hangup", "MixMonitorStart", "OriginateResponse",
    ];

    private static readonly ImmutableArray<string> toldFields =
    [
        "ChannelState", "CallerIDNum", "DialStatus", "DialString", "Queue", "Position", "Count", "MemberName", "Interface", "Cause", "TechCause",
        "BridgeNumChannels", "Class", "Response", "Extension", "Result", "DestType",
    ];

    // Seen before and after the BridgeLeave (DialState: the Newstate) of the same channel.
    private static readonly ImmutableHashSet<string> movable = ["AgentComplete", "BlindTransfer", "DialState"];

    private readonly Dictionary<string, int> _channels = [];
    private readonly SortedDictionary<int, List<string>> _stories = [];
    private readonly List<string> _moved = [];

    /// <summary>One line per event: "c0 Newchannel ChannelState=4 …", channel by channel, then the events without a fixed place.</summary>
    public IEnumerable<string> Lines =>
        [.. _stories.SelectMany(story => story.Value.Select(line => $"c{story.Key} {line}")), .. _moved.Order(StringComparer.Ordinal)];

    public static WireStory Of(byte[] stream)
    {
        var story = new WireStory();
        var reader = new AmiReader();
        var bytes = new ReadOnlySequence<byte>(stream);
        while (reader.TryRead(ref bytes, out var message))
        {
            if (message.Kind is AmiMessageKind.Event && told.Contains(message.Name))
                story.Add(message.Name, message.Fields().DistinctBy(field => field.Key).ToDictionary(StringComparer.Ordinal));
            else if (message.Event is AmiEvent.VarSet && toldVariables.Contains(message[AmiKey.Variable]))
                story.Add(message.Name, message.Fields().DistinctBy(field => field.Key).ToDictionary(StringComparer.Ordinal));
        }
        return story;
    }

    public static WireStory Of(string events) => Of(Encoding.UTF8.GetBytes("Asterisk Call Manager/11.0.0\r\n" + events));

    private void Add(string name, Dictionary<string, string> fields)
    {
        var roles = fields.Where(field => field.Key.EndsWith("Channel", StringComparison.Ordinal) && field.Value.Contains('-', StringComparison.Ordinal))
            .Select(field => (Role: field.Key, Channel: Index(field.Value))).ToList();
        var words = new List<string> { name };
        words.AddRange(roles.Select(role => $"{role.Role}=c{role.Channel}"));
        words.AddRange(toldFields.Where(fields.ContainsKey).Select(field => $"{field}={fields[field]}"));
        if (fields.TryGetValue("Variable", out var variable))
            words.Add(variable + (variable == "MIXMONITOR_FILENAME" ? "" : "=" + fields["Value"]));
        if (movable.Contains(name))
            _moved.Add(string.Join(' ', words));
        else
            Tell(name, string.Join(' ', words), roles);
    }

    // DialBegin and AgentCalled, and the callee's ringing, overtake each other.
    private void Tell(string name, string line, List<(string Role, int Channel)> roles)
    {
        foreach (var (role, channel) in roles.DistinctBy(role => role.Channel))
        {
            if ((name, role) is not ("DialBegin" or "AgentCalled", "DestChannel") || roles.Count == 1)
                _stories[channel].Add(line);
        }
    }

    private int Index(string channel)
    {
        if (_channels.TryGetValue(channel, out var index))
            return index;
        index = _channels.Count;
        _channels[channel] = index;
        _stories[index] = [];
        return index;
    }
}
