using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

internal sealed class FunnelsApi(Api api)
{
    public Task<Answer<IReadOnlyList<Funnel>>> All(CancellationToken cancel) => api.Get<IReadOnlyList<Funnel>>("api/funnels", cancel);

    public Task<Answer<Funnel>> One(long id, CancellationToken cancel) => api.Get<Funnel>($"api/funnels/{id}", cancel);

    public Task<Answer<Funnel>> Create(FunnelEdit edit, CancellationToken cancel) => api.Post<FunnelEdit, Funnel>("api/funnels", edit, cancel);

    public Task<Answer<Funnel>> Change(long id, FunnelEdit edit, CancellationToken cancel) => api.Put<FunnelEdit, Funnel>($"api/funnels/{id}", edit, cancel);

    public Task<Answer<GatePreview>> Preview(long id, FunnelEdit edit, CancellationToken cancel) =>
        api.Post<FunnelEdit, GatePreview>($"api/funnels/{id}/preview", edit, cancel);

    public Task<Answer<IReadOnlyList<FunnelVersion>>> Versions(long id, CancellationToken cancel) =>
        api.Get<IReadOnlyList<FunnelVersion>>($"api/funnels/{id}/versions", cancel);

    public Task<Answer<FunnelReport>> Report(long id, DateOnly from, DateOnly to, CancellationToken cancel) =>
        api.Get<FunnelReport>(Query.Of($"api/funnels/{id}/report", ("from", FormattableString.Invariant($"{from:yyyy-MM-dd}")), ("to", FormattableString.Invariant($"{to:yyyy-MM-dd}"))), cancel);

    public Task<Answer<IReadOnlyList<DealField>>> Fields(long? funnelId, CancellationToken cancel) =>
        api.Get<IReadOnlyList<DealField>>(Query.Of("api/deal-fields", ("funnelId", funnelId)), cancel);

    public Task<Answer<IReadOnlyList<CustomFieldItem>>> CustomFields(CancellationToken cancel) => api.Get<IReadOnlyList<CustomFieldItem>>("api/custom-fields", cancel);

    public Task<Answer<Done>> CreateField(CustomFieldEdit edit, CancellationToken cancel) => api.Post("api/custom-fields", edit, cancel);

    public Task<Answer<Done>> ChangeField(long id, CustomFieldEdit edit, CancellationToken cancel) => api.Put($"api/custom-fields/{id}", edit, cancel);

    public Task<Answer<IReadOnlyList<LossReason>>> LossReasons(CancellationToken cancel) => api.Get<IReadOnlyList<LossReason>>("api/loss-reasons", cancel);

    public Task<Answer<Done>> SetLossReasons(IReadOnlyList<LossReason> reasons, CancellationToken cancel) => api.Put("api/loss-reasons", reasons, cancel);

    public Task<Answer<IReadOnlyList<GateRight>>> Rights(CancellationToken cancel) => api.Get<IReadOnlyList<GateRight>>("api/gate-rights", cancel);

    public Task<Answer<Done>> SetRights(IReadOnlyList<GateRight> rights, CancellationToken cancel) => api.Put("api/gate-rights", rights, cancel);

    public Task<Answer<IReadOnlyList<CurrencyRate>>> Rates(CancellationToken cancel) => api.Get<IReadOnlyList<CurrencyRate>>("api/currency-rates", cancel);

    public Task<Answer<Done>> SetRate(CurrencyRate rate, CancellationToken cancel) => api.Put("api/currency-rates", rate, cancel);

    /// <summary>What somebody else saved meanwhile, out of a refusal with the code <c>changed_by_other</c>; null for any other problem.</summary>
    public static Funnel? Newer(Problem? problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current) ? current.Deserialize(WireJson.Default.Funnel) : null;
}
