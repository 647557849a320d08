namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>What will happen, in _order of time; at the same moment in the _order of planning.</summary>
internal sealed class Agenda(DateTimeOffset start)
{
    private readonly PriorityQueue<Plan, (DateTimeOffset At, long Order)> _plans = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>The moment of the next plan; null when nothing is planned.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            while (_plans.TryPeek(out var plan, out var key))
            {
                if (!plan.IsDropped)
                    return key.At;
                _plans.Dequeue();
            }
            return null;
        }
    }

    public Plan After(double seconds, Action act)
    {
        var plan = new Plan(act);
        _plans.Enqueue(plan, (Now + TimeSpan.FromSeconds(Math.Max(0, seconds)), _order++));
        return plan;
    }

    /// <summary>Lets everything happen that is due by then. Time never runs backwards.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (NextAt is { } at && at <= until)
        {
            if (at > Now)
                Now = at;
            _plans.Dequeue().Act();
        }
        if (until > Now)
            Now = until;
    }
}

/// <summary>Something planned; dropped when it has lost its reason.</summary>
internal sealed class Plan(Action act)
{
    public bool IsDropped { get; private set; }

    public void Drop() => IsDropped = true;

    public void Act() => act();
}
