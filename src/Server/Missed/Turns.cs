using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Missed;

/// <summary>Whose turn it is: of some agents, the one whose last turn is longest ago. Pure.</summary>
internal sealed class Turns(IEnumerable<(long AgentId, long Turn)> stored)
{
    readonly Dictionary<long, long> turns = stored.ToDictionary(row => row.AgentId, row => row.Turn);
    readonly HashSet<long> changed = [];

    /// <summary>The rows to store; null: there are none.</summary>
    public string? Changed
    {
        get
        {
            var rows = new JsonRows();
            foreach (var agentId in changed)
                rows.Row().Add(agentId).Add(turns[agentId]);
            return rows.Count > 0 ? rows.Text() : null;
        }
    }

    /// <summary>Null: there is nobody to choose from.</summary>
    public long? Next(IEnumerable<long> candidates)
    {
        var next = candidates.Order().Select(agentId => (long?)agentId).MinBy(agentId => turns.GetValueOrDefault(agentId!.Value));
        if (next is { } chosen)
        {
            turns[chosen] = turns.Values.Append(0).Max() + 1;
            changed.Add(chosen);
        }
        return next;
    }
}
