using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Dialling;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Presence;
using Microsoft.AspNetCore.SignalR;

namespace ContactCenterCrm.Server.Desk;

/// <summary>What stands on the agents' screens: each agent's browsers are a group, and a card goes to its agent's group alone.</summary>
internal sealed partial class DeskScreens(
    Database database, PbxLinkStore links, LostList lost, IHubContext<DeskHub> hub, TimeProvider time, ILogger<DeskScreens> log)
{
    public static string GroupOf(long agentId) => $"agent:{agentId}";

    /// <summary>Paints cards that have just been stored, and sends each to its agent.</summary>
    public async Task Show(IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        // A withdrawn card is shown once more, with the reason; any other that left is just gone.
        var shown = cards.Where(card => card.IsOpen || card.View.State == DeskCardState.Withdrawn).ToList();
        IReadOnlyList<DeskCard> painted;
        await using (var session = await database.Read(cancel))
            painted = await DeskPainter.Paint(session, shown, cancel);
        foreach (var (row, card) in shown.Zip(painted))
            _ = Send(row.AgentId, DeskHubNames.Card, card);
        foreach (var row in cards.Except(shown))
            _ = Send(row.AgentId, DeskHubNames.Closed, row.CallId);
    }

    /// <summary>Everything at an agent's desk.</summary>
    public async Task<DeskState> State(long agentId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return new()
        {
            Cards = await DeskPainter.Paint(session, await DeskStore.OpenCards(session, agentId, cancel), cancel),
            Extensions = await session.Query<string>(ExtensionsSql(session.Dialect), new { agentId }, cancel),
            Dials = await DialStore.Open(session, agentId, cancel),
            Presence = await PresenceStore.Of(session, [agentId], cancel) is [var presence] ? presence : null,
            LinksDown = await links.Down(cancel),
            Lost = (await lost.Counts([agentId], cancel)).GetValueOrDefault(agentId) ?? new(),
            ServerTime = time.GetUtcNow(),
        };
    }

    /// <summary>
    /// Sends the whole desk to a browser that has joined its agent's group. A card that changed while the desk was read may have
    /// arrived before it, and would be wiped out: so the desk is sent again until nothing changed in between.
    /// </summary>
    public async Task ShowAll(long agentId, Func<DeskState, Task> send, CancellationToken cancel)
    {
        for (DeskState? sent = null; ;)
        {
            var state = await State(agentId, cancel);
            if (sent is not null && Marks(sent).SequenceEqual(Marks(state)))
                return;
            await send(state);
            sent = state;
        }
    }

    /// <summary>Tells every desk which PBXs are not heard now.</summary>
    public async Task ShowLinks(CancellationToken cancel) => await hub.Clients.All.SendAsync(DeskHubNames.LinksDown, await links.Down(cancel), cancel);

    /// <summary>Tells an agent's browsers how many lost calls wait.</summary>
    public void ShowLost(long agentId, LostCount count) => _ = Send(agentId, DeskHubNames.Lost, count);

    /// <summary>Tells an agent what became of the calls that were asked for.</summary>
    public async Task ShowDials(long agentId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        _ = Send(agentId, DeskHubNames.Dials, await DialStore.Open(session, agentId, cancel));
    }

    public void ShowPresence(PresenceItem presence) => _ = Send(presence.AgentId, DeskHubNames.Presence, presence);

    /// <summary>Tells the browsers of these agents, or all of them, that tasks or reminders have changed.</summary>
    public async Task ShowTasks(IReadOnlyCollection<long> agentIds, CancellationToken cancel)
    {
        var desks = agentIds.Count == 0 ? hub.Clients.All : hub.Clients.Groups([.. agentIds.Select(GroupOf)]);
        await desks.SendAsync(DeskHubNames.Tasks, cancel);
    }

    static IEnumerable<(long, long)> Marks(DeskState state) => state.Cards.Select(card => (card.CallId, card.Revision))
        .Concat(state.Dials.Select(dial => (dial.Id, dial.Problem is null ? 0L : 1L)));

    // Nobody waits for it: a browser that does not read would hold up the calls of all others. What it misses comes with the whole
    // desk when it connects again, and revisions keep what is late from being drawn.
    async Task Send(long agentId, string message, object content)
    {
        try
        {
            await hub.Clients.Group(GroupOf(agentId)).SendAsync(message, content, CancellationToken.None);
        }
        catch (Exception error)
        {
            LogNotSent(error, agentId);
        }
    }

    static Sql ExtensionsSql(Dialect _) => new("SELECT extension FROM agent_extension WHERE agent_id = @agentId ORDER BY pbx, extension");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Something for the desk could not be sent to agent {AgentId}")]
    private partial void LogNotSent(Exception error, long agentId);
}
