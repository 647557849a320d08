using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calls;

sealed class CallIngestTests(Engine engine) : StoreTests(engine)
{
    [Test]
    public async Task Watchers_hear_of_a_ringing_call_with_its_client_when_it_is_saved()
    {
        await using var stand = new IngestStand(Database, Test.Ids);

        await stand.Say(Said.Ringing("1", "89161234567"));
        await Until.True(() => stand.IsTold("1", call => call.Rang.Contains("101")), "the ringing is told");

        var told = stand.Told[new("pbx", "1")].Last();
        Assert.That(told.Call.Client!.E164, Is.EqualTo("+79161234567"));
        Assert.That(await Scalar<long>("SELECT client_id FROM call_offer o JOIN call c ON c.id = o.call_id"), Is.EqualTo(told.ClientId));
    }

    [Test]
    public async Task Versions_of_a_call_are_told_once_each_and_in_order()
    {
        await using var stand = new IngestStand(Database, Test.Ids);

        for (var i = 0; i < 50; i++)
            await stand.Say(Said.Whole($"{i}", $"8916{i:0000000}"));
        await stand.Finish();

        Assert.That(stand.Told, Has.Count.EqualTo(50));
        Assert.That(stand.Told.Values.Select(versions => versions.Select(saved => saved.Call.Revision)), Is.All.Ordered.Ascending.And.All.Unique);
        Assert.That(stand.Told.Values.Select(versions => versions.Last().Call.Result), Is.All.EqualTo(CallResult.Answered));
    }

    [Test]
    public async Task A_burst_of_calls_is_saved_whole_with_one_card_for_each_number()
    {
        const int calls = 2_000, numbers = 500;
        await using var stand = new IngestStand(Database, Test.Ids);

        for (var i = 0; i < calls; i++)
            await stand.Say(Said.Whole($"{i}", $"8916{i % numbers:0000000}"));
        await stand.Finish();

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call WHERE result = 'answered' AND client_id IS NOT NULL AND ended_at IS NOT NULL"), Is.EqualTo(calls));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call_talk WHERE ended_at IS NOT NULL"), Is.EqualTo(calls));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client"), Is.EqualTo(numbers));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client_number"), Is.EqualTo(numbers));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM inquiry"), Is.EqualTo(numbers));
    }

    [Test]
    public async Task The_next_owner_takes_up_the_calls_where_the_last_one_was_stopped()
    {
        await using (var first = new IngestStand(Database, Test.Ids))
        {
            await first.Say([.. Said.Ringing("1", "89161234567"), .. Said.Ringing("2", null)]);
            await Until.True(() => first.IsTold("2", call => call.Rang.Any()), "both ring");
        }
        await using var second = new IngestStand(Test.AnotherNode().Database, Test.Ids);
        await Until.True(() => second.Told.Count == 2, "the second owner tells its watchers what goes on");

        await second.Say(new LegSeen(Said.Noon.AddSeconds(9), "1", "1", PartyKind.Trunk, "trunk", LegOrigin.Calling) { StartedAt = Said.Noon });
        await second.Say(new SnapshotTaken(Said.Noon.AddSeconds(9)));
        await second.Say(Said.Ended("1"));
        await second.Finish();

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call"), Is.EqualTo(2));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call WHERE ended_at IS NULL"), Is.Zero);
        Assert.That(await Scalar<string>("SELECT uncertain FROM call WHERE external_id = '2'"), Is.EqualTo("ended_unseen"));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_call_that_the_database_refuses_goes_to_quarantine_and_costs_no_other_call()
    {
        await Refuse("poison");
        await using var stand = new IngestStand(Database, Test.Ids);

        for (var i = 0; i < 30; i++)
            await stand.Say(Said.Ringing(i == 13 ? "poison" : $"{i}", $"8916{i:0000000}"));
        await Until.True(async () => await Scalar<int>("SELECT COUNT(*) FROM call") == 29, "all others are saved");
        await Until.True(async () => await Scalar<int>("SELECT COUNT(*) FROM quarantine") > 0, "the refused one is kept");

        var page = await new QuarantineStore(Database, Test.Ids).Page(Cursor.Start, 10, default);
        Assert.That(page.Items[0].Source, Is.EqualTo("pbx"));
        Assert.That(page.Items[0].Raw, Does.Contain("\"ExternalId\":\"poison\""));
        Assert.That(page.Items[0].Why, Does.StartWith("The database refused this call"));
    }

    [Test]
    public async Task A_watcher_that_fails_does_not_keep_calls_from_being_saved()
    {
        var line = System.Threading.Channels.Channel.CreateUnbounded<CallSignal>();
        foreach (var signal in Said.Whole("1", "89161234567"))
            line.Writer.TryWrite(signal);
        line.Writer.Complete();
        using var quarantine = new Quarantine(new(Database, Test.Ids), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Quarantine>.Instance);

        await new CallIngests(new(Database, Test.Ids), quarantine, [new BrokenWatcher()], TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<CallIngest>.Instance)
            .Of("pbx", new("RU"), line.Reader).Run(default);

        Assert.That(await Scalar<string>("SELECT result FROM call"), Is.EqualTo("answered"));
    }

    Task Refuse(string externalId) => Execute(Engine switch
    {
        Engine.Sqlite => $"CREATE TRIGGER refuse BEFORE INSERT ON call WHEN NEW.external_id = '{externalId}' BEGIN SELECT RAISE(ABORT, 'refused'); END",
        Engine.Postgres or Engine.SqlServer => $"ALTER TABLE call ADD CONSTRAINT refuse CHECK (external_id <> '{externalId}')",
    });

    sealed class BrokenWatcher : ICallWatcher
    {
        public Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel) => throw new InvalidOperationException("broken");
    }
}
