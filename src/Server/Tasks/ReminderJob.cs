using Quartz;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>Looks for due reminders every few seconds.</summary>
internal sealed class ReminderJob(ReminderRound round) : IJob
{
    public const string Name = "tasks.reminders";
    public const string Cron = "0/5 * * * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await round.Run(cancellationToken);
}
