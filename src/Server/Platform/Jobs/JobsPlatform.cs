using ContactCenterCrm.Server.Platform.Data;
using Microsoft.Data.SqlClient;
using Npgsql;
using Quartz;

namespace ContactCenterCrm.Server.Platform.Jobs;

/// <summary>
/// Work by the clock. A slice declares its jobs with <see cref="AddJob{T}"/>; on database servers the nodes with the role <c>jobs</c> share them,
/// and each firing runs on one of them. A job looks in the tables for what is due and can be run twice without harm, so a firing that was
/// missed while nobody ran is made good by the next one (docs/decisions/0008).
/// </summary>
internal static class JobsPlatform
{
    /// <summary>A node that has not checked in for so long is taken for dead, and what it was running is run again.</summary>
    static readonly TimeSpan CheckInEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CheckInLate = TimeSpan.FromSeconds(3);

    public static WebApplicationBuilder AddJobs(this WebApplicationBuilder builder)
    {
        if (!NodeRoles.Of(builder.Configuration).Jobs)
            return builder;
        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "ContactCenterCrm";
                scheduler.GenerateInstanceId = true;
                scheduler.DefaultTimeZone = TimeZoneInfo.Utc;
            });
            Store(quartz, DatabaseOptions.Of(builder.Configuration));
        });
        // In this order: what is to be run stands in the store before the scheduler looks into it.
        builder.Services.AddHostedService<JobSchedule>();
        builder.AddQuartzHostedService(service => service.WaitForJobsToComplete = true);
        return builder;
    }

    /// <param name="name">What it is for, after the slice's name: <c>recordings.missing</c>. Never changed: it is the key in the store.</param>
    /// <param name="cron">When, in UTC: seconds, minutes, hours, days, months, days of the week (Quartz).</param>
    public static IServiceCollection AddJob<T>(this IServiceCollection services, string name, string cron) where T : class, IJob =>
        services.AddTransient<T>().AddSingleton(new DeclaredJob(name, typeof(T), cron));

    // SQLite has one process, which needs no store to agree with others by.
    static void Store(IQuartzBuilder quartz, DatabaseOptions database)
    {
        if (database.Engine == Engine.Sqlite)
            quartz.UseInMemoryStore();
        else
            quartz.UsePersistentStore(store =>
            {
                if (database.Engine == Engine.Postgres)
                    store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
                else
                    store.UseSqlServer(SqlClientFactory.Instance, database.ConnectionString);
                store.ProvisionSchema();
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckInEvery, CheckInLate));
            });
    }
}

/// <summary>A job that a slice wants to be run.</summary>
internal sealed record DeclaredJob(string Name, Type Type, string Cron);
