using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Telephony.Tests.Traces;

/// <summary>The line is cut, the product is restarted, signals are lost: the calls come out right, or uncertain, never wrong by much.</summary>
public sealed class CutTests
{
    private static readonly ReplayOptions Options = new();

    // Large recordings of many equal calls say nothing more here, and all cuts of all would take minutes.
    private const int SignalsMax = 400;

    private static IEnumerable<Scenario> All => Scenario.All.Where(scenario => Signals(scenario).Take(SignalsMax + 1).Count() <= SignalsMax);

    // A recording that has a gap of its own does not say what a snapshot would have shown in it.
    private static IEnumerable<Scenario> Gapless => All.Where(scenario => scenario.Recordings.Count == 1);

    [TestCaseSource(nameof(Gapless))]
    public void A_short_cut_with_a_snapshot_ends_as_no_cut(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        var uncut = Play(signals);
        for (var cut = 0; cut <= LastCut(signals); cut++)
            Assert.That(Play(WithSnapshot(signals, cut, missed: 0)), Is.EqualTo(uncut), $"cut before signal {cut}: {signals[cut]}");
    }

    // What a restart forgets: a command that was given and not yet obeyed, and a call that is over but for a late word.
    private static readonly string[] Forgotten = ["70-", "120-"];

    private static IEnumerable<Scenario> Remembered => Gapless.Where(scenario => !Array.Exists(Forgotten, name => scenario.Name.StartsWith(name, StringComparison.Ordinal)));

    [TestCaseSource(nameof(Remembered))]
    public void A_restart_of_the_product_with_a_snapshot_ends_as_no_restart(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        var uncut = Play(signals);
        for (var cut = 0; cut <= LastCut(signals); cut++)
            Assert.That(PlayWithRestart(signals, cut), Is.EqualTo(uncut), $"restart before signal {cut}: {signals[cut]}");
    }

    [TestCaseSource(nameof(All))]
    public void What_is_missed_in_a_gap_leaves_sound_calls_and_no_ghosts(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        for (var cut = 0; cut <= LastCut(signals); cut += 3)
        {
            foreach (var missed in new[] { 1, 5, 20 })
                PlayChecked(WithSnapshot(signals, cut, Math.Min(missed, LastCut(signals) - cut)));
        }
    }

    [TestCaseSource(nameof(All))]
    public void A_recording_that_stops_anywhere_leaves_sound_calls_and_no_ghosts(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        for (var length = 0; length <= LastCut(signals); length++)
        {
            var last = length == 0 ? DateTimeOffset.UnixEpoch : signals[length - 1].At;
            PlayChecked([.. signals.Take(length), new SourceLost(last), new SnapshotTaken(last)]);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Lost_and_reordered_signals_leave_sound_calls_and_no_ghosts(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var heard = signals.Where(signal => random.Next(10) > 0 || signal is SourceLost or SnapshotTaken).ToList();
            for (var swap = 0; swap < heard.Count / 10; swap++)
            {
                var at = random.Next(heard.Count - 3);
                (heard[at], heard[at + 1]) = (heard[at + 1], heard[at]);
            }
            PlayChecked(heard);
        }
    }

    [TestCaseSource(nameof(All))]
    public void A_clock_that_jumps_back_leaves_sound_calls(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();
        PlayChecked(signals.Select((signal, index) => index > signals.Count / 2 ? signal with { At = signal.At.AddHours(-1) } : signal));
    }

    // The two last signals are those that the replay adds: the line is lost for good.
    private static int LastCut(List<CallSignal> signals) => signals.Count - 3;

    private static IEnumerable<CallSignal> Signals(Scenario scenario) => CallReplay.Signals(scenario.Recordings, Options.Trunks);

    private static List<CallSignal> WithSnapshot(List<CallSignal> signals, int cut, int missed)
    {
        var model = new SourceModel();
        foreach (var signal in signals.Take(cut + missed))
            model.Hear(signal);
        return [.. signals.Take(cut), .. model.Snapshot(), .. signals.Skip(cut + missed)];
    }

    private static List<string> Play(IEnumerable<CallSignal> signals)
    {
        var newest = new SortedDictionary<string, Call>(StringComparer.Ordinal);
        Feed(new CallTracker("pbx", new NumberPlan("RU")), signals, newest);
        return Lines(newest);
    }

    private static List<string> PlayWithRestart(List<CallSignal> signals, int cut)
    {
        var newest = new SortedDictionary<string, Call>(StringComparer.Ordinal);
        Feed(new CallTracker("pbx", new NumberPlan("RU")), signals.Take(cut), newest);
        var saved = newest.Values.Where(call => call.IsLive).Select(CallText.Write).ToList();
        var resumed = new CallTracker("pbx", new NumberPlan("RU"), saved.Select(text => CallText.Read(text)!));
        Feed(resumed, WithSnapshot(signals, cut, missed: 0).Skip(cut), newest);
        return Lines(newest);
    }

    private static void PlayChecked(IEnumerable<CallSignal> signals)
    {
        var tracker = new CallTracker("pbx", new NumberPlan("RU"));
        var versions = new Dictionary<CallKey, Call>();
        foreach (var call in signals.SelectMany(tracker.Apply))
        {
            CallInvariants.Check(versions.GetValueOrDefault(call.Key), call);
            versions[call.Key] = call;
        }
        Assert.That(tracker.RememberedCount, Is.Zero, "something is still remembered");
        Assert.That(versions.Values.Where(call => call.IsLive), Is.Empty, "a call is still live");
    }

    private static void Feed(CallTracker tracker, IEnumerable<CallSignal> signals, SortedDictionary<string, Call> newest)
    {
        foreach (var call in signals.SelectMany(tracker.Apply))
            newest[call.Key.ExternalId] = call;
    }

    private static List<string> Lines(SortedDictionary<string, Call> newest) =>
        [.. newest.Values.Where(call => call.MergedInto is null).Select(CallJson.Line)];
}
