using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What managers set: funnels, fields, loss reasons, rights; and how deals go through a funnel.</summary>
internal static class FunnelEndpoints
{
    const int ReasonsMax = 500;

    public static void MapFunnelEndpoints(this IEndpointRouteBuilder api)
    {
        var funnels = api.MapGroup("/funnels");
        funnels.MapGet("/", async (Access access, FunnelStore store, CancellationToken cancel) => TypedResults.Ok(await store.List(access, cancel)));
        funnels.MapGet("/{id:long}", One);
        funnels.MapGet("/{id:long}/report", Report);
        funnels.MapPost("/", async (FunnelEdit edit, Access access, FunnelStore store, CancellationToken cancel) => await Save(null, edit, access, store, cancel)).RequireAuthorization(Rights.Manager);
        funnels.MapPut("/{id:long}", async (long id, FunnelEdit edit, Access access, FunnelStore store, CancellationToken cancel) => await Save(id, edit, access, store, cancel)).RequireAuthorization(Rights.Manager);
        funnels.MapPost("/{id:long}/preview", Preview).RequireAuthorization(Rights.Manager);
        funnels.MapGet("/{id:long}/versions", async (long id, FunnelStore store, CancellationToken cancel) => TypedResults.Ok(await store.Versions(id, cancel))).RequireAuthorization(Rights.Manager);

        api.MapGet("/deal-fields", async (FieldStore fields, CancellationToken cancel, long? funnelId = null) => TypedResults.Ok(await fields.Fields(funnelId, cancel)));
        var custom = api.MapGroup("/custom-fields").RequireAuthorization(Rights.Manager);
        custom.MapGet("/", async (FieldStore fields, CancellationToken cancel) => TypedResults.Ok(await fields.List(cancel)));
        custom.MapPost("/", CreateField);
        custom.MapPut("/{id:long}", ChangeField);

        api.MapGet("/loss-reasons", async (DealRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.LossReasons(cancel)));
        api.MapPut("/loss-reasons", SetLossReasons).RequireAuthorization(Rights.Manager);
        api.MapGet("/gate-rights", async (DealRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.Rights(cancel)));
        api.MapPut("/gate-rights", SetRights).RequireAuthorization(Rights.Admin);
        api.MapGet("/currency-rates", async (DealRules rules, CancellationToken cancel) => TypedResults.Ok(await rules.Rates(cancel)));
        api.MapPut("/currency-rates", async (CurrencyRate rate, DealRules rules, CancellationToken cancel) =>
        {
            await rules.SetRate(rate, cancel);
            return TypedResults.NoContent();
        }).RequireAuthorization(Rights.Manager);
    }

    static async Task<Results<Ok<Funnel>, ProblemHttpResult>> One(long id, Access access, FunnelStore store, CancellationToken cancel) =>
        await store.One(access, id, cancel) is { } funnel ? TypedResults.Ok(funnel) : Problems.NotFound();

    static async Task<Results<Ok<FunnelReport>, ProblemHttpResult>> Report(
        long id, DateOnly from, DateOnly to, Access access, DealReports reports, CancellationToken cancel, DateTimeOffset? asOf = null)
    {
        if (to < from || from.Year < 1990 || to.Year > 2200)
            return Problems.Invalid("to", "The last day is not before the first one.");
        return await reports.Of(access, id, from, to, asOf, cancel) is { } report ? TypedResults.Ok(report) : Problems.NotFound();
    }

    static async Task<Results<Ok<GatePreview>, ProblemHttpResult>> Preview(long id, FunnelEdit edit, Access access, GatePreviews previews, FieldStore fields, CancellationToken cancel)
    {
        if (FunnelRules.Fault(edit, [.. (await fields.Fields(id, cancel)).Select(field => field.Key)]) is { } fault)
            return Problems.Invalid(fault.Field, fault.Detail);
        return await previews.Of(access, id, edit, cancel) is { } preview ? TypedResults.Ok(preview) : Problems.NotFound();
    }

    static async Task<Results<Ok<Funnel>, Created<Funnel>, ProblemHttpResult>> Save(long? id, FunnelEdit edit, Access access, FunnelStore store, CancellationToken cancel) =>
        await store.Save(access, id, edit, cancel) switch
        {
            FunnelResult.Saved saved when id is null => TypedResults.Created($"/api/funnels/{saved.Funnel.Id}", saved.Funnel),
            FunnelResult.Saved saved => TypedResults.Ok(saved.Funnel),
            FunnelResult.ChangedByOther changed => Problems.Conflict("changed_by_other", "Somebody else changed this funnel meanwhile.", ("current", changed.Current)),
            FunnelResult.StageInUse inUse => Problems.Conflict("stage_in_use", $"Deals are in the stage {inUse.Stage}. Move them first.", ("stage", inUse.Stage)),
            FunnelResult.Invalid invalid => Problems.Invalid(invalid.Field, invalid.Detail),
            _ => Problems.NotFound(),
        };

    static async Task<Results<Created<IdAnswer>, ProblemHttpResult>> CreateField(CustomFieldEdit edit, Access access, FieldStore fields, FunnelStore funnels, CancellationToken cancel)
    {
        if (Fault(edit) is { } fault)
            return fault;
        if (edit.FunnelId is { } funnelId && await funnels.One(access, funnelId, cancel) is null)
            return Problems.Invalid("funnelId", "There is no such funnel.");
        var id = await fields.Create(edit, cancel);
        return TypedResults.Created($"/api/custom-fields/{id}", new IdAnswer { Id = id });
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ChangeField(long id, CustomFieldEdit edit, FieldStore fields, CancellationToken cancel)
    {
        if (Fault(edit) is { } fault)
            return fault;
        if (edit.IsArchived && await fields.AskedBy(id, cancel) is { } stage)
            return Problems.Conflict("field_in_use", $"{stage} asks this field. No deal could fill it in any more: take it off that stage first.", ("stage", stage));
        return await fields.Change(id, edit, cancel)
            ? TypedResults.NoContent() : Problems.Conflict("changed_by_other", "Somebody else changed this field meanwhile, or there is none such.");
    }

    static ProblemHttpResult? Fault(CustomFieldEdit edit)
    {
        if (edit.Kind is FieldKind.Choice or FieldKind.Choices && edit.Options.Count == 0)
            return Problems.Invalid("options", "There is something to choose from.");
        if (edit.Options.Any(option => string.IsNullOrWhiteSpace(option) || option.Length > FieldValues.TextMax || option.Contains('\n')) || edit.Options.Distinct().Count() < edit.Options.Count)
            return Problems.Invalid("options", $"Each choice once, in one line of 1 to {FieldValues.TextMax} characters.");
        return edit.Min > edit.Max ? Problems.Invalid("max", "It is not below the least.") : null;
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetLossReasons(IReadOnlyList<LossReason> reasons, DealRules rules, CancellationToken cancel)
    {
        if (reasons.Count > ReasonsMax || reasons.Select(reason => reason.Name.Trim()).Distinct().Count() < reasons.Count)
            return Problems.Invalid("name", $"At most {ReasonsMax}, each once.");
        await rules.SetLossReasons(reasons, cancel);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetRights(IReadOnlyList<GateRight> rights, DealRules rules, CancellationToken cancel)
    {
        if (rights.Any(right => !Roles.All.Contains(right.Role)))
            return Problems.Invalid("role", "There is no such role.");
        foreach (var right in rights)
            await rules.SetRight(right, cancel);
        return TypedResults.NoContent();
    }
}
