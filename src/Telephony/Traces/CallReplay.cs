using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Traces;

/// <summary>Where the recordings come from.</summary>
public sealed record ReplayOptions
{
    /// <summary>The PBX's name in the keys of the calls.</summary>
    public string Source { get; init; } = "replay";

    /// <summary>Endpoint names that lead outside.</summary>
    public IReadOnlySet<string> Trunks { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "trunk" };

    /// <summary>ISO 3166 code of the country whose numbers come without a country code.</summary>
    public string Region { get; init; } = "RU";
}

/// <summary>
/// Plays recorded AMI connections through the very code that listens to a live PBX. Several recordings are successive
/// connections to the same PBX; between two of them nobody listened.
/// <code>CallReplay.Print(files, new ReplayOptions { Trunks = trunks, Region = "RU" }, Console.Out);</code>
/// </summary>
public static class CallReplay
{
    /// <summary>Writes the calls of successive connections to one PBX, each as one line of JSON (<see cref="CallJson"/>).</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void Print(IEnumerable<string> files, ReplayOptions options, TextWriter output)
    {
        foreach (var call in Calls(files, options))
            output.WriteLine(CallJson.Line(call));
    }

    /// <summary>
    /// The calls in the order in which they began, each as it was at its end. What is still live when the last recording stops is
    /// ended there and uncertain.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<Call> Calls(IEnumerable<string> files, ReplayOptions options) =>
        Calls(files.Select(AmiRecording.Load), options);

    public static IReadOnlyList<Call> Calls(IEnumerable<AmiRecording> recordings, ReplayOptions options)
    {
        var tracker = new CallTracker(options.Source, new NumberPlan(options.Region));
        var newest = new Dictionary<CallKey, Call>();
        var order = new List<CallKey>();
        foreach (var signal in Signals(recordings, options.Trunks))
        {
            foreach (var call in tracker.Apply(signal))
            {
                if (newest.TryAdd(call.Key, call))
                    order.Add(call.Key);
                newest[call.Key] = call;
            }
        }
        return [.. order.Select(key => newest[key]).Where(call => call.MergedInto is null)];
    }

    /// <summary>Everything that the recordings say, ending as if the line had been lost for good.</summary>
    public static IEnumerable<CallSignal> Signals(IEnumerable<AmiRecording> recordings, IReadOnlySet<string> trunks)
    {
        var last = DateTimeOffset.UnixEpoch;
        foreach (var recording in recordings)
        {
            if (last > DateTimeOffset.UnixEpoch)
                yield return new SourceLost(last);
            var signals = new AsteriskSignals(trunks);
            foreach (var (message, arrivedAt) in recording.Messages())
            {
                if (signals.Read(message, arrivedAt) is { } signal)
                {
                    last = signal.At;
                    yield return signal;
                }
            }
        }
        yield return new SourceLost(last);
        // An empty snapshot: nothing that was live is known to live on.
        yield return new SnapshotTaken(last);
    }
}
