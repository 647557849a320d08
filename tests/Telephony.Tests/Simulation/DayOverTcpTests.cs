using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Telephony.Tests.Asterisk;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>The whole road over a real TCP port: simulated PBX, connection, translation, tracker.</summary>
[TestFixture]
[CancelAfter(120_000)]
internal sealed class DayOverTcpTests
{
    private readonly CallTracker _tracker = new("pbx", new NumberPlan("RU"));
    private readonly Dictionary<string, Call> _calls = [];

    [Test]
    public async Task A_day_over_a_line_that_breaks_now_and_then_is_told_as_it_was()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        var until = bench.Clock.GetUtcNow().AddMinutes(4);
        var traffic = new DemoTrafficOptions { CallsPerMinute = 15, TalkSeconds = 15, Until = until };
        await bench.Server!.Do(pbx => DemoTraffic.Start(pbx, seed: 5, traffic), bench.Impatience);
        while (bench.Clock.GetUtcNow() < until || await bench.Server.Ask(pbx => pbx.LiveCalls, bench.Impatience) > 0)
        {
            for (var second = 0; second < 50; second++)
                await PassSecond(bench);
            await bench.Server.CutLines(bench.Impatience);
            await bench.UntilDown();
            await bench.UntilUp();
        }
        await PassSecond(bench);

        var truths = await bench.Server.Ask(pbx => pbx.Truths, bench.Impatience);
        Assert.That(_tracker.RememberedCount, Is.Zero);
        Assert.That(truths, Has.Length.GreaterThan(40));
        var certain = truths.Where(truth => _calls.TryGetValue(truth.LinkedId, out var call) && call.Uncertain is null).ToList();
        Assert.That(certain, Has.Count.GreaterThan(truths.Length * 3 / 4));
        Assert.That(certain.Where(truth => truth.Result != _calls[truth.LinkedId].Result).Select(truth => truth.LinkedId), Is.Empty);
    }

    // When the ping is answered, everything said before has been heard.
    private async Task PassSecond(AmiBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Connection.Send(new AmiAction("Ping"), bench.Impatience);
        while (bench.Connection.Signals.TryRead(out var signal))
        {
            foreach (var call in _tracker.Apply(signal))
                _calls[call.Key.ExternalId] = call;
        }
    }
}
