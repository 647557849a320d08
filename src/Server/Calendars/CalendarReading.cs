using System.Globalization;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Calendars;

/// <summary>Hours as they are written → hours to reckon with.</summary>
internal static class CalendarReading
{
    /// <summary>Why these hours cannot be kept: the field, and the reason; null when they can.</summary>
    public static (string Field, string Why)? Fault(CalendarHours hours)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hours.Zone, out var zone) || !zone.HasIanaId)
            return ("hours.zone", "There is no such time zone.");
        if (hours.Weekly.Count == 0)
            return ("hours.weekly", "A calendar opens at least once a week.");
        if (hours.SpecialDays.GroupBy(day => day.Date).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return ("hours.specialDays", $"{twice.Key:yyyy-MM-dd} stands here twice.");
        if (hours.SpecialDays.FirstOrDefault(day => day.Hours.Any(span => Minutes(span.From) >= Minutes(span.To))) is { } backwards)
            return ("hours.specialDays", $"On {backwards.Date:yyyy-MM-dd} a span ends before it begins.");
        return null;
    }

    /// <summary>From all versions of a calendar.</summary>
    public static BusinessTime Time(IEnumerable<CalendarHours> versions) => new(versions.Select(Version));

    public static DateOnly Today(string zone, TimeProvider time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    static CalendarVersion Version(CalendarHours hours) => new(
        hours.EffectiveFrom,
        TimeZoneInfo.FindSystemTimeZoneById(hours.Zone),
        hours.Weekly.Select(span => ((DayOfWeek)(span.Day % 7), new OpenMinutes(Minutes(span.From), Minutes(span.To)))),
        hours.SpecialDays.ToDictionary(
            day => day.Date,
            day => (IReadOnlyList<OpenMinutes>)[.. day.Hours.Select(span => new OpenMinutes(Minutes(span.From), Minutes(span.To)))]));

    static int Minutes(string clock) =>
        int.Parse(clock.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture) * 60 + int.Parse(clock.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture);
}
