using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Calls;

/// <summary>Calls, the newest first, and the story of one.</summary>
internal static class CallEndpoints
{
    public static void MapCallEndpoints(this IEndpointRouteBuilder api)
    {
        var calls = api.MapGroup("/calls");
        calls.MapGet("/", List);
        calls.MapGet("/{id:long}", Story);
        calls.MapGet("/completeness", async (DateTimeOffset? from, DateTimeOffset? to, CallDiary diary, CancellationToken cancel) =>
            TypedResults.Ok(await diary.Completeness(from ?? Cursor.Earliest, to ?? Cursor.Start.At, cancel)));
    }

    public static void MapQuarantine(this IEndpointRouteBuilder api) => api.MapGet("/pbx/quarantine", Quarantined).RequireAuthorization(Rights.Admin);

    static async Task<Results<Ok<Page<CallItem>>, ProblemHttpResult>> List(
        [AsParameters] CallFilter filter, [AsParameters] PageQuery page, Access access, CallList calls, CancellationToken cancel)
    {
        if (!page.IsValid(out var cursor, out var take, out var refusal))
            return refusal;
        if (filter.Direction is { } direction && !CallWords.IsWord<CallDirection>(direction))
            return Problems.Invalid("direction", "inbound, outbound or internal.");
        if (filter.Result is { } result && !CallWords.IsWord<CallResult>(result))
            return Problems.Invalid("result", "answered, voicemail, missed, no_answer, busy, declined, cancelled or failed.");
        return TypedResults.Ok(await calls.Page(access, filter, cursor, take, cancel));
    }

    static async Task<Results<Ok<CallStory>, ProblemHttpResult>> Story(long id, Access access, CallList calls, CancellationToken cancel) =>
        await calls.Story(access, id, cancel) is { } story ? TypedResults.Ok(story) : Problems.NotFound();

    static async Task<Results<Ok<Page<QuarantineItem>>, ProblemHttpResult>> Quarantined(
        [AsParameters] PageQuery page, QuarantineStore quarantine, CancellationToken cancel) =>
        page.IsValid(out var cursor, out var take, out var refusal) ? TypedResults.Ok(await quarantine.Page(cursor, take, cancel)) : refusal;
}
