using System.Collections.Concurrent;
using System.Threading.Channels;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>
/// Runs the enabled links that this node owns. It looks at the configuration and at its leases every two seconds, and at once when
/// an admin changed something here. Each link runs for itself: what goes wrong with one is its own state.
/// </summary>
internal sealed partial class PbxLinks(
    PbxLinkStore store, PbxGapStore gaps, PbxLinkRuns starter, Leases leases, NodeRoles roles, TimeProvider time, ILogger<PbxLinks> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>A node that has not been heard of for so long has lost its lines to another.</summary>
    static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(8);

    /// <summary>A line that is made, or made again, within this time was never down for anybody.</summary>
    static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<long, PbxLinkRun> runs = [];
    readonly Dictionary<long, DateTimeOffset?> toldDown = [];
    readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What all nodes know of lines that are down has changed.</summary>
    public event Action? DownChanged;

    /// <summary>The configuration or a line has changed: no reason to wait.</summary>
    public void LookAgain() => looks.Writer.TryWrite(true);

    public PbxLinkState StateOf(PbxLink link, int liveCalls)
    {
        if (!link.IsEnabled)
            return new() { Status = "disabled" };
        return runs.TryGetValue(link.Id, out var run) ? run.State(liveCalls) : new() { Status = "elsewhere", LiveCalls = liveCalls };
    }

    /// <summary>The lines that this node owns.</summary>
    public IEnumerable<PbxLinkRun> Running => runs.Values;

    /// <summary>The line to this PBX, when this node owns it.</summary>
    public PbxLinkRun? RunOf(string pbx) => runs.Values.FirstOrDefault(run => run.Link.Name == pbx);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!roles.Telephony)
            return;
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
            await Task.WhenAll(runs.Keys.Select(id => Stop(id, run => run.Close())));
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
            await Look(cancel);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            // The lines go on: what they hear waits in memory. Nobody can take a lease over from a database that is away.
            LogDatabaseAway(error);
        }
    }

    async Task Look(CancellationToken cancel)
    {
        var links = (await store.List(cancel)).Where(link => link.IsEnabled).ToDictionary(link => link.Id);
        var over = runs.Where(run => links.GetValueOrDefault(run.Key)?.Changed != run.Value.Link.Changed).Select(run => run.Key).ToList();
        await Task.WhenAll(over.Select(id => Stop(id, run => run.Close())));
        foreach (var link in links.Values)
            await Own(link, cancel);
        await TellDown(cancel);
        await gaps.Hear([.. runs.Values.Where(run => run.UpSince is not null).Select(run => (run.Link, run.UpSince!.Value))], cancel);
    }

    async Task Own(PbxLink link, CancellationToken cancel)
    {
        var isOurs = await leases.Hold(LeaseOf(link.Id), LeaseTime, cancel);
        if (!isOurs)
            await Stop(link.Id, run => run.Abandon());
        else if (!runs.ContainsKey(link.Id))
        {
            var run = starter.Start(link);
            run.Changed += LookAgain;
            runs[link.Id] = run;
        }
    }

    async Task Stop(long id, Func<PbxLinkRun, Task> stop)
    {
        if (!runs.TryRemove(id, out var run))
            return;
        run.Changed -= LookAgain;
        toldDown.Remove(id);
        using (run)
            await stop(run);
        try
        {
            await leases.Release(LeaseOf(id), CancellationToken.None);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            // Then the others wait for the silence.
            LogDatabaseAway(error);
        }
    }

    async Task TellDown(CancellationToken cancel)
    {
        foreach (var (id, run) in runs)
        {
            var since = run.NotUpSince is { } notUp && time.GetUtcNow() - notUp >= DownAfter ? notUp : (DateTimeOffset?)null;
            if (toldDown.TryGetValue(id, out var told) && told == since)
                continue;
            await store.SetDown(id, since, cancel);
            toldDown[id] = since;
            DownChanged?.Invoke();
        }
    }

    static string LeaseOf(long id) => $"pbx_link:{id}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: links to PBXs stay as they are")]
    private partial void LogDatabaseAway(Exception error);
}
