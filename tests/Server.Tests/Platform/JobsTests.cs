using System.Collections.Concurrent;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Jobs;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Quartz;

namespace ContactCenterCrm.Server.Tests.Platform;

/// <summary>Declared jobs on running servers, by the real clock.</summary>
abstract class JobsStand(Engine engine)
{
    protected const string EverySecond = "* * * * * ?";
    protected const string NewYear = "0 0 0 1 1 ?";

    TestDatabase database = null!;

    [SetUp]
    public async Task Open()
    {
        if (TestDatabase.Missing(engine) is { } reason)
            Assert.Ignore(reason);
        database = await TestDatabase.New(engine);
    }

    [TearDown]
    public async Task Close()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    protected Task<RunningServer> Node(Firings firings, string? cron, params (string Key, string? Value)[] settings) => RunningServer.Start(
        new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
        {
            ["Database:Engine"] = engine.ToString(),
            ["Database:ConnectionString"] = database.ConnectionString,
        },
        services =>
        {
            services.AddSingleton(firings);
            if (cron is not null)
                services.AddJob<Tick>("test.tick", cron);
        });

    protected sealed class Firings
    {
        readonly ConcurrentQueue<DateTimeOffset> times = [];

        public int Count => times.Count;
        public IEnumerable<DateTimeOffset> Repeated => times.GroupBy(time => time).Where(same => same.Count() > 1).Select(same => same.Key);
        public void Add(DateTimeOffset scheduled) => times.Enqueue(scheduled);
    }

    sealed class Tick(Firings firings) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            firings.Add(context.ScheduledFireTimeUtc!.Value);
            return ValueTask.CompletedTask;
        }
    }
}

[TestFixture(Engine.Sqlite), TestFixture(Engine.Postgres), TestFixture(Engine.SqlServer)]
sealed class JobsTests(Engine engine) : JobsStand(engine)
{
    [Test]
    public async Task A_job_is_run_at_the_time_that_the_newest_version_declares()
    {
        var firings = new Firings();
        await using (await Node(firings, NewYear))
            Assert.That(firings.Count, Is.Zero);
        await using (await Node(firings, EverySecond))
            await Until.True(() => firings.Count > 0, "the job fires at its new time");
    }

    [Test]
    public async Task A_job_that_is_no_longer_declared_is_forgotten()
    {
        await using (await Node(new(), NewYear)) { }
        await using var later = await Node(new(), cron: null);
        var scheduler = await later.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken.None);
        Assert.That(await scheduler.GetJobDetail(new("test.tick", "declared"), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_node_without_the_role_runs_none()
    {
        await using var node = await Node(new(), EverySecond, ("Roles", "web,telephony"));
        Assert.That(node.Services.GetService<ISchedulerFactory>(), Is.Null);
    }
}

/// <summary>SQLite serves one program at a time: sharing is for servers.</summary>
[TestFixture(Engine.Postgres), TestFixture(Engine.SqlServer)]
sealed class JobsOfSeveralNodesTests(Engine engine) : JobsStand(engine)
{
    [Test]
    public async Task Several_nodes_share_the_firings_and_a_lost_one_is_replaced()
    {
        var firings = new Firings();
        var first = await Node(firings, EverySecond);
        await using var second = await Node(firings, EverySecond);
        await Until.True(() => firings.Count >= 3, "the job fires");
        await first.DisposeAsync();
        var before = firings.Count;
        await Until.True(() => firings.Count >= before + 2, "the job fires on the node that is left");

        Assert.That(firings.Repeated, Is.Empty);
    }
}
