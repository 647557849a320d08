namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>A channel of the simulated PBX. Changed only by the PBX that owns it.</summary>
internal sealed class SimulatedLeg(string name, string endpoint, string uniqueid, string linkedid, DateTimeOffset startedAt)
{
    public string Name { get; } = name;

    /// <summary>An extension's number or the trunk.</summary>
    public string Endpoint { get; } = endpoint;

    public string Uniqueid { get; } = uniqueid;

    /// <summary>Changes when calls merge; the older call's wins.</summary>
    public string Linkedid { get; set; } = linkedid;

    public DateTimeOffset StartedAt { get; } = startedAt;
    public LegState State { get; set; }
    public string? CallerNumber { get; set; }
    public string? CallerName { get; set; }
    public string? ConnectedNumber { get; set; }
    public string? ConnectedName { get; set; }
    public string Context { get; set; } = "from-internal";
    public string Exten { get; set; } = "s";
    public int Priority { get; set; } = 1;
    public string Application { get; set; } = "";
    public string ApplicationData { get; set; } = "";
    public SimulatedBridge? Bridge { get; set; }

    /// <summary>The call that this channel belongs to now; an action on the channel goes to it.</summary>
    public SimulatedCall? Call { get; set; }

    public DateTimeOffset? RingingAt { get; set; }
    public DateTimeOffset? UpAt { get; set; }

    /// <summary>Dialplan variables that a client may ask for with Status.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public bool IsGone { get; set; }
}

/// <summary>Asterisk's own numbers for the state of a channel.</summary>
internal enum LegState { Down = 0, Ring = 4, Ringing = 5, Up = 6 }

/// <summary>A bridge: the channels in it hear each other.</summary>
internal sealed class SimulatedBridge(string id)
{
    public string Id { get; } = id;
    public List<SimulatedLeg> Legs { get; } = [];
}
