using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Outcomes;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Presence;

namespace ContactCenterCrm.Server.Desk;

/// <summary>What became of something that an agent did at the desk.</summary>
internal enum DeskResult
{
    Done,

    /// <summary>The call is not on this agent's desk.</summary>
    NoCard,

    /// <summary>The agent's phone still has to do with the call.</summary>
    IsLive,

    NoSuchClient,

    /// <summary>The queue of the call wants to know how it ended.</summary>
    OutcomeMissing,

    NoSuchOutcome,
}

/// <summary>What agents do with the cards on their own desks.</summary>
internal sealed class OwnDesk(Database database, IdBlocks ids, CallLinks callLinks, LostLedger ledger, DeskPainting painting, PresenceBook presence, TimeProvider time)
{
    /// <summary>Keeps the note as far as it is typed. The last one who saves it wins: it is one person's desk.</summary>
    public async Task<DeskResult> SaveDraft(Access access, long callId, string text, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (!await DeskStore.SetDraft(session, access.AgentId, callId, text, cancel))
            return DeskResult.NoCard;
        await session.Commit(cancel);
        return DeskResult.Done;
    }

    /// <summary>The card leaves the desk, and its note goes to the client's timeline: both, or neither. Closing it again changes nothing.</summary>
    /// <param name="outcome">How it ended; null: nothing was chosen.</param>
    public async Task<DeskResult> Close(Access access, long callId, string? outcome, CancellationToken cancel)
    {
        var noteId = await ids.Next(cancel);
        DeskRow closed;
        await using (var session = await database.Write(cancel))
        {
            if (await DeskStore.Card(session, access.AgentId, callId, cancel) is not { } card)
                return DeskResult.NoCard;
            if (!card.IsOpen)
                return DeskResult.Done;
            if (card.View.IsLive)
                return DeskResult.IsLive;
            switch (await OutcomeStore.Judge(session, card.View.Queue, outcome, hadTalk: card.View.TalkingSince is not null, cancel))
            {
                case OutcomeVerdict.Missing:
                    return DeskResult.OutcomeMissing;
                case OutcomeVerdict.Unknown:
                    return DeskResult.NoSuchOutcome;
                case OutcomeVerdict.Fits when outcome is not null:
                    await OutcomeStore.Choose(session, callId, access.AgentId, outcome, time.GetUtcNow(), cancel);
                    break;
            }
            if (!string.IsNullOrWhiteSpace(card.NoteDraft))
            {
                var call = await CallClients.Of(session, access, callId, cancel);
                await NoteStore.Add(session, access, noteId, call?.ClientId, callId, card.NoteDraft.Trim(), time.GetUtcNow(), cancel);
            }
            closed = card with { Revision = card.Revision + 1, IsOpen = false, NoteDraft = "", ClosedAt = time.GetUtcNow() };
            await DeskStore.Put(session, [closed], cancel);
            await session.Commit(cancel);
        }
        await painting.Add([closed], cancel);
        await presence.Write(access.AgentId, now => new PresenceEvent.WrapUpFinished(now, callId), cancel);
        return DeskResult.Done;
    }

    /// <summary>The agent says which client the call is with: everybody who has it on the desk sees it.</summary>
    public async Task<DeskResult> LinkClient(Access access, long callId, long clientId, CancellationToken cancel)
    {
        await using (var session = await database.Read(cancel))
        {
            if (await DeskStore.Card(session, access.AgentId, callId, cancel) is not { IsOpen: true })
                return DeskResult.NoCard;
        }
        switch (await callLinks.Link(access, callId, clientId, cancel))
        {
            case LinkResult.NoSuchCall:
                return DeskResult.NoCard;
            case LinkResult.NoSuchClient:
                return DeskResult.NoSuchClient;
            case LinkResult.Done:
                await ledger.Take([callId], cancel);
                await Repaint(callId, cancel);
                return DeskResult.Done;
        }
        throw new InvalidOperationException($"Linking call {callId} to client {clientId} ended in no known way.");
    }

    async Task Repaint(long callId, CancellationToken cancel)
    {
        IReadOnlyList<DeskRow> cards;
        await using (var session = await database.Write(cancel))
        {
            cards = [.. (await DeskStore.Cards(session, [callId], [], cancel)).Where(card => card.IsOpen).Select(card => card with { Revision = card.Revision + 1 })];
            await DeskStore.Put(session, cards, cancel);
            await session.Commit(cancel);
        }
        await painting.Add(cards, cancel);
    }
}
