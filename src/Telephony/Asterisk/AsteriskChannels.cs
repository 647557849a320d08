using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Reads what an event or a list item says about its channel: whose it is, who called whom, since when.</summary>
internal sealed class AsteriskChannels(IReadOnlySet<string> trunks)
{
    public const int StateRing = 4;
    public const int StateRinging = 5;
    public const int StateUp = 6;

    // Uniqueid is "epoch.counter", with a system name before it when one is set; its second agrees with the channel's age.
    private static readonly TimeSpan AgeTolerance = TimeSpan.FromSeconds(5);

    // Whoever does not know the number writes one of these.
    private static readonly HashSet<string> Nothing = ["", "<unknown>", "unknown", "none", "(null)", "s"];

    public LegStarted Started(AmiMessage message, DateTimeOffset at)
    {
        var channel = message[AmiKey.Channel];
        var kind = KindOf(channel);
        return new LegStarted(at, message.Leg(), message.Call(), kind, EndpointOf(channel, kind),
            message.Number(AmiKey.ChannelState) == StateRing ? LegOrigin.Calling : LegOrigin.Called)
        {
            Number = message[AmiKey.CallerIDNum],
            Name = Known(message[AmiKey.CallerIDName]),
            Dialled = Known(message[AmiKey.Exten]),
            Pair = PairOf(channel, kind),
        };
    }

    public LegSeen Seen(AmiMessage message, DateTimeOffset at, string? bridgeId)
    {
        var channel = message[AmiKey.Channel];
        var kind = KindOf(channel);
        var state = message.Number(AmiKey.ChannelState);
        return new LegSeen(at, message.Leg(), message.Call(), kind, EndpointOf(channel, kind), IsCalled(message) ? LegOrigin.Called : LegOrigin.Calling)
        {
            Number = message[AmiKey.CallerIDNum],
            Name = Known(message[AmiKey.CallerIDName]),
            Dialled = Known(message[AmiKey.DNID]) ?? Known(message[AmiKey.Exten]),
            Pair = PairOf(channel, kind),
            StartedAt = StartOf(message, at),
            IsRinging = state == StateRinging,
            IsUp = state == StateUp,
            BridgeId = bridgeId,
            Conference = ConferenceOf(message, AmiKey.ApplicationData) ?? ConferenceOf(message, AmiKey.Data),
            Recording = VariableOf(message, "MIXMONITOR_FILENAME="),
        };
    }

    // Status, when it was asked for variables, has a line for each: "Variable: REC=(null)".
    private static string? VariableOf(AmiMessage message, string name)
    {
        if (!message.Has(AmiKey.Variable))
            return null;
        var variable = message.All(AmiKey.Variable).FirstOrDefault(variable => variable.StartsWith(name, StringComparison.Ordinal));
        return variable is null ? null : Known(variable[name.Length..]);
    }

    // ConfBridge(500,profile): the room comes first.
    public static string? ConferenceOf(AmiMessage message, AmiKey arguments) =>
        message.Is(AmiKey.Application, "ConfBridge"u8) && message.Text(arguments)?.Split(',')[0] is { Length: > 0 } room ? room : null;

    public PartyKind KindOf(string channel)
    {
        if (channel.StartsWith("Local/", StringComparison.Ordinal))
            return PartyKind.Local;
        var slash = channel.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IsTelephone(channel.AsSpan(0, slash)))
            return PartyKind.Application;
        return trunks.Contains(EndpointOf(channel, PartyKind.Extension)) ? PartyKind.Trunk : PartyKind.Extension;
    }

    // CBAnn, Announcer, Snoop, Message, Surrogate, UnicastRTP…: the PBX's own, nobody is at their far end.
    private static bool IsTelephone(ReadOnlySpan<char> technology) => technology is "PJSIP" or "SIP" or "IAX2" or "DAHDI" or "SCCP" or "Skinny" or "MGCP" or "H323" or "Motif";

    // "PJSIP/trunk-00000217": the endpoint is between the slash and the last dash. A Local channel keeps all it was made for.
    public static string EndpointOf(string channel, PartyKind kind)
    {
        var start = channel.IndexOf('/', StringComparison.Ordinal) + 1;
        var end = kind == PartyKind.Local ? channel.IndexOf('@', start) : channel.LastIndexOf('-');
        return end > start ? channel[start..end] : channel[start..];
    }

    // "Local/101@agents-local-00000000;1" and ";2".
    public static string? PairOf(string channel, PartyKind kind) =>
        kind == PartyKind.Local && channel.LastIndexOf(';') is > 0 and var semicolon ? channel[..semicolon] : null;

    // Called channels run no dialplan; the list shows "AppDial", "AppDial2" or "AppQueue" with "(Outgoing Line)".
    private static bool IsCalled(AmiMessage message) =>
        message.Is(AmiKey.ApplicationData, "(Outgoing Line)"u8) || message.Is(AmiKey.Data, "(Outgoing Line)"u8);

    public static string? Known(string value) => Nothing.Contains(value) ? null : value;

    private static DateTimeOffset StartOf(AmiMessage message, DateTimeOffset at)
    {
        var byAge = at - AgeOf(message);
        var id = message[AmiKey.Uniqueid];
        var epoch = id[(id.LastIndexOf('-') + 1)..].Split('.')[0];
        if (!long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return byAge;
        var byId = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (byId - byAge).Duration() <= AgeTolerance ? byId : byAge;
    }

    // CoreShowChannel: Duration hh:mm:ss, where hh may pass 23. Status: Seconds.
    private static TimeSpan AgeOf(AmiMessage message)
    {
        if (message.Number(AmiKey.Seconds) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        var parts = message[AmiKey.Duration].Split(':');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            ? TimeSpan.FromSeconds((hours * 60L + minutes) * 60 + rest)
            : TimeSpan.Zero;
    }
}

internal static class AmiMessageWords
{
    /// <summary>The leg that the event is about.</summary>
    public static string Leg(this AmiMessage message) => message[AmiKey.Uniqueid];

    /// <summary>The call that the leg belongs to at this moment; it changes without an event of its own when calls merge.</summary>
    public static string Call(this AmiMessage message) => message[AmiKey.Linkedid];

    /// <summary>A value that says something; null for the ways in which Asterisk writes "nothing".</summary>
    public static string? Text(this AmiMessage message, AmiKey key) => message[key] is var value && value is not ("" or "<unknown>" or "none" or "(null)") ? value : null;
}
