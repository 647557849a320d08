using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Missed;

/// <summary>Which lost calls are wanted. Null: all.</summary>
public sealed record LostFilter
{
    /// <summary>Null: whose client waits.</summary>
    public string? State { get; init; }

    public string? Cause { get; init; }
    public string? Did { get; init; }
    public bool Mine { get; init; }

    public bool IsEmpty => this == new LostFilter();
}

internal sealed class LostApi(Api api)
{
    /// <summary>For the filter: whatever became of them.</summary>
    public const string AnyState = "all";

    public Task<Answer<Page<LostItem>>> Page(LostFilter filter, string? before, CancellationToken cancel) => api.Get<Page<LostItem>>(Query.Of(
        "api/lost",
        ("state", filter.State is null ? LostWords.Unreturned : filter.State == AnyState ? null : filter.State),
        ("cause", filter.Cause),
        ("did", filter.Did),
        ("mine", filter.Mine ? "true" : null),
        ("before", before)), cancel);

    public Task<Answer<LostItem>> Of(long callId, CancellationToken cancel) => api.Get<LostItem>($"api/lost/{callId}", cancel);

    public Task<Answer<Done>> Claim(long callId, CancellationToken cancel) => api.Post($"api/lost/{callId}/claim", cancel);

    public Task<Answer<Done>> Release(long callId, CancellationToken cancel) => api.Post($"api/lost/{callId}/release", cancel);

    public Task<Answer<Done>> Close(long callId, LostClosing closing, CancellationToken cancel) => api.Post($"api/lost/{callId}/close", closing, cancel);
}
