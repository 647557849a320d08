using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Calls;

internal sealed class CallsApi(Api api)
{
    public Task<Answer<Page<CallItem>>> Page(CallFilter filter, string? before, int take, CancellationToken cancel) =>
        api.Get<Page<CallItem>>(Query.Of(
            "api/calls",
            ("direction", filter.Direction),
            ("result", filter.Result),
            ("clientId", filter.ClientId),
            ("agentId", filter.AgentId),
            ("did", filter.Did),
            ("from", filter.FromMoment),
            ("to", filter.ToMoment),
            ("before", before),
            ("take", take)), cancel);

    public Task<Answer<CallStory>> Story(long id, CancellationToken cancel) => api.Get<CallStory>($"api/calls/{id}", cancel);
}
