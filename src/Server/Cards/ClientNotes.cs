using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>What became of a note.</summary>
internal abstract record NoteResult
{
    public sealed record Added(NoteItem Note) : NoteResult;

    public sealed record NoSuchClient : NoteResult;

    public sealed record NoSuchCall : NoteResult;
}

/// <summary>Notes that people write on a card.</summary>
internal sealed class ClientNotes(Database database, IdBlocks ids, TimeProvider time)
{
    /// <param name="callId">The call of this client that the note is about; null for none.</param>
    public async Task<NoteResult> Add(Access access, long clientId, long? callId, string text, CancellationToken cancel)
    {
        var noteId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await CardReader.IsVisible(session, access, clientId, cancel))
            return new NoteResult.NoSuchClient();
        if (callId is { } id && (await CallClients.Of(session, access, id, cancel))?.ClientId != clientId)
            return new NoteResult.NoSuchCall();
        var note = await NoteStore.Add(session, access, noteId, clientId, callId, text, time.GetUtcNow(), cancel);
        await session.Commit(cancel);
        return new NoteResult.Added(note);
    }
}
