using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

public enum TaskAnswer { Open, Done, Excused, Asking }

/// <summary>What becomes of a task that a stage requires.</summary>
public sealed class GateTaskDraft
{
    public TaskAnswer Answer { get; set; }
    public string Note { get; set; } = "";
    public string Reason { get; set; } = "";

    /// <summary>Somebody who may excuse was asked.</summary>
    public bool IsAsked { get; set; }
}

/// <summary>
/// A move through a gate while a person fills in what it asks. What was asked once stays on the screen, and what was typed stays typed,
/// whatever the server answers and whoever else changes the deal meanwhile.
/// </summary>
public sealed class GateDraft(DealCard card, FunnelStage to, DateOnly today)
{
    public const int ReasonMin = 10;
    IReadOnlyList<UnmetItem> latest = [];

    public DealValues Typed { get; } = new(card);
    public DealCard Card => Typed.Card;
    public List<UnmetItem> Fields { get; } = [];
    public List<UnmetItem> Tasks { get; } = [];
    public Dictionary<long, GateTaskDraft> Answers { get; } = [];
    public LossDraft Loss { get; } = new(today);
    public bool Overrides { get; set; }
    public string OverrideReason { get; set; } = "";
    public bool AsksItems => Fields.Any(item => item.Field == DealFields.Items);

    /// <summary>What cannot be ticked away: calls and messages that are not there, ways that do not exist.</summary>
    public IEnumerable<UnmetItem> Evidence => latest.Where(item => item.What is "call" or "message" or "transition" or "stage");

    public bool IsDirty => Typed.IsDirty || Answers.Values.Any(answer => answer.Answer != TaskAnswer.Open) || Overrides || Loss.Way.Count > 0 || Loss.Note.Length > 0;

    /// <summary>The gate said what it asks.</summary>
    public void Ask(IReadOnlyList<UnmetItem> unmet)
    {
        latest = unmet;
        foreach (var item in unmet.Where(item => item.What == "field" && Fields.All(asked => asked.Field != item.Field)))
            Fields.Add(item);
        foreach (var item in unmet.Where(item => item.StageTaskId is not null && Tasks.All(asked => asked.StageTaskId != item.StageTaskId)))
            Tasks.Add(item);
    }

    /// <summary>Somebody else changed the deal. What it lacks now, the next answer says.</summary>
    public void Rebase(DealCard newer)
    {
        Typed.Rebase(newer);
        latest = [];
    }

    public GateTaskDraft AnswerOf(UnmetItem task) => Answers.TryGetValue(task.StageTaskId!.Value, out var answer) ? answer : Answers[task.StageTaskId.Value] = new();

    /// <summary>What is still to be filled in before it can be sent, in words.</summary>
    public IReadOnlyList<string> Missing(GateTexts text, IReadOnlyList<LossReason> reasons)
    {
        List<string> missing = [];
        if (Overrides && OverrideReason.Trim().Length < ReasonMin)
            missing.Add(text.MissingOverride);
        if (!Overrides)
        {
            missing.AddRange(Fields.Where(item => !Typed.IsFilled(item.Field!)).Select(text.Words));
            missing.AddRange(Tasks.Select(task => MissingOf(task, text)).OfType<string>());
        }
        missing.AddRange(latest.Where(item => item.What == "stage" || (item.What == "transition" && !Overrides)).Select(text.Words));
        if (to.Kind == StageKind.Lost && !Loss.IsComplete(reasons))
            missing.Add(text.MissingReason);
        return missing;
    }

    public DealMove Move => new()
    {
        Version = Card.Deal.Version,
        StageId = to.Id,
        Values = Typed.Changes,
        Items = AsksItems ? Typed.NewLines : null,
        Tasks = [.. Answers.Where(answer => IsToBeSaid(answer.Key, answer.Value)).Select(Answer)],
        Loss = to.Kind == StageKind.Lost ? Loss.Loss : null,
        OverrideReason = Overrides ? OverrideReason.Trim() : null,
    };

    /// <summary>An excuse always; that a task is done, only while nobody has said so.</summary>
    bool IsToBeSaid(long stageTaskId, GateTaskDraft answer) => answer.Answer switch
    {
        TaskAnswer.Open or TaskAnswer.Asking => false,
        TaskAnswer.Done => !IsSettled(stageTaskId),
        TaskAnswer.Excused => true,
    };

    /// <summary>Is it done, or not needed, as the deal stands now?</summary>
    bool IsSettled(long? stageTaskId) => Card.Tasks.Any(one => one.StageTaskId == stageTaskId && (one.Task.State == AgentTaskState.Done || one.ExcusedByName is not null));

    string? MissingOf(UnmetItem task, GateTexts text)
    {
        var answer = AnswerOf(task);
        if (answer.Answer == TaskAnswer.Excused)
            return answer.Reason.Trim().Length < ReasonMin ? text.MissingExcuse(task.Name) : null;
        if (latest.FirstOrDefault(item => item.StageTaskId == task.StageTaskId && item.What is "call" or "message") is { } evidence)
            return text.Words(evidence);
        return answer.Answer is TaskAnswer.Open or TaskAnswer.Asking && !IsSettled(task.StageTaskId) ? text.MissingTask(task.Name) : null;
    }

    static StageTaskDone Answer(KeyValuePair<long, GateTaskDraft> answer) => answer.Value.Answer == TaskAnswer.Excused
        ? new() { StageTaskId = answer.Key, ExcuseReason = answer.Value.Reason.Trim() }
        : new() { StageTaskId = answer.Key, Note = answer.Value.Note.NullIfEmpty() };
}
