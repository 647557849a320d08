using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;

namespace ContactCenterCrm.Server.Desk;

/// <summary>The cards that a batch of calls has to do with, and what becomes of them. Pure: the caller loads and stores.</summary>
internal sealed class Desks(IReadOnlyList<DeskRow> loaded, DateTimeOffset now)
{
    readonly Dictionary<(long AgentId, long CallId), DeskRow> cards = loaded.ToDictionary(card => (card.AgentId, card.CallId));
    readonly Dictionary<(long AgentId, long CallId), DeskRow> changed = [];

    public IReadOnlyList<DeskRow> Changed => [.. changed.Values];

    /// <param name="ownerOf">The agent who owns an extension of this call's PBX.</param>
    public void Take(SavedCall saved, Func<string, long?> ownerOf)
    {
        var owned = saved.Call.Extensions()
            .Select(extension => (Extension: extension, AgentId: ownerOf(extension)))
            .Where(pair => pair.AgentId is not null)
            .ToLookup(pair => pair.AgentId!.Value, pair => pair.Extension);
        // Whoever has a card keeps getting the truth about it, even when the extension went to somebody else meanwhile.
        var holders = cards.Values.Where(card => card.CallId == saved.CallId).Select(card => card.AgentId);
        foreach (var agentId in owned.Select(group => group.Key).Union(holders).ToList())
            Take(saved, agentId, owned[agentId]);
    }

    /// <summary>A call became a part of another: notes begun on its cards go on with that one.</summary>
    public void CarryNotes(long fromCallId, long toCallId)
    {
        foreach (var begun in cards.Values.Where(card => card.CallId == fromCallId && card.NoteDraft.Length > 0).ToList())
        {
            var to = cards.GetValueOrDefault((begun.AgentId, toCallId)) ?? Left(begun, toCallId);
            var note = to.NoteDraft.Length == 0 ? begun.NoteDraft : $"{to.NoteDraft}\n{begun.NoteDraft}";
            Put(to with { NoteDraft = note, Revision = to.Revision + (changed.ContainsKey((to.AgentId, to.CallId)) ? 0 : 1) });
            Put(begun with { NoteDraft = "" });
        }
    }

    void Take(SavedCall saved, long agentId, IEnumerable<string> extensions)
    {
        var card = cards.GetValueOrDefault((agentId, saved.CallId));
        // An agent with two phones in one call sees what the busier one does.
        var (extension, view) = (card is null ? extensions : extensions.Append(card.Extension)).Distinct()
            .Select(extension => (extension, View: DeskRules.View(saved.Call, extension)))
            .MinBy(pair => pair.View is null ? int.MaxValue : Rank(pair.View.State));
        var isBusy = cards.Values.Any(other => other.AgentId == agentId && other.CallId != saved.CallId && other.IsBusy);
        if (DeskRules.Next(card, view, new(agentId, saved.CallId, extension), isBusy, now) is { } next)
            Put(next);
    }

    static int Rank(DeskCardState state) => state switch
    {
        DeskCardState.Talking => 0,
        DeskCardState.OnHold => 1,
        DeskCardState.Ringing => 2,
        DeskCardState.Dialling => 3,
        DeskCardState.WrapUp => 4,
        DeskCardState.Withdrawn => 5,
    };

    /// <summary>The agent has no card for the call that goes on, but began a note: it waits to be finished there.</summary>
    DeskRow Left(DeskRow begun, long callId) => begun with
    {
        CallId = callId,
        Revision = 0,
        IsOpen = true,
        View = begun.View with { State = DeskCardState.WrapUp, EndedAt = now },
        NoteDraft = "",
        OpenedAt = now,
        ClosedAt = null,
    };

    void Put(DeskRow card) => cards[(card.AgentId, card.CallId)] = changed[(card.AgentId, card.CallId)] = card;
}
