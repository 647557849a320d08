using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Tasks;

/// <summary>A task as it is being written, in the words of the form's fields. Times are in the browser's zone.</summary>
internal sealed class TaskDraft
{
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm";
    static readonly int?[] remindChoices = [null, 0, 5, 15, 60, 1440];

    readonly AgentTaskItem? task;
    readonly long? clientId;
    readonly long? dealId;

    public TaskDraft(AgentTaskItem task)
    {
        (this.task, clientId, dealId) = (task, task.ClientId, task.DealId);
        (Kind, Subject, Priority) = (task.Kind.ToString(), task.Subject, task.Priority.ToString());
        (Owner, Deputy) = (Written(task.OwnerId), Written(task.DeputyId));
        Due = Written(task.DueAt);
        Remind = Written(task.RemindMinutesBefore.Select(minutes => (int?)minutes).FirstOrDefault());
    }

    TaskDraft(long? clientId, long? dealId, long ownerId, DateTimeOffset due) =>
        (this.clientId, this.dealId, Owner, Due) = (clientId, dealId, Written(ownerId), Written(due));

    public string Kind { get; set; } = nameof(AgentTaskKind.Call);
    public string Subject { get; set; } = "";
    public string Due { get; set; } = "";
    public string Owner { get; set; } = "";
    public string Deputy { get; set; } = "";
    public string Priority { get; set; } = nameof(AgentTaskPriority.Normal);
    public string Remind { get; set; } = "0";

    /// <summary>Minutes before; null is not at all. The one that the task has is among them.</summary>
    public IEnumerable<int?> RemindChoices => remindChoices.Union(task is null ? [] : task.RemindMinutesBefore.Select(minutes => (int?)minutes));

    /// <summary>Null when no time stands there.</summary>
    public DateTimeOffset? DueAt =>
        DateTime.TryParseExact(Due, [TimeFormat, TimeFormat + "':'ss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var local) ? new DateTimeOffset(local) : null;

    public AgentTaskEdit Edit => new()
    {
        Version = task?.Version ?? 0,
        Kind = Enum.Parse<AgentTaskKind>(Kind),
        Subject = Subject.Trim(),
        ClientId = clientId,
        CallId = task?.CallId,
        DealId = dealId,
        OwnerId = Number(Owner),
        DeputyId = Number(Deputy),
        DueAt = DueAt!.Value,
        DueZone = TimeZoneInfo.Local.Id,
        Priority = Enum.Parse<AgentTaskPriority>(Priority),
        // A task that a rule or a program gave several reminders keeps those that the form does not show.
        RemindMinutesBefore = [.. (Number(Remind) is { } minutes ? [(int)minutes] : Array.Empty<int>()).Concat(task?.RemindMinutesBefore.Skip(1) ?? []).Distinct()],
    };

    /// <summary>A new task, due at the next full hour.</summary>
    public static TaskDraft New(long? clientId, long? dealId, long ownerId, DateTimeOffset now)
    {
        var local = now.ToLocalTime();
        return new(clientId, dealId, ownerId, local.AddMinutes(60 - local.Minute));
    }

    public static string Written(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Written(DateTimeOffset at) => at.ToLocalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    static long? Number(string text) => text.NullIfEmpty() is { } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;
}
