using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Audit;

/// <summary>The audit: other slices write into it, the admin reads it.</summary>
internal static class AuditSlice
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>();

    public static void MapAudit(this IEndpointRouteBuilder api) => api.MapGet("/audit", List).RequireAuthorization(Rights.Admin);

    static async Task<Results<Ok<Page<AuditEvent>>, ProblemHttpResult>> List(
        [AsParameters] AuditFilter filter, [AsParameters] PageQuery page, AuditLog audit, CancellationToken cancel) =>
        page.IsValid(out var cursor, out var take, out var refusal) ? TypedResults.Ok(await audit.Page(filter, cursor, take, cancel)) : refusal;
}
