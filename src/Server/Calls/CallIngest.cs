using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// The one owner of the live calls of a source: takes its signals from a channel, lets the tracker make calls of them, saves the newest
/// version of each changed call, and then tells the watchers. While one save is under way the next batch gathers, so the busier it is,
/// the larger the batches: a commit for each change when it is quiet, and one for many when it is not.
/// </summary>
/// <remarks>
/// While the database is away, signals go on being applied and only the newest version of each call is kept, until
/// <see cref="PendingMax"/> calls wait; then the channel is left to fill, and whoever fills it drops the line and starts over with a
/// snapshot. A call that the database refuses goes to quarantine alone.
/// </remarks>
internal sealed partial class CallIngest(
    string source,
    NumberPlan numbers,
    ChannelReader<CallSignal> signals,
    CallStore store,
    Quarantine quarantine,
    IReadOnlyList<ICallWatcher> watchers,
    TimeProvider time,
    ILogger<CallIngest> log)
{
    /// <summary>Calls that wait to be saved; beyond it, no signal is taken.</summary>
    public const int PendingMax = 50_000;

    /// <summary>More in one transaction gains nothing, and the first of them wait longer.</summary>
    const int BatchMax = 100;

    /// <summary>Signals taken in one go: then it is looked whether the save is done.</summary>
    const int SignalsMax = 1_000;

    static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);
    static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    readonly PendingCalls pending = new();

    /// <summary>What was saved last of the calls that go on.</summary>
    readonly Dictionary<CallKey, SavedCall> saved = [];

    int failures;

    /// <summary>
    /// Runs until the channel is completed and everything in it is saved. Cancelling stops at once and saves nothing more: for an owner
    /// who may not write any longer.
    /// </summary>
    public async Task Run(CancellationToken cancel)
    {
        var tracker = await TakeUp(cancel);
        Task<bool>? arrival = null;
        Task<Attempt>? saving = null;
        Task? pause = null;
        for (var isOpen = true; isOpen || pending.Count > 0 || saving is not null;)
        {
            Apply(tracker);
            if (saving is null && pause is null && pending.Count > 0)
                saving = SaveAside(pending.Take(BatchMax), cancel);
            if (isOpen && pending.Count < PendingMax)
                arrival ??= signals.WaitToReadAsync(cancel).AsTask();
            await Task.WhenAny(new[] { arrival, saving, pause }.OfType<Task>());
            if (saving is { IsCompleted: true })
            {
                pause = Conclude(await saving, cancel);
                saving = null;
            }
            if (pause is { IsCompleted: true })
            {
                await pause;
                pause = null;
            }
            if (arrival is { IsCompleted: true })
            {
                isOpen = await arrival;
                arrival = null;
            }
            CallMetrics.Pending(source, pending.Count);
        }
    }

    /// <summary>A tracker that knows the calls which went on when they were saved last. The watchers hear of them too, as if just saved.</summary>
    async Task<CallTracker> TakeUp(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                var live = await store.Live(source, cancel);
                foreach (var call in live)
                    saved.Add(call.Call.Key, call);
                if (live.Count > 0)
                    await Tell(live, cancel);
                return new(source, numbers, live.Select(call => call.Call));
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, source, 0);
                await Task.Delay(NextPause(), time, cancel);
            }
        }
    }

    void Apply(CallTracker tracker)
    {
        for (var i = 0; i < SignalsMax && pending.Count < PendingMax && signals.TryRead(out var signal); i++)
        {
            var ignored = tracker.Ignored;
            try
            {
                foreach (var call in tracker.Apply(signal))
                    pending.Put(new(call, time.GetTimestamp()));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // A bug in the tracker. It must not cost the other calls.
                LogSignalFailed(error, source);
                quarantine.Keep(source, $"The program failed on this signal: {error.Message}", signal.ToString());
            }
            CallMetrics.Applied(source, tracker.Ignored - ignored);
        }
    }

    // SQLite's driver does not return before it is done: on this loop, it would keep signals waiting.
    Task<Attempt> SaveAside(IReadOnlyList<PendingCall> batch, CancellationToken cancel) => Task.Run(() => Save(batch, cancel), CancellationToken.None);

    /// <summary>Saves what can be saved of a batch, and tells the watchers. Fails only when it is cancelled.</summary>
    async Task<Attempt> Save(IReadOnlyList<PendingCall> batch, CancellationToken cancel)
    {
        var from = time.GetTimestamp();
        try
        {
            var done = await store.Save([.. batch.Select(ToSave)], cancel);
            CallMetrics.Saved(source, done.Count, time.GetElapsedTime(from));
            foreach (var change in batch)
                CallMetrics.Lagged(source, time.GetElapsedTime(change.Since));
            await Tell(done, cancel);
            return new(done, []);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            LogDatabaseAway(error, source, batch.Count);
            return new([], batch);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            return batch.Count > 1 ? await SaveEachAlone(batch, cancel) : Refused(batch[0].Call, error);
        }
    }

    /// <summary>One of the batch is refused. It must not cost the others.</summary>
    async Task<Attempt> SaveEachAlone(IReadOnlyList<PendingCall> batch, CancellationToken cancel)
    {
        List<SavedCall> done = [];
        List<PendingCall> left = [];
        foreach (var call in batch)
        {
            var attempt = left.Count == 0 ? await Save([call], cancel) : new([], [call]);
            done.AddRange(attempt.Saved);
            left.AddRange(attempt.Left);
        }
        return new(done, left);
    }

    Attempt Refused(Call call, Exception error)
    {
        LogCallRefused(error, call.Key);
        quarantine.Keep(source, $"The database refused this call: {error.Message}", JsonSerializer.Serialize(call, Json));
        return new([], []);
    }

    CallToSave ToSave(PendingCall change) => new(change.Call, saved.GetValueOrDefault(change.Call.Key));

    /// <summary>Remembers what was saved, puts back what was not. Returns the pause to make before the next try.</summary>
    Task? Conclude(Attempt attempt, CancellationToken cancel)
    {
        foreach (var call in attempt.Saved)
        {
            if (call.Call.IsLive)
                saved[call.Call.Key] = call;
            else
                saved.Remove(call.Call.Key);
        }
        foreach (var change in attempt.Left)
            pending.Put(change);
        if (attempt.Left.Count > 0)
        {
            CallMetrics.Failed(source);
            return Task.Delay(NextPause(), time, cancel);
        }
        if (failures > 0)
            LogDatabaseBack(source, pending.Count);
        failures = 0;
        return null;
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

    /// <summary>Twice as long each time, and a random part of it: nodes that wait for one database do not all knock at once.</summary>
    TimeSpan NextPause()
    {
        var limit = Math.Min(PauseMax.TotalMilliseconds, PauseMin.TotalMilliseconds * Math.Pow(2, Math.Min(failures++, 10)));
        return TimeSpan.FromMilliseconds(limit * (0.5 + Random.Shared.NextDouble() / 2));
    }

    /// <param name="Left">What could not be saved now, because the database is away.</param>
    sealed record Attempt(IReadOnlyList<SavedCall> Saved, IReadOnlyList<PendingCall> Left);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Calls} calls of {Source} wait in memory and are tried again")]
    private partial void LogDatabaseAway(Exception error, string source, int calls);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is back: {Calls} calls of {Source} are still to be saved")]
    private partial void LogDatabaseBack(string source, int calls);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {Call} is refused by the database and goes to quarantine")]
    private partial void LogCallRefused(Exception error, CallKey call);

    [LoggerMessage(Level = LogLevel.Error, Message = "A signal of {Source} made the tracker fail and goes to quarantine")]
    private partial void LogSignalFailed(Exception error, string source);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Watcher} failed on saved calls of {Source}")]
    private partial void LogWatcherFailed(Exception error, string watcher, string source);
}

/// <summary>Makes the intake of a source.</summary>
internal sealed class CallIngests(CallStore store, Quarantine quarantine, IEnumerable<ICallWatcher> watchers, TimeProvider time, ILogger<CallIngest> log)
{
    readonly IReadOnlyList<ICallWatcher> watchers = [.. watchers];

    /// <param name="source">The name of the PBX in the keys of its calls. At any time, one intake may run for it in the whole installation.</param>
    public CallIngest Of(string source, NumberPlan numbers, ChannelReader<CallSignal> signals) =>
        new(source, numbers, signals, store, quarantine, watchers, time, log);
}
