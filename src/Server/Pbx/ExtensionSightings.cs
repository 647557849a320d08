using System.Collections.Concurrent;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Notes which extensions calls go through, so that the admin sees those that nobody owns. Each is written at most once a while.</summary>
internal sealed class ExtensionSightings(ExtensionStore extensions) : ICallWatcher
{
    static readonly TimeSpan WrittenEvery = TimeSpan.FromMinutes(5);
    readonly ConcurrentDictionary<(string Pbx, string Extension), DateTimeOffset> written = [];

    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        var news = calls.SelectMany(saved => Seen(saved.Call))
            .GroupBy(seen => (seen.Pbx, seen.Extension))
            .Select(group => group.MaxBy(seen => seen.At))
            .Where(seen => !written.TryGetValue((seen.Pbx, seen.Extension), out var last) || seen.At - last >= WrittenEvery)
            .ToList();
        if (news.Count == 0)
            return;
        await extensions.See(news, cancel);
        foreach (var seen in news)
            written[(seen.Pbx, seen.Extension)] = seen.At;
    }

    static IEnumerable<(string Pbx, string Extension, DateTimeOffset At)> Seen(Call call)
    {
        foreach (var offer in call.Offers)
            yield return (call.Key.Source, offer.Extension, offer.OfferedAt);
        foreach (var talk in call.Talks)
            if (talk.Extension is { } extension)
                yield return (call.Key.Source, extension, talk.StartedAt);
        if (call.PlacedBy is { } placedBy)
            yield return (call.Key.Source, placedBy, call.StartedAt);
    }
}
