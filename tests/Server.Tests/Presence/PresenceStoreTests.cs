using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Presence;
using ContactCenterCrm.Server.Tests.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Presence;

sealed class PresenceStoreTests(Engine engine) : StoreTests(engine)
{
    static readonly DateTimeOffset nine = new(2026, 10, 13, 9, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(nine);

    PresenceBook Book => new(Database, Test.Ids, clock);

    [Test]
    public async Task What_was_written_is_what_is_known()
    {
        var agent = await Hire("olga");
        await Book.Write(agent, now => new PresenceEvent.Came(now), default);
        clock.Advance(TimeSpan.FromMinutes(1));
        await Book.Write(agent, now => new PresenceEvent.Wished(now, new("lunch")), default);

        await using var session = await Database.Read(default);
        var item = (await PresenceStore.Of(session, [agent], default)).Single();
        var day = await PresenceStore.Stretches(session, agent, nine.AddDays(-1), nine.AddDays(1), default);

        Assert.That((item.State, item.Break, item.Since, item.Version), Is.EqualTo((AgentState.Break, "lunch", nine.AddMinutes(1), 2L)));
        Assert.That(day.Select(stretch => (stretch.State, stretch.Reason, stretch.BeganAt, stretch.EndedAt)), Is.EqualTo(new[]
        {
            (AgentState.Ready, (string?)null, nine, (DateTimeOffset?)nine.AddMinutes(1)), (AgentState.Break, "lunch", nine.AddMinutes(1), null),
        }));
    }

    [Test]
    public async Task What_changes_nothing_is_not_written()
    {
        var agent = await Hire("olga");
        await Book.Write(agent, now => new PresenceEvent.Came(now), default);

        Assert.That(await Book.Write(agent, now => new PresenceEvent.Came(now), default), Is.Empty);
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM agent_state"), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_many_who_write_at_once_nothing_is_lost()
    {
        var agent = await Hire("olga");
        await Book.Write(agent, now => new PresenceEvent.Came(now), default);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Book.Write(agent, now => new PresenceEvent.Wished(now, new($"break {i}")), default)));

        Assert.That(await Scalar<long>("SELECT version FROM agent_presence"), Is.EqualTo(11));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM agent_state WHERE ended_at IS NULL"), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_is_seen_by_no_node_has_gone()
    {
        var agent = await Hire("olga");
        using var screens = new PresenceScreens(Database, Book, clock, NullLogger<PresenceScreens>.Instance);
        await screens.Add("line", agent, default);
        clock.Advance(PresenceScreens.Grace * 2);
        await screens.Look(default);
        Assert.That(await State(agent), Is.EqualTo(AgentState.Ready), "the line is there all the time");

        screens.Remove("line");
        await LookFor(PresenceScreens.Grace / 2);
        Assert.That(await State(agent), Is.EqualTo(AgentState.Ready), "a reload");
        await LookFor(PresenceScreens.Grace);
        Assert.That(await State(agent), Is.EqualTo(AgentState.Offline));

        async Task LookFor(TimeSpan span)
        {
            for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(5))
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                await screens.Look(default);
            }
        }
    }

    [Test]
    public async Task Nobody_is_taken_for_gone_because_nobody_could_say_anything_for_a_while_and_who_was_is_back_with_the_next_look()
    {
        var agent = await Hire("olga");
        using var here = new PresenceScreens(Database, Book, clock, NullLogger<PresenceScreens>.Instance);
        using var there = new PresenceScreens(Database, Book, clock, NullLogger<PresenceScreens>.Instance);
        await here.Add("line", agent, default);

        // A look that is given up and one that the database refuses are the same: nobody said anything.
        for (var left = PresenceScreens.Grace * 2; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.CatchAsync<OperationCanceledException>(() => there.Look(new(canceled: true)));
        }
        await there.Look(default);
        Assert.That(await State(agent), Is.EqualTo(AgentState.Ready), "the other node speaks first");

        await Book.Write(agent, now => new PresenceEvent.Went(now), default);
        await here.Look(default);
        Assert.That(await State(agent), Is.EqualTo(AgentState.Ready));
    }

    [Test]
    public async Task Rules_are_kept_and_known_for_each_queue()
    {
        var rules = new PresenceRulesStore(Database, Test.Ids, clock);
        await rules.Set(new() { Breaks = [new() { Name = "Lunch", Minutes = 30 }, new() { Name = "Coffee" }], WrapUps = [new() { Seconds = 20 }, new() { Queue = "sales", Seconds = 90 }] }, default);

        Assert.That((await rules.Rules(default)).Breaks.Select(reason => (reason.Name, reason.Minutes)), Is.EqualTo(new[] { ("Lunch", (int?)30), ("Coffee", null) }));
        Assert.That(await rules.WrapUp("sales", default), Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(await rules.WrapUp("support", default), Is.EqualTo(TimeSpan.FromSeconds(20)));
    }

    async Task<AgentState> State(long agent)
    {
        await using var session = await Database.Read(default);
        return (await PresenceStore.Of(session, [agent], default)).Single().State;
    }

    async Task<long> Hire(string login) =>
        (await new AgentStore(Database, Test.Ids, clock).Add(login, login, Roles.Agent, "hash", isActive: true, default))!.Value;
}
