using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Platform;

public sealed class TimeTextsTests
{
    static readonly DateTimeOffset now = new(2026, 3, 10, 15, 0, 0, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 3, 10, 15, 0, 0)));
    readonly TimeTexts english = Texts.In(Language.English).Time;
    readonly TimeTexts russian = Texts.In(Language.Russian).Time;

    [Test]
    public void A_moment_is_told_as_shortly_as_is_clear()
    {
        Assert.Multiple(() =>
        {
            Assert.That(english.Short(now.AddHours(-1), now), Is.EqualTo("14:00"));
            Assert.That(english.Short(now.AddDays(-1), now), Is.EqualTo("yesterday 15:00"));
            Assert.That(russian.Short(now.AddDays(-1), now), Is.EqualTo("вчера 15:00"));
            Assert.That(english.Short(now.AddDays(-5), now), Is.EqualTo("5 Mar 15:00"));
            Assert.That(english.Short(now.AddYears(-1), now), Is.EqualTo("10 Mar 2025"));
        });
    }

    [TestCase(20, "just now", "только что")]
    [TestCase(6 * 60, "6 min ago", "6 мин назад")]
    [TestCase(3 * 3600, "3 h ago", "3 ч назад")]
    [TestCase(86_400, "1 day ago", "1 день назад")]
    [TestCase(5 * 86_400, "5 days ago", "5 дней назад")]
    public void The_past_is_told_roughly(int seconds, string inEnglish, string inRussian)
    {
        Assert.That(english.Ago(now.AddSeconds(-seconds), now), Is.EqualTo(inEnglish));
        Assert.That(russian.Ago(now.AddSeconds(-seconds), now), Is.EqualTo(inRussian));
    }

    [TestCase(14.4, "14 s", "14 с")]
    [TestCase(59.6, "1 min", "1 мин")]
    [TestCase(192, "3 min 12 s", "3 мин 12 с")]
    [TestCase(3720, "1 h 2 min", "1 ч 2 мин")]
    public void Lengths_are_told_in_words(double seconds, string inEnglish, string inRussian)
    {
        Assert.That(english.Length(seconds), Is.EqualTo(inEnglish));
        Assert.That(russian.Length(seconds), Is.EqualTo(inRussian));
    }

    [Test]
    public void Timers_never_run_backwards()
    {
        Assert.That(TimeTexts.Timer(TimeSpan.FromSeconds(-3)), Is.EqualTo("0:00"));
        Assert.That(TimeTexts.Timer(TimeSpan.FromSeconds(134)), Is.EqualTo("2:14"));
        Assert.That(TimeTexts.Timer(TimeSpan.FromSeconds(3734)), Is.EqualTo("1:02:14"));
    }
}
