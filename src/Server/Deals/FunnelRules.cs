using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What a funnel must be to work, and how an edit of it becomes its next version. Pure.</summary>
internal static class FunnelRules
{
    /// <summary>What is wrong, with the field's name; null: nothing.</summary>
    public static (string Field, string Detail)? Fault(FunnelEdit edit, IReadOnlyCollection<string> fieldKeys)
    {
        var stages = edit.Stages;
        if (stages.Count(stage => stage.Kind == StageKind.Won) != 1 || stages.Count(stage => stage.Kind == StageKind.Lost) != 1 || stages.All(stage => stage.Kind != StageKind.Open))
            return ("stages", "At least one open stage, exactly one that is won and exactly one that is lost.");
        if (stages.Select(stage => stage.Id).Distinct().Count() < stages.Count)
            return ("stages", "Each stage has an id of its own; new ones any below zero.");
        foreach (var stage in stages)
        {
            if (!StageColors.All.Contains(stage.Color))
                return ("stages", $"{stage.Name}: there is no colour {stage.Color}.");
            if (stage.NextIds.Any(next => stages.All(other => other.Id != next)))
                return ("stages", $"{stage.Name}: a deal can only go on to a stage of this funnel.");
            if (stage.Fields.Select(field => field.Field).FirstOrDefault(key => key != DealFields.Items && !fieldKeys.Contains(key)) is { } unknown)
                return ("stages", $"{stage.Name}: deals of this funnel have no field {unknown}.");
            if (stage.Kind != StageKind.Open && stage.Tasks.Any(task => task.IsRequired))
                return ("stages", $"{stage.Name}: nothing comes after it, so nothing can be required before that.");
        }
        return null;
    }

    public static IEnumerable<FunnelStage> Ordered(IEnumerable<FunnelStage> stages) => stages.OrderBy(stage => stage.Kind);

    /// <summary>How many new ids <see cref="Apply"/> gives out.</summary>
    public static int NewIds(FunnelEdit edit) => edit.Stages.Count(stage => stage.Id <= 0) + edit.Stages.Sum(stage => stage.Tasks.Count(task => task.Id <= 0));

    /// <summary>The next version. What was asked before keeps who asked it first.</summary>
    /// <param name="before">Null: it is new.</param>
    /// <param name="firstId">The first of <see cref="NewIds"/>.</param>
    public static Funnel Apply(long id, Funnel? before, FunnelEdit edit, long firstId, string byName, DateTimeOffset now)
    {
        var next = firstId;
        var known = (before?.Stages ?? []).ToDictionary(stage => stage.Id);
        var stageIds = edit.Stages.ToDictionary(stage => stage.Id, stage => known.ContainsKey(stage.Id) ? stage.Id : next++);
        return new()
        {
            Id = id,
            Name = edit.Name.Trim(),
            IsArchived = edit.IsArchived,
            TeamIds = [.. edit.TeamIds.Distinct().Order()],
            Version = (before?.Version ?? 0) + 1,
            Stages = [.. Ordered(edit.Stages).Select(stage => stage with
            {
                Id = stageIds[stage.Id],
                Name = stage.Name.Trim(),
                Probability = stage.Kind switch { StageKind.Open => stage.Probability, StageKind.Won => 100, StageKind.Lost => 0 },
                LimitHours = stage.Kind == StageKind.Open ? stage.LimitHours : null,
                NextIds = [.. stage.NextIds.Select(other => stageIds[other]).Distinct()],
                Fields = [.. stage.Fields.DistinctBy(field => field.Field).Select(field => Field(field, known.GetValueOrDefault(stage.Id)))],
                Tasks = [.. stage.Tasks.Select(task => Task(task, known.GetValueOrDefault(stage.Id)))],
            })],
        };

        StageField Field(StageField field, FunnelStage? stage) =>
            stage?.Fields.FirstOrDefault(had => had.Field == field.Field) ?? new() { Field = field.Field, SetByName = byName, SetAt = now };

        StageTask Task(StageTask task, FunnelStage? stage)
        {
            var had = stage?.Tasks.FirstOrDefault(one => one.Id == task.Id);
            var isSame = had is not null && had.IsRequired == task.IsRequired && had.CallSeconds == task.CallSeconds && had.NeedsMessage == task.NeedsMessage;
            return task with { Id = had?.Id ?? next++, Subject = task.Subject.Trim(), SetByName = isSame ? had!.SetByName : byName, SetAt = isSame ? had!.SetAt : now };
        }
    }
}
