using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>A stage while somebody edits it. Figures are as typed.</summary>
public sealed class StageDraft(FunnelStage stage)
{
    const int HoursMax = 24 * 366;
    const int CallSecondsMax = 36_000;
    readonly List<StageField> fields = [.. stage.Fields];
    long lastTaskId;

    public long Id => stage.Id;
    public StageKind Kind => stage.Kind;
    public string Name { get; set; } = stage.Name;
    public string Color { get; set; } = stage.Color;
    public string Probability { get; set; } = Figures.Text(stage.Probability);
    public string LimitHours { get; set; } = Figures.Text(stage.LimitHours);
    public long? OwnerId { get; set; } = stage.OwnerId;
    public bool GoesOnByItself { get; set; } = stage.GoesOnByItself;

    /// <summary>Where deals go is chosen here, instead of the usual way.</summary>
    public bool HasOwnWay { get; set; } = stage.NextIds.Count > 0;

    public List<long> NextIds { get; } = [.. stage.NextIds];
    public IReadOnlyList<StageField> Fields => fields;
    public List<StageTaskDraft> Tasks { get; } = [.. stage.Tasks.Select(task => new StageTaskDraft(task))];

    /// <summary>On the page: all of it shows.</summary>
    public bool IsExpanded { get; set; }

    public FunnelStage Stage => stage with
    {
        Name = Name.Trim(),
        Color = Color,
        Probability = Figures.Read(Probability) ?? 0,
        LimitHours = Figures.Read(LimitHours),
        OwnerId = OwnerId,
        GoesOnByItself = GoesOnByItself,
        NextIds = HasOwnWay ? [.. NextIds] : [],
        Fields = [.. fields],
        Tasks = [.. Tasks.Select(task => task.Task)],
    };

    public bool Asks(string field) => fields.Any(asked => asked.Field == field);

    public void Ask(string field, bool isAsked)
    {
        fields.RemoveAll(asked => asked.Field == field);
        if (isAsked)
            fields.Add(stage.Fields.FirstOrDefault(asked => asked.Field == field) ?? new() { Field = field });
    }

    public StageTaskDraft AddTask()
    {
        var task = new StageTaskDraft(new() { Id = --lastTaskId, IsRequired = Kind == StageKind.Open });
        Tasks.Add(task);
        return task;
    }

    public string Key(string field) => $"{Id}.{field}";

    public string Key(StageTaskDraft task, string field) => $"{Id}.{task.Id}.{field}";

    internal void Check(FieldCheck check, Texts text)
    {
        check.Length(Key("name"), Name.Trim(), least: 1, most: 100)
            .That(Key("probability"), Figures.Read(Probability) is >= 0 and <= 100, text.Funnels.Between(0, 100))
            .That(Key("limitHours"), LimitHours.Trim().Length == 0 || Figures.Read(LimitHours) is >= 1 and <= HoursMax, text.Funnels.Between(1, HoursMax))
            .That(Key("nextIds"), !HasOwnWay || NextIds.Count > 0, text.Funnels.NoWay);
        foreach (var task in Tasks)
        {
            check.Length(Key(task, "subject"), task.Subject.Trim(), least: 1, most: 500)
                .That(Key(task, "dueHours"), Figures.Read(task.DueHours) is >= 0 and <= HoursMax, text.Funnels.Between(0, HoursMax))
                .That(Key(task, "callSeconds"), task.CallSeconds.Trim().Length == 0 || Figures.Read(task.CallSeconds) is >= 1 and <= CallSecondsMax, text.Funnels.Between(1, CallSecondsMax));
        }
    }

    public bool HasErrors(FieldErrors errors) => errors.AnyUnder(Key(""));
}

/// <summary>A task of a stage while somebody edits it.</summary>
public sealed class StageTaskDraft(StageTask task)
{
    public long Id => task.Id;
    public AgentTaskKind Kind { get; set; } = task.Kind;
    public string Subject { get; set; } = task.Subject;
    public string DueHours { get; set; } = Figures.Text(task.DueHours);
    public long? OwnerId { get; set; } = task.OwnerId;
    public bool IsRequired { get; set; } = task.IsRequired;

    /// <summary>Empty: nobody looks for a call.</summary>
    public string CallSeconds { get; set; } = Figures.Text(task.CallSeconds);

    public bool NeedsMessage { get; set; } = task.NeedsMessage;
    public string? SetByName => task.SetByName;
    public DateTimeOffset? SetAt => task.SetAt;

    public StageTask Task => task with
    {
        Kind = Kind,
        Subject = Subject.Trim(),
        DueHours = Figures.Read(DueHours) ?? 0,
        OwnerId = OwnerId,
        IsRequired = IsRequired,
        CallSeconds = Figures.Read(CallSeconds),
        NeedsMessage = NeedsMessage,
    };
}
