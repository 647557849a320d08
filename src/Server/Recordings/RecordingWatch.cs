using System.Collections.Concurrent;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Hears from calls which recordings are to come, and to which call each belongs.</summary>
internal sealed partial class RecordingWatch(RecordingStore store, ILogger<RecordingWatch> log) : ICallWatcher
{
    // Of the calls that go on: how many of its recordings are written down.
    readonly ConcurrentDictionary<CallKey, int> written = [];

    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        // The newest version of each call has all its recordings; of one that was merged into another, the other has them.
        var newest = calls.Where(saved => saved.Call.MergedInto is null).GroupBy(saved => saved.CallId).Select(versions => versions.MaxBy(saved => saved.Call.Revision)!)
            .Where(saved => saved.Call.Recordings.Length > written.GetValueOrDefault(saved.Call.Key)).ToList();
        var expected = newest.SelectMany(Expected).ToList();
        if (expected.Count > 0)
            await store.Expect(expected, cancel);
        foreach (var saved in newest)
            written[saved.Call.Key] = saved.Call.Recordings.Length;
        foreach (var ended in calls.Where(saved => !saved.Call.IsLive))
            written.TryRemove(ended.Call.Key, out _);
    }

    IEnumerable<ExpectedRecording> Expected(SavedCall saved)
    {
        foreach (var recording in saved.Call.Recordings)
        {
            if (recording.File.Length > RecordingStore.ExternalIdMax)
                LogTooLong(saved.CallId, recording.File.Length);
            else
                yield return new(saved.Call.Key.Source, recording.LegId, recording.File, saved.Call.Key.ExternalId, saved.CallId, recording.StartedAt);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The PBX named a recording of call {Call} with {Characters} characters: too many to find it by")]
    private partial void LogTooLong(long call, int characters);
}
