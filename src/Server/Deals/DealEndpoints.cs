using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Deals: boards and lists, one deal, moves through gates, many at once.</summary>
internal static class DealEndpoints
{
    const int ExportMax = 100_000;

    public static void MapDealEndpoints(this IEndpointRouteBuilder api)
    {
        var deals = api.MapGroup("/deals");
        deals.MapGet("/", List);
        deals.MapPost("/", Create);
        deals.MapGet("/board", Board);
        deals.MapGet("/board/{stageId:long}", Column);
        deals.MapGet("/export", Export).RequireAuthorization(Rights.Manager);
        deals.MapPost("/move", MoveMany);
        deals.MapPost("/import", Import).RequireAuthorization(Rights.Manager);
        deals.MapGet("/{id:long}", One);
        deals.MapPut("/{id:long}", Change);
        deals.MapPost("/{id:long}/move", Move);
        deals.MapPost("/{id:long}/excuse-requests", AskExcuse);

        var views = api.MapGroup("/deal-views").RequireAuthorization(Rights.Person);
        views.MapGet("/", async (Access access, DealViews own, CancellationToken cancel) => TypedResults.Ok(await own.List(access, cancel)));
        views.MapPost("/", async (DealViewEdit edit, Access access, DealViews own, CancellationToken cancel) => TypedResults.Ok(await own.Create(access, edit, cancel)));
        views.MapPut("/{id:long}", async (long id, DealViewEdit edit, Access access, DealViews own, CancellationToken cancel) => Done(await own.Change(access, id, edit, cancel)));
        views.MapDelete("/{id:long}", async (long id, Access access, DealViews own, CancellationToken cancel) => Done(await own.Remove(access, id, cancel)));
    }

    static async Task<Results<Ok<Page<DealItem>>, ProblemHttpResult>> List(
        [AsParameters] DealFilter filter, [AsParameters] PageQuery page, Access access, DealList deals, CancellationToken cancel) =>
        page.IsValid(out var cursor, out var take, out var refusal) ? TypedResults.Ok(await deals.Page(access, filter, cursor, take, cancel)) : refusal;

    static async Task<Results<Ok<DealBoard>, ProblemHttpResult>> Board([AsParameters] DealFilter filter, Access access, DealList deals, CancellationToken cancel) =>
        await deals.Board(access, filter, cancel) is { } board ? TypedResults.Ok(board) : Problems.NotFound();

    static async Task<Results<Ok<Page<DealItem>>, ProblemHttpResult>> Column(
        long stageId, [AsParameters] DealFilter filter, [AsParameters] PageQuery page, Access access, DealList deals, CancellationToken cancel) =>
        page.IsValid(out var cursor, out var take, out var refusal)
            ? TypedResults.Ok(await deals.Column(access, filter with { StageId = stageId }, cursor == Cursor.Start ? null : cursor, take, cancel)) : refusal;

    static async Task<Results<Ok<DealCard>, ProblemHttpResult>> One(long id, Access access, DealReader reader, CancellationToken cancel) =>
        await reader.Card(access, id, cancel) is { } card ? TypedResults.Ok(card) : Problems.NotFound();

    static async Task<Results<Created<DealCard>, ProblemHttpResult>> Create(NewDeal deal, Access access, DealMoves moves, DealReader reader, CancellationToken cancel)
    {
        var result = await moves.Create(access, deal, isTrial: false, cancel);
        return result is DealResult.Saved saved
            ? TypedResults.Created($"/api/deals/{saved.DealId}", await JustSaved(saved.DealId, access, reader, cancel))
            : await Refusal(result, 0, 0, access, reader, cancel);
    }

    static async Task<Results<Ok<DealCard>, ProblemHttpResult>> Change(long id, DealEdit edit, Access access, DealMoves moves, DealReader reader, CancellationToken cancel) =>
        await Answer(await moves.Change(access, id, edit, cancel), id, edit.Version, access, reader, cancel);

    static async Task<Results<Ok<DealCard>, ProblemHttpResult>> Move(long id, DealMove move, Access access, DealMoves moves, DealReader reader, CancellationToken cancel) =>
        await Answer(await moves.Move(access, id, move, cancel), id, move.Version, access, reader, cancel);

