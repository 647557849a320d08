using System.Collections.Concurrent;
using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterCrm.Server.Tests.Calls;

/// <summary>The intake of one source on a database, a line to speak into, and a watcher that remembers what it was told.</summary>
sealed class IngestStand : ICallWatcher, IAsyncDisposable
{
    const int ChannelMax = 8_192;

    readonly Channel<CallSignal> line = Channel.CreateBounded<CallSignal>(new BoundedChannelOptions(ChannelMax) { SingleReader = true });
    readonly CancellationTokenSource stop = new();
    readonly Task running;
    readonly Task keeping;
    readonly Quarantine quarantine;

    public IngestStand(Database database, IdBlocks ids, string source = "pbx")
    {
        quarantine = new(new(database, ids), TimeProvider.System, NullLogger<Quarantine>.Instance);
        var ingest = new CallIngest(
            source, new NumberPlan("RU"), line.Reader, new(database, ids), quarantine, [this], TimeProvider.System, NullLogger<CallIngest>.Instance);
        running = Task.Run(() => ingest.Run(stop.Token));
        keeping = Task.Run(() => quarantine.StartAsync(stop.Token));
    }

    /// <summary>The versions of each call that the watcher was told of, in order.</summary>
    public ConcurrentDictionary<CallKey, ConcurrentQueue<SavedCall>> Told { get; } = [];

    public int Waiting => line.Reader.Count;

    public ValueTask Say(CallSignal signal) => line.Writer.WriteAsync(signal);

    public bool TrySay(CallSignal signal) => line.Writer.TryWrite(signal);

    public async Task Say(IEnumerable<CallSignal> signals)
    {
        foreach (var signal in signals)
            await Say(signal);
    }

    public bool IsTold(string callId, Predicate<Call> what, string source = "pbx") =>
        Told.TryGetValue(new(source, callId), out var versions) && versions.Any(saved => what(saved.Call));

    /// <summary>Hangs up the line in good order: what was said is saved.</summary>
    public async Task Finish()
    {
        line.Writer.TryComplete();
        await running.WaitAsync(Until.Patience);
    }

    public Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        foreach (var call in calls)
            Told.GetOrAdd(call.Call.Key, _ => []).Enqueue(call);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        await keeping.ContinueWith(_ => { }, TaskScheduler.Default);
        await quarantine.StopAsync(CancellationToken.None);
        quarantine.Dispose();
        stop.Dispose();
    }
}
