using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Recordings;

internal sealed class RecordingsApi(Api api)
{
    public Task<Answer<IReadOnlyList<RecordingItem>>> OfCall(long callId, CancellationToken cancel) =>
        api.Get<IReadOnlyList<RecordingItem>>($"api/calls/{callId}/recordings", cancel);

    public Task<Answer<Page<RecordedCall>>> Page(RecordingFilter filter, string? before, int take, CancellationToken cancel) =>
        api.Get<Page<RecordedCall>>(Query.Of(
            "api/recordings",
            ("direction", filter.Calls.Direction),
            ("result", filter.Calls.Result),
            ("agentId", filter.Calls.AgentId),
            ("clientId", filter.Calls.ClientId),
            ("did", filter.Calls.Did),
            ("from", filter.Calls.FromMoment),
            ("to", filter.Calls.ToMoment),
            ("lacksAudio", filter.LacksAudio ? "true" : null),
            ("before", before),
            ("take", take)), cancel);

    public Task<Answer<RecordingCoverage>> Coverage(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        api.Get<RecordingCoverage>(Query.Of("api/recordings/coverage", ("from", from.ToString("O")), ("to", to.ToString("O"))), cancel);

    public Task<Answer<RecordingDetails>> Details(long id, CancellationToken cancel) => api.Get<RecordingDetails>($"api/recordings/{id}", cancel);

    public Task<Answer<RecordingTicket>> Play(long id, CancellationToken cancel) => api.Post<RecordingTicket>($"api/recordings/{id}/play", cancel);

    public Task<Answer<RecordingTicket>> Download(long id, CancellationToken cancel) => api.Post<RecordingTicket>($"api/recordings/{id}/download", cancel);

    public Task<Answer<RecordingShareItem>> Share(long id, RecordingShareEdit edit, CancellationToken cancel) =>
        api.Post<RecordingShareEdit, RecordingShareItem>($"api/recordings/{id}/shares", edit, cancel);

    public Task<Answer<RecordingPeaks>> Peaks(long id, CancellationToken cancel) => api.Get<RecordingPeaks>($"api/recordings/{id}/peaks", cancel);

    public Task<Answer<IReadOnlyList<RecordingUse>>> Uses(long id, CancellationToken cancel) =>
        api.Get<IReadOnlyList<RecordingUse>>($"api/recordings/{id}/uses", cancel);

    public Task<Answer<IReadOnlyList<RecordingComment>>> Comments(long id, CancellationToken cancel) =>
        api.Get<IReadOnlyList<RecordingComment>>($"api/recordings/{id}/comments", cancel);

    public Task<Answer<RecordingComment>> Comment(long id, double atSeconds, string text, CancellationToken cancel) =>
        api.Post<NewRecordingComment, RecordingComment>($"api/recordings/{id}/comments", new() { AtSeconds = atSeconds, Text = text }, cancel);

    public Task<Answer<Done>> RemoveComment(long id, long commentId, CancellationToken cancel) => api.Delete($"api/recordings/{id}/comments/{commentId}", cancel);
}
