using System.Globalization;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Telephony.Traces;

/// <summary>
/// What time it is in a recording, by the events that have passed. Without timestampevents=yes only a few events know: the login
/// to the millisecond, CEL to the second in the server's own time zone, which its channel ids betray.
/// </summary>
internal sealed class RecordingClock(DateTimeOffset start)
{
    private static readonly TimeSpan ZoneMax = TimeSpan.FromHours(14);

    private TimeSpan? _zone;

    public DateTimeOffset Now { get; private set; } = start;

    public void Pass(AmiMessage message)
    {
        if (message.Kind != AmiMessageKind.Event)
            return;
        if ((message.Timestamp ?? LoginTime(message) ?? CelTime(message)) is { } at && at > Now)
            Now = at;
    }

    // EventTV: 2026-11-23T09:50:41.194+0000
    private static DateTimeOffset? LoginTime(AmiMessage message) =>
        message.Has(AmiKey.EventTV) && DateTimeOffset.TryParse(message[AmiKey.EventTV], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    // EventTime: 2026-11-23 09:50:41
    private DateTimeOffset? CelTime(AmiMessage message)
    {
        if (message.Event != AmiEvent.CEL
            || !DateTime.TryParse(message[AmiKey.EventTime], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var byServer = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
        _zone ??= ZoneOf(message, byServer);
        return byServer - (_zone ?? TimeSpan.Zero);
    }

    // A channel's id begins with the second of its birth, in UTC. Zones are whole quarters of an hour.
    private static TimeSpan? ZoneOf(AmiMessage message, DateTimeOffset byServer)
    {
        var id = message[AmiKey.Uniqueid];
        var second = id[(id.LastIndexOf('-') + 1)..].Split('.')[0];
        if (!message.Is(AmiKey.EventName, "CHAN_START"u8) || !uint.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            return null;
        var zone = TimeSpan.FromMinutes(Math.Round((byServer.ToUnixTimeSeconds() - epoch) / 900.0) * 15);
        return zone.Duration() <= ZoneMax ? zone : null;
    }
}
