using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Missed;

/// <summary>Lost calls, the newest first, and what is done about them.</summary>
internal static class LostEndpoints
{
    public static void MapLostEndpoints(this IEndpointRouteBuilder api)
    {
        var lost = api.MapGroup("/lost");
        lost.MapGet("/", List);
        lost.MapGet("/count", async (Access access, LostList list, CancellationToken cancel) => TypedResults.Ok(await list.Count(access, cancel)));
        lost.MapGet("/{callId:long}", async Task<Results<Ok<LostItem>, ProblemHttpResult>> (long callId, Access access, LostList list, CancellationToken cancel) =>
            await list.Of(access, callId, cancel) is { } item ? TypedResults.Ok(item) : Problems.NotFound());
        lost.MapPost("/{callId:long}/claim", async (long callId, Access access, LostActions actions, CancellationToken cancel) =>
            Answer(await actions.Claim(access, callId, cancel))).RequireAuthorization(Rights.Person);
        lost.MapPost("/{callId:long}/release", async (long callId, Access access, LostActions actions, CancellationToken cancel) =>
            Answer(await actions.Release(access, callId, cancel))).RequireAuthorization(Rights.Person);
        lost.MapPost("/{callId:long}/close", Close).RequireAuthorization(Rights.Person);
    }

    static async Task<Results<Ok<Page<LostItem>>, ProblemHttpResult>> List(
        [AsParameters] LostFilter filter, [AsParameters] PageQuery page, Access access, LostList list, CancellationToken cancel)
    {
        if (!page.IsValid(out var cursor, out var take, out var refusal))
            return refusal;
        if (filter.State is { } state && !LostWords.States.Contains(state))
            return Problems.Invalid("state", string.Join(", ", LostWords.States));
        if (filter.Cause is { } cause && !CallWords.IsWord<LostCause>(cause))
            return Problems.Invalid("cause", string.Join(", ", LostWords.Causes));
        return TypedResults.Ok(await list.Page(access, filter, cursor, take, cancel));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Close(long callId, LostClosing closing, Access access, LostActions actions, CancellationToken cancel) =>
        LostCloseReasons.All.Contains(closing.Reason)
            ? Answer(await actions.Close(access, callId, closing, cancel))
            : Problems.Invalid("reason", string.Join(", ", LostCloseReasons.All));

    static Results<NoContent, ProblemHttpResult> Answer(LostResult result) => result switch
    {
        LostResult.Done => TypedResults.NoContent(),
        LostResult.Settled => Problems.Conflict("lost_is_settled", "The client was reached meanwhile, or somebody closed it."),
        LostResult.ClaimedByOther other => Problems.Conflict("claimed_by_other", "A colleague is calling this client back.", ("name", other.Name)),
        _ => Problems.NotFound(),
    };
}
