using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

internal sealed class DealsApi(Api api)
{
    public Task<Answer<Page<DealItem>>> Page(DealFilter filter, string? before, int take, CancellationToken cancel) =>
        api.Get<Page<DealItem>>(Filtered("api/deals", filter, before, take), cancel);

    public Task<Answer<DealBoard>> Board(DealFilter filter, CancellationToken cancel) => api.Get<DealBoard>(Filtered("api/deals/board", filter), cancel);

    /// <summary>Further cards of a column.</summary>
    public Task<Answer<Page<DealItem>>> Column(long stageId, DealFilter filter, string? before, CancellationToken cancel) =>
        api.Get<Page<DealItem>>(Filtered($"api/deals/board/{stageId}", filter, before, take: 50), cancel);

    /// <summary>Where the deals of a filter can be had as a table.</summary>
    public static string ExportAddress(DealFilter filter) => Filtered("api/deals/export", filter);

    public Task<Answer<DealCard>> Card(long id, CancellationToken cancel) => api.Get<DealCard>($"api/deals/{id}", cancel);

    public Task<Answer<DealCard>> Create(NewDeal deal, CancellationToken cancel) => api.Post<NewDeal, DealCard>("api/deals", deal, cancel);

    public Task<Answer<DealCard>> Change(long id, DealEdit edit, CancellationToken cancel) => api.Put<DealEdit, DealCard>($"api/deals/{id}", edit, cancel);

    public Task<Answer<DealCard>> Move(long id, DealMove move, CancellationToken cancel) => api.Post<DealMove, DealCard>($"api/deals/{id}/move", move, cancel);

    public Task<Answer<Done>> AskExcuse(long id, ExcuseRequest request, CancellationToken cancel) => api.Post($"api/deals/{id}/excuse-requests", request, cancel);

    public Task<Answer<IReadOnlyList<DealMoveAnswer>>> Move(DealsMove move, CancellationToken cancel) =>
        api.Post<DealsMove, IReadOnlyList<DealMoveAnswer>>("api/deals/move", move, cancel);

    public Task<Answer<DealImportAnswer>> Import(DealImport import, CancellationToken cancel) => api.Post<DealImport, DealImportAnswer>("api/deals/import", import, cancel);

    public Task<Answer<IReadOnlyList<DealView>>> Views(CancellationToken cancel) => api.Get<IReadOnlyList<DealView>>("api/deal-views", cancel);

    public Task<Answer<DealView>> Keep(DealViewEdit view, CancellationToken cancel) => api.Post<DealViewEdit, DealView>("api/deal-views", view, cancel);

    public Task<Answer<Done>> ChangeView(long id, DealViewEdit view, CancellationToken cancel) => api.Put($"api/deal-views/{id}", view, cancel);

    public Task<Answer<Done>> RemoveView(long id, CancellationToken cancel) => api.Delete($"api/deal-views/{id}", cancel);

    /// <summary>What is missing, out of a refusal with the code <c>gate</c>; null for any other problem.</summary>
    public static IReadOnlyList<UnmetItem>? Unmet(Problem? problem) =>
        problem is { Code: "gate", Body: { } body } && body.TryGetProperty("unmet", out var unmet) ? unmet.Deserialize(WireJson.Default.IReadOnlyListUnmetItem) : null;

    /// <summary>What somebody else made of the deal meanwhile, out of a refusal with the code <c>changed_by_other</c>; null for any other problem.</summary>
    public static DealNews? Newer(Problem? problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current) && current.Deserialize(WireJson.Default.DealCard) is { } card
            ? new(card, body.TryGetProperty("changes", out var changes) ? changes.Deserialize(WireJson.Default.IReadOnlyListDealEvent) ?? [] : [])
            : null;

    static string Filtered(string path, DealFilter filter, string? before = null, int? take = null) => Query.Of(
        path,
        ("funnelId", filter.FunnelId),
        ("stageId", filter.StageId),
        ("ownerId", filter.OwnerId),
        ("clientId", filter.ClientId),
        ("state", filter.State),
        ("hasNextStep", filter.HasNextStep),
        ("isTooOld", filter.IsTooOld),
        ("search", filter.Search),
        ("field", filter.Field),
        ("value", filter.Value),
        ("before", before),
        ("take", take));
}

/// <summary>A deal as it is now, and what happened with it since one looked.</summary>
public sealed record DealNews(DealCard Card, IReadOnlyList<DealEvent> Changes);
