using System.Buffers;
using System.Globalization;
using ContactCenterCrm.Telephony.Asterisk;

namespace ContactCenterCrm.Telephony.Traces;

/// <summary>
/// The bytes of one AMI connection as they came, and perhaps when: a file beside the recording with lines "offset length
/// seconds-since-1970", the extension .ami replaced by .ts.
/// </summary>
public sealed class AmiRecording(ReadOnlyMemory<byte> bytes, IReadOnlyList<(long Offset, DateTimeOffset At)>? arrivals = null)
{
    private readonly IReadOnlyList<(long Offset, DateTimeOffset At)> _arrivals = arrivals ?? [];

    public static AmiRecording Load(string file)
    {
        var times = Path.ChangeExtension(file, ".ts");
        return new AmiRecording(File.ReadAllBytes(file), times != file && File.Exists(times) ? [.. File.ReadLines(times).SelectMany(Arrival)] : null);
    }

    /// <summary>
    /// The messages, each with the best guess of when it came: when the recording says so, that; otherwise the time of the event
    /// before it, and for the first ones the time of the first event that tells any. A message is valid until the next one is asked for.
    /// </summary>
    public IEnumerable<(AmiMessage Message, DateTimeOffset ArrivedAt)> Messages()
    {
        var clock = new RecordingClock(FirstTime());
        var arrival = 0;
        foreach (var (message, offset) in Frames())
        {
            while (arrival < _arrivals.Count && _arrivals[arrival].Offset <= offset)
                arrival++;
            clock.Pass(message);
            yield return (message, arrival > 0 ? _arrivals[arrival - 1].At : clock.Now);
        }
    }

    private IEnumerable<(AmiMessage Message, long Offset)> Frames()
    {
        var reader = new AmiReader();
        var rest = new ReadOnlySequence<byte>(bytes);
        var offset = 0L;
        while (reader.TryRead(ref rest, out var message))
        {
            yield return (message, offset);
            offset = bytes.Length - rest.Length;
        }
    }

    private DateTimeOffset FirstTime()
    {
        var clock = new RecordingClock(DateTimeOffset.UnixEpoch);
        foreach (var (message, _) in Frames())
        {
            clock.Pass(message);
            if (clock.Now > DateTimeOffset.UnixEpoch)
                break;
        }
        return clock.Now;
    }

    private static IEnumerable<(long, DateTimeOffset)> Arrival(string line)
    {
        var words = line.Split(' ');
        if (words.Length == 3
            && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && AmiTime.TryParse(System.Text.Encoding.ASCII.GetBytes(words[2]), out var at))
            yield return (offset, at);
    }
}
