using System.Globalization;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.UI.Presence;

/// <summary>Breaks and wrap-up as an admin writes them: a line each, a number behind the last comma.</summary>
internal static class PresenceLines
{
    public static string Of(IEnumerable<BreakReason> breaks) =>
        string.Join('\n', breaks.Select(reason => reason.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{reason.Name}, {minutes}") : reason.Name));

    public static string Of(IEnumerable<WrapUpRule> rules) =>
        string.Join('\n', rules.Where(rule => rule.Queue.Length > 0).Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Queue}, {rule.Seconds}")));

    /// <summary>A line without a number is a break without an end.</summary>
    public static IReadOnlyList<BreakReason> Breaks(string text) =>
        [.. Lines(text).Select(line => Split(line) is { Name.Length: > 0 } pair ? new BreakReason { Name = pair.Name, Minutes = pair.Number } : new BreakReason { Name = line })];

    /// <param name="wrong">The first line that is none; null: all are.</param>
    public static IReadOnlyList<WrapUpRule> Queues(string text, out string? wrong)
    {
        wrong = Lines(text).FirstOrDefault(line => Split(line) is not { Name.Length: > 0 });
        return [.. Lines(text).Select(Split).OfType<(string Name, int Number)>().Select(pair => new WrapUpRule { Queue = pair.Name, Seconds = pair.Number })];
    }

    static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static (string Name, int Number)? Split(string line)
    {
        var comma = line.LastIndexOf(',');
        return comma > 0 && int.TryParse(line[(comma + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (line[..comma].Trim(), number) : null;
    }
}
