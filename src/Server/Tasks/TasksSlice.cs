using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Jobs;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>What is to be done, by whom and when, and who is reminded of it.</summary>
internal static class TasksSlice
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton<AgentTasks>()
        .AddSingleton<IClientPart, TaskPart>()
        .AddSingleton<TaskList>()
        .AddSingleton<TaskNews>()
        .AddSingleton<Reminders>()
        .AddSingleton<ReminderRound>()
        .AddSingleton<ReminderMailStore>()
        .AddSingleton<ReminderMails>()
        .AddJob<ReminderJob>(ReminderJob.Name, ReminderJob.Cron)
        .AddJob<ReminderMailJob>(ReminderMailJob.Name, ReminderMailJob.Cron);

    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapTaskEndpoints();
        api.MapReminderEndpoints();
    }
}
