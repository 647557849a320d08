using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>What became of a note.</summary>
internal abstract record NoteResult
{
    public sealed record Added(NoteItem Note) : NoteResult;

    public sealed record NoSuchClient : NoteResult;

    public sealed record NoSuchCall : NoteResult;

    public sealed record Corrected(NoteItem Note) : NoteResult;

    public sealed record NoSuchNote : NoteResult;

    /// <summary>Somebody else wrote it.</summary>
    public sealed record NotYours : NoteResult;

    /// <summary>Somebody corrected it after the editor had loaded it: it says this now.</summary>
    public sealed record ChangedByOther(NoteItem Note) : NoteResult;
}

/// <summary>Notes that people write on a card.</summary>
internal sealed class ClientNotes(Database database, IdBlocks ids, TimeProvider time)
{
    /// <param name="callId">The call of this client that the note is about; null for none.</param>
    public async Task<NoteResult> Add(Access access, long clientId, long? callId, string text, CancellationToken cancel)
    {
        var noteId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await HeldCards.IsAlive(session, clientId, cancel) || !await CardReader.IsVisible(session, access, clientId, cancel))
            return new NoteResult.NoSuchClient();
        if (callId is { } id && (await CallClients.Of(session, access, id, cancel))?.ClientId != clientId)
            return new NoteResult.NoSuchCall();
        var note = await NoteStore.Add(session, access, noteId, clientId, callId, text, time.GetUtcNow(), cancel);
        await session.Commit(cancel);
        return new NoteResult.Added(note);
    }

    /// <param name="version">The one that the editor had loaded.</param>
    public async Task<NoteResult> Correct(Access access, long clientId, long noteId, int version, string text, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (!await CardReader.IsVisible(session, access, clientId, cancel) || await NoteStore.Take(session, clientId, noteId, cancel) is not { } note)
            return new NoteResult.NoSuchNote();
        if (!NoteStore.MayEdit(access, note.AuthorId))
            return new NoteResult.NotYours();
        if (note.Version != version)
            return new NoteResult.ChangedByOther(await Item(session, noteId, cancel));
        await NoteStore.Correct(session, access, noteId, text, time.GetUtcNow(), cancel);
        var corrected = await Item(session, noteId, cancel);
        await session.Commit(cancel);
        return new NoteResult.Corrected(corrected);
    }

    /// <summary>What a note said before. Empty where there is no such note, or it is not for the caller to see.</summary>
    public async Task<IReadOnlyList<NoteVersion>> Versions(Access access, long clientId, long noteId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await CardReader.IsVisible(session, access, clientId, cancel) ? await NoteStore.Versions(session, clientId, noteId, cancel) : [];
    }

    static async Task<NoteItem> Item(DbSession session, long noteId, CancellationToken cancel) =>
        (await NoteStore.OfIds(session, [noteId], cancel))[noteId] with { CanEdit = true };
}
