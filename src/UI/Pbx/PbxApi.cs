using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Pbx;

internal sealed class PbxApi(Api api)
{
    public Task<Answer<IReadOnlyList<PbxLinkItem>>> Links(CancellationToken cancel) => api.Get<IReadOnlyList<PbxLinkItem>>("api/pbx/links", cancel);

    public Task<Answer<Done>> Create(PbxLinkEdit edit, CancellationToken cancel) => api.Post("api/pbx/links", edit, cancel);

    public Task<Answer<Done>> Change(long id, PbxLinkEdit edit, CancellationToken cancel) => api.Put($"api/pbx/links/{id}", edit, cancel);

    public Task<Answer<Done>> Delete(long id, CancellationToken cancel) => api.Delete($"api/pbx/links/{id}", cancel);

    public Task<Answer<Page<QuarantineItem>>> Quarantine(string? before, int take, CancellationToken cancel) =>
        api.Get<Page<QuarantineItem>>(Query.Of("api/pbx/quarantine", ("before", before), ("take", take)), cancel);

    public Task<Answer<ExtensionsPage>> Extensions(CancellationToken cancel) => api.Get<ExtensionsPage>("api/pbx/extensions", cancel);

    public Task<Answer<Done>> Assign(ExtensionAssignment assignment, CancellationToken cancel) => api.Put("api/pbx/extensions", assignment, cancel);

    public Task<Answer<IReadOnlyList<NumberTest>>> TestNumbers(string pbx, IReadOnlyList<string> numbers, CancellationToken cancel) =>
        api.Post<NumberTestRequest, IReadOnlyList<NumberTest>>("api/pbx/number-test", new(pbx, numbers), cancel);

    public Task<Answer<IReadOnlyList<RelayTokenItem>>> RelayTokens(CancellationToken cancel) =>
        api.Get<IReadOnlyList<RelayTokenItem>>("api/pbx/relay-tokens", cancel);

    public Task<Answer<NewRelayToken>> NewRelayToken(string pbx, CancellationToken cancel) =>
        api.Post<RelayTokenEdit, NewRelayToken>("api/pbx/relay-tokens", new() { Pbx = pbx }, cancel);

    public Task<Answer<Done>> RevokeRelayToken(long id, CancellationToken cancel) => api.Delete($"api/pbx/relay-tokens/{id}", cancel);
}
