using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Missed;

/// <summary>An entry whose task is to end.</summary>
internal sealed record CallbackEnd(LostRow Row, AgentTaskState State, long? CallId, string? Note = null);

/// <summary>The tasks that entries were given, by call, and whose the new ones are.</summary>
internal sealed record GivenTasks(IReadOnlyDictionary<long, long?> ByCall, IEnumerable<long?> Owners)
{
    public static readonly GivenTasks None = new(new Dictionary<long, long?>(), []);
}

/// <summary>
/// The tasks to call lost clients back. The open entries of one client share one, and it goes to somebody who is there
/// (<see cref="CallbackOwners"/>). Inside the caller's transaction.
/// </summary>
internal static class Callbacks
{
    /// <summary>The task, and the reminder when it is due.</summary>
    public const int IdsForTask = 2;

    /// <summary>A reminder that its owner does not answer for so long is before the supervisors.</summary>
    const int AnswerMinutes = 5;

    /// <summary>Gives a task to each entry whose client waits and that has none.</summary>
    /// <param name="firstId">Enough new ids for a task for each entry.</param>
    public static async Task<GivenTasks> Give(DbSession session, IReadOnlyList<SettledRow> entries, long firstId, DateTimeOffset now, CancellationToken cancel)
    {
        var needy = entries.Where(entry => entry.Entry is { IsWaiting: true, TaskId: null }).ToList();
        if (needy.Count == 0)
            return GivenTasks.None;
        var shared = entries.Where(entry => entry.Entry.IsWaiting && entry.Row.HasOpenTask).DistinctBy(entry => entry.Row.Person)
            .ToDictionary(entry => entry.Row.Person, entry => entry.Row.TaskId);
        var first = needy.Where(entry => !shared.ContainsKey(entry.Row.Person)).DistinctBy(entry => entry.Row.Person).ToList();
        var owners = await CallbackOwners.Of(session, first, now, cancel);
        var tasks = first.Select((entry, i) => NewTask(entry, owners[entry.Row.CallId], firstId + i * IdsForTask, now)).ToList();
        await TaskStore.Put(session, tasks, cancel);
        var stored = (await TaskStore.OfKeys(session, tasks.Select(task => task.NaturalKey), cancel)).ToDictionary(task => task.NaturalKey, task => task.Id);
        foreach (var (entry, task) in first.Zip(tasks))
            shared[entry.Row.Person] = stored[task.NaturalKey];
        return new(needy.ToDictionary(entry => entry.Row.CallId, entry => shared[entry.Row.Person]), owners.Values);
    }

    /// <summary>Ends tasks in which nobody waits any more.</summary>
    public static async Task End(DbSession session, IEnumerable<CallbackEnd> ends, DateTimeOffset now, CancellationToken cancel)
    {
        var ended = ends.Where(end => end.Row.TaskId is not null).DistinctBy(end => end.Row.TaskId).ToList();
        if (ended.Count == 0)
            return;
        var waiting = (await LostStore.TasksWithWaiting(session, ended.Select(end => end.Row.TaskId!.Value), cancel)).ToHashSet();
        await TaskStore.End(
            session,
            ended.Where(end => !waiting.Contains(end.Row.TaskId!.Value)).Select(end => new TaskEnd(end.Row.TaskKey!, end.State, end.CallId, end.Note)),
            now,
            cancel);
    }

    static NewTask NewTask(SettledRow entry, long? ownerId, long id, DateTimeOffset now) => new()
    {
        Id = id,
        // A call that is lost again, in a later version, is a new reason.
        NaturalKey = string.Create(CultureInfo.InvariantCulture, $"lost:{entry.Row.CallId}:{entry.Row.Revision}"),
        Kind = AgentTaskKind.Callback,
        Subject = entry.Row.E164 is { } number ? NumberPlan.Display(number) : "",
        ClientId = entry.Row.ClientId,
        CallId = entry.Row.CallId,
        OwnerId = ownerId,
        DueAt = entry.Promise.DueFrom(entry.Entry.LostAt),
        DueZone = entry.Promise.Zone,
        Priority = AgentTaskPriority.High,
        Rule = TaskRules.LostCall,
        CreatedAt = now,
        RemindMinutesBefore = [0],
        EscalateMinutes = AnswerMinutes,
    };
}
