using System.Diagnostics.CodeAnalysis;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Cards;

/// <summary>One client: the card, its timeline, its notes.</summary>
internal static class CardEndpoints
{
    public static void MapCardEndpoints(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients");
        clients.MapPost("/", Create);
        clients.MapGet("/{id:long}", Card);
        clients.MapPut("/{id:long}", Change);
        clients.MapGet("/{id:long}/timeline", Timeline);
        clients.MapPost("/{id:long}/notes", AddNote);
        clients.MapPut("/{id:long}/notes/{noteId:long}", CorrectNote);
        clients.MapGet("/{id:long}/notes/{noteId:long}/versions", NoteVersions);
    }

    /// <param name="sharesNumbers">Several clients use these numbers: save it although others have them.</param>
    static async Task<Results<Created<ClientCard>, ProblemHttpResult>> Create(
        ClientEdit edit, Access access, ClientStore clients, CardReader cards, ClientSettings settings, CancellationToken cancel, bool sharesNumbers = false)
    {
        if (!CanRead(edit, settings, known: [], out var fields, out var refusal))
            return refusal;
        var result = await clients.Create(access, fields, sharesNumbers, cancel);
        return result is ClientEditResult.Saved saved
            ? TypedResults.Created($"/api/clients/{saved.ClientId}", await JustSaved(access, saved.ClientId, cards, cancel))
            : await Refusal(result, access, 0, cards, cancel);
    }

    static async Task<Results<Ok<ClientCard>, ProblemHttpResult>> Card(long id, Access access, CardReader cards, CancellationToken cancel) =>
        await cards.Card(access, id, cancel) is { } card ? TypedResults.Ok(card) : Problems.NotFound();

    static async Task<Results<Ok<ClientCard>, ProblemHttpResult>> Change(
        long id, ClientEdit edit, Access access, ClientStore clients, CardReader cards, ClientSettings settings, CancellationToken cancel, bool sharesNumbers = false)
    {
        // Hardly ever: a number that no plan knows stands on the card already.
        if (!CanRead(edit, settings, known: [], out var fields, out var refusal)
            && !CanRead(edit, settings, await NumbersOf(access, id, cards, cancel), out fields, out refusal))
            return refusal;
        var result = await clients.Change(access, id, edit.Version, fields, sharesNumbers, cancel);
        return result is ClientEditResult.Saved ? TypedResults.Ok(await JustSaved(access, id, cards, cancel)) : await Refusal(result, access, id, cards, cancel);
    }

    static async Task<Results<Ok<Page<TimelineEntry>>, ProblemHttpResult>> Timeline(
        long id, string? kind, [AsParameters] PageQuery page, Access access, CardReader cards, CancellationToken cancel)
    {
        if (!page.IsValid(out var cursor, out var take, out var refusal))
            return refusal;
        if (kind is not null && !TimelineKinds.All.Contains(kind))
            return Problems.Invalid("kind", "call, message, note, inquiry or task.");
        return await cards.Timeline(access, id, kind, cursor, take, cancel) is { } timeline ? TypedResults.Ok(timeline) : Problems.NotFound();
    }

    static async Task<Results<Created<NoteItem>, ProblemHttpResult>> AddNote(long id, NewNote note, Access access, ClientNotes notes, CancellationToken cancel) =>
        await notes.Add(access, id, note.CallId, note.Text, cancel) switch
        {
            NoteResult.Added added => TypedResults.Created($"/api/clients/{id}/timeline?kind=note", added.Note),
            NoteResult.NoSuchCall => Problems.Invalid("callId", "This call is not one of the client's."),
            _ => Problems.NotFound(),
        };

    static async Task<Results<Ok<NoteItem>, ProblemHttpResult>> CorrectNote(
        long id, long noteId, NoteEdit edit, Access access, ClientNotes notes, CancellationToken cancel) =>
        await notes.Correct(access, id, noteId, edit.Version, edit.Text, cancel) switch
        {
            NoteResult.Corrected corrected => TypedResults.Ok(corrected.Note),
            NoteResult.NotYours => Problems.Of(StatusCodes.Status403Forbidden, "not_your_note", "A note is corrected by its author or by a supervisor."),
            NoteResult.ChangedByOther changed => Problems.Conflict("changed_by_other", "Somebody else corrected this note meanwhile.", ("current", changed.Note)),
            _ => Problems.NotFound(),
        };

    static async Task<Ok<IReadOnlyList<NoteVersion>>> NoteVersions(long id, long noteId, Access access, ClientNotes notes, CancellationToken cancel) =>
        TypedResults.Ok(await notes.Versions(access, id, noteId, cancel));

    static bool CanRead(
        ClientEdit edit, ClientSettings settings, IReadOnlyCollection<string> known, [NotNullWhen(true)] out ClientFields? fields, [NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        fields = ClientFields.Read(edit, settings.Numbers, known, out var notNumbers);
        refusal = notNumbers.Count > 0 ? Problems.Invalid("numbers", $"Not a phone number: {string.Join(", ", notNumbers)}")
            : fields.IsEmpty ? Problems.Invalid("name", "A client has at least a name, a company, an e-mail address or a number.")
            : null;
        return refusal is null;
    }

    static async Task<IReadOnlyCollection<string>> NumbersOf(Access access, long id, CardReader cards, CancellationToken cancel) =>
        [.. (await cards.Card(access, id, cancel))?.Numbers.Select(number => number.E164) ?? []];

    /// <summary>Who has just written a card may read it, even if it was given to somebody else by that.</summary>
    static Task<ClientCard?> JustSaved(Access access, long id, CardReader cards, CancellationToken cancel) =>
        cards.Card(access with { Role = Roles.Admin }, id, cancel);

    static async Task<ProblemHttpResult> Refusal(ClientEditResult refusal, Access access, long id, CardReader cards, CancellationToken cancel) => refusal switch
    {
        ClientEditResult.ChangedByOther => Problems.Conflict(
            "changed_by_other", "Somebody else changed this client meanwhile.", ("current", await cards.Card(access, id, cancel))),
        ClientEditResult.NumberTaken taken => Problems.Conflict("number_taken", "Another client has one of these numbers.", ("clients", taken.By)),
        ClientEditResult.NoSuchOwner => Problems.Invalid("ownerId", "There is no such agent."),
        _ => Problems.NotFound(),
    };
}
