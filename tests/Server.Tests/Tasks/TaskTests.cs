using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Server.Tests.Clients;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Tasks;

/// <summary>What tests of tasks share.</summary>
abstract class TaskTestBase(Engine engine) : ClientTests(engine)
{
    protected FakeTimeProvider Clock { get; } = new(Noon);
    protected TaskNews News { get; } = new();
    protected AgentTasks Tasks => new(Database, Test.Ids, News, Clock);
    protected TaskList Reading => new(Database, Clock);

    protected static Access As(long agentId, string role = Roles.Agent) => new(agentId, role);

    protected async Task<long> Add(Access access, AgentTaskEdit edit)
    {
        var (result, id) = await Tasks.Create(access, edit, default);
        Assert.That(result, Is.EqualTo(TaskResult.Done));
        return id;
    }

    protected static AgentTaskEdit Edit(string subject, long? ownerId = null, long? clientId = null, int dueInMinutes = 60, params int[] remind) => new()
    {
        Kind = AgentTaskKind.Call,
        Subject = subject,
        OwnerId = ownerId,
        ClientId = clientId,
        DueAt = Noon.AddMinutes(dueInMinutes),
        DueZone = "Europe/Moscow",
        RemindMinutesBefore = remind,
    };

    protected async Task<string[]> Day(Access access, bool team = false) => [.. (await Reading.Day(access, team, default)).Tasks.Select(task => task.Subject)];
}

sealed class TaskTests(Engine engine) : TaskTestBase(engine)
{
    [Test]
    public async Task A_rule_that_gives_its_task_twice_has_made_one()
    {
        for (var time = 0; time < 2; time++)
            await Put("lost:1", "call back");
        Assert.That(await Count("agent_task"), Is.EqualTo(1));
        Assert.That(await Count("reminder"), Is.EqualTo(1));

        for (var time = 0; time < 2; time++)
        {
            await using var session = await Database.Write(default);
            await TaskStore.End(session, [new("lost:1", AgentTaskState.Done, null, "reached")], Noon, default);
            await session.Commit(default);
        }
        Assert.That(await Scalar<string>("SELECT state FROM agent_task"), Is.EqualTo("done"));
        Assert.That(await Scalar<int>("SELECT version FROM agent_task"), Is.EqualTo(2));
    }

    [Test]
    public async Task The_day_begins_with_lost_calls_and_goes_on_by_time()
    {
        await Add(Manager, Edit("later", dueInMinutes: 90));
        await Add(Manager, Edit("soon", dueInMinutes: 5));
        await Put("lost:2", "call back", dueInMinutes: 500);
        var cancelled = await Add(Manager, Edit("not needed", dueInMinutes: 1));
        await Tasks.End(Manager, cancelled, AgentTaskState.Cancelled, new() { Version = 1 }, default);

        Assert.That(await Day(Manager, team: true), Is.EqualTo(new[] { "call back", "soon", "later" }));
    }

    [Test]
    public async Task The_list_of_clients_says_when_each_is_to_be_contacted_next()
    {
        var (anna, boris) = (await Create("Anna"), await Create("Boris"));
        await Add(Manager, Edit("later", clientId: anna, dueInMinutes: 90));
        await Add(Manager, Edit("soon", clientId: anna, dueInMinutes: 5));
        var done = await Add(Manager, Edit("was done", clientId: boris, dueInMinutes: 1));
        await Tasks.End(Manager, done, AgentTaskState.Done, new() { Version = 1 }, default);

        var items = (await List.Page(Manager, Cursor.Start, 10, default)).Items.ToDictionary(client => client.Id, client => client.NextStepAt);
        Assert.That((items[anna], items[boris]), Is.EqualTo(((DateTimeOffset?)Noon.AddMinutes(5), (DateTimeOffset?)null)));
    }

    [Test]
    public async Task An_agent_sees_own_tasks_those_to_stand_in_for_and_those_of_nobody_for_visible_clients()
    {
        var office = As(999, Roles.Supervisor);
        var (anna, boris) = (await Test.AddAgent("Anna"), await Test.AddAgent("Boris"));
        var (hers, his) = (await Create("Hers", ownerId: anna), await Create("His", ownerId: boris));
        await Add(office, Edit("1 own", anna));
        await Add(office, Edit("2 stands in", boris) with { DeputyId = anna });
        await Add(office, Edit("3 nobody's, her client", clientId: hers));
        await Add(office, Edit("4 nobody's, his client", clientId: his));
        await Add(office, Edit("5 nobody's, nobody's client"));
        var foreign = await Add(office, Edit("6 his", boris));

        Assert.That(await Day(As(anna)), Is.EqualTo(new[] { "1 own", "2 stands in", "3 nobody's, her client" }));
        Assert.That(await Day(As(anna), team: true), Has.Length.EqualTo(3));
        Assert.That(await Day(office, team: true), Has.Length.EqualTo(6));
        Assert.That(await Day(office), Is.Empty);
        Assert.That(await Reading.One(As(anna), foreign, default), Is.Null);
        Assert.That(await Tasks.End(As(anna), foreign, AgentTaskState.Done, new() { Version = 1 }, default), Is.EqualTo(TaskResult.NotFound));
        Assert.That((await Tasks.Create(As(anna), Edit("for his client", anna, his), default)).Result, Is.EqualTo(TaskResult.NoSuchClient));
    }

