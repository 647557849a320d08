using System.Threading.Channels;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Desk;

/// <summary>Tells desks that tasks or reminders have changed. A hint that is lost costs a minute: browsers look by themselves, too.</summary>
internal sealed partial class TaskHints(TaskNews news, DeskScreens screens, ILogger<TaskHints> log) : BackgroundService
{
    const int WaitingMax = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<IReadOnlyCollection<long>>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });
        news.Changed += agentIds => changes.Writer.TryWrite(agentIds);
        await foreach (var agentIds in changes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await screens.ShowTasks(agentIds, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogNotSent(error, agentIds.Count);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A hint for {Agents} agents could not be sent")]
    private partial void LogNotSent(Exception error, int agents);
}
