using System.Collections.Concurrent;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Presence;

/// <summary>
/// Who sits at a screen. A node says every few seconds which agents it sees; who was seen by none for a while has gone, also when it was the node that
/// fell. What ends by itself, as wrap-up does, ends here: no browser is needed for it.
/// </summary>
internal sealed partial class PresenceScreens(Database database, PresenceBook book, TimeProvider time, ILogger<PresenceScreens> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(10);

    /// <summary>A reload and a short loss of the network are no absence.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, long> screens = [];
    readonly Dictionary<long, long> shown = [];
    DateTimeOffset saidAt;

    /// <summary>When a look came to its end last.</summary>
    DateTimeOffset lookedAt = time.GetUtcNow();

    /// <summary>Since when one look has followed the other.</summary>
    DateTimeOffset lookedWellSince = DateTimeOffset.MinValue;

    /// <summary>What an agent who has a screen at this node is doing, when another node may have brought it about.</summary>
    public event Action<PresenceItem>? Seen;

    /// <summary>A live line of an agent's begins.</summary>
    public async Task Add(string line, long agentId, CancellationToken cancel)
    {
        screens[line] = agentId;
        // Seen first: whoever is here and was last seen long ago would be taken for gone.
        await Say([agentId], cancel);
        await book.Write(agentId, now => new PresenceEvent.Came(now), cancel);
        await Say([agentId], cancel);
    }

    public void Remove(string line) => screens.TryRemove(line, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var due = new PeriodicTimer(LookEvery, time);
        while (await due.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
            }
        }
    }

    /// <summary>What the clock alone brings about.</summary>
    public async Task Look(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // After an outage nobody has said anything for a while: that is no absence, and each node says first whom it sees.
        if (now - lookedAt > SayEvery)
            lookedWellSince = now;
        if (now - saidAt >= SayEvery)
        {
            await Say([.. screens.Values.Distinct()], cancel);
            saidAt = now;
        }
        IReadOnlyList<long> gone, over;
        List<long> back = [];
        await using (var session = await database.Read(cancel))
        {
            foreach (var item in await PresenceStore.Of(session, screens.Values.Distinct(), cancel))
            {
                // Somebody else took the agent for gone.
                if (item.State == AgentState.Offline)
                    back.Add(item.AgentId);
                if (shown.GetValueOrDefault(item.AgentId) == item.Version)
                    continue;
                shown[item.AgentId] = item.Version;
                Seen?.Invoke(item);
            }
            gone = now - lookedWellSince < Grace ? [] : await PresenceStore.Unseen(session, now - Grace, cancel);
            over = await PresenceStore.Due(session, now, cancel);
        }
        await book.Write(
            gone.Select(agentId => (AgentId: agentId, Happened: (Func<DateTimeOffset, PresenceEvent>)(at => new PresenceEvent.Went(at))))
                .Concat(over.Select(agentId => (AgentId: agentId, Happened: (Func<DateTimeOffset, PresenceEvent>)(at => new PresenceEvent.TimePassed(at)))))
                .Concat(back.Select(agentId => (AgentId: agentId, Happened: (Func<DateTimeOffset, PresenceEvent>)(at => new PresenceEvent.Came(at)))))
                .ToLookup(one => one.AgentId, one => one.Happened),
            cancel);
        lookedAt = now;
    }

    async Task Say(IReadOnlyCollection<long> agentIds, CancellationToken cancel)
    {
        if (agentIds.Count == 0)
            return;
        await using var session = await database.Write(cancel);
        await PresenceStore.Saw(session, agentIds, time.GetUtcNow(), cancel);
        await session.Commit(cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: who is present is not looked at now")]
    private partial void LogDatabaseAway(Exception error);
}
