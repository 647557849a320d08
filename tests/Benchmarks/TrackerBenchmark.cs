using System.Diagnostics;
using System.Globalization;
using System.Text;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Signals per second that the tracker makes calls of, and what it allocates for each, on a day of a simulated office of 12 agents. The
/// reference is the least that any tracker does: looking up the leg that a signal is about, and forgetting it when it ends.
/// </summary>
internal static class TrackerBenchmark
{
    const int Agents = 12;
    const int CallsPerMinute = 10;
    const int Seed = 7;

    static readonly TimeSpan Day = TimeSpan.FromHours(8);
    static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        var signals = Signals();
        Series floor = new("the leg looked up", "signals/s"), tracker = new("CallTracker", "signals/s");
        Series floorBytes = new("  allocated", "bytes/signal"), trackerBytes = new("  allocated", "bytes/signal");
        var (calls, versions) = Track(signals);
        LookUp(signals);
        for (var run = 0; run < runs; run++)
        {
            Measure(signals, floor, floorBytes, () => LookUp(signals));
            Measure(signals, tracker, trackerBytes, () => Track(signals));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{signals.Count:N0} signals, {calls:N0} calls, {versions:N0} versions of calls\n{floor}\n{floorBytes}\n{tracker}\n{trackerBytes}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tracker : looked up = {tracker.Median / floor.Median:F3}"));
        return 0;
    }

    static void Measure<T>(IReadOnlyList<CallSignal> signals, Series speed, Series allocation, Func<T> run)
    {
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.GetTimestamp();
        run();
        speed.Add(signals.Count / Stopwatch.GetElapsedTime(clock).TotalSeconds);
        allocation.Add((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)signals.Count);
    }

    /// <summary>Returns how many calls there were, and how many versions of them.</summary>
    static (int Calls, int Versions) Track(IReadOnlyList<CallSignal> signals)
    {
        var tracker = new CallTracker("pbx", new NumberPlan("RU"));
        var (calls, versions) = (0, 0);
        foreach (var signal in signals)
        {
            foreach (var call in tracker.Apply(signal))
            {
                versions++;
                calls += call.Revision == 1 ? 1 : 0;
            }
        }
        return (calls, versions);
    }

    static int LookUp(IReadOnlyList<CallSignal> signals)
    {
        var legs = new Dictionary<string, string>(StringComparer.Ordinal);
        var found = 0;
        foreach (var signal in signals)
        {
            if (signal is LegStarted started)
                legs[started.LegId] = started.CallId;
            else if (signal is LegEnded ended)
                found += legs.Remove(ended.LegId) ? 1 : 0;
            else if (signal is LegSignal about)
                found += legs.ContainsKey(about.LegId) ? 1 : 0;
        }
        return found;
    }

    /// <summary>The day as it goes over the wire, read and translated as it would be from a PBX.</summary>
    static IReadOnlyList<CallSignal> Signals()
    {
        var office = SimulatedOffice.Of([.. Enumerable.Range(0, Agents).Select(i => new SimulatedExtension($"{101 + i}", $"Agent {i}"))]);
        var pbx = new SimulatedPbx(office, Seed, Start);
        var wire = new StringBuilder("Asterisk Call Manager/11.0.0\r\n");
        pbx.Emitted += simulated => wire.Append(simulated.Text);
        DemoTraffic.Start(pbx, Seed, new() { CallsPerMinute = CallsPerMinute, Until = Start + Day });
        pbx.RunUntil(Start + Day + TimeSpan.FromHours(1));
        return [.. CallReplay.Signals([new AmiRecording(Encoding.UTF8.GetBytes(wire.ToString()))], new HashSet<string>(StringComparer.Ordinal) { office.Trunk })];
    }
}
