namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// What a call is doing now: hearing a menu, ringing phones, waiting in a queue, talking, leaving a message. A stage ends once, by
/// handing the call to the next one; what it had planned is dropped then.
/// </summary>
internal abstract class CallStage(SimulatedCall call)
{
    private readonly List<Plan> _plans = [];

    protected SimulatedCall Call { get; } = call;
    protected SimulatedPbx Pbx => Call.Pbx;
    protected EventFeed Feed => Call.Pbx.Feed;

    public abstract void Begin();

    /// <summary>Somebody hangs this channel up: its own party, or the CRM by an action. The others' channels follow.</summary>
    public abstract void Lost(SimulatedLeg leg, HangupBy by);

    /// <summary>Whether this channel can be taken out to go elsewhere.</summary>
    public abstract bool CanRelease(SimulatedLeg leg);

    /// <summary>The channel is taken out to go elsewhere; what is left here is hung up.</summary>
    public abstract void Release(SimulatedLeg leg);

    public virtual void Drop()
    {
        foreach (var plan in _plans)
            plan.Drop();
        _plans.Clear();
    }

    protected Plan After(double seconds, Action act)
    {
        var plan = Pbx.After(seconds, act);
        _plans.Add(plan);
        return plan;
    }
}

/// <summary>Who ended something: the party at the far end of a channel, the PBX, or the CRM.</summary>
internal enum HangupBy { Party, Pbx, Crm }
