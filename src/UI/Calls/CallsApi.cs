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

    /// <summary>How many of the calls in the sources' own books are here, of those days.</summary>
    public Task<Answer<CallCompleteness>> Completeness(CallFilter days, CancellationToken cancel) =>
        api.Get<CallCompleteness>(Query.Of("api/calls/completeness", ("from", days.FromMoment), ("to", days.ToMoment)), cancel);

    /// <summary>When nobody listened to a PBX: lately, or not filled in yet.</summary>
    public Task<Answer<IReadOnlyList<GapItem>>> Gaps(CancellationToken cancel) => api.Get<IReadOnlyList<GapItem>>("api/gaps", cancel);

    public Task<Answer<CallStory>> Story(long id, CancellationToken cancel) => api.Get<CallStory>($"api/calls/{id}", cancel);
}
