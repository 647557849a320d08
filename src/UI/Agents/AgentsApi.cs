using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Agents;

internal sealed class AgentsApi(Api api)
{
    public Task<Answer<IReadOnlyList<AgentName>>> Names(CancellationToken cancel) => api.Get<IReadOnlyList<AgentName>>("api/agents/names", cancel);

    public Task<Answer<IReadOnlyList<AgentItem>>> All(CancellationToken cancel) => api.Get<IReadOnlyList<AgentItem>>("api/agents", cancel);

    public Task<Answer<Done>> Create(AgentEdit edit, CancellationToken cancel) => api.Post("api/agents", edit, cancel);

    public Task<Answer<Done>> Change(long id, AgentEdit edit, CancellationToken cancel) => api.Put($"api/agents/{id}", edit, cancel);

    public Task<Answer<Done>> Unlock(long id, CancellationToken cancel) => api.Post($"api/agents/{id}/unlock", cancel);
}
