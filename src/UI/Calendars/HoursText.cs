using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Calendars;

/// <summary>
/// Hours as lines of text, quicker to write than any form. A week: <c>1-5 09:00-18:00</c>, days by number, 1 is Monday. A special day:
/// <c>2026-12-31 10:00-15:00 New Year's Eve</c>; without hours it is closed.
/// </summary>
internal static partial class HoursText
{
    public static string OfWeek(IEnumerable<WeeklySpan> week) =>
        string.Join('\n', week.GroupBy(span => (span.From, span.To)).SelectMany(same => Runs([.. same.Select(span => span.Day).Order()])
            .Select(run => $"{(run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}")} {same.Key.From}-{same.Key.To}")));

    public static string OfSpecialDays(IEnumerable<SpecialDay> days) => string.Join('\n', days.OrderBy(day => day.Date).Select(day =>
        string.Join(' ', [day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. day.Hours.Select(span => $"{span.From}-{span.To}"), day.Name]).TrimEnd()));

    /// <summary>Null when a line cannot be read: it is in <paramref name="fault"/>.</summary>
    public static IReadOnlyList<WeeklySpan>? ReadWeek(string text, out string? fault)
    {
        List<WeeklySpan> week = [];
        foreach (var line in Lines(text))
        {
            var match = WeekLine().Match(line);
            if (!match.Success || (match.Groups["last"].Success && match.Groups["last"].ValueSpan[0] < match.Groups["first"].ValueSpan[0]))
            {
                fault = line;
                return null;
            }
            var first = int.Parse(match.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
            var last = match.Groups["last"].Success ? int.Parse(match.Groups["last"].ValueSpan, CultureInfo.InvariantCulture) : first;
            for (var day = first; day <= last; day++)
                week.Add(new() { Day = day, From = match.Groups["from"].Value, To = match.Groups["to"].Value });
        }
        fault = null;
        return week;
    }

    /// <inheritdoc cref="ReadWeek"/>
    public static IReadOnlyList<SpecialDay>? ReadSpecialDays(string text, out string? fault)
    {
        List<SpecialDay> days = [];
        foreach (var line in Lines(text))
        {
            var match = DayLine().Match(line);
            if (!match.Success || !DateOnly.TryParseExact(match.Groups["date"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                fault = line;
                return null;
            }
            days.Add(new()
            {
                Date = date,
                Name = match.Groups["name"].Value.Trim(),
                Hours = [.. match.Groups["from"].Captures.Zip(match.Groups["to"].Captures, (from, to) => new DaySpan { From = from.Value, To = to.Value })],
            });
        }
        fault = null;
        return days;
    }

    static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<(int First, int Last)> Runs(IReadOnlyList<int> days)
    {
        for (var i = 0; i < days.Count; i++)
        {
            var first = days[i];
            while (i + 1 < days.Count && days[i + 1] == days[i] + 1)
                i++;
            yield return (first, days[i]);
        }
    }

    [GeneratedRegex("^(?<first>[1-7])(-(?<last>[1-7]))? (?<from>([01][0-9]|2[0-3]):[0-5][0-9])-(?<to>([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", RegexOptions.ExplicitCapture)]
    private static partial Regex WeekLine();

    [GeneratedRegex("^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})( (?<from>([01][0-9]|2[0-3]):[0-5][0-9])-(?<to>([01][0-9]|2[0-3]):[0-5][0-9]|24:00))*(?<name> .*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DayLine();
}
