using ContactCenterCrm.Server.Calendars;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calendars;

/// <summary>Time that runs only while we are open.</summary>
sealed class BusinessTimeTests
{
    static readonly OpenMinutes Office = new(9 * 60, 18 * 60);
    static readonly DayOfWeek[] workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Test]
    public void A_call_after_hours_is_due_the_next_morning()
    {
        var hours = Weekly("Europe/Moscow", Office, workdays);

        Assert.That(hours.Add(At("2026-03-13T18:30+03:00"), TimeSpan.FromMinutes(15)), Is.EqualTo(At("2026-03-16T09:15+03:00")));
        Assert.That(hours.Add(At("2026-03-13T17:50+03:00"), TimeSpan.FromMinutes(15)), Is.EqualTo(At("2026-03-16T09:05+03:00")));
        Assert.That(hours.Add(At("2026-03-13T17:45+03:00"), TimeSpan.FromMinutes(15)), Is.EqualTo(At("2026-03-13T18:00+03:00")));
        Assert.That(hours.NextOpening(At("2026-03-13T18:00+03:00")), Is.EqualTo(At("2026-03-16T09:00+03:00")));
        Assert.That(hours.NextOpening(At("2026-03-13T17:59+03:00")), Is.EqualTo(At("2026-03-13T17:59+03:00")));
    }

    [Test]
    public void A_night_shift_goes_on_past_midnight()
    {
        var hours = Weekly("Europe/Moscow", new(22 * 60, 6 * 60), DayOfWeek.Saturday);

        Assert.That(hours.IsOpen(At("2026-03-14T23:59+03:00")));
        Assert.That(hours.IsOpen(At("2026-03-15T05:59+03:00")));
        Assert.That(hours.IsOpen(At("2026-03-15T06:00+03:00")), Is.False);
        Assert.That(hours.Between(At("2026-03-14T12:00+03:00"), At("2026-03-15T12:00+03:00")), Is.EqualTo(TimeSpan.FromHours(8)));
    }

    [TestCase("2026-03-29", 23, Description = "the clock leaves out an hour")]
    [TestCase("2026-10-25", 25, Description = "the clock repeats an hour")]
    [TestCase("2026-06-01", 24, Description = "no change")]
    public void A_day_around_the_clock_is_as_long_as_it_is(string day, int hoursLong)
    {
        var hours = Weekly("Europe/Berlin", new(0, OpenMinutes.OfDay), Enum.GetValues<DayOfWeek>());
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var (from, to) = (Midnight(day, 0), Midnight(day, 1));

        Assert.That(hours.Between(from, to), Is.EqualTo(TimeSpan.FromHours(hoursLong)));
        Assert.That(hours.Add(from, TimeSpan.FromHours(hoursLong)), Is.EqualTo(to));

        DateTimeOffset Midnight(string text, int later) => new(TimeZoneInfo.ConvertTimeToUtc(
            DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture).AddDays(later).ToDateTime(TimeOnly.MinValue), zone));
    }

    [Test]
    public void New_hours_leave_what_was_as_it_was()
    {
        var before = Version("Europe/Moscow", "2026-01-01", Office, workdays);
        var after = Version("Europe/Moscow", "2026-03-16", new(12 * 60, 13 * 60), workdays);
        var hours = new BusinessTime([after, before]);
        var old = new BusinessTime([before]);

        var (a, b) = (At("2026-02-01T00:00+03:00"), At("2026-03-16T00:00+03:00"));
        Assert.That(hours.Between(a, b), Is.EqualTo(old.Between(a, b)));
        Assert.That(hours.Between(b, b.AddDays(1)), Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(hours.Between(At("2025-12-01T00:00+03:00"), At("2025-12-02T00:00+03:00")), Is.EqualTo(TimeSpan.FromHours(9)));
    }

    [Test]
    public void A_holiday_is_closed_also_for_the_night_before_it()
    {
        var holiday = new DateOnly(2026, 3, 15);
        var hours = new BusinessTime([new(DateOnly.MinValue, TimeZoneInfo.Utc, [(DayOfWeek.Saturday, new(22 * 60, 6 * 60))],
            new Dictionary<DateOnly, IReadOnlyList<OpenMinutes>> { [holiday] = [] })]);

        Assert.That(hours.Between(At("2026-03-14T00:00Z"), At("2026-03-16T00:00Z")), Is.EqualTo(TimeSpan.FromHours(2)));
    }

    [Test]
    public void Hours_that_never_open_are_refused() =>
        Assert.That(() => Version("Europe/Moscow", "2026-01-01", Office), Throws.ArgumentException);

    [Test]
    public void Around_the_clock_is_plain_time()
    {
        var at = At("2026-03-14T12:34:56Z");
        Assert.That(BusinessTime.Always.Add(at, TimeSpan.FromDays(400)), Is.EqualTo(at.AddDays(400)));
        Assert.That(BusinessTime.Always.IsOpen(at));
    }

    [Test]
    public void It_agrees_with_counting_minute_by_minute() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Cases.ToArbitrary(), Agrees));

    static bool Agrees(Case that)
    {
        var hours = new BusinessTime(that.Versions);
        var open = 0;
        DateTimeOffset? firstOpen = null, reached = null;
        for (var minute = 0; minute < that.Minutes; minute++)
        {
            var at = that.From.AddMinutes(minute);
            var isOpen = IsOpenByTheWall(that.Versions, at);
            if (hours.IsOpen(at) != isOpen)
                return false;
            if (!isOpen)
                continue;
            firstOpen ??= at;
            if (++open == that.Wanted)
                reached = at.AddMinutes(1);
        }
        return hours.Between(that.From, that.From.AddMinutes(that.Minutes)) == TimeSpan.FromMinutes(open)
            && (firstOpen is null || hours.NextOpening(that.From) == firstOpen)
            && (reached is null || hours.Add(that.From, TimeSpan.FromMinutes(that.Wanted)) == reached);
    }

    // The slow reference: which version reigns is decided by each one's own wall clock, and so is whether it is open.
    static bool IsOpenByTheWall(IReadOnlyList<CalendarVersion> versions, DateTimeOffset at)
    {
        var reigning = versions.LastOrDefault(version => DateOnly.FromDateTime(Wall(version).Date) >= version.EffectiveFrom) ?? versions[0];
        var wall = Wall(reigning);
        var minute = wall.Hour * 60 + wall.Minute;
        return reigning.Of(DateOnly.FromDateTime(wall.Date)).Any(span => span.From <= minute && minute < span.To);

        DateTimeOffset Wall(CalendarVersion version) => TimeZoneInfo.ConvertTime(at, version.Zone);
    }

    static Gen<Case> Cases =>
        from zone in Gen.Elements("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC")
        from first in Week
        from second in Week
        from secondDay in Gen.Choose(-3, 5)
        from special in Gen.Choose(0, 6)
        from specialSpans in Gen.ListOf(Span)
        from start in Gen.Elements("2026-03-06T00:00Z", "2026-03-26T00:00Z", "2026-04-03T00:00Z", "2026-10-02T00:00Z", "2026-10-22T00:00Z", "2026-10-30T00:00Z")
        from offset in Gen.Choose(0, 2880)
        from minutes in Gen.Choose(1, 4 * 1440)
        from wanted in Gen.Choose(1, 2000)
        let day = DateOnly.FromDateTime(At(start).UtcDateTime)
        let days = new Dictionary<DateOnly, IReadOnlyList<OpenMinutes>> { [day.AddDays(special)] = [.. specialSpans.Where(span => span.From < span.To)] }
        select new Case(
            [Of(zone, DateOnly.MinValue, first, days), Of(zone, day.AddDays(secondDay), second, days)],
            At(start).AddMinutes(offset),
            minutes,
            wanted);

    static Gen<OpenMinutes> Span =>
        from begin in Gen.Choose(0, OpenMinutes.OfDay - 1)
        from end in Gen.Choose(0, OpenMinutes.OfDay)
        select new OpenMinutes(begin, end);

    static Gen<IReadOnlyList<(DayOfWeek, OpenMinutes)>> Week =>
        from spans in Gen.NonEmptyListOf(from day in Gen.Choose(0, 6) from span in Span select ((DayOfWeek)day, span))
        select (IReadOnlyList<(DayOfWeek, OpenMinutes)>)[.. spans];

    static CalendarVersion Of(
        string zone, DateOnly day, IReadOnlyList<(DayOfWeek, OpenMinutes)> week, IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenMinutes>> special) =>
        new(day, TimeZoneInfo.FindSystemTimeZoneById(zone), week, special);

    static BusinessTime Weekly(string zone, OpenMinutes span, params DayOfWeek[] days) => new([Version(zone, "2020-01-01", span, days)]);

    static CalendarVersion Version(string zone, string from, OpenMinutes span, params DayOfWeek[] days) => Of(
        zone,
        DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        [.. days.Select(day => (day, span))],
        new Dictionary<DateOnly, IReadOnlyList<OpenMinutes>>());

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    sealed record Case(IReadOnlyList<CalendarVersion> Versions, DateTimeOffset From, int Minutes, int Wanted);
}
