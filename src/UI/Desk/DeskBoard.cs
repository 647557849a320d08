using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Desk;

/// <summary>What is at the desk, as the server said last. The server owns all of it: a whole state replaces everything, a card replaces older revisions of itself.</summary>
internal sealed class DeskBoard(ServerClock clock, TimeProvider time)
{
    /// <summary>How long a card stays after its phone stopped ringing: the server sends it a last time, with the reason, and is done with it.</summary>
    static readonly TimeSpan WithdrawnShown = TimeSpan.FromSeconds(4);

    readonly Dictionary<long, DeskCard> cards = [];

    public event Action? Changed;

    /// <summary>False until the server spoke for the first time.</summary>
    public bool IsLoaded { get; private set; }

    public IReadOnlyList<string> Extensions { get; private set; } = [];

    public IReadOnlyList<PbxLinkDown> LinksDown { get; private set; } = [];

    /// <summary>What the agent is doing, as the server sees it. Null until it has said so.</summary>
    public PresenceItem? Presence { get; private set; }

    /// <summary>Lost calls whose client waits.</summary>
    public LostCount Lost { get; private set; } = new();

    /// <summary>Calls that the agent asked for and that have no card: under way, or failed.</summary>
    public IReadOnlyList<DialItem> Dials { get; private set; } = [];

    /// <summary>The most urgent first: what is talked, then what rings, then what waits to be finished; the oldest first among equals.</summary>
    public IReadOnlyList<DeskCard> Cards { get; private set; } = [];

    /// <summary>The card that matters most now; null on an empty desk.</summary>
    public DeskCard? Current => Cards.FirstOrDefault(card => card.State != DeskCardState.Withdrawn);

    public void Replace(DeskState state)
    {
        clock.Set(state.ServerTime);
        cards.Clear();
        foreach (var card in state.Cards)
            cards[card.CallId] = card;
        (Extensions, Dials, LinksDown, Lost, IsLoaded) = (state.Extensions, state.Dials, state.LinksDown, state.Lost, true);
        if (state.Presence is { } presence && !(Presence?.Version > presence.Version))
            Presence = presence;
        Publish();
    }

    /// <summary>A late older revision changes nothing.</summary>
    public void Put(DeskCard card)
    {
        if (cards.TryGetValue(card.CallId, out var known) && known.Revision >= card.Revision)
            return;
        cards[card.CallId] = card;
        if (card.State == DeskCardState.Withdrawn)
            _ = RemoveLater(card);
        Publish();
    }

    public void HearLinksDown(IReadOnlyList<PbxLinkDown> linksDown)
    {
        LinksDown = linksDown;
        Publish();
    }

    /// <summary>A late older one changes nothing.</summary>
    public void HearPresence(PresenceItem presence)
    {
        if (Presence?.Version >= presence.Version)
            return;
        Presence = presence;
        Publish();
    }

    public void HearLost(LostCount lost)
    {
        Lost = lost;
        Publish();
    }

    public void HearDials(IReadOnlyList<DialItem> dials)
    {
        Dials = dials;
        Publish();
    }

    public void RemoveDial(long id)
    {
        Dials = [.. Dials.Where(dial => dial.Id != id)];
        Publish();
    }

    public void Remove(long callId)
    {
        if (cards.Remove(callId))
            Publish();
    }

    /// <summary>Somebody else sits down, or nobody.</summary>
    public void Clear()
    {
        cards.Clear();
        Presence = null;
        (Extensions, Dials, LinksDown, Lost, IsLoaded) = ([], [], [], new(), false);
        Publish();
    }

    async Task RemoveLater(DeskCard withdrawn)
    {
        await Task.Delay(WithdrawnShown, time);
        if (cards.TryGetValue(withdrawn.CallId, out var shown) && shown.Revision == withdrawn.Revision)
            Remove(withdrawn.CallId);
    }

    void Publish()
    {
        Cards = [.. cards.Values.OrderBy(card => card.State.Urgency()).ThenBy(card => card.StartedAt).ThenBy(card => card.CallId)];
        Changed?.Invoke();
    }
}
