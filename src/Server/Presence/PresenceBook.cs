using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Presence;

/// <summary>Writes down what happens to agents, and tells whoever shows it.</summary>
internal sealed class PresenceBook(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>What was written by this node, in the order in which it was.</summary>
    public event Action<IReadOnlyList<PresenceChange>>? Changed;

    /// <summary>Of each agent, the events in their order. They happened now.</summary>
    /// <returns>What changed.</returns>
    public async Task<IReadOnlyList<PresenceChange>> Write(ILookup<long, Func<DateTimeOffset, PresenceEvent>> events, CancellationToken cancel)
    {
        if (events.Count == 0)
            return [];
        var firstId = await ids.Take(events.Count, cancel);
        List<PresenceChange> changes = [];
        await using (var session = await database.Write(cancel))
        {
            var now = time.GetUtcNow();
            var held = await PresenceStore.Hold(session, [.. events.Select(agent => agent.Key)], now, cancel);
            foreach (var agent in events.Where(agent => held.ContainsKey(agent.Key)))
            {
                var before = held[agent.Key];
                var after = agent.Aggregate(before, (presence, happened) => presence.After(happened(now)));
                if (before.Version == 0 || !after.IsSame(before))
                    changes.Add(new(agent.Key, before, after with { Version = before.Version + 1 }));
            }
            if (changes.Count == 0)
                return [];
            await PresenceStore.Put(session, changes, firstId, cancel);
            await session.Commit(cancel);
        }
        Changed?.Invoke(changes);
        return changes;
    }

    public Task<IReadOnlyList<PresenceChange>> Write(long agentId, Func<DateTimeOffset, PresenceEvent> happened, CancellationToken cancel) =>
        Write(new[] { happened }.ToLookup(_ => agentId), cancel);
}
