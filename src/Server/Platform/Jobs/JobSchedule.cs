using Quartz;

namespace ContactCenterCrm.Server.Platform.Jobs;

/// <summary>
/// Brings the store's schedule in line with what this version of the program declares: what is new is added, what has another time is changed, what
/// is gone is removed; the rest is left alone, because writing a trigger anew makes several nodes fire it side by side.
/// </summary>
internal sealed class JobSchedule(ISchedulerFactory schedulers, IEnumerable<DeclaredJob> declared, TimeProvider time) : IHostedService
{
    const string Group = "declared";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = declared.ToDictionary(job => new JobKey(job.Name, Group));
        foreach (var gone in (await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellationToken)).Where(key => !jobs.ContainsKey(key)))
            await scheduler.DeleteJob(gone, cancellationToken);
        foreach (var (key, job) in jobs)
        {
            if (!await IsAsDeclared(scheduler, key, job, cancellationToken))
                await Schedule(scheduler, key, job, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static async Task<bool> IsAsDeclared(IScheduler scheduler, JobKey key, DeclaredJob job, CancellationToken cancel) =>
        await scheduler.GetTrigger(TriggerOf(key), cancel) is ICronTrigger trigger
        && trigger.CronExpressionString == job.Cron
        && (await scheduler.GetJobDetail(key, cancel))?.JobType.Type == job.Type;

    // A firing that was missed is run once, as soon as somebody is there: the job looks for all that is due. A trigger that does not go by the
    // scheduler's clock may start years before it, and is fired for every minute of them.
    async Task Schedule(IScheduler scheduler, JobKey key, DeclaredJob job, CancellationToken cancel) =>
        await scheduler.ScheduleJob(
            JobBuilder.Create().OfType(job.Type).WithIdentity(key).StoreDurably().DisallowConcurrentExecution().Build(),
            TriggerBuilder.Create(time).WithIdentity(TriggerOf(key)).WithCronSchedule(job.Cron, cron => cron.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build(),
            ScheduleJobOptions.Replacing,
            cancel);

    static TriggerKey TriggerOf(JobKey key) => new(key.Name, key.Group);
}
