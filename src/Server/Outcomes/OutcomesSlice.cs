using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Outcomes;

/// <summary>How calls ended for the business. Agents choose it when they finish a card (slice Desk).</summary>
internal static class OutcomesSlice
{
    const int ListsMax = 500, OutcomesMax = 100, LengthMax = 200;

    public static IServiceCollection AddOutcomes(this IServiceCollection services) => services.AddSingleton<OutcomeStore>();

    public static void MapOutcomes(this IEndpointRouteBuilder api)
    {
        var outcomes = api.MapGroup("/outcomes");
        outcomes.MapGet("/", async (OutcomeStore store, CancellationToken cancel) => TypedResults.Ok(await store.Lists(cancel)));
        outcomes.MapPut("/", Set).RequireAuthorization(Rights.Admin);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Set(IReadOnlyList<OutcomeList> lists, OutcomeStore store, CancellationToken cancel)
    {
        if (lists.Count > ListsMax || lists.Select(list => list.Queue.Trim()).Distinct().Count() < lists.Count)
            return Problems.Invalid("queue", "At most one list for each queue.");
        if (lists.Any(list => list.Outcomes.Count > OutcomesMax || list.Outcomes.Any(outcome => string.IsNullOrWhiteSpace(outcome) || outcome.Length > LengthMax)))
            return Problems.Invalid("outcomes", $"At most {OutcomesMax} in a list, each of 1 to {LengthMax} characters.");
        if (lists.Any(list => list.IsRequired && list.Outcomes.Count == 0))
            return Problems.Invalid("isRequired", "Where one is required, there is one to choose.");
        await store.Set(lists, cancel);
        return TypedResults.NoContent();
    }
}
