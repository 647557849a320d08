using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Clients;

internal sealed class ClientsApi(Api api)
{
    public Task<Answer<Page<ClientItem>>> Page(string? search, string? before, int take, CancellationToken cancel) =>
        api.Get<Page<ClientItem>>(Query.Of("api/clients", ("search", search), ("before", before), ("take", take)), cancel);

    public Task<Answer<ClientCard>> Card(long id, CancellationToken cancel) => api.Get<ClientCard>($"api/clients/{id}", cancel);

    /// <param name="sharesNumbers">Several people use these numbers: save it although other clients have them.</param>
    public Task<Answer<ClientCard>> Create(ClientEdit edit, bool sharesNumbers, CancellationToken cancel) =>
        api.Post<ClientEdit, ClientCard>(Query.Of("api/clients", ("sharesNumbers", sharesNumbers ? "true" : null)), edit, cancel);

    /// <inheritdoc cref="Create"/>
    public Task<Answer<ClientCard>> Change(long id, ClientEdit edit, bool sharesNumbers, CancellationToken cancel) =>
        api.Put<ClientEdit, ClientCard>(Query.Of($"api/clients/{id}", ("sharesNumbers", sharesNumbers ? "true" : null)), edit, cancel);

    public Task<Answer<Page<TimelineEntry>>> Timeline(long id, string? kind, string? before, int take, CancellationToken cancel) =>
        api.Get<Page<TimelineEntry>>(Query.Of($"api/clients/{id}/timeline", ("kind", kind), ("before", before), ("take", take)), cancel);

    public Task<Answer<NoteItem>> AddNote(long id, string text, CancellationToken cancel) =>
        api.Post<NewNote, NoteItem>($"api/clients/{id}/notes", new NewNote { Text = text }, cancel);

    /// <summary>What somebody else saved meanwhile, out of a refusal with the code <c>changed_by_other</c>; null for any other problem.</summary>
    public static ClientCard? Newer(Problem problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current)
            ? current.Deserialize(WireJson.Default.ClientCard)
            : null;

    /// <summary>Who has one of the numbers, as far as one may see them, out of a refusal with the code <c>number_taken</c>; null for any other problem.</summary>
    public static IReadOnlyList<ClientItem>? NumberHolders(Problem? problem) =>
        problem is { Code: "number_taken", Body: { } body } && body.TryGetProperty("clients", out var clients)
            ? clients.Deserialize(WireJson.Default.IReadOnlyListClientItem)
            : null;
}
