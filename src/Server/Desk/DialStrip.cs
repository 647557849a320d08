using System.Threading.Channels;
using ContactCenterCrm.Server.Dialling;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Desk;

/// <summary>Tells agents what becomes of the calls that they asked for, until those have cards.</summary>
internal sealed partial class DialStrip(DialStore dials, DeskScreens screens, ILogger<DialStrip> log) : BackgroundService
{
    /// <summary>Agents whose desks wait to be told. What is left out comes with the next change, or with the whole desk.</summary>
    const int Waiting = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<long>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite });
        dials.Changed += agentId => changes.Writer.TryWrite(agentId);
        await foreach (var agentId in changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await screens.ShowDials(agentId, stoppingToken);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, agentId);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: agent {AgentId} is not told of the own orders now")]
    private partial void LogDatabaseAway(Exception error, long agentId);
}
