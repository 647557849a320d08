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

    public Task<Answer<IReadOnlyList<TeamItem>>> Teams(CancellationToken cancel) => api.Get<IReadOnlyList<TeamItem>>("api/teams", cancel);

    public Task<Answer<Done>> AddTeam(string name, CancellationToken cancel) => api.Post("api/teams", new TeamEdit { Name = name }, cancel);

    public Task<Answer<Done>> RenameTeam(long id, string name, CancellationToken cancel) => api.Put($"api/teams/{id}", new TeamEdit { Name = name }, cancel);

    public Task<Answer<Done>> RemoveTeam(long id, CancellationToken cancel) => api.Delete($"api/teams/{id}", cancel);
}
