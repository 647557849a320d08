using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What a gate looks at in a deal.</summary>
internal sealed record GateDeal
{
    /// <summary>Null: it is about to be made.</summary>
    public required long? StageId { get; init; }

    /// <summary>Keys of the fields that hold something.</summary>
    public required IReadOnlySet<string> Filled { get; init; }

    /// <summary>The latest task of each <see cref="StageTask"/>, by its id.</summary>
    public IReadOnlyDictionary<long, GateTask> Tasks { get; init; } = new Dictionary<long, GateTask>();

    public bool HasLossReason { get; init; }
}

/// <summary>What became of a stage's task.</summary>
/// <param name="TaskId">Null: it was never given.</param>
/// <param name="LongestCallSeconds">Of the answered calls with the client since it was given.</param>
/// <param name="HasMessage">One was sent to the client since.</param>
internal sealed record GateTask(long? TaskId, bool IsDone, bool IsExcused = false, int LongestCallSeconds = 0, bool HasMessage = false);

/// <summary>
/// Whether a deal may be in a stage. One rule for every path there is: to be in a stage, a deal has all fields that this stage and those before it ask, and
/// has done, or was excused from, all that those before it require. A stage that is left out asks, too. Won asks what all open stages ask; lost asks
/// its own fields and a reason, and nobody has to finish what is given up. Pure.
/// </summary>
internal static class Gate
{
    /// <summary>Everything that keeps the deal from the stage; empty: it may go.</summary>
    public static IReadOnlyList<UnmetItem> Unmet(Funnel funnel, GateDeal deal, long toStageId)
    {
        if (funnel.Stages.FirstOrDefault(stage => stage.Id == toStageId) is not { } to)
            return [new() { What = UnmetWords.Stage }];
        List<UnmetItem> unmet = [];
        if (!MayGo(funnel, deal.StageId, to))
            unmet.Add(new() { What = UnmetWords.Transition, StageId = to.Id });
        unmet.AddRange(Missing(funnel, to, deal.Filled));
        unmet.AddRange(Before(funnel, to).SelectMany(stage => stage.Tasks.Where(task => task.IsRequired).SelectMany(task => Undone(stage, task, deal))));
        if (to.Kind == StageKind.Lost && !deal.HasLossReason)
            unmet.Add(new() { What = UnmetWords.LossReason, StageId = to.Id });
        return unmet;
    }

    /// <summary>Fields that a deal in this stage has to have, and has not.</summary>
    public static IEnumerable<UnmetItem> Missing(Funnel funnel, FunnelStage stage, IReadOnlySet<string> filled) =>
        Before(funnel, stage).Append(stage)
            .SelectMany(asking => asking.Fields.Select(field => (asking, field)))
            .DistinctBy(asked => asked.field.Field)
            .Where(asked => !filled.Contains(asked.field.Field))
            .Select(asked => new UnmetItem
            {
                What = UnmetWords.Field,
                StageId = asked.asking.Id,
                Field = asked.field.Field,
                SetByName = asked.field.SetByName,
                SetAt = asked.field.SetAt,
            });

    /// <summary>Someone with the right may go on although it is unmet: the stage must exist, and what is lost has a reason.</summary>
    public static bool MayBeOverridden(UnmetItem unmet) => unmet.What is not (UnmetWords.Stage or UnmetWords.LossReason);

    /// <summary>With the names of the company's own fields.</summary>
    public static IReadOnlyList<UnmetItem> Named(IReadOnlyList<UnmetItem> unmet, IReadOnlyList<DealField> fields) =>
        [.. unmet.Select(item => item.Field is null ? item : item with { Name = fields.FirstOrDefault(field => field.Key == item.Field)?.Name })];

    /// <summary>Open stages that come before it, in their order; none before the one that is lost.</summary>
    static IEnumerable<FunnelStage> Before(Funnel funnel, FunnelStage stage) => stage.Kind switch
    {
        StageKind.Lost => [],
        StageKind.Won => funnel.Stages.Where(other => other.Kind == StageKind.Open),
        StageKind.Open => funnel.Stages.TakeWhile(other => other.Id != stage.Id).Where(other => other.Kind == StageKind.Open),
    };

    static bool MayGo(Funnel funnel, long? fromId, FunnelStage to)
    {
        // One that is made, or whose stage is no longer there, begins anywhere.
        if (funnel.Stages.FirstOrDefault(stage => stage.Id == fromId) is not { } from)
            return true;
        if (from.NextIds.Count > 0)
            return from.NextIds.Contains(to.Id);
        var open = funnel.Stages.Where(stage => stage.Kind == StageKind.Open).Select(stage => stage.Id).ToList();
        return (from.Kind, to.Kind) switch
        {
            (StageKind.Open, StageKind.Open) => open.IndexOf(to.Id) <= open.IndexOf(from.Id) + 1,
            (StageKind.Open, StageKind.Won) => open[^1] == from.Id,
            (StageKind.Open, StageKind.Lost) => true,
            (StageKind.Won or StageKind.Lost, StageKind.Open) => true,
            (StageKind.Won or StageKind.Lost, StageKind.Won or StageKind.Lost) => false,
        };
    }

    static IEnumerable<UnmetItem> Undone(FunnelStage stage, StageTask asked, GateDeal deal)
    {
        var task = deal.Tasks.GetValueOrDefault(asked.Id);
        if (task?.IsExcused == true)
            return [];
        var unmet = new UnmetItem
        {
            What = UnmetWords.Task,
            StageId = stage.Id,
            Name = asked.Subject,
            StageTaskId = asked.Id,
            TaskId = task?.TaskId,
            CallSeconds = asked.CallSeconds,
            SetByName = asked.SetByName,
            SetAt = asked.SetAt,
        };
        if (task?.IsDone != true)
            return [unmet];
        List<UnmetItem> missing = [];
        if (asked.CallSeconds is { } seconds && task.LongestCallSeconds < seconds)
            missing.Add(unmet with { What = UnmetWords.Call });
        if (asked.NeedsMessage && !task.HasMessage)
            missing.Add(unmet with { What = UnmetWords.Message });
        return missing;
    }
}

/// <summary>The words of <see cref="UnmetItem.What"/>.</summary>
internal static class UnmetWords
{
    public const string Field = "field";
    public const string Task = "task";
    public const string Call = "call";
    public const string Message = "message";
    public const string Transition = "transition";
    public const string LossReason = "loss_reason";
    public const string Stage = "stage";
}
