using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Calls;

namespace ContactCenterCrm.Server.Recordings;

internal enum ListeningVerdict
{
    Allowed,
    NotFound,

    /// <summary>There is such a recording, and the caller may not use it so.</summary>
    NotAllowed,

    Expected,
    Missing,
    Deleted,

    /// <summary>The address was good for a while only.</summary>
    Expired,
}

/// <summary>
/// Decides whether a caller may use a recording, and writes it down before anything is given out: who, what, when, from where; the refused,
/// too. A use is written once, when its ticket is made; the requests that follow are the same use, unless they are refused.
/// </summary>
internal sealed class Listening(RecordingList recordings, RecordingTickets tickets, AuditLog audit)
{
    public async Task<(RecordingTicket? Ticket, ListeningVerdict Verdict)> Ticket(Caller caller, long recordingId, ListeningUse use, CancellationToken cancel)
    {
        var (sound, verdict) = await Look(caller, recordingId, use, cancel);
        await WriteDown(caller, recordingId, use, verdict, cancel);
        return (verdict == ListeningVerdict.Allowed ? tickets.Of(caller.Access, sound!, use) : null, verdict);
    }

    /// <summary>For a use that writes itself down when it is done; a refusal is written here.</summary>
    public async Task<ListeningVerdict> Judge(Caller caller, long recordingId, ListeningUse use, CancellationToken cancel)
    {
        var (_, verdict) = await Look(caller, recordingId, use, cancel);
        if (verdict != ListeningVerdict.Allowed)
            await WriteDown(caller, recordingId, use, verdict, cancel);
        return verdict;
    }

    /// <summary>The sound behind an address. The right is looked up again: it may have been taken away since.</summary>
    public async Task<(Sound? Sound, ListeningUse Use, ListeningVerdict Verdict)> Redeem(Caller caller, string text, CancellationToken cancel)
    {
        if (tickets.Read(caller.Access, text) is not { } ticket)
            return (null, ListeningUse.Play, ListeningVerdict.NotFound);
        if (tickets.IsExpired(ticket))
            return (null, ticket.Use, ListeningVerdict.Expired);
        var (sound, verdict) = await Look(caller, ticket.RecordingId, ticket.Use, cancel);
        if (verdict == ListeningVerdict.NotAllowed)
            await WriteDown(caller, ticket.RecordingId, ticket.Use, verdict, cancel);
        return (verdict == ListeningVerdict.Allowed ? sound : null, ticket.Use, verdict);
    }

    async Task<(Sound? Sound, ListeningVerdict Verdict)> Look(Caller caller, long recordingId, ListeningUse use, CancellationToken cancel)
    {
        var found = await recordings.Find(caller.Access, recordingId, use, cancel);
        if (found.Sound is not { } sound)
            return (null, found.Exists ? ListeningVerdict.NotAllowed : ListeningVerdict.NotFound);
        return (sound, CallWords.Parse<RecordingState>(sound.State) switch
        {
            RecordingState.Expected => ListeningVerdict.Expected,
            RecordingState.Missing => ListeningVerdict.Missing,
            RecordingState.Deleted => ListeningVerdict.Deleted,
            RecordingState.Ready => ListeningVerdict.Allowed,
        });
    }

    async Task WriteDown(Caller caller, long recordingId, ListeningUse use, ListeningVerdict verdict, CancellationToken cancel)
    {
        if (verdict is ListeningVerdict.Allowed or ListeningVerdict.NotAllowed)
            await audit.Write(caller, new(WordOf(use), AuditWords.Recording, recordingId), verdict == ListeningVerdict.NotAllowed, cancel);
    }

    static string WordOf(ListeningUse use) => use switch
    {
        ListeningUse.Play => AuditWords.Play,
        ListeningUse.Download => AuditWords.Download,
        ListeningUse.Share => AuditWords.Share,
    };
}
