using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.SignIn;

namespace ContactCenterCrm.UI.Desk;

/// <summary>The notes that are being typed, one for each call at the desk. They outlive pages: going to look something up loses nothing.</summary>
internal sealed class DeskNotes
{
    readonly DeskApi api;
    readonly Browser browser;
    readonly Session session;
    readonly TimeProvider time;
    readonly Dictionary<long, DraftNote> drafts = [];

    public DeskNotes(DeskApi api, DeskBoard board, DeskLine line, Browser browser, Session session, TimeProvider time)
    {
        (this.api, this.browser, this.session, this.time) = (api, browser, session, time);
        board.Changed += () => Follow(board.Cards);
        line.Changed += SaveWhatWaits;
    }

    /// <summary>The draft of a card's note: what this browser kept and the server has not confirmed goes before what the server has.</summary>
    public DraftNote Of(DeskCard card)
    {
        if (drafts.TryGetValue(card.CallId, out var known))
            return known;
        var key = $"note-{session.Me?.Id}-{card.CallId}";
        return drafts[card.CallId] = new DraftNote((text, cancel) => api.SaveNote(card.CallId, text, cancel), Keep, time, card.NoteDraft, browser.Stored(key));

        void Keep(string? text)
        {
            if (text is null)
                browser.Forget(key);
            else
                browser.Store(key, text);
        }
    }

    void Follow(IReadOnlyList<DeskCard> cards)
    {
        foreach (var card in cards)
        {
            if (drafts.TryGetValue(card.CallId, out var draft))
                draft.Hear(card.NoteDraft);
        }

        foreach (var gone in drafts.Keys.Except(cards.Select(card => card.CallId)).ToList())
        {
            drafts[gone].Dispose();
            drafts.Remove(gone);
        }
    }

    void SaveWhatWaits()
    {
        foreach (var draft in drafts.Values.Where(draft => !draft.IsSaved))
            _ = draft.Save();
    }
}
