using System.Text.RegularExpressions;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// The filters of one session, as `Action: Filter` adds them: with any include filter only what one of them matches passes;
/// what an exclude filter matches never does.
/// </summary>
internal sealed partial class EventFilters
{
    private readonly List<Filter> _filters = [];

    // MatchCriteria: action(include|exclude),name(Event)[,header(Name)[,method(exact)]]; the header's value stands in Filter.
    public bool TryAdd(string criteria, string value)
    {
        var parts = Parts().Matches(criteria).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        var isComplete = string.Join(',', Parts().Matches(criteria).Select(match => match.Value)) == criteria;
        if (!isComplete || parts.GetValueOrDefault("action") is not ("include" or "exclude") || parts.GetValueOrDefault("method", "exact") != "exact")
            return false;
        _filters.Add(new Filter(parts["action"] == "exclude", parts.GetValueOrDefault("name"), parts.GetValueOrDefault("header"), value));
        return true;
    }

    public bool Pass(SimulatedEvent simulated) =>
        (_filters.All(filter => filter.Excludes) || _filters.Any(filter => !filter.Excludes && filter.Matches(simulated)))
        && !_filters.Any(filter => filter.Excludes && filter.Matches(simulated));

    [GeneratedRegex(@"(action|name|header|method)\(([^()]*)\)")]
    private static partial Regex Parts();

    private sealed record Filter(bool Excludes, string? Name, string? Header, string Value)
    {
        public bool Matches(SimulatedEvent simulated) =>
            (Name is null || Name == simulated.Name)
            && (Header is null || simulated.Text.Contains($"\r\n{Header}: {Value}\r\n", StringComparison.Ordinal));
    }
}
