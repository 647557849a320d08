using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Cards;

/// <summary>Two cards become one, and two again.</summary>
internal static class MergeEndpoints
{
    public static void MapMergeEndpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/clients/{id:long}/merge/{otherId:long}", Compare);
        api.MapPost("/clients/{id:long}/merge", Merge);
        api.MapPost("/client-merges/{id:long}/undo", Undo);
    }

    static async Task<Results<Ok<ClientComparison>, ProblemHttpResult>> Compare(
        long id, long otherId, Access access, CardComparison comparison, CancellationToken cancel) =>
        await comparison.Of(access, id, otherId, cancel) is { } compared ? TypedResults.Ok(compared) : Problems.NotFound();

    /// <param name="id">The card that stays.</param>
    static async Task<Results<Ok<ClientCard>, ProblemHttpResult>> Merge(
        long id, ClientMergeOrder order, Caller caller, MergeStore merges, CardComparison comparison, CardReader cards, CancellationToken cancel)
    {
        if (Refusal(id, order) is { } refusal)
            return refusal;
        return await merges.Merge(caller, Plan(id, order), cancel) switch
        {
            MergeResult.Merged => TypedResults.Ok(await JustSaved(caller, id, cards, cancel)),
            MergeResult.NotFound => Problems.NotFound(),
            MergeResult.ChangedByOther => Problems.Conflict(
                "changed_by_other", "Somebody else changed one of the cards meanwhile.", ("current", await comparison.Of(caller.Access, id, order.FromId, cancel))),
            MergeResult.OwnerOpen => Problems.Invalid("ownerOf", "The cards have different owners: say whose stays."),
        };
    }

    static async Task<Results<Ok<ClientCard>, ProblemHttpResult>> Undo(long id, Caller caller, MergeUndo undo, CardReader cards, CancellationToken cancel) =>
        await undo.Undo(caller, id, cancel) switch
        {
            UndoResult.Undone undone => TypedResults.Ok(await JustSaved(caller, undone.ClientId, cards, cancel)),
            UndoResult.TooLate => Problems.Conflict("undo_too_late", $"A merge can be undone for {MergeJournal.UndoTime.Days} days."),
            UndoResult.LaterMerge => Problems.Conflict("later_merge", "One of the cards was merged again later: undo that first."),
            UndoResult.NumberElsewhere elsewhere => Problems.Conflict("number_taken", "Another client has one of the numbers now.", ("clients", elsewhere.By)),
            _ => Problems.NotFound(),
        };

    static ProblemHttpResult? Refusal(long id, ClientMergeOrder order)
    {
        if (order.FromId == id)
            return Problems.Invalid("fromId", "A card cannot go into itself.");
        foreach (var (field, of) in new[] { ("nameOf", order.NameOf), ("companyOf", order.CompanyOf), ("emailOf", order.EmailOf), ("ownerOf", order.OwnerOf) })
        {
            if (of is not null && of != id && of != order.FromId)
                return Problems.Invalid(field, "The id of one of the two cards.");
        }
        return null;
    }

    static MergePlan Plan(long id, ClientMergeOrder order) => new()
    {
        FromId = order.FromId,
        IntoId = id,
        FromVersion = order.FromVersion,
        IntoVersion = order.Version,
        Choice = new()
        {
            TakesName = Takes(order.NameOf, order),
            TakesCompany = Takes(order.CompanyOf, order),
            TakesEmail = Takes(order.EmailOf, order),
            TakesOwner = Takes(order.OwnerOf, order),
        },
    };

    static bool? Takes(long? of, ClientMergeOrder order) => of is null ? null : of == order.FromId;

    /// <summary>Who has just written a card may read it, even if it is somebody else's by that.</summary>
    static Task<ClientCard?> JustSaved(Caller caller, long id, CardReader cards, CancellationToken cancel) =>
        cards.Card(caller.Access with { Role = Roles.Admin }, id, cancel);
}
