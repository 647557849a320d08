using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// Saves versions of the calls of a source, and then tells the watchers. A call that the database refuses goes to quarantine alone. For the
/// one owner of the source, who saves one batch after the other.
/// </summary>
internal sealed partial class CallSaver(
    string source, CallStore store, Quarantine quarantine, IReadOnlyList<ICallWatcher> watchers, TimeProvider time, ILogger log)
{
    static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What was saved last of the calls that go on.</summary>
    readonly Dictionary<CallKey, SavedCall> saved = [];

    /// <summary>The calls that went on when they were saved last. The watchers hear of them too, as if just saved.</summary>
    public async Task<IReadOnlyList<SavedCall>> TakeUp(CancellationToken cancel)
    {
        var live = await store.Live(source, cancel);
        Remember(live);
        if (live.Count > 0)
            await Tell(live, cancel);
        return live;
    }

    /// <summary>
    /// Saves what can be saved of a batch. Returns what could not be now, because the database is away. Fails only when it is cancelled.
    /// </summary>
    public async Task<IReadOnlyList<PendingCall>> Save(IReadOnlyList<PendingCall> batch, CancellationToken cancel)
    {
        var from = time.GetTimestamp();
        try
        {
            var done = await store.Save([.. batch.Select(ToSave)], cancel);
            CallMetrics.Saved(source, done.Count, time.GetElapsedTime(from));
            foreach (var change in batch)
                CallMetrics.Lagged(source, time.GetElapsedTime(change.Since));
            Remember(done);
            await Tell(done, cancel);
            return [];
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            CallMetrics.Failed(source);
            LogDatabaseAway(error, source, batch.Count);
            return batch;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            return batch.Count > 1 ? await SaveEachAlone(batch, cancel) : Refused(batch[0].Call, error);
        }
    }

    /// <summary>One of the batch is refused. It must not cost the others.</summary>
    async Task<IReadOnlyList<PendingCall>> SaveEachAlone(IReadOnlyList<PendingCall> batch, CancellationToken cancel)
    {
        List<PendingCall> left = [];
        foreach (var call in batch)
            left.AddRange(left.Count == 0 ? await Save([call], cancel) : [call]);
        return left;
    }

    IReadOnlyList<PendingCall> Refused(Call call, Exception error)
    {
        LogCallRefused(error, call.Key);
        quarantine.Keep(source, $"The database refused this call: {error.Message}", JsonSerializer.Serialize(call, Json));
        return [];
    }

    CallToSave ToSave(PendingCall change) => new(change.Call, saved.GetValueOrDefault(change.Call.Key));

    void Remember(IReadOnlyList<SavedCall> calls)
    {
        foreach (var call in calls)
        {
            if (call.Call.IsLive)
                saved[call.Call.Key] = call;
            else
                saved.Remove(call.Call.Key);
        }
    }

    async Task Tell(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        foreach (var watcher in watchers)
        {
            try
            {
                await watcher.Saved(calls, cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                // The calls are saved. That somebody cannot show them must not keep the next ones from being saved.
                LogWatcherFailed(error, watcher.GetType().Name, source);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Calls} calls of {Source} wait and are tried again")]
    private partial void LogDatabaseAway(Exception error, string source, int calls);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {Call} is refused by the database and goes to quarantine")]
    private partial void LogCallRefused(Exception error, CallKey call);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Watcher} failed on saved calls of {Source}")]
    private partial void LogWatcherFailed(Exception error, string watcher, string source);
}
