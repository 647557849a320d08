namespace ContactCenterCrm.Server.Calendars;

/// <summary>
/// Time that runs only while a calendar is open. Pure. A moment is open when the clock on the wall says so: an hour that a change of the
/// clock repeats counts twice, one that it leaves out does not count.
/// </summary>
internal sealed class BusinessTime
{
    /// <summary>Around the clock: what counts until somebody says otherwise.</summary>
    public static readonly BusinessTime Always = new([new(
        DateOnly.MinValue,
        TimeZoneInfo.Utc,
        Enum.GetValues<DayOfWeek>().Select(day => (day, new OpenMinutes(0, OpenMinutes.OfDay))),
        new Dictionary<DateOnly, IReadOnlyList<OpenMinutes>>())]);

    readonly IReadOnlyList<Reign> reigns;

    /// <param name="versions">At least one. The earliest also counts before its first day.</param>
    public BusinessTime(IEnumerable<CalendarVersion> versions)
    {
        var ordered = versions.Select(version => (Version: version, From: StartOf(version))).OrderBy(entry => entry.From).ToList();
        if (ordered.Count == 0)
            throw new ArgumentException("There are no hours.", nameof(versions));
        reigns = [.. ordered.Select((entry, i) => new Reign(entry.Version, i + 1 < ordered.Count ? ordered[i + 1].From : DateTime.MaxValue))];
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(at.UtcDateTime, ReignAt(at.UtcDateTime).Version.Zone);
        var minute = local.TimeOfDay.TotalMinutes;
        return ReignAt(at.UtcDateTime).Version.Of(DateOnly.FromDateTime(local)).Any(span => span.From <= minute && minute < span.To);
    }

    /// <summary>The earliest moment by which so much open time has passed since <paramref name="at"/>; with no time at all, that one itself.</summary>
    public DateTimeOffset Add(DateTimeOffset at, TimeSpan businessDuration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(businessDuration, TimeSpan.Zero);
        if (businessDuration == TimeSpan.Zero)
            return at;
        var left = businessDuration;
        foreach (var (from, to) in OpenSince(at.UtcDateTime))
        {
            if (left <= to - from)
                return new(from + left);
            left -= to - from;
        }
        throw new InvalidOperationException($"{businessDuration} of open time after {at:O} lie behind the end of the calendar.");
    }

    /// <summary>The open time from one moment to a later one; none when it is earlier.</summary>
    public TimeSpan Between(DateTimeOffset a, DateTimeOffset b)
    {
        var sum = TimeSpan.Zero;
        foreach (var (from, to) in OpenSince(a.UtcDateTime))
        {
            if (from >= b.UtcDateTime)
                break;
            sum += (to < b.UtcDateTime ? to : b.UtcDateTime) - from;
        }
        return sum;
    }

    /// <summary>The moment itself when it is open; else the next one that is.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset at) => new(OpenSince(at.UtcDateTime).First().From);

    Reign ReignAt(DateTime utc) => reigns.First(reign => utc < reign.End);

    static DateTime StartOf(CalendarVersion version)
    {
        if (version.EffectiveFrom == DateOnly.MinValue)
            return DateTime.MinValue;
        // A midnight that the clock leaves out: the day begins with the minute after the gap.
        var midnight = version.EffectiveFrom.ToDateTime(TimeOnly.MinValue);
        while (version.Zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(1);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, version.Zone);
    }

    /// <summary>The open stretches from a moment on, in order, without an end.</summary>
    IEnumerable<(DateTime From, DateTime To)> OpenSince(DateTime utc)
    {
        while (true)
        {
            var reign = ReignAt(utc);
            var (offset, end) = Stretch(reign.Version.Zone, utc);
            if (end > reign.End)
                end = reign.End;
            var midnight = DateTime.SpecifyKind((utc + offset).Date, DateTimeKind.Utc) - offset;
            foreach (var span in reign.Version.Of(DateOnly.FromDateTime(utc + offset)))
            {
                var from = Later(utc, midnight.AddMinutes(span.From));
                var to = Earlier(end, midnight.AddMinutes(span.To));
                if (from < to)
                    yield return (from, to);
            }
            utc = end;
        }
    }

    /// <summary>From a moment to the end of its day, or to where the clock is changed before that; and what the clock shows beyond UTC.</summary>
    static (TimeSpan Offset, DateTime End) Stretch(TimeZoneInfo zone, DateTime utc)
    {
        var offset = zone.GetUtcOffset(utc);
        var end = DateTime.SpecifyKind((utc + offset).Date.AddDays(1), DateTimeKind.Utc) - offset;
        if (zone.GetUtcOffset(end) == offset)
            return (offset, end);
        // Clocks are changed on whole minutes: the first one with another offset is where.
        long same = utc.Ticks / TimeSpan.TicksPerMinute, other = end.Ticks / TimeSpan.TicksPerMinute;
        while (other - same > 1)
        {
            var middle = (same + other) / 2;
            if (zone.GetUtcOffset(new DateTime(middle * TimeSpan.TicksPerMinute, DateTimeKind.Utc)) == offset)
                same = middle;
            else
                other = middle;
        }
        return (offset, new(other * TimeSpan.TicksPerMinute, DateTimeKind.Utc));
    }

    static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    readonly record struct Reign(CalendarVersion Version, DateTime End);
}
