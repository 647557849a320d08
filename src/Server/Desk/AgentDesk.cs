using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// Turns saved calls into the cards of the agents whose phones they go through: stores what changed, and has it shown to exactly those
/// agents. A batch costs the same few queries, however many calls and agents it has.
/// </summary>
internal sealed partial class AgentDesk(Database database, DeskPainting painting, TimeProvider time, ILogger<AgentDesk> log) : ICallWatcher
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>While the database is away it is tried again: the next versions of these calls cannot be saved meanwhile either.</summary>
    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await Take(calls, cancel);
                return;
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, calls.Count);
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    async Task Take(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        IReadOnlyList<DeskRow> changed;
        await using (var session = await database.Write(cancel))
        {
            changed = await Change(session, calls, cancel);
            if (changed.Count == 0)
                return;
            await DeskStore.Put(session, changed, cancel);
            await session.Commit(cancel);
        }
        await painting.Add(changed, cancel);
    }

    async Task<IReadOnlyList<DeskRow>> Change(DbSession session, IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        var owners = await ExtensionOwners.Of(session, calls.SelectMany(saved => Extensions(saved.Call)), cancel);
        var targets = await Targets(session, calls, cancel);
        var cards = await DeskStore.Cards(session, calls.Select(saved => saved.CallId).Concat(targets.Values), owners.Values.Distinct(), cancel);
        if (owners.Count == 0 && cards.Count == 0)
            return [];
        var desks = new Desks(cards, time.GetUtcNow());
        foreach (var saved in calls)
            desks.Take(saved, extension => owners.TryGetValue((saved.Call.Key.Source, extension), out var agentId) ? agentId : null);
        foreach (var saved in calls.Where(saved => saved.Call.MergedInto is { } target && targets.ContainsKey(target)))
            desks.CarryNotes(saved.CallId, targets[saved.Call.MergedInto!.Value]);
        return desks.Changed;
    }

    static IEnumerable<(string Pbx, string Extension)> Extensions(Call call) =>
        call.Extensions().Select(extension => (call.Key.Source, extension));

    /// <summary>The calls that others of the batch turned out to be a part of.</summary>
    static async Task<IReadOnlyDictionary<CallKey, long>> Targets(DbSession session, IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        var keys = calls.Select(saved => saved.Call.MergedInto).OfType<CallKey>().Distinct().ToList();
        return keys.Count == 0 ? new Dictionary<CallKey, long>() : await DeskStore.CallIds(session, keys, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Calls} calls are not on their desks yet")]
    private partial void LogDatabaseAway(Exception error, int calls);
}
