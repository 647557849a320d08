using System.Collections.Concurrent;
using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>
/// Gives orders to the sources whose lines this node has: its own agents' at once, those that came to other nodes within a second. An
/// order that nobody takes, or whose node died over it, fails in time.
/// </summary>
internal sealed partial class DialRunner(
    DialStore store, IEnumerable<ICallDialler> diallers, DialSettings settings, TimeProvider time, ILogger<DialRunner> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A line that moves to another node is up there within this time.</summary>
    static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(15);

    /// <summary>Longer than any phone may ring, and the source's answer behind it.</summary>
    static readonly TimeSpan GivenWithin = TimeSpan.FromMinutes(3);

    readonly ConcurrentDictionary<long, Task> giving = [];
    readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is a new order: no reason to wait.</summary>
    public void LookAgain() => looks.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await LookUnlessDatabaseIsAway(stoppingToken);
                await NextLook(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(giving.Values);
        }
    }

    async Task NextLook(CancellationToken cancel)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(looks.Reader.WaitToReadAsync(due.Token).AsTask(), Task.Delay(LookEvery, time, due.Token));
        await due.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        looks.Reader.TryRead(out _);
    }

    async Task LookUnlessDatabaseIsAway(CancellationToken cancel)
    {
        try
        {
            foreach (var dial in await store.UnderWay(cancel))
                await Look(dial, cancel);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            LogDatabaseAway(error);
        }
    }

    async Task Look(WaitingDial dial, CancellationToken cancel)
    {
        if (giving.ContainsKey(dial.Order.Id))
            return;
        var age = time.GetUtcNow() - dial.Order.AskedAt;
        if (dial.IsTaken)
        {
            if (age > GivenWithin)
                await store.Fail(dial.Order.Id, dial.AgentId, DialFailure.LineLost, cancel);
        }
        else if (age > TakenWithin)
        {
            await store.Fail(dial.Order.Id, dial.AgentId, DialFailure.NobodyTookIt, cancel);
        }
        else if (diallers.FirstOrDefault(dialler => dialler.Takes(dial.Order.Source)) is { } dialler && await store.TakeOver(dial.Order.Id, cancel))
        {
            giving[dial.Order.Id] = GiveAside(dial, dialler, cancel);
        }
    }

    Task GiveAside(WaitingDial dial, ICallDialler dialler, CancellationToken cancel) => Task.Run(async () =>
    {
        try
        {
            await Give(dial, dialler, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The node stops. If the phone rings, its call is known by its name.
        }
        catch (Exception error)
        {
            // What became of it is not known; in time it fails.
            LogFailed(error, dial.Order.Id);
        }
        finally
        {
            giving.TryRemove(dial.Order.Id, out _);
        }
    }, CancellationToken.None);

    async Task Give(WaitingDial dial, ICallDialler dialler, CancellationToken cancel)
    {
        var order = dial.Order with { RingTime = TimeSpan.FromSeconds(settings.RingSeconds) };
        switch (await dialler.Dial(order, cancel))
        {
            case DialResult.Taken taken when taken.CallId != dial.Order.CallId:
                await store.Name(dial.Order.Id, taken.CallId, cancel);
                break;
            case DialResult.Failed failed:
                LogNoCall(dial.Order.Id, dial.Order.Source, failed.Why);
                await store.Fail(dial.Order.Id, dial.AgentId, failed.Why, cancel);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: orders to call wait")]
    private partial void LogDatabaseAway(Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "No call came of order {Dial} to {Source}: {Why}")]
    private partial void LogNoCall(long dial, string source, DialFailure why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Order {Dial} failed")]
    private partial void LogFailed(Exception error, long dial);
}
