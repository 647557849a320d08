namespace ContactCenterCrm.Telephony.Calls;

/// <summary>A bridge of the source: the legs in it hear each other.</summary>
internal sealed class Bridge
{
    public HashSet<LiveLeg> Legs { get; } = [];
    public List<string> Names { get; } = [];
    public BridgeKind Kind { get; set; }
}

/// <summary>
/// Who hears whom. Legs in one bridge do, and the two ends of a local pair carry the sound from one bridge into another: a
/// customer and an agent may talk without ever being in one bridge.
/// </summary>
internal sealed class Rooms
{
    private const string ConferencePrefix = "conference ";

    private readonly Dictionary<string, Bridge> _bridges = new(StringComparer.Ordinal);

    public int BridgeCount => _bridges.Count;

    /// <summary>False when the leg was there already.</summary>
    public bool Enter(LiveLeg leg, string bridgeId, BridgeKind kind, string? conference)
    {
        var bridge = BridgeOf(bridgeId, conference is null ? null : ConferencePrefix + conference, kind);
        return Enter(leg, bridge);
    }

    /// <summary>The leg waits at the door of a conference, whose bridge may not exist yet: for people it is inside.</summary>
    public bool EnterConference(LiveLeg leg, string conference) => Enter(leg, BridgeOf(ConferencePrefix + conference, null, BridgeKind.Conference));

    /// <summary>False when the leg was not in that bridge: it has moved on before.</summary>
    public bool Leave(LiveLeg leg, string bridgeId)
    {
        if (leg.Bridge is null || !leg.Bridge.Names.Contains(bridgeId))
            return false;
        Leave(leg);
        return true;
    }

    public void Leave(LiveLeg leg)
    {
        if (leg.Bridge is not { } bridge)
            return;
        leg.Bridge = null;
        bridge.Legs.Remove(leg);
        if (bridge.Legs.Count > 0)
            return;
        foreach (var name in bridge.Names)
            _bridges.Remove(name);
    }

    public static bool Is(string bridgeId, LiveLeg leg) => leg.Bridge is { } bridge && bridge.Names.Contains(bridgeId);

    public IEnumerable<LiveLeg> Know(string bridgeId, BridgeKind kind)
    {
        if (!_bridges.TryGetValue(bridgeId, out var bridge) || bridge.Kind == kind)
            return [];
        bridge.Kind = kind;
        return bridge.Legs;
    }

    /// <summary>All legs that hear this one, itself included; empty when it is in no bridge or parked.</summary>
    public static HashSet<LiveLeg> Around(LiveLeg leg)
    {
        var heard = new HashSet<LiveLeg>();
        var toVisit = new Stack<LiveLeg>();
        toVisit.Push(leg);
        while (toVisit.TryPop(out var next))
        {
            if (next.Bridge is not { Kind: not BridgeKind.Parking } bridge || !heard.Add(next))
                continue;
            foreach (var neighbour in bridge.Legs)
                toVisit.Push(neighbour);
            if (next.Other is { } other)
                toVisit.Push(other);
        }
        return heard;
    }

    private bool Enter(LiveLeg leg, Bridge bridge)
    {
        if (leg.Bridge == bridge)
            return false;
        Leave(leg);
        leg.Bridge = bridge;
        bridge.Legs.Add(leg);
        return true;
    }

    private Bridge BridgeOf(string id, string? alias, BridgeKind kind)
    {
        if (!_bridges.TryGetValue(id, out var bridge) && (alias is null || !_bridges.TryGetValue(alias, out bridge)))
            bridge = new Bridge { Kind = kind };
        Name(bridge, id);
        if (alias is not null)
            Name(bridge, alias);
        return bridge;
    }

    private void Name(Bridge bridge, string name)
    {
        if (_bridges.TryAdd(name, bridge))
            bridge.Names.Add(name);
    }
}
