using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>Tasks, and the reminders that ring before the caller.</summary>
internal static class TaskEndpoints
{
    /// <summary>Longer before it is due nobody wants to be told.</summary>
    const int RemindMinutesMax = 365 * 24 * 60;

    public static void MapTaskEndpoints(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks");
        tasks.MapGet("/", async (Access access, TaskList list, CancellationToken cancel, bool team = false) => TypedResults.Ok(await list.Day(access, team, cancel)));
        tasks.MapPost("/", Create);
        tasks.MapGet("/{id:long}", One);
        tasks.MapPut("/{id:long}", Change);
        tasks.MapPost("/{id:long}/complete", async (long id, AgentTaskEnd end, Access access, AgentTasks own, TaskList list, CancellationToken cancel) =>
            await Answer(await own.End(access, id, AgentTaskState.Done, end, cancel), id, access, list, cancel));
        tasks.MapPost("/{id:long}/cancel", async (long id, AgentTaskEnd end, Access access, AgentTasks own, TaskList list, CancellationToken cancel) =>
            await Answer(await own.End(access, id, AgentTaskState.Cancelled, end, cancel), id, access, list, cancel));
        tasks.MapPost("/{id:long}/owner", async (long id, AgentTaskHandOver to, Access access, AgentTasks own, TaskList list, CancellationToken cancel) =>
            await Answer(await own.HandOver(access, id, to, cancel), id, access, list, cancel));
        tasks.MapPost("/{id:long}/refuse-proposal", async (long id, TaskProposalRefusal refused, Access access, AgentTasks own, TaskList list, CancellationToken cancel) =>
            await Answer(await own.Refuse(access, id, refused.CallId, cancel), id, access, list, cancel));
        tasks.MapGet("/{id:long}/deliveries", Deliveries);
    }

    public static void MapReminderEndpoints(this IEndpointRouteBuilder api)
    {
        var reminders = api.MapGroup("/reminders").RequireAuthorization(Rights.Person);
        reminders.MapGet("/", async (Access access, Reminders own, CancellationToken cancel) => TypedResults.Ok(await own.List(access, cancel)));
        reminders.MapPost("/seen", async (Access access, Reminders own, CancellationToken cancel) =>
        {
            await own.See(access, cancel);
            return TypedResults.NoContent();
        });
        reminders.MapPost("/{id:long}/acknowledge", async (long id, Access access, Reminders own, CancellationToken cancel) =>
            Answered(await own.Acknowledge(access, id, cancel)));
        reminders.MapPost("/{id:long}/snooze", async (long id, ReminderSnooze snooze, Access access, Reminders own, CancellationToken cancel) =>
            Answered(await own.Snooze(access, id, snooze.Minutes, cancel)));
    }

    static async Task<Results<Created<AgentTaskItem>, ProblemHttpResult>> Create(
        AgentTaskEdit edit, Access access, AgentTasks tasks, TaskList list, CancellationToken cancel)
    {
        if (Fault(edit) is { } fault)
            return fault;
        var (result, id) = await tasks.Create(access, edit, cancel);
        return result == TaskResult.Done
            ? TypedResults.Created($"/api/tasks/{id}", await JustSaved(id, access, list, cancel))
            : await Refusal(result, id, access, list, cancel);
    }

    static async Task<Results<Ok<AgentTaskItem>, ProblemHttpResult>> One(long id, Access access, TaskList list, CancellationToken cancel) =>
        await list.One(access, id, cancel) is { } task ? TypedResults.Ok(task) : Problems.NotFound();

    static async Task<Results<Ok<AgentTaskItem>, ProblemHttpResult>> Change(
        long id, AgentTaskEdit edit, Access access, AgentTasks tasks, TaskList list, CancellationToken cancel) =>
        Fault(edit) ?? await Answer(await tasks.Change(access, id, edit, cancel), id, access, list, cancel);

    static async Task<Results<Ok<IReadOnlyList<ReminderDelivery>>, ProblemHttpResult>> Deliveries(
        long id, Access access, TaskList list, Reminders reminders, CancellationToken cancel) =>
        await list.One(access, id, cancel) is null ? Problems.NotFound() : TypedResults.Ok(await reminders.Deliveries(id, cancel));

    static async Task<Results<Ok<AgentTaskItem>, ProblemHttpResult>> Answer(
        TaskResult result, long id, Access access, TaskList list, CancellationToken cancel) =>
        result == TaskResult.Done ? TypedResults.Ok(await JustSaved(id, access, list, cancel)) : await Refusal(result, id, access, list, cancel);

    static Results<NoContent, ProblemHttpResult> Answered(bool done) => done ? TypedResults.NoContent() : Problems.NotFound();

    static ProblemHttpResult? Fault(AgentTaskEdit edit)
    {
        if (edit.DueAt < DateTimeOffset.UnixEpoch)
            return Problems.Invalid("dueAt", "A task has a time.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(edit.DueZone, out var zone) || !zone.HasIanaId)
            return Problems.Invalid("dueZone", "There is no such time zone.");
        if (edit.RemindMinutesBefore.Any(minutes => minutes is < 0 or > RemindMinutesMax) || edit.RemindMinutesBefore.Distinct().Count() < edit.RemindMinutesBefore.Count)
            return Problems.Invalid("remindMinutesBefore", $"Between 0 and {RemindMinutesMax}, each once.");
        return null;
    }

    /// <summary>Who has just changed a task may read it, even if it was given to somebody else by that.</summary>
    static Task<AgentTaskItem?> JustSaved(long id, Access access, TaskList list, CancellationToken cancel) =>
        list.One(access with { Role = Roles.Admin }, id, cancel);

    static async Task<ProblemHttpResult> Refusal(TaskResult refusal, long id, Access access, TaskList list, CancellationToken cancel) => refusal switch
    {
        TaskResult.ChangedByOther => Problems.Conflict(
            "changed_by_other", "Somebody else changed or closed this task meanwhile.", ("current", await list.One(access, id, cancel))),
        TaskResult.NoSuchClient => Problems.Invalid("clientId", "There is no such client, or it is not yours to see."),
        TaskResult.NoSuchCall => Problems.Invalid("callId", "This call is not one of the client's."),
        TaskResult.NoSuchDeal => Problems.Invalid("dealId", "This deal is not one of the client's."),
        TaskResult.NoSuchOwner => Problems.Invalid("ownerId", "There is no such agent."),
        TaskResult.NoSuchDeputy => Problems.Invalid("deputyId", "There is no such agent."),
        TaskResult.NotFound or TaskResult.Done => Problems.NotFound(),
    };
}
