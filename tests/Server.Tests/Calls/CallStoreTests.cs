using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calls;

sealed class CallStoreTests(Engine engine) : StoreTests(engine)
{
    CallStore Store => new(Database, Test.Ids);

    [Test]
    public async Task Live_calls_come_back_as_they_were_saved()
    {
        var random = new RandomCalls(seed: 20260314);
        var calls = Enumerable.Range(0, 200).Select(_ => random.Next(live: true)).ToList();

        await Save(calls);

        Assert.That((await Store.Live("pbx", default)).Select(saved => saved.Call).Select(SameCall.Text), Is.EquivalentTo(calls.Select(SameCall.Text)));
    }

    [Test]
    public async Task Live_calls_that_another_version_of_the_program_wrote_come_back_as_their_facts()
    {
        var random = new RandomCalls(seed: 8);
        var calls = Enumerable.Range(0, 100).Select(_ => random.Next(live: true)).ToList();
        await Save(calls);
        await Execute("UPDATE live_call SET body = '{'");

        Assert.That((await Store.Live("pbx", default)).Select(saved => SameCall.Facts(saved.Call)), Is.EquivalentTo(calls.Select(SameCall.Facts)));
    }

    [Test]
    public async Task A_call_that_is_over_is_live_no_longer()
    {
        var random = new RandomCalls(seed: 9);
        var call = random.Next(live: true) with { Revision = 1 };
        var saved = await Save([call, random.Next(live: true)]);

        await Save([call with { Revision = 2, EndedAt = call.StartedAt }]);

        Assert.That((await Store.Live("pbx", default)).Select(live => live.Call.Key), Is.EqualTo(saved.Select(live => live.Call.Key).Where(key => key != call.Key)));
    }

    [Test]
    public async Task Only_the_calls_of_the_source_that_go_on_are_live()
    {
        var random = new RandomCalls(seed: 1);
        var live = random.Next(live: true);
        await Save([live, random.Next(live: true) with { MergedInto = live.Key }, random.Next(), random.Next("other", live: true)]);

        var back = await Store.Live("pbx", default);

        Assert.That(back.Select(saved => saved.Call.Key), Is.EqualTo(new[] { live.Key }));
    }

    [Test]
    public async Task Saving_a_version_twice_changes_nothing()
    {
        var random = new RandomCalls(seed: 2);
        var calls = Enumerable.Range(0, 20).Select(_ => random.Next(live: true)).ToList();
        var first = await Save(calls);
        var rows = await Everything();

        var second = await Save(calls);

        Assert.That(second.Select(saved => (saved.CallId, saved.ClientId)), Is.EquivalentTo(first.Select(saved => (saved.CallId, saved.ClientId))));
        Assert.That(await Everything(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_later_version_replaces_every_fact_whether_or_not_the_saver_remembers_the_one_before([Values] bool remembers)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomCalls(seed);
            var before = random.Next($"pbx-{seed}", live: true) with { Revision = 1 };
            var saved = (await Save([before])).Single();
            var after = random.Next($"pbx-{seed}", live: true) with { Key = before.Key, Revision = 2 };

            await Store.Save([new(after, remembers ? saved : null)], default);

            var stored = (await Store.Live(before.Key.Source, default)).Single();
            Assert.That(SameCall.Text(stored.Call), Is.EqualTo(SameCall.Text(after)), $"seed {seed}");
            Assert.That(stored.CallId, Is.EqualTo(saved.CallId));
            await using var session = await Database.Read(default);
            var facts = await CallRows.FromFacts(session, [saved.CallId], default);
            Assert.That(SameCall.Facts(facts[saved.CallId]), Is.EqualTo(SameCall.Facts(after)), $"seed {seed}");
        }
    }

    [Test]
    public async Task An_older_version_never_overwrites_a_newer_one()
    {
        var random = new RandomCalls(seed: 3);
        var newer = random.Next(live: true) with { Revision = 7 };
        await Save([newer]);

        var saved = await Save([random.Next(live: true) with { Key = newer.Key, Revision = 6 }]);

        Assert.That(saved, Is.Empty);
        Assert.That(SameCall.Text((await Store.Live("pbx", default)).Single().Call), Is.EqualTo(SameCall.Text(newer)));
    }

    [Test]
    public async Task Of_several_versions_in_a_batch_the_newest_is_saved()
    {
        var call = new RandomCalls(seed: 4).Next(live: true);

        var saved = await Save([call with { Revision = 2 }, call with { Revision = 3 }, call with { Revision = 1 }]);

        Assert.That(saved.Single().Call.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task Two_nodes_that_store_the_same_call_at_once_store_it_once()
    {
        var random = new RandomCalls(seed: 5);
        var calls = Enumerable.Range(0, 20).Select(_ => random.Next(live: true)).ToList();
        var stores = Enumerable.Range(0, 8).Select(_ => new CallStore(Test.AnotherNode().Database, Test.Ids)).ToList();

        var saved = await Task.WhenAll(stores.Select(store => store.Save([.. calls.Select(call => new CallToSave(call))], default)));

        Assert.That(saved.SelectMany(list => list).Select(one => (one.Call.Key, one.CallId, one.ClientId)).Distinct().Count(), Is.EqualTo(calls.Count));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call"), Is.EqualTo(calls.Count));
    }

    [Test]
    public async Task A_batch_with_a_call_that_cannot_be_stored_leaves_nothing_behind()
    {
        var random = new RandomCalls(seed: 6);

        Assert.That(async () => await Save([random.Next(), random.Next() with { RingSeconds = double.NaN }]), Throws.ArgumentException);

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call"), Is.Zero);
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client"), Is.Zero);
    }

    [Test]
    public void The_random_calls_of_these_tests_set_everything_that_a_call_has()
    {
        var random = new RandomCalls(seed: 7);
        var calls = Enumerable.Range(0, 300).Select(_ => random.Next()).ToList();

        Assert.Multiple(() =>
        {
            AssertAllSet(calls);
            AssertAllSet(calls.Select(call => call.Client).OfType<OutsideParty>());
            AssertAllSet(calls.SelectMany(call => call.Legs));
            AssertAllSet(calls.SelectMany(call => call.Offers));
            AssertAllSet(calls.SelectMany(call => call.Talks));
            AssertAllSet(calls.SelectMany(call => call.Holds));
            AssertAllSet(calls.SelectMany(call => call.Transfers));
            AssertAllSet(calls.SelectMany(call => call.QueueVisits));
            AssertAllSet(calls.SelectMany(call => call.Recordings));
        });
    }

    static void AssertAllSet<T>(IEnumerable<T> values)
    {
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite))
        {
            var some = values.Select(value => property.GetValue(value)).Distinct().Take(2).Count();
            Assert.That(some, Is.GreaterThan(1), $"{typeof(T).Name}.{property.Name} is never set: a store that forgets it would pass");
        }
    }

    Task<IReadOnlyList<SavedCall>> Save(IEnumerable<Call> calls) => Store.Save([.. calls.Select(call => new CallToSave(call))], default);

    async Task<string> Everything()
    {
        List<string> counts = [];
        foreach (var table in new[] { "call", "call_leg", "call_offer", "call_talk", "call_hold", "call_transfer", "call_queue_visit", "call_recording", "call_party", "live_call", "client", "client_number", "inquiry" })
            counts.Add($"{table} {await Scalar<int>($"SELECT COUNT(*) FROM {table}")}");
        counts.Add($"contacts {await Scalar<int>("SELECT COUNT(*) FROM client WHERE status = 'contact'")}");
        return string.Join("\n", counts);
    }
}
