namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>The callers who wait in one queue, first come first, and whose turn it is among the members.</summary>
internal sealed class WaitingLine(SimulatedPbx pbx, SimulatedQueue queue)
{
    private int _nextMember;

    public SimulatedQueue Queue { get; } = queue;
    public List<QueueStage> Callers { get; } = [];

    public int PositionOf(QueueStage caller) => Callers.IndexOf(caller) + 1;

    /// <summary>The members to ring now: all the free ones, or the next free one. Callers further down wait their turn.</summary>
    public IReadOnlyList<string> NextMembers(QueueStage caller)
    {
        if (Callers.TakeWhile(other => other != caller).Any(other => !other.IsRinging))
            return [];
        var free = Enumerable.Range(0, Queue.Members.Length)
            .Select(offset => Queue.Members[(_nextMember + offset) % Queue.Members.Length])
            .Where(pbx.IsFree).ToList();
        switch (Queue.Strategy)
        {
            case QueueStrategy.RingAll:
                return [.. Queue.Members.Where(free.Contains)];
            case QueueStrategy.RoundRobin:
                if (free.Count > 0)
                    _nextMember = (Queue.Members.IndexOf(free[0]) + 1) % Queue.Members.Length;
                return [.. free.Take(1)];
        }
        return [];
    }
}
