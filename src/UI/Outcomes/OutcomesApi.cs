using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Outcomes;

internal sealed class OutcomesApi(Api api)
{
    public Task<Answer<IReadOnlyList<OutcomeList>>> Lists(CancellationToken cancel) => api.Get<IReadOnlyList<OutcomeList>>("api/outcomes", cancel);

    public Task<Answer<Done>> Set(IReadOnlyList<OutcomeList> lists, CancellationToken cancel) => api.Put("api/outcomes", lists, cancel);
}
