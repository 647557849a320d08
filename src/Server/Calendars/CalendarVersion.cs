namespace ContactCenterCrm.Server.Calendars;

/// <summary>Open from the first minute of a day until before the second one, by the clock on the wall.</summary>
internal readonly record struct OpenMinutes(int From, int To)
{
    public const int OfDay = 24 * 60;
}

/// <summary>Hours that reign from a day on: the hours of each day of the week, and days that have their own.</summary>
internal sealed class CalendarVersion
{
    readonly IReadOnlyList<OpenMinutes>[] week;
    readonly IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenMinutes>> special;

    /// <param name="weekly">By day; a span that ends at or before its beginning goes on past midnight.</param>
    /// <param name="special">The hours of days that stand in place of their day of the week.</param>
    /// <exception cref="ArgumentException">It never opens: time in it would have no end.</exception>
    public CalendarVersion(
        DateOnly effectiveFrom,
        TimeZoneInfo zone,
        IEnumerable<(DayOfWeek Day, OpenMinutes Span)> weekly,
        IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenMinutes>> special)
    {
        (EffectiveFrom, Zone) = (effectiveFrom, zone);
        var days = weekly.SelectMany(entry => Halves(entry.Day, entry.Span)).ToLookup(entry => entry.Day, entry => entry.Span);
        week = [.. Enum.GetValues<DayOfWeek>().Select(day => Joined(days[day]))];
        this.special = special.ToDictionary(day => day.Key, day => Joined(day.Value));
        if (week.All(spans => spans.Count == 0))
            throw new ArgumentException("A calendar opens at least once a week.", nameof(weekly));
    }

    public DateOnly EffectiveFrom { get; }
    public TimeZoneInfo Zone { get; }

    /// <summary>In order, apart from each other.</summary>
    public IReadOnlyList<OpenMinutes> Of(DateOnly day) => special.TryGetValue(day, out var own) ? own : week[(int)day.DayOfWeek];

    static IEnumerable<(DayOfWeek Day, OpenMinutes Span)> Halves(DayOfWeek day, OpenMinutes span)
    {
        if (span.From < span.To)
            return [(day, span)];
        return [(day, new(span.From, OpenMinutes.OfDay)), ((DayOfWeek)(((int)day + 1) % 7), new(0, span.To))];
    }

    static IReadOnlyList<OpenMinutes> Joined(IEnumerable<OpenMinutes> spans)
    {
        List<OpenMinutes> joined = [];
        foreach (var span in spans.Where(span => span.From < span.To).OrderBy(span => span.From))
        {
            if (joined.Count > 0 && span.From <= joined[^1].To)
                joined[^1] = joined[^1] with { To = Math.Max(joined[^1].To, span.To) };
            else
                joined.Add(span);
        }
        return joined;
    }
}
