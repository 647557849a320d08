using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Recordings;

internal sealed class RulesApi(Api api)
{
    public Task<Answer<IReadOnlyList<ListeningRight>>> Rights(CancellationToken cancel) => api.Get<IReadOnlyList<ListeningRight>>("api/recordings/rights", cancel);

    public Task<Answer<Done>> SetRight(ListeningRight right, CancellationToken cancel) => api.Put($"api/recordings/rights/{right.Role}", right, cancel);

    public Task<Answer<RecordingPolicy>> Policy(CancellationToken cancel) => api.Get<RecordingPolicy>("api/recordings/policy", cancel);

    public Task<Answer<Done>> SetPolicy(RecordingPolicy policy, CancellationToken cancel) => api.Put("api/recordings/policy", policy, cancel);

    public Task<Answer<RetentionPreview>> Preview(int keepDays, CancellationToken cancel) =>
        api.Get<RetentionPreview>(Query.Of("api/recordings/retention", ("keepDays", keepDays)), cancel);

    public Task<Answer<StorageCheck>> Storage(CancellationToken cancel) => api.Get<StorageCheck>("api/recordings/storage", cancel);
}