    static async Task<Ok<IReadOnlyList<DealMoveAnswer>>> MoveMany(DealsMove move, Access access, DealMoves moves, CancellationToken cancel)
    {
        List<DealMoveAnswer> answers = [];
        foreach (var deal in move.Deals)
        {
            var one = new DealMove { Version = deal.Version, StageId = move.StageId, Loss = move.Loss, OverrideReason = move.OverrideReason };
            answers.Add(await moves.Move(access, deal.Id, one, cancel) switch
            {
                DealResult.Saved => new() { DealId = deal.Id, What = "moved" },
                DealResult.Blocked blocked => new() { DealId = deal.Id, What = "blocked", Unmet = blocked.Unmet },
                DealResult.ChangedByOther => new() { DealId = deal.Id, What = "changed_by_other" },
                DealResult.NotFound => new() { DealId = deal.Id, What = "not_found" },
                _ => new() { DealId = deal.Id, What = "invalid" },
            });
        }
        return TypedResults.Ok<IReadOnlyList<DealMoveAnswer>>(answers);
    }

    static async Task<Results<Ok<DealImportAnswer>, ProblemHttpResult>> Import(DealImport import, Access access, DealImporter importer, CancellationToken cancel)
    {
        var (answer, fault) = await importer.Import(access, import, cancel);
        return answer is not null ? TypedResults.Ok(answer) : Problems.Invalid("csv", fault!);
    }

    static async Task<PushStreamHttpResult> Export([AsParameters] DealFilter filter, Caller caller, DealList deals, DealTable table, AuditLog audit, CancellationToken cancel)
    {
        await audit.Write(caller, new(AuditWords.Export, AuditWords.Funnel, filter.FunnelId ?? 0), isRefused: false, cancel);
        return TypedResults.Stream(stream => table.Write(stream, caller.Access, filter, deals, ExportMax, cancel), "text/csv; charset=utf-8", "deals.csv");
    }

    static async Task<Results<NoContent, ProblemHttpResult>> AskExcuse(long id, ExcuseRequest request, Access access, ExcuseRequests requests, CancellationToken cancel) =>
        Done(await requests.Ask(access, id, request, cancel));

    static async Task<Results<Ok<DealCard>, ProblemHttpResult>> Answer(DealResult result, long id, int version, Access access, DealReader reader, CancellationToken cancel) =>
        result is DealResult.Saved ? TypedResults.Ok(await JustSaved(id, access, reader, cancel)) : await Refusal(result, id, version, access, reader, cancel);

    /// <summary>Who has just changed a deal may read it, even if it was given to somebody else by that.</summary>
    static async Task<DealCard?> JustSaved(long id, Access access, DealReader reader, CancellationToken cancel) =>
        await reader.Card(access, id, cancel) ?? await reader.Card(access with { Role = Roles.Admin }, id, cancel);

    static async Task<ProblemHttpResult> Refusal(DealResult refusal, long id, int version, Access access, DealReader reader, CancellationToken cancel) => refusal switch
    {
        DealResult.Blocked blocked => Problems.Of(
            StatusCodes.Status422UnprocessableEntity, "gate", "The deal lacks something that this stage, or one before it, asks.", ("unmet", blocked.Unmet)),
        DealResult.ChangedByOther => Problems.Conflict("changed_by_other", "Somebody else changed this deal meanwhile.",
            ("current", await reader.Card(access, id, cancel)), ("changes", await reader.Since(id, version, cancel))),
        DealResult.Invalid invalid => Problems.Invalid(invalid.Field, invalid.Detail),
        DealResult.OverrideNotAllowed => Problems.Of(StatusCodes.Status403Forbidden, "override_not_allowed", "You may not move deals past their gates. An admin can give that right."),
        DealResult.ExcuseNotAllowed => Problems.Of(StatusCodes.Status403Forbidden, "excuse_not_allowed", "You may not excuse deals from tasks. An admin can give that right."),
        _ => Problems.NotFound(),
    };

    static Results<NoContent, ProblemHttpResult> Done(bool done) => done ? TypedResults.NoContent() : Problems.NotFound();
}
