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
        Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("SIMULATED_DAYS"), out var count) ? count : 40);

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
}
