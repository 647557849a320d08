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

    readonly CallSaver saver = new(source, store, quarantine, watchers, time, log);
    readonly PendingCalls pending = new();
    readonly RetryPause pauses = new();

    /// <summary>
    /// Runs until the channel is completed and everything in it is saved. Cancelling stops at once and saves nothing more: for an owner
    /// who may not write any longer.
    /// </summary>
    public async Task Run(CancellationToken cancel)
    {
        var tracker = await TakeUp(cancel);
        Task<bool>? arrival = null;
        Task<IReadOnlyList<PendingCall>>? saving = null;
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

    /// <summary>A tracker that knows the calls which went on when they were saved last.</summary>
    async Task<CallTracker> TakeUp(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new(source, numbers, (await saver.TakeUp(cancel)).Select(call => call.Call));
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, source);
                await Task.Delay(pauses.Next(), time, cancel);
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
    Task<IReadOnlyList<PendingCall>> SaveAside(IReadOnlyList<PendingCall> batch, CancellationToken cancel) =>
        Task.Run(() => saver.Save(batch, cancel), CancellationToken.None);

    /// <summary>Puts back what was not saved. Returns the pause to make before the next try.</summary>
    Task? Conclude(IReadOnlyList<PendingCall> left, CancellationToken cancel)
    {
        foreach (var change in left)
            pending.Put(change);
        if (left.Count > 0)
            return Task.Delay(pauses.Next(), time, cancel);
        if (pauses.End())
            LogDatabaseBack(source, pending.Count);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: the calls of {Source} that go on cannot be taken up yet")]
    private partial void LogDatabaseAway(Exception error, string source);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is back: {Calls} calls of {Source} are still to be saved")]
    private partial void LogDatabaseBack(string source, int calls);

    [LoggerMessage(Level = LogLevel.Error, Message = "A signal of {Source} made the tracker fail and goes to quarantine")]
    private partial void LogSignalFailed(Exception error, string source);
}

/// <summary>Makes the intake of a source.</summary>
internal sealed class CallIngests(CallStore store, Quarantine quarantine, IEnumerable<ICallWatcher> watchers, TimeProvider time, ILogger<CallIngest> log)
{
    readonly IReadOnlyList<ICallWatcher> watchers = [.. watchers];

    /// <param name="source">The name of the PBX in the keys of its calls. At any time, one intake may run for it in the whole installation.</param>
    public CallIngest Of(string source, NumberPlan numbers, ChannelReader<CallSignal> signals) =>
        new(source, numbers, signals, store, quarantine, watchers, time, log);

    /// <summary>For an owner of a source that has calls, not signals.</summary>
    /// <param name="own">Whoever wants to hear of this source only.</param>
    public CallSaver Saver(string source, params IReadOnlyList<ICallWatcher> own) => new(source, store, quarantine, [.. watchers, .. own], time, log);
}
