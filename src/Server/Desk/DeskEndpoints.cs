using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Desk;

/// <summary>The own desk, for whoever cannot be told live, and what the agent does at it.</summary>
internal static class DeskEndpoints
{
    public static void MapDeskEndpoints(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").RequireAuthorization(Rights.Person);
        desk.MapGet("/", async (Access access, DeskScreens screens, CancellationToken cancel) => TypedResults.Ok(await screens.State(access.AgentId, cancel)));
        desk.MapPut("/{callId:long}/note", async (long callId, NoteDraft draft, Access access, OwnDesk own, CancellationToken cancel) =>
            Answer(await own.SaveDraft(access, callId, draft.Text, cancel)));
        desk.MapPost("/{callId:long}/close", async (long callId, FinishCall? finish, Access access, OwnDesk own, CancellationToken cancel) =>
            Answer(await own.Close(access, callId, finish?.Outcome, cancel)));
        desk.MapPost("/{callId:long}/client", async (long callId, LinkCall link, Access access, OwnDesk own, CancellationToken cancel) =>
            Answer(await own.LinkClient(access, callId, link.ClientId, cancel)));
    }

    static Results<NoContent, ProblemHttpResult> Answer(DeskResult result) => result switch
    {
        DeskResult.Done => TypedResults.NoContent(),
        DeskResult.NoCard => Problems.Of(StatusCodes.Status404NotFound, "no_card", "This call is not on your desk."),
        DeskResult.IsLive => Problems.Conflict("call_is_live", "The call goes on: its card stays."),
        DeskResult.OutcomeMissing => Problems.Of(StatusCodes.Status422UnprocessableEntity, "outcome_required", "After a talk in this queue, say how it ended."),
        DeskResult.NoSuchOutcome => Problems.Invalid("outcome", "This is none of the queue's outcomes."),
        DeskResult.NoSuchClient => Problems.Invalid("clientId", "There is no such client, or it is not yours to see."),
    };
}
