using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

[TestFixture]
internal sealed class DemoTrafficTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_first_call_comes_within_two_seconds() =>
        Assert.That(Day(seed: 1, TimeSpan.FromSeconds(2)).Truths, Is.Not.Empty);

    [TestCase(1)]
    [TestCase(2)]
    public void An_hour_has_calls_of_all_kinds(int seed)
    {
        var truths = Day(seed, TimeSpan.FromHours(2)).Truths.Where(truth => truth.EndedAt is not null).ToList();

        Assert.That(truths, Has.Count.InRange(300, 1200));
        Assert.That(truths.Select(truth => truth.Direction).Distinct().Count(), Is.EqualTo(3));
        CallResult?[] usual = [CallResult.Answered, CallResult.Missed, CallResult.Voicemail, CallResult.NoAnswer];
        Assert.That(truths.Select(truth => truth.Result), Is.SupersetOf(usual));
        Assert.That(truths.Count(truth => truth.Result is CallResult.Answered), Is.GreaterThan(truths.Count / 2));
        Assert.That(truths.Count(truth => truth.Transfers.Length > 0), Is.GreaterThan(0));
        Assert.That(truths.Count(truth => truth.Direction is CallDirection.Inbound && truth.Number is null), Is.GreaterThan(0));
    }

    [Test]
    public void The_same_seed_gives_the_same_day()
    {
        var once = Day(7, TimeSpan.FromHours(1)).Truths.Select(truth => (truth.LinkedId, truth.Result, truth.TalkSeconds));
        var again = Day(7, TimeSpan.FromHours(1)).Truths.Select(truth => (truth.LinkedId, truth.Result, truth.TalkSeconds));
        Assert.That(once, Is.EqualTo(again).AsCollection);
    }

    private static SimulatedPbx Day(int seed, TimeSpan length)
    {
        var office = SimulatedOffice.Of(new("101", "Anna"), new("102", "Boris"), new("103", "Vera"), new("104", "Gleb"), new("105", "Dina"));
        var pbx = new SimulatedPbx(office, seed, start);
        DemoTraffic.Start(pbx, seed, new DemoTrafficOptions { KnownNumbers = ["79161234567", "+79031112233"] });
        pbx.RunUntil(start + length);
        return pbx;
    }
}
