using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>
/// Days of a simulated office, each from one seed: the tracker must tell what really happened, whatever the wire does to the events.
/// More seeds than a test run has time for: SIMULATED_DAYS=1000 dotnet test --filter SimulatedDay.
/// </summary>
[TestFixture]
internal sealed class SimulatedDayTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static IEnumerable<int> Seeds =>
        Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("SIMULATED_DAYS"), out var count) ? count : 12);

    [TestCaseSource(nameof(Seeds))]
    public void The_tracker_tells_what_really_happened(int seed)
    {
        var pbx = Morning(seed, new Random(seed));
        var listener = new SimulatedListener(pbx);
        pbx.Emitted += simulated => listener.Hear(simulated.Text);
        pbx.RunUntil(start.AddHours(2));

        CheckSilence(pbx, listener);
        Assert.That(Differences(pbx, listener), Is.Empty);
    }

    [TestCaseSource(nameof(Seeds))]
    public void Events_that_overtake_each_other_or_come_twice_change_nothing(int seed)
    {
        var random = new Random(seed);
        var pbx = Morning(seed, random);
        var listener = new SimulatedListener(pbx);
        var wire = new UnrulyWire(pbx, random, listener.Hear);
        wire.Start();
        wire.RunUntil(start.AddHours(2));

        CheckSilence(pbx, listener);
        Assert.That(Differences(pbx, listener), Is.Empty);
    }

    [TestCaseSource(nameof(Seeds))]
    public void A_day_heard_twice_changes_nothing(int seed)
    {
        var pbx = Morning(seed, new Random(seed));
        var listener = new SimulatedListener(pbx);
        pbx.Emitted += simulated => listener.Hear(simulated.Text);
        pbx.RunUntil(start.AddHours(2));
        var once = listener.Calls.Values.Select(call => (call.Key, call.Revision)).ToList();
        listener.HearAllAgain();

        Assert.That(listener.Calls.Values.Select(call => (call.Key, call.Revision)), Is.EqualTo(once).AsCollection);
        CheckSilence(pbx, listener);
    }

    [TestCaseSource(nameof(Seeds))]
    public void A_line_that_breaks_and_is_back_at_once_changes_nothing(int seed)
    {
        var random = new Random(seed);
        var pbx = Morning(seed, random);
        var listener = new SimulatedListener(pbx);
        var wire = new UnrulyWire(pbx, random, listener.Hear);
        wire.Start();
        while (pbx.Now < start.AddHours(2))
        {
            wire.RunUntil(pbx.Now.AddSeconds(random.Next(1, 40)));
            listener.Lose();
            listener.Connect();
        }

        CheckSilence(pbx, listener);
        Assert.That(Differences(pbx, listener), Is.Empty);
    }

    [TestCaseSource(nameof(Seeds))]
    public void After_a_gap_the_calls_end_as_they_did_or_are_uncertain(int seed)
    {
        var random = new Random(seed);
        var pbx = Morning(seed, random);
        var listener = new SimulatedListener(pbx);
        var wire = new UnrulyWire(pbx, random, listener.Hear);
        wire.Start();
        var gaps = new List<Gap>();
        while (pbx.Now < start.AddMinutes(12))
        {
            wire.RunUntil(pbx.Now.AddSeconds(random.Next(20, 120)));
            gaps.Add(Outage(pbx, listener, wire, random.NextDouble() * 20));
        }
        wire.RunUntil(start.AddHours(2));

        CheckSilence(pbx, listener);
        Assert.That(GapDifferences(pbx, listener, gaps), Is.Empty);
    }

    [TestCaseSource(nameof(Seeds))]
    public void A_PBX_that_is_restarted_or_killed_ends_its_calls(int seed)
    {
        var random = new Random(seed);
        var pbx = Morning(seed, random);
        var listener = new SimulatedListener(pbx);
        var wire = new UnrulyWire(pbx, random, listener.Hear);
        wire.Start();
        var outages = new List<Gap>();
        for (var restart = 0; restart < 4; restart++)
        {
            wire.RunUntil(pbx.Now.AddSeconds(random.Next(60, 120)));
            var isKilled = random.Next(2) == 0;
            if (isKilled)
                pbx.Kill();
            else
                pbx.Restart();
            wire.RunUntil(pbx.Now);
            outages.Add(Outage(pbx, listener, wire, random.Next(3, 30)));
        }
        wire.RunUntil(start.AddHours(2));

        CheckSilence(pbx, listener);
        Assert.That(RestartDifferences(pbx, listener, outages), Is.Empty);
    }

    private static SimulatedPbx Morning(int seed, Random random)
    {
        var agents = Enumerable.Range(101, random.Next(2, 8)).Select(number => new SimulatedExtension($"{number}", $"Agent {number}")
        {
            IsRegistered = number == 101 || random.Next(12) > 0,
        });
        var pbx = new SimulatedPbx(SimulatedOffice.Of([.. agents]), seed, start);
        DemoTraffic.Start(pbx, seed, new DemoTrafficOptions
        {
            CallsPerMinute = random.Next(2, 20),
            TalkSeconds = random.Next(5, 60),
            Until = start.AddMinutes(10),
            KnownNumbers = ["79161234567", "+79031112233"],
        });
        return pbx;
    }

    private static void CheckSilence(SimulatedPbx pbx, SimulatedListener listener)
    {
        Assert.That(pbx.LiveCalls, Is.Zero, "the simulated calls are over");
        Assert.That(listener.Whole.Where(call => call.IsLive).Select(call => call.Key.ExternalId), Is.Empty, "calls still live");
        Assert.That(listener.Tracker.RememberedCount, Is.Zero, "still remembered");
    }

    private static IEnumerable<string> Differences(SimulatedPbx pbx, SimulatedListener listener)
    {
        var told = listener.Whole.ToDictionary(call => call.Key.ExternalId);
        var real = pbx.Truths.ToDictionary(truth => truth.LinkedId);
        return
        [
            .. real.Keys.Except(told.Keys).Select(id => $"{id} is missing"),
            .. told.Keys.Except(real.Keys).Select(id => $"{id} never was: {told[id]}"),
            .. real.Values.Where(truth => told.ContainsKey(truth.LinkedId)).SelectMany(truth => TruthCheck.Differences(truth, told[truth.LinkedId])),
        ];
    }

    // What nobody heard cannot be told: who rang, or was talked to, in a gap. What was there before or after it can.
    private static IEnumerable<string> GapDifferences(SimulatedPbx pbx, SimulatedListener listener, List<Gap> gaps) =>
        Told(pbx, listener, gaps).SelectMany(pair => gaps.Exists(gap => gap.Touches(pair.Truth))
            ? Doubts(pair.Truth, pair.Call, gaps.Exists(gap => gap.Hides(pair.Truth)))
            : TruthCheck.Differences(pair.Truth, pair.Call));

    private static IEnumerable<string> RestartDifferences(SimulatedPbx pbx, SimulatedListener listener, List<Gap> outages) =>
        Told(pbx, listener, outages).SelectMany(pair =>
            Doubts(pair.Truth, pair.Call, pair.Truth.LostByRestart || outages.Exists(gap => gap.Hides(pair.Truth))));

    private static IEnumerable<(CallTruth Truth, Call Call)> Told(SimulatedPbx pbx, SimulatedListener listener, List<Gap> gaps)
    {
        var told = listener.Whole.ToDictionary(call => call.Key.ExternalId);
        var missing = pbx.Truths.Where(truth => !told.ContainsKey(truth.LinkedId) && !gaps.Exists(gap => gap.Swallows(truth)));
        Assert.That(missing.Select(truth => truth.LinkedId), Is.Empty, "calls that nobody was told of");
        return pbx.Truths.Where(truth => told.ContainsKey(truth.LinkedId)).Select(truth => (truth, told[truth.LinkedId]));
    }

    private static IEnumerable<string> Doubts(CallTruth truth, Call call, bool isUncertain)
    {
        if (isUncertain && call.Uncertain is null)
            yield return $"{truth.LinkedId} began, was answered or ended unseen, and is not called uncertain";
        if (!isUncertain && call.Uncertain is { } doubt)
            yield return $"{truth.LinkedId} was seen at all its turns, and is called {doubt}";
        if (!isUncertain && call.Result != truth.Result)
            yield return $"{truth.LinkedId} {truth.Direction} result: {call.Result}, really {truth.Result}";
    }

    private static Gap Outage(SimulatedPbx pbx, SimulatedListener listener, UnrulyWire wire, double seconds)
    {
        var from = pbx.Now;
        listener.Lose();
        wire.IsUp = false;
        wire.RunUntil(from.AddSeconds(seconds));
        wire.IsUp = true;
        listener.Connect();
        return new Gap(from, pbx.Now);
    }

    /// <summary>A time in which nobody listened.</summary>
    private sealed record Gap(DateTimeOffset From, DateTimeOffset To)
    {
        public bool Touches(CallTruth truth) => From <= truth.EndedAt && truth.StartedAt <= To;

        public bool Swallows(CallTruth truth) => From <= truth.StartedAt && truth.EndedAt <= To;

        /// <summary>A turn of the call happened in it.</summary>
        public bool Hides(CallTruth truth) => Has(truth.StartedAt) || Has(truth.AnsweredAt) || Has(truth.EndedAt);

        private bool Has(DateTimeOffset? at) => From < at && at <= To;
    }
}
