using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>
/// Finds out which calls are the ones that were asked for: by their names, which we gave them. Whom the agent meant is known better than
/// by the number, so the call is that client's.
/// </summary>
internal sealed class DialWatch(DialStore store, Database database, IdBlocks ids, TimeProvider time) : ICallWatcher
{
    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        var placed = calls.Where(saved => saved.Call.Direction != CallDirection.Inbound).ToDictionary(saved => saved.CallId, saved => saved);
        if (placed.Count == 0)
            return;
        foreach (var begun in await store.Begin([.. placed.Values.Select(saved => (saved.Call.Key, saved.CallId))], cancel))
        {
            if (begun.ClientId is { } clientId && clientId != placed[begun.CallId].ClientId)
                await LinkClient(placed[begun.CallId], clientId, begun.AgentId, cancel);
        }
    }

    async Task LinkClient(SavedCall saved, long clientId, long agentId, CancellationToken cancel)
    {
        var linkId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await CallClients.Link(session, linkId, saved.CallId, saved.ClientId, clientId, agentId, time.GetUtcNow(), cancel);
        await session.Commit(cancel);
    }
}
