using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Presence;

/// <summary>Agents whose phones ring, talk and are put down: from saved calls. A batch costs the same few queries, however many calls and agents it has.</summary>
internal sealed partial class PresenceOfCalls(Database database, PresenceBook book, PresenceRulesStore rules, TimeProvider time, ILogger<PresenceOfCalls> log) : ICallWatcher
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>While the database is away it is tried again: the next versions of these calls cannot be saved meanwhile either.</summary>
    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await book.Write(await Events(calls, cancel), cancel);
                return;
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, calls.Count);
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    async Task<ILookup<long, Func<DateTimeOffset, PresenceEvent>>> Events(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var owners = await ExtensionOwners.Of(session, calls.SelectMany(saved => saved.Call.Extensions().Select(extension => (saved.Call.Key.Source, extension))), cancel);
        var inside = await PresenceStore.AgentsIn(session, calls.Select(saved => saved.CallId).Distinct(), cancel);
        List<(long AgentId, Func<DateTimeOffset, PresenceEvent> Happened)> events = [];
        foreach (var saved in calls)
        {
            var phones = saved.Call.Extensions()
                .Select(extension => (Extension: extension, AgentId: owners.TryGetValue((saved.Call.Key.Source, extension), out var owner) ? owner : (long?)null))
                .Where(phone => phone.AgentId is not null)
                .ToLookup(phone => phone.AgentId!.Value, phone => phone.Extension);
            // Who was in it leaves it, even when the extension is somebody else's by now.
            foreach (var agentId in phones.Select(agent => agent.Key).Union(inside[saved.CallId]))
                events.Add((agentId, Moved(saved, [.. phones[agentId]], await rules.WrapUp(saved.Call.Queue, cancel))));
        }
        return events.ToLookup(one => one.AgentId, one => one.Happened);
    }

    static Func<DateTimeOffset, PresenceEvent> Moved(SavedCall saved, string[] extensions, TimeSpan wrapUp)
    {
        // With two phones in one call, an agent does what the busier one does.
        var phase = extensions.Select(extension => CallPhases.Of(saved.Call, extension)).DefaultIfEmpty(CallPhase.Over).MinBy(Rank);
        var rangInVain = extensions.Length > 0 && extensions.All(extension => CallPhases.RangInVain(saved.Call, extension));
        return now => new PresenceEvent.CallMoved(now, saved.CallId, phase, rangInVain, wrapUp);
    }

    static int Rank(CallPhase phase) => phase switch
    {
        CallPhase.Talking => 0,
        CallPhase.OnHold => 1,
        CallPhase.Ringing => 2,
        CallPhase.Over => 3,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: what agents do in {Calls} calls is not known yet")]
    private partial void LogDatabaseAway(Exception error, int calls);
}