    [Test]
    public async Task Two_who_change_a_task_do_not_overwrite_each_other()
    {
        var anna = await Test.AddAgent("Anna");
        var id = await Add(As(anna), Edit("call", anna));

        Assert.That(await Tasks.Change(As(anna), id, Edit("call Ivanov", anna) with { Version = 1 }, default), Is.EqualTo(TaskResult.Done));
        Assert.That(await Tasks.Change(As(anna), id, Edit("call Petrov", anna) with { Version = 1 }, default), Is.EqualTo(TaskResult.ChangedByOther));
        Assert.That(await Tasks.End(As(anna), id, AgentTaskState.Done, new() { Version = 2, Note = "agreed" }, default), Is.EqualTo(TaskResult.Done));
        Assert.That(await Tasks.End(As(anna), id, AgentTaskState.Done, new() { Version = 3 }, default), Is.EqualTo(TaskResult.ChangedByOther));

        var task = (await Reading.One(As(anna), id, default))!;
        Assert.That((task.Subject, task.State, task.ClosingNote, task.ClosedByName, task.AuthorName), Is.EqualTo(("call Ivanov", AgentTaskState.Done, "agreed", "Anna", "Anna")));
    }

    [Test]
    public async Task A_task_that_is_given_to_somebody_else_leaves_the_one_who_had_it()
    {
        var (anna, boris) = (await Test.AddAgent("Anna"), await Test.AddAgent("Boris"));
        var id = await Add(As(anna), Edit("call", anna));
        List<long> told = [];
        News.Changed += told.AddRange;

        Assert.That(await Tasks.HandOver(As(anna), id, new() { Version = 1, OwnerId = 404 }, default), Is.EqualTo(TaskResult.NoSuchOwner));
        Assert.That(await Tasks.HandOver(As(anna), id, new() { Version = 1, OwnerId = boris }, default), Is.EqualTo(TaskResult.Done));

        Assert.That((await Day(As(anna)), await Day(As(boris))), Is.EqualTo((Array.Empty<string>(), new[] { "call" })));
        Assert.That(told, Is.EquivalentTo(new[] { anna, boris }));
    }

    [Test]
    public async Task An_answered_call_with_the_client_proposes_to_close_the_task_and_a_refusal_is_remembered()
    {
        var client = (await Call(Number)).ClientId!.Value;
        var id = await Add(Manager, Edit("call back", clientId: client));
        Assert.That((await Reading.One(Manager, id, default))!.Proposal, Is.Null, "the call before the task does not count");

        var answered = await Spoke(minute: 10);
        Assert.That((await Reading.One(Manager, id, default))!.Proposal!.CallId, Is.EqualTo(answered));
        Assert.That(await Tasks.Refuse(Manager, id, answered, default), Is.EqualTo(TaskResult.Done));
        Assert.That((await Reading.One(Manager, id, default))!.Proposal, Is.Null);

        var again = await Spoke(minute: 20);
        var task = (await Reading.One(Manager, id, default))!;
        Assert.That(task.Proposal!.CallId, Is.EqualTo(again));
        Assert.That(await Tasks.End(Manager, id, AgentTaskState.Done, new() { Version = task.Version, CallId = again }, default), Is.EqualTo(TaskResult.Done));
        Assert.That(await Scalar<long>("SELECT closed_by_call_id FROM agent_task"), Is.EqualTo(again));
    }

    [Test]
    public async Task The_card_shows_the_next_step_and_its_timeline_tells_of_all_tasks()
    {
        var client = await Create("Anna", numbers: Number);
        await Add(Manager, Edit("second", clientId: client, dueInMinutes: 90));
        await Add(Manager, Edit("first", clientId: client, dueInMinutes: 30));

        var card = await Card(client);

        Assert.That(card.NextStep!.Subject, Is.EqualTo("first"));
        Assert.That(card.Timeline.Items.Where(entry => entry.Kind == "task").Select(entry => entry.Task!.Subject), Is.EquivalentTo(new[] { "first", "second" }));
    }

    async Task<long> Spoke(int minute)
    {
        var call = NewCall(Number, CallDirection.Outbound, minute) with { AnsweredAt = Noon.AddMinutes(minute), EndedAt = Noon.AddMinutes(minute + 1), Result = CallResult.Answered };
        return (await new Server.Calls.CallStore(Database, Test.Ids).Save([new(call)], default)).Single().CallId;
    }

    async Task Put(string key, string subject, int dueInMinutes = 15)
    {
        var id = await Test.Ids.Take(2, default);
        await using var session = await Database.Write(default);
        await TaskStore.Put(session, [new()
        {
            Id = id,
            NaturalKey = key,
            Kind = AgentTaskKind.Callback,
            Subject = subject,
            DueAt = Noon.AddMinutes(dueInMinutes),
            DueZone = "UTC",
            Rule = TaskRules.LostCall,
            CreatedAt = Noon,
            RemindMinutesBefore = [0],
        }], default);
        await session.Commit(default);
    }
}
