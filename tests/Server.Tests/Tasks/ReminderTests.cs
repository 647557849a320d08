using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Mail;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Tasks;

sealed class ReminderTests(Engine engine) : TaskTestBase(engine)
{
    Reminders Reminders => new(Database, News, Clock);
    ReminderRound Round => new(Database, Test.Ids, News, Clock);

    [Test]
    public async Task A_reminder_rings_once_at_its_time_and_is_before_its_owner_until_acknowledged()
    {
        var anna = await Test.AddAgent("Anna");
        await Add(As(anna), Edit("call", anna, null, 60, 10));
        List<long> told = [];
        News.Changed += told.AddRange;

        Clock.Advance(TimeSpan.FromMinutes(49));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 0)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await Round.Run(default), Is.EqualTo((1, 0)));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 0)));
        Assert.That(told, Is.EqualTo(new[] { anna }));

        var rung = (await Reminders.List(As(anna), default)).Single();
        Assert.That((rung.Task.Subject, rung.RungAt, rung.IsSeen), Is.EqualTo(("call", Noon.AddMinutes(50), false)));
        await Reminders.See(As(anna), default);
        Assert.That((await Reminders.List(As(anna), default)).Single().IsSeen);
        Assert.That(await Reminders.Acknowledge(As(anna), rung.Id, default));
        Assert.That(await Reminders.List(As(anna), default), Is.Empty);
        Assert.That(await Reminders.Acknowledge(As(anna), rung.Id, default), Is.False, "it is done");
        Assert.That((await Reminders.Deliveries(rung.Task.Id, default)).Select(delivery => delivery.What), Is.EquivalentTo(new[] { "sent", "seen", "done" }));
    }

    [Test]
    public async Task Nodes_that_look_at_the_same_time_ring_each_reminder_once()
    {
        const int Reminded = 40;
        var anna = await Test.AddAgent("Anna");
        for (var i = 0; i < Reminded; i++)
            await Add(As(anna), Edit($"call {i}", anna, null, 1, 0));
        Clock.Advance(TimeSpan.FromMinutes(2));

        var second = Test.AnotherNode();
        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Round : new ReminderRound(second.Database, second.Ids, News, Clock)).Run(default))));

        Assert.That(rounds.Sum(round => round.Rung), Is.EqualTo(Reminded));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM reminder_delivery WHERE what = 'sent'"), Is.EqualTo(Reminded));
    }

    [Test]
    public async Task What_was_due_while_nobody_ran_rings_at_the_first_look()
    {
        var anna = await Test.AddAgent("Anna");
        await Add(As(anna), Edit("call", anna, null, 60, 0, 15));
        Clock.Advance(TimeSpan.FromDays(3));

        var restarted = Test.AnotherNode();
        Assert.That(await new ReminderRound(restarted.Database, restarted.Ids, new(), Clock).Run(default), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_reminder_that_was_put_off_rings_again_in_a_new_round()
    {
        var anna = await Test.AddAgent("Anna");
        var task = await Add(As(anna), Edit("call", anna, null, 0, 0));
        await Round.Run(default);
        var id = (await Reminders.List(As(anna), default)).Single().Id;

        Assert.That(await Reminders.Snooze(As(anna), id, 10, default));
        Assert.That(await Reminders.List(As(anna), default), Is.Empty);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await Round.Run(default), Is.EqualTo((1, 0)));

        Assert.That((await Reminders.Deliveries(task, default)).Select(delivery => (delivery.Round, delivery.What)), Is.EquivalentTo(new[] { (1, "sent"), (1, "snoozed"), (2, "sent") }));
    }

    [Test]
    public async Task Unanswered_it_comes_before_the_supervisors_once()
    {
        var anna = await Test.AddAgent("Anna");
        var boss = await Test.AddAgent("Boss");
        await Execute("UPDATE agent SET role = 'supervisor' WHERE id = @boss", new { boss });
        await Add(As(anna), Edit("call", anna, null, 0, 0) with { EscalateMinutes = 5 });
        await Round.Run(default);
        Assert.That(await Reminders.List(As(boss, Roles.Supervisor), default), Is.Empty);

        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 1)));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 0)));

        var escalated = (await Reminders.List(As(boss, Roles.Supervisor), default)).Single();
        Assert.That((escalated.IsEscalated, escalated.Task.OwnerName), Is.EqualTo((true, "Anna")));
        Assert.That(await Reminders.List(As(boss), default), Is.Empty, "an agent sees only the own ones");
        Assert.That(await Reminders.Acknowledge(As(boss, Roles.Supervisor), escalated.Id, default));
        Assert.That(await Reminders.List(As(anna), default), Is.Empty);
    }

    [Test]
    public async Task Whatever_happens_in_whatever_order_a_reminder_rings_once_for_each_of_its_times_and_is_mailed_as_often([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        await new MailServerStore(Database).Set(new() { Host = "mail.shop.test", SenderAddress = "crm@shop.test" }, default);
        var anna = await Test.AddAgent("Anna");
        var task = await Add(As(anna), Edit("call", anna, null, 60, 0, 30));
        var model = (await Ids(task)).ToDictionary(row => row.Id, row => new Rings { MinutesBefore = row.Minutes, At = Noon.AddMinutes(60 - row.Minutes) });
        TestDatabase[] nodes = [Test, Test.AnotherNode()];
        var version = 1;
        for (var step = 0; step < 50; step++)
        {
            var now = Clock.GetUtcNow();
            var rung = model.Where(pair => pair.Value.State == "rung").Select(pair => (long?)pair.Key).OrderBy(_ => random.Next()).FirstOrDefault();
            switch (random.Next(6))
            {
                case 0 or 1:
                    Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 30)));
                    break;
                case 2:
                    var expected = model.Values.Count(rings => rings.Ring(now));
                    var looks = await Task.WhenAll(nodes.Take(random.Next(1, 3)).Select(node => Task.Run(() => new ReminderRound(node.Database, node.Ids, News, Clock).Run(default))));
                    Assert.That(looks.Sum(look => look.Rung), Is.EqualTo(expected), $"step {step}");
                    break;
                case 3 when rung is { } id:
                    var minutes = random.Next(1, 40);
                    Assert.That(await Reminders.Snooze(As(anna), id, minutes, default));
                    (model[id].State, model[id].At) = ("waiting", now.AddMinutes(minutes));
                    break;
                case 3:
                    nodes[1] = Test.AnotherNode();
                    break;
                case 4 when rung is { } id:
                    Assert.That(await Reminders.Acknowledge(As(anna), id, default));
                    model[id].State = "done";
                    break;
                default:
                    var due = now.AddMinutes(random.Next(120));
                    var edit = Edit("call", anna, null, 0, 0, 30) with { DueAt = due, Version = version++ };
                    Assert.That(await Tasks.Change(As(anna), task, edit, default), Is.EqualTo(TaskResult.Done));
                    foreach (var rings in model.Values)
                        rings.Move(due, now);
                    break;
            }
        }
        Clock.Advance(TimeSpan.FromDays(1));
        var last = model.Values.Count(rings => rings.Ring(Clock.GetUtcNow()));
        Assert.That(await Round.Run(default), Is.EqualTo((last, 0)));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 0)));

        var sent = (await Reminders.Deliveries(task, default)).Where(delivery => delivery.What == "sent").ToList();
        Assert.That(sent.CountBy(delivery => delivery.ReminderId), Is.EquivalentTo(model.Where(pair => pair.Value.Count > 0).ToDictionary(pair => pair.Key, pair => pair.Value.Count)));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM reminder_mail"), Is.EqualTo(sent.Count));
    }

    async Task<IReadOnlyList<(long Id, int Minutes)>> Ids(long task)
    {
        await using var session = await Database.Read(default);
        return await session.Query<(long, int)>(new("SELECT id, minutes_before FROM reminder WHERE task_id = @task"), new { task }, default);
    }

    /// <summary>A reminder, as a person would keep count of it.</summary>
    sealed class Rings
    {
        public required int MinutesBefore { get; init; }
        public required DateTimeOffset At { get; set; }
        public string State { get; set; } = "waiting";
        public int Count { get; private set; }

        /// <summary>Somebody looks: true when it rings now.</summary>
        public bool Ring(DateTimeOffset now)
        {
            if (State != "waiting" || At > now)
                return false;
            (State, Count) = ("rung", Count + 1);
            return true;
        }

        /// <summary>For a new time in the future it rings again; for one that is over it does not begin anew.</summary>
        public void Move(DateTimeOffset due, DateTimeOffset now)
        {
            var at = due.AddMinutes(-MinutesBefore);
            if (at == At && State != "waiting")
                return;
            (At, State) = (at, at > now ? "waiting" : State);
        }
    }

    [Test]
    public async Task A_task_that_is_done_or_put_off_does_not_ring_for_its_old_time()
    {
        var anna = await Test.AddAgent("Anna");
        var done = await Add(As(anna), Edit("done", anna, null, 10, 0));
        var moved = await Add(As(anna), Edit("moved", anna, null, 10, 0));
        await Tasks.End(As(anna), done, AgentTaskState.Done, new() { Version = 1 }, default);
        await Tasks.Change(As(anna), moved, Edit("moved", anna, null, 100, 0) with { Version = 1 }, default);

        Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await Round.Run(default), Is.EqualTo((0, 0)));
        Clock.Advance(TimeSpan.FromMinutes(89));
        Assert.That(await Round.Run(default), Is.EqualTo((1, 0)));

        await Tasks.Change(As(anna), moved, Edit("moved", anna, null, 200, 0) with { Version = 2 }, default);
        Assert.That(await Reminders.List(As(anna), default), Is.Empty);
        Clock.Advance(TimeSpan.FromMinutes(100));
        Assert.That(await Round.Run(default), Is.EqualTo((1, 0)), "it rings again for the new time");
    }
}
