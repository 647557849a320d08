using System.Threading.Channels;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// Tells everybody how many lost calls wait, whenever that changes for them: at once when this node changed the ledger, and soon when
/// another one did or a callback has become late.
/// </summary>
internal sealed partial class LostStrip(LostNews news, LostList lost, DeskSessions sessions, DeskScreens screens, TimeProvider time, ILogger<LostStrip> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    IReadOnlyDictionary<long, LostCount> shown = new Dictionary<long, LostCount>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.Changed += Look;
        await using var clock = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
        await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Show(stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error);
            }
        }
    }

    void Look() => changes.Writer.TryWrite(true);

    async Task Show(CancellationToken cancel)
    {
        var agentIds = sessions.AgentIds;
        if (agentIds.Count == 0)
            return;
        var counted = await lost.Counts(agentIds, cancel);
        var counts = agentIds.ToDictionary(agentId => agentId, agentId => counted.GetValueOrDefault(agentId) ?? new());
        foreach (var (agentId, count) in counts.Where(pair => shown.GetValueOrDefault(pair.Key) != pair.Value))
            screens.ShowLost(agentId, count);
        shown = counts;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: nobody is told of lost calls now")]
    private partial void LogDatabaseAway(Exception error);
}
