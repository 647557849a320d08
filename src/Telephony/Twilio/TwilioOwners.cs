namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// Which call a leg is a part of. By what ties most: the Dial that called it, the queue that it took somebody from, the conference that it
/// joined, and only then the caller for whom it was called, because somebody else may be at the head of the queue by then.
/// </summary>
internal sealed class TwilioOwners
{
    /// <summary>A part of a part of a part; the bound is for a circle that a confused source could make.</summary>
    private const int DepthMax = 8;

    private readonly TwilioFacts _facts;
    private readonly Dictionary<string, string> _taken;
    private readonly Dictionary<string, string> _hosts = new(StringComparer.Ordinal);

    public TwilioOwners(TwilioFacts facts)
    {
        _facts = facts;
        _taken = facts.Connections.OrderBy(connection => connection.ConnectedAt ?? connection.OverAt).ThenBy(connection => connection.Caller, StringComparer.Ordinal)
            .GroupBy(connection => connection.Agent, StringComparer.Ordinal).ToDictionary(taken => taken.Key, taken => taken.First().Caller, StringComparer.Ordinal);
        foreach (var conference in facts.Conferences.Where(conference => conference.Words.Count > 0))
        {
            var host = HostOf(conference);
            foreach (var word in conference.Words.Where(word => word.Leg != host))
                _hosts.TryAdd(word.Leg, host);
        }
    }

    /// <summary>The leg at the root of the call: itself, when it is no part of another.</summary>
    public TwilioLeg OwnerOf(TwilioLeg leg)
    {
        for (var depth = 0; depth < DepthMax; depth++)
        {
            var above = leg.Parent ?? _taken.GetValueOrDefault(leg.Sid) ?? _hosts.GetValueOrDefault(leg.Sid) ?? leg.Caller;
            if (_facts.Leg(above) is not { } owner || owner == leg)
                break;
            leg = owner;
        }
        return leg;
    }

    public IReadOnlyList<TwilioLeg> MembersOf(TwilioLeg root) =>
        [.. _facts.Legs.Where(leg => leg != root && OwnerOf(leg) == root).OrderBy(leg => leg.StartedAt).ThenBy(leg => leg.Sid, StringComparer.Ordinal)];

    // The client: whose call came to us, or who is labelled so. Among agents, the one who was there first.
    private string HostOf(Conference conference)
    {
        var legs = conference.Words.Select(word => word.Leg).Distinct(StringComparer.Ordinal).ToList();
        return legs.Find(leg => _facts.Leg(leg) is { IsKnown: true, Direction: "inbound", IsAgents: false })
            ?? conference.Words.Find(word => word.Label == "customer")?.Leg
            ?? legs[0];
    }
}
