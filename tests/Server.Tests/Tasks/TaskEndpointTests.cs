using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Tasks;

/// <summary>What programs and pages get over HTTP: statuses, codes, shapes.</summary>
sealed class TaskEndpointTests
{
    static readonly JsonSerializerOptions wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
    RunningServer server = null!;
    HttpClient manager = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        manager = await server.SignInAs(Roles.Manager);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        manager.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_task_is_made_changed_and_done_and_a_late_change_gets_what_stands_now()
    {
        var made = await manager.PostAsJsonAsync("/api/tasks", Edit(), wire);
        var task = (await made.Content.ReadFromJsonAsync<AgentTaskItem>(wire))!;
        Assert.That((int)made.StatusCode, Is.EqualTo(201));

        var changed = await manager.PutAsJsonAsync($"/api/tasks/{task.Id}", Edit() with { Version = task.Version, Subject = "Call Ivanov" }, wire);
        Assert.That(await changed.Outcome(), Is.EqualTo("200"));
        var late = await manager.PostAsJsonAsync($"/api/tasks/{task.Id}/complete", new AgentTaskEnd { Version = task.Version });
        Assert.That(((int)late.StatusCode, (string?)(await late.Body())["current"]!["subject"]), Is.EqualTo((409, "Call Ivanov")));
        var done = await manager.PostAsJsonAsync($"/api/tasks/{task.Id}/complete", new AgentTaskEnd { Version = task.Version + 1 });
        Assert.That((await done.Content.ReadFromJsonAsync<AgentTaskItem>(wire))!.State, Is.EqualTo(AgentTaskState.Done));
    }

    [Test]
    public async Task A_task_has_a_time_a_zone_and_five_reminders_at_most()
    {
        Assert.That(await Answer(Edit() with { RemindMinutesBefore = [0, 1, 2, 3, 4] }), Is.EqualTo(201));
        Assert.That(await Answer(Edit() with { RemindMinutesBefore = [0, 1, 2, 3, 4, 5] }), Is.EqualTo(400));
        Assert.That(await Answer(Edit() with { RemindMinutesBefore = [5, 5] }), Is.EqualTo(400));
        Assert.That(await Answer(Edit() with { DueZone = "Moscow" }), Is.EqualTo(400));
        Assert.That(await Answer(Edit() with { DueAt = default }), Is.EqualTo(400));
        Assert.That(await Answer(Edit() with { Subject = "" }), Is.EqualTo(400));
    }

    static AgentTaskEdit Edit() => new() { Subject = "Call", DueAt = DateTimeOffset.UnixEpoch.AddYears(60), DueZone = "Europe/Moscow" };

    async Task<int> Answer(AgentTaskEdit edit) => (int)(await manager.PostAsJsonAsync("/api/tasks", edit, wire)).StatusCode;
}
