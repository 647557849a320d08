using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Desk;

/// <summary>What an agent does with the cards on the own desk.</summary>
internal static class DeskEndpoints
{
    public static void MapDeskEndpoints(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").RequireAuthorization(Rights.Person);
        desk.MapGet("/", async (Access access, DeskScreens screens, CancellationToken cancel) => TypedResults.Ok(await screens.State(access.AgentId, cancel)));
        desk.MapPut("/{callId:long}/note", SaveDraft);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SaveDraft(
        long callId, NoteDraft draft, Access access, Database database, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (!await DeskStore.SetDraft(session, access.AgentId, callId, draft.Text, cancel))
            return NoCard();
        await session.Commit(cancel);
        return TypedResults.NoContent();
    }

    static ProblemHttpResult NoCard() => Problems.Of(StatusCodes.Status404NotFound, "no_card", "This call is not on your desk.");
}
