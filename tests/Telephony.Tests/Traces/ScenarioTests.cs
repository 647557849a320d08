using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Telephony.Tests.Traces;

public sealed class ScenarioTests
{
    private static readonly ReplayOptions Options = new();

    private static IEnumerable<Scenario> WithExpectation => Scenario.WithExpectation;

    private static IEnumerable<Scenario> All => Scenario.All;

    [TestCaseSource(nameof(WithExpectation))]
    public void Every_recording_gives_what_an_observer_saw(object scenario)
    {
        var expected = ((Scenario)scenario).Expected;
        Assert.Multiple(() =>
        {
            foreach (var account in ((Scenario)scenario).Accounts)
            {
                var calls = CallReplay.Calls(account, Options);
                Assert.That(calls.Select(call => call.Key.ExternalId), Is.EquivalentTo(expected.Select(call => call.ExternalId)), account.Key);
                var differences = expected.SelectMany(call => calls.Where(seen => seen.Key.ExternalId == call.ExternalId).SelectMany(call.Differences));
                Assert.That(differences, Is.Empty, account.Key);
            }
        });
    }

    [TestCaseSource(nameof(All))]
    public void Nothing_is_remembered_when_all_calls_are_over(object scenario)
    {
        var tracker = NewTracker();
        foreach (var signal in Signals((Scenario)scenario))
            tracker.Apply(signal);

        Assert.That(tracker.RememberedCount, Is.Zero);
    }

    [TestCaseSource(nameof(All))]
    public void The_same_recording_twice_changes_nothing(object scenario)
    {
        var tracker = NewTracker();
        var signals = Signals((Scenario)scenario).ToList();
        foreach (var signal in signals)
            tracker.Apply(signal);

        Assert.That(signals.SelectMany(tracker.Apply), Is.Empty);
    }

    [TestCaseSource(nameof(All))]
    public void Every_signal_twice_gives_the_same_calls(object scenario)
    {
        var signals = Signals((Scenario)scenario).ToList();

        Assert.That(Outcome(signals.SelectMany(signal => new[] { signal, signal })), Is.EqualTo(Outcome(signals)));
    }

    [TestCaseSource(nameof(All))]
    public void Every_version_of_a_call_is_sound(object scenario)
    {
        var tracker = NewTracker();
        var versions = new Dictionary<CallKey, Call>();
        foreach (var signal in Signals((Scenario)scenario))
        {
            foreach (var call in tracker.Apply(signal))
            {
                CallInvariants.Check(versions.GetValueOrDefault(call.Key), call);
                versions[call.Key] = call;
            }
        }
        Assert.That(versions.Values.Where(call => call.IsLive), Is.Empty);
    }

    private static CallTracker NewTracker() => new("pbx", new NumberPlan("RU"));

    private static IEnumerable<CallSignal> Signals(Scenario scenario) => CallReplay.Signals(scenario.Recordings, Options.Trunks);

    private static List<string> Outcome(IEnumerable<CallSignal> signals)
    {
        var tracker = NewTracker();
        var newest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in signals.SelectMany(tracker.Apply))
            newest[call.Key.ExternalId] = CallJson.Line(call);
        return [.. newest.Values];
    }
}
