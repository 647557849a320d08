namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// Says whose tasks or reminders have changed, after the commit: their browsers read them anew. It is a hint for the sake of speed. Who
/// misses it sees the same at the next look, so it is not kept and does not leave the node.
/// </summary>
internal sealed class TaskNews
{
    /// <summary>The agents; empty: all of them.</summary>
    public event Action<IReadOnlyCollection<long>>? Changed;

    /// <param name="agentIds">Owners and deputies, before and after; null among them: it is nobody's, and that concerns everybody.</param>
    public void Tell(IEnumerable<long?> agentIds)
    {
        var ids = agentIds.Distinct().ToList();
        Changed?.Invoke(ids.Contains(null) ? [] : [.. ids.OfType<long>()]);
    }
}
