using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Whose phone each extension is, and what keeps calls from popping.</summary>
internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder pbx)
    {
        pbx.MapGet("/extensions", async (ExtensionStore extensions, CancellationToken cancel) => TypedResults.Ok(await extensions.Page(cancel)));
        pbx.MapPut("/extensions", Assign);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Assign(
        ExtensionAssignment assignment, AgentStore agents, CallSources sources, CancellationToken cancel)
    {
        if (!await sources.Has(assignment.Pbx, cancel))
            return Problems.Invalid("pbx", $"There is no PBX {assignment.Pbx}.");
        return await agents.AssignExtension(assignment.Pbx, assignment.Extension, assignment.AgentId, cancel)
            ? TypedResults.NoContent()
            : Problems.Invalid("agentId", "There is no such agent.");
    }
}
