using ContactCenterCrm.Server.Presence;

namespace ContactCenterCrm.Server.Desk;

/// <summary>Tells agents what they are doing, as the server sees it: at once when it was found out here, and within a second when on another node.</summary>
internal sealed class PresenceStrip(PresenceBook book, PresenceScreens presence, DeskScreens screens) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        book.Changed += Show;
        presence.Seen += screens.ShowPresence;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        book.Changed -= Show;
        presence.Seen -= screens.ShowPresence;
        return Task.CompletedTask;
    }

    void Show(IReadOnlyList<PresenceChange> changes)
    {
        foreach (var (agentId, _, now) in changes)
            screens.ShowPresence(now.Item(agentId, now.State));
    }
}
