using ContactCenterCrm.UI.Calendars;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Calendars;

public sealed class HoursTextTests
{
    [TestCase("1-5 09:00-18:00\n6 10:00-15:00")]
    [TestCase("1-5 09:00-13:00\n1-5 14:00-18:00")]
    [TestCase("6 22:00-06:00")]
    [TestCase("1-7 00:00-24:00")]
    public void A_week_is_read_as_it_is_written(string text)
    {
        var week = HoursText.ReadWeek(text, out var fault);

        Assert.That(fault, Is.Null);
        Assert.That(HoursText.OfWeek(week!), Is.EqualTo(text));
    }

    [TestCase("2026-01-01 New Year")]
    [TestCase("2026-12-30\n2026-12-31 10:00-12:00 13:00-15:00 New Year's Eve")]
    public void Special_days_are_read_as_they_are_written(string text)
    {
        var days = HoursText.ReadSpecialDays(text, out var fault);

        Assert.That(fault, Is.Null);
        Assert.That(HoursText.OfSpecialDays(days!), Is.EqualTo(text));
    }

    [TestCase("8 09:00-18:00")]
    [TestCase("5-1 09:00-18:00")]
    [TestCase("1-5 9-18")]
    [TestCase("1-5 09:00-25:00")]
    public void A_line_that_is_not_clear_is_named(string line)
    {
        Assert.That(HoursText.ReadWeek($"1 09:00-18:00\n{line}", out var fault), Is.Null);
        Assert.That(fault, Is.EqualTo(line));
    }

    [Test]
    public void A_day_that_no_calendar_has_is_named()
    {
        Assert.That(HoursText.ReadSpecialDays("2026-02-30 nothing", out var fault), Is.Null);
        Assert.That(fault, Is.EqualTo("2026-02-30 nothing"));
    }
}
