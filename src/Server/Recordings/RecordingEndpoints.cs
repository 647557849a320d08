using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Recordings for people and programs: what there is, and a way to hear it for those who may.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecordingEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/calls/{id:long}/recordings", async Task<Results<Ok<IReadOnlyList<RecordingItem>>, ProblemHttpResult>> (
            long id, Access access, RecordingList recordings, CancellationToken cancel) =>
            await recordings.OfCall(access, id, cancel) is { } items ? TypedResults.Ok(items) : Problems.NotFound());

        var group = api.MapGroup("/recordings");
        group.MapGet("/", List);
        group.MapGet("/coverage", async (DateTimeOffset from, DateTimeOffset to, Access access, RecordingList recordings, CancellationToken cancel) =>
            TypedResults.Ok(await recordings.Coverage(access, from, to, cancel)));
        group.MapGet("/{id:long}", async Task<Results<Ok<RecordingDetails>, ProblemHttpResult>> (
            long id, Access access, RecordingList recordings, CancellationToken cancel) =>
            await recordings.Details(access, id, cancel) is { } details ? TypedResults.Ok(details) : Problems.NotFound());
        group.MapPost("/{id:long}/play", (long id, Caller caller, Listening listening, CancellationToken cancel) =>
            Ticket(id, ListeningUse.Play, caller, listening, cancel));
        group.MapPost("/{id:long}/download", (long id, Caller caller, Listening listening, CancellationToken cancel) =>
            Ticket(id, ListeningUse.Download, caller, listening, cancel));
        group.MapGet("/{id:long}/peaks", async Task<Results<Ok<RecordingPeaks>, ProblemHttpResult>> (
            long id, Access access, RecordingList recordings, CancellationToken cancel) =>
            await recordings.Peaks(access, id, cancel) is { } peaks ? TypedResults.Ok(peaks) : Problems.NotFound());
        group.MapPost("/{id:long}/shares", Share).RequireAuthorization(Rights.Person);
        group.MapDelete("/{id:long}/shares/{shareId:long}", async Task<Results<NoContent, ProblemHttpResult>> (
            long id, long shareId, Caller caller, RecordingShares shares, CancellationToken cancel) =>
            await shares.End(caller, id, shareId, cancel) ? TypedResults.NoContent() : Problems.NotFound()).RequireAuthorization(Rights.Person);
        group.MapGet("/{id:long}/uses", async Task<Results<Ok<IReadOnlyList<RecordingUse>>, ProblemHttpResult>> (
            long id, Access access, RecordingUses uses, CancellationToken cancel) =>
            await uses.Of(access, id, cancel) is { } items ? TypedResults.Ok(items) : Problems.NotFound());
        group.MapGet("/sound/{ticket}", Sound);
    }

    static async Task<Results<Ok<Page<RecordedCall>>, ProblemHttpResult>> List(
        [AsParameters] RecordedCallFilter filter, [AsParameters] PageQuery page, Access access, RecordingList recordings, CancellationToken cancel)
    {
        if (!page.IsValid(out var cursor, out var take, out var refusal))
            return refusal;
        if (filter.Direction is { } direction && !CallWords.IsWord<CallDirection>(direction))
            return Problems.Invalid("direction", "inbound, outbound or internal.");
        if (filter.Result is { } result && !CallWords.IsWord<CallResult>(result))
            return Problems.Invalid("result", "answered, voicemail, missed, no_answer, busy, declined, cancelled or failed.");
        return TypedResults.Ok(await recordings.Page(access, filter, cursor, take, cancel));
    }

    static async Task<Results<Ok<RecordingTicket>, ProblemHttpResult>> Ticket(
        long id, ListeningUse use, Caller caller, Listening listening, CancellationToken cancel)
    {
        var (ticket, verdict) = await listening.Ticket(caller, id, use, cancel);
        return ticket is not null ? TypedResults.Ok(ticket) : Refusal(verdict);
    }

    static async Task<Results<Ok<RecordingShareItem>, ProblemHttpResult>> Share(
        long id, RecordingShareEdit edit, Caller caller, Listening listening, RecordingShares shares, CancellationToken cancel)
    {
        var verdict = await listening.Judge(caller, id, ListeningUse.Share, cancel);
        if (verdict != ListeningVerdict.Allowed)
            return Refusal(verdict);
        return await shares.Share(caller, id, edit, cancel) is { } share
            ? TypedResults.Ok(share)
            : Problems.Invalid("agentId", "There is no such colleague.");
    }

    static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Sound(
        string ticket, Caller caller, HttpContext context, Listening listening, IBlobs blobs, CancellationToken cancel)
    {
        var (sound, use, verdict) = await listening.Redeem(caller, ticket, cancel);
        if (sound is null)
            return Refusal(verdict);
        if (await blobs.Open(sound.BlobKey!, cancel) is not { } stream)
            return Problems.Of(StatusCodes.Status404NotFound, "recording_gone", "The sound is not in the storage any more. Tell an admin.");
        // Neither a proxy nor the disk of this machine keeps it.
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Stream(
            stream, sound.ContentType, use == ListeningUse.Download ? FileName(sound) : null, entityTag: new EntityTagHeaderValue($"\"{sound.Sha256}\""), enableRangeProcessing: true);
    }

    // Without numbers and names of clients: files travel.
    static string FileName(Sound sound) => string.Create(
        CultureInfo.InvariantCulture,
        $"recording-{sound.Id}-{sound.RecordedAt.UtcDateTime:yyyyMMdd-HHmmss}.{sound.ContentType switch { "audio/mpeg" => "mp3", "audio/ogg" => "ogg", _ => "wav" }}");

    static ProblemHttpResult Refusal(ListeningVerdict verdict) => verdict switch
    {
        ListeningVerdict.NotFound => Problems.NotFound(),
        ListeningVerdict.NotAllowed => Problems.Of(StatusCodes.Status403Forbidden, "may_not_listen", "Your role does not cover this with this recording."),
        ListeningVerdict.Expected => Problems.Conflict("recording_expected", "The recording has not arrived yet."),
        ListeningVerdict.Missing => Problems.Conflict("recording_missing", "The PBX has delivered no sound of it."),
        ListeningVerdict.Deleted => Problems.Conflict("recording_deleted", "The recording was deleted by a rule."),
        ListeningVerdict.Expired => Problems.Of(StatusCodes.Status410Gone, "ticket_expired", "This address was good for a while only. Ask for another one."),
        ListeningVerdict.Allowed => throw new InvalidOperationException("What is allowed is no refusal."),
    };
}
