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

    public Task<Answer<NoteItem>> CorrectNote(long id, long noteId, NoteEdit edit, CancellationToken cancel) =>
        api.Put<NoteEdit, NoteItem>($"api/clients/{id}/notes/{noteId}", edit, cancel);

    public Task<Answer<IReadOnlyList<NoteVersion>>> NoteVersions(long id, long noteId, CancellationToken cancel) =>
        api.Get<IReadOnlyList<NoteVersion>>($"api/clients/{id}/notes/{noteId}/versions", cancel);

    public Task<Answer<IReadOnlyList<ClientDuplicate>>> Duplicates(long id, CancellationToken cancel) =>
        api.Get<IReadOnlyList<ClientDuplicate>>($"api/clients/{id}/duplicates", cancel);

    public Task<Answer<Done>> Dismiss(long id, long otherId, CancellationToken cancel) => api.Post($"api/clients/{id}/duplicates/{otherId}/dismiss", cancel);

    public Task<Answer<ClientComparison>> Compare(long id, long otherId, CancellationToken cancel) =>
        api.Get<ClientComparison>($"api/clients/{id}/merge/{otherId}", cancel);

    /// <param name="id">The card that stays.</param>
    public Task<Answer<ClientCard>> Merge(long id, ClientMergeOrder order, CancellationToken cancel) =>
        api.Post<ClientMergeOrder, ClientCard>($"api/clients/{id}/merge", order, cancel);

    public Task<Answer<ClientCard>> UndoMerge(long mergeId, CancellationToken cancel) => api.Post<ClientCard>($"api/client-merges/{mergeId}/undo", cancel);

    /// <summary>What somebody else saved meanwhile, out of a refusal with the code <c>changed_by_other</c>; null for any other problem.</summary>
    public static ClientCard? Newer(Problem problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current)
            ? current.Deserialize(WireJson.Default.ClientCard)
            : null;

    /// <inheritdoc cref="Newer"/>
    public static NoteItem? NewerNote(Problem problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current) ? current.Deserialize(WireJson.Default.NoteItem) : null;

    /// <inheritdoc cref="Newer"/>
    public static ClientComparison? NewerComparison(Problem problem) =>
        problem is { Code: "changed_by_other", Body: { } body } && body.TryGetProperty("current", out var current)
            ? current.Deserialize(WireJson.Default.ClientComparison)
            : null;

    /// <summary>Who has one of the numbers, as far as one may see them, out of a refusal with the code <c>number_taken</c>; null for any other problem.</summary>
    public static IReadOnlyList<ClientItem>? NumberHolders(Problem? problem) =>
        problem is { Code: "number_taken", Body: { } body } && body.TryGetProperty("clients", out var clients)
            ? clients.Deserialize(WireJson.Default.IReadOnlyListClientItem)
            : null;
}
