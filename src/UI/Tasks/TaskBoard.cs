using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Tasks;

/// <summary>
/// The day's tasks and the reminders, as the server said last. Read anew when the live line hints at a change, when the line comes up, and
/// once a minute: so a hint that was lost costs no more than that.
/// </summary>
internal sealed class TaskBoard : IDisposable
{
    const int TicksBetweenLooks = 60;

    readonly TasksApi api;
    CancellationTokenSource? open;
    int ticks;

    public TaskBoard(TasksApi api, DeskLine line, ServerClock clock)
    {
        this.api = api;
        line.TasksChanged += () => _ = Refresh();
        line.Changed += () => _ = line.LostSince is null ? Refresh() : Task.CompletedTask;
        clock.Tick += Tick;
    }

    public event Action? Changed;

    /// <summary>Null until the server spoke for the first time.</summary>
    public TaskDay? Day { get; private set; }

    /// <summary>Why the last look failed; what was seen before stays.</summary>
    public Problem? Problem { get; private set; }

    public IReadOnlyList<ReminderItem> Reminders { get; private set; } = [];

    /// <summary>Everybody's tasks, as far as this person may see them.</summary>
    public bool IsTeam { get; private set; }

    public async Task Open()
    {
        Close();
        open = new CancellationTokenSource();
        await Refresh();
    }

    /// <summary>Nobody sits here any more.</summary>
    public void Close()
    {
        open?.Cancel();
        open?.Dispose();
        open = null;
        (Day, Problem, Reminders, IsTeam) = (null, null, [], false);
    }

    public Task Show(bool team)
    {
        IsTeam = team;
        return Refresh();
    }

    public async Task Refresh()
    {
        if (open is not { } session)
            return;
        ticks = 0;
        try
        {
            var (team, cancel) = (IsTeam, session.Token);
            var (day, reminders) = (await api.Day(team, cancel), await api.Reminders(cancel));
            // Somebody else sits here by now, or asked for other tasks: theirs are on the way.
            if (open != session || team != IsTeam)
                return;
            if (day.Succeeded(out var newest, out var problem))
                Day = newest;
            if (reminders.Succeeded(out var rung, out _))
                Reminders = rung;
            Problem = problem;
            Changed?.Invoke();
        }
        catch (OperationCanceledException)
        {
            // Signed out.
        }
    }

    /// <summary>Due today, or lost: to be done now. The rest is for later.</summary>
    public static bool IsDue(AgentTaskItem task, DateTimeOffset now) =>
        task.Rule is not null || task.DueAt.ToLocalTime().Date <= now.ToLocalTime().Date;

    public void Dispose() => Close();

    void Tick()
    {
        if (++ticks >= TicksBetweenLooks)
            _ = Refresh();
    }
}
