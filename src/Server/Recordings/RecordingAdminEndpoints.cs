using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Recordings for the admin: rights by role, how long they are kept, what was deleted, how the storage is.</summary>
internal static class RecordingAdminEndpoints
{
    const int KeepDaysMax = 36_500;

    public static void MapRecordingAdmin(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/recordings").RequireAuthorization(Rights.Admin);
        admin.MapGet("/rights", async (RecordingRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.Rights(cancel)));
        admin.MapPut("/rights/{role}", SetRight);
        admin.MapGet("/policy", async (RecordingRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.Policy(cancel)));
        admin.MapPut("/policy", async (RecordingPolicy policy, Caller caller, RecordingRules rules, CancellationToken cancel) =>
        {
            await rules.SetPolicy(caller, policy, cancel);
            return TypedResults.Ok(policy);
        });
        admin.MapGet("/retention", Preview);
        admin.MapGet("/deletions", async Task<Results<Ok<Page<RecordingDeletion>>, ProblemHttpResult>> (
            [AsParameters] PageQuery page, RecordingRetention retention, CancellationToken cancel) =>
            page.IsValid(out var cursor, out var take, out var refusal) ? TypedResults.Ok(await retention.Deletions(cursor, take, cancel)) : refusal);
        admin.MapGet("/storage", async (Access access, RecordingCheck check, CancellationToken cancel) => TypedResults.Ok(await check.Report(access, cancel)));
    }

    static async Task<Results<Ok<ListeningRight>, ProblemHttpResult>> SetRight(
        string role, ListeningRight right, Caller caller, RecordingRules rules, CancellationToken cancel)
    {
        if (!Roles.All.Contains(role))
            return Problems.NotFound();
        if (right.Role != role)
            return Problems.Invalid("role", "The role in the address and in the body differ.");
        await rules.SetRight(caller, right, cancel);
        return TypedResults.Ok(right);
    }

    static async Task<Results<Ok<RetentionPreview>, ProblemHttpResult>> Preview(int keepDays, RecordingRetention retention, CancellationToken cancel) =>
        keepDays is < 1 or > KeepDaysMax
            ? Problems.Invalid("keepDays", $"Between 1 and {KeepDaysMax} days.")
            : TypedResults.Ok(await retention.Preview(keepDays, cancel));
}
