using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calls;

/// <summary>The database goes away while calls go on.</summary>
sealed class DatabaseAwayTests
{
    [Test]
    public async Task Calls_queue_up_while_PostgreSQL_is_away_and_nothing_is_lost_when_it_is_back()
    {
        await using var host = await OwnCluster();
        await using var test = await TestDatabase.On(Engine.Postgres, await host.NewDatabase());
        await using var stand = new IngestStand(test.Database, test.Ids);
        await stand.Say([.. Said.Ringing("before", "89160000001"), .. Said.Ringing("during", "89160000002")]);
        await Until.True(() => stand.IsTold("during", call => call.Rang.Any()), "two calls ring");

        await host.Kill();
        await stand.Say(Said.Answered("during"));
        await stand.Say(Said.HungUp("during"));
        for (var i = 0; i < 300; i++)
            await stand.Say(Said.Whole($"away-{i}", $"8916{i:0000000}"));
        await Until.True(() => stand.Waiting == 0, "the signals are taken though nothing can be saved");
        Assert.That(stand.Told.Keys, Has.Count.EqualTo(2));
        await host.Boot(durable: true);
        await stand.Say([.. Said.Answered("before"), .. Said.HungUp("before")]);
        await stand.Finish();

        Assert.That(await Count(test, "SELECT COUNT(*) FROM call WHERE result = 'answered' AND ended_at IS NOT NULL"), Is.EqualTo(302));
        Assert.That(await Count(test, "SELECT COUNT(*) FROM call_talk WHERE ended_at IS NOT NULL"), Is.EqualTo(302));
        Assert.That(await Count(test, "SELECT COUNT(*) FROM quarantine"), Is.Zero);
        Assert.That(stand.Told.Values.Select(versions => versions.Last().Call.EndedAt), Is.All.Not.Null);
    }

    [Test]
    public async Task A_power_cut_of_PostgreSQL_leaves_no_half_written_call()
    {
        await using var host = await OwnCluster();
        await using var test = await TestDatabase.On(Engine.Postgres, await host.NewDatabase());
        await using var stand = new IngestStand(test.Database, test.Ids);
        using var stop = new CancellationTokenSource();
        var speaking = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await Until.True(() => i - stand.Told.Count < 500, "the store keeps up");
                await stand.Say(Said.Whole($"{i}", $"8916{i % 1000:0000000}"));
            }
        });

        for (var cut = 0; cut < 3; cut++)
        {
            var told = stand.Told.Count;
            await Until.True(() => stand.Told.Count > told + 200, "calls are saved");
            await host.Kill();
            await host.Boot(durable: true);
            Assert.That(await Count(test, """
                SELECT COUNT(*) FROM call c
                WHERE c.result = 'answered' AND ((SELECT COUNT(*) FROM call_leg l WHERE l.call_id = c.id) <> 2
                    OR (SELECT COUNT(*) FROM call_talk t WHERE t.call_id = c.id AND t.ended_at IS NOT NULL) <> 1 OR c.client_id IS NULL)
                """), Is.Zero, "each ended call has its two legs, its talk and its client");
        }
        await stop.CancelAsync();
        await speaking;
        await stand.Finish();

        Assert.That(await Count(test, "SELECT COUNT(*) FROM call WHERE result = 'answered'"), Is.EqualTo(stand.Told.Count));
        Assert.That(await Count(test, "SELECT COUNT(*) FROM client"), Is.EqualTo(await Count(test, "SELECT COUNT(DISTINCT party_e164) FROM call")));
    }

    [Test]
    public async Task Calls_queue_up_while_another_program_holds_the_SQLite_file()
    {
        await using var test = await TestDatabase.New(Engine.Sqlite);
        await using var stand = new IngestStand(test.Database, test.Ids);
        await stand.Say(Said.Started("first", "89160000001"));
        await Until.True(() => stand.Told.Count == 1, "the first call is saved");

        await using (await test.AnotherNode().Database.Write(default))
        {
            for (var i = 0; i < 300; i++)
                await stand.Say(Said.Whole($"{i}", $"8916{i:0000000}"));
            await Until.True(() => stand.Waiting == 0, "the signals are taken though nothing can be saved");
            Assert.That(stand.Told, Has.Count.EqualTo(1));
        }
        await stand.Say(Said.Ended("first"));
        await stand.Finish();

        Assert.That(await Count(test, "SELECT COUNT(*) FROM call WHERE ended_at IS NOT NULL"), Is.EqualTo(301));
    }

    [Test]
    public async Task When_too_many_calls_wait_the_line_is_left_to_fill()
    {
        await using var test = await TestDatabase.New(Engine.Sqlite);
        await using var hold = await test.AnotherNode().Database.Write(default);
        await using var stand = new IngestStand(test.Database, test.Ids);

        var said = 0;
        await Until.True(() =>
        {
            while (said < 2 * CallIngest.PendingMax && stand.TrySay(Said.Started($"{said}", null)))
                said++;
            return said > CallIngest.PendingMax && stand.Waiting > 0 && !stand.TrySay(Said.Started("full", null));
        }, "the line is full");

        Assert.That(said, Is.InRange(CallIngest.PendingMax, CallIngest.PendingMax + 10_000));
    }

    static async Task<PostgresHost> OwnCluster()
    {
        if (PostgresHost.Missing is { } reason)
            Assert.Ignore(reason);
        return await PostgresHost.Start(durable: true);
    }

    static async Task<int> Count(TestDatabase test, string sql)
    {
        await using var session = await test.Database.Read(default);
        return await session.QueryFirst<int>(new(sql), null, default);
    }
}
