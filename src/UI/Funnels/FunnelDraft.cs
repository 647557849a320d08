using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>A funnel while somebody edits it, and what that was based on.</summary>
public sealed partial class FunnelDraft
{
    readonly string origin;
    long lastNewId;

    public FunnelDraft(Funnel funnel)
    {
        (Id, Version, Name, IsArchived, TeamIds) = (funnel.Id, funnel.Version, funnel.Name, funnel.IsArchived, [.. funnel.TeamIds]);
        Open = [.. funnel.Stages.Where(stage => stage.Kind == StageKind.Open).Select(stage => new StageDraft(stage))];
        Won = new(funnel.Stages.First(stage => stage.Kind == StageKind.Won));
        Lost = new(funnel.Stages.First(stage => stage.Kind == StageKind.Lost));
        lastNewId = Math.Min(0, Stages.Min(stage => stage.Id));
        origin = Written;
    }

    /// <summary>0: a new one.</summary>
    public long Id { get; }

    /// <summary>The version that this becomes the next one of.</summary>
    public int Version { get; private set; }

    public string Name { get; set; }
    public bool IsArchived { get; set; }
    public List<long> TeamIds { get; }
    public List<StageDraft> Open { get; }
    public StageDraft Won { get; }
    public StageDraft Lost { get; }

    public IEnumerable<StageDraft> Stages => [.. Open, Won, Lost];

    public bool IsDirty => Id == 0 || Written != origin;

    /// <summary>Everything that would be saved, as text: two drafts can be compared by it.</summary>
    public string Written => JsonSerializer.Serialize(Edit, WireJson.Default.FunnelEdit);

    public FunnelEdit Edit => new()
    {
        Version = Version,
        Name = Name.Trim(),
        IsArchived = IsArchived,
        TeamIds = [.. TeamIds.Order()],
        Stages = [.. Stages.Select(stage => stage.Stage)],
    };

    /// <summary>A way that most sales go, to be changed to one's own.</summary>
    public static FunnelDraft New(FunnelTexts text) => new(new Funnel
    {
        Id = 0,
        Name = "",
        Version = 0,
        Stages =
        [
            new() { Id = -1, Name = text.StageNew, Color = "grey", Probability = 10, LimitHours = 24 },
            new() { Id = -2, Name = text.StageQualified, Color = "blue", Probability = 30, LimitHours = 72 },
            new() { Id = -3, Name = text.StageOffer, Color = "amber", Probability = 60, LimitHours = 168 },
            new() { Id = -4, Name = text.Won, Color = "green", Kind = StageKind.Won, Probability = 100 },
            new() { Id = -5, Name = text.Lost, Color = "red", Kind = StageKind.Lost },
        ],
    });

    public StageDraft Add()
    {
        var stage = new StageDraft(new() { Id = --lastNewId, Probability = 50, Color = "teal" }) { IsExpanded = true };
        Open.Add(stage);
        return stage;
    }

    public void Remove(StageDraft stage)
    {
        Open.Remove(stage);
        foreach (var other in Stages)
            other.NextIds.Remove(stage.Id);
    }

    /// <summary>False: it is at the end already.</summary>
    public bool Move(StageDraft stage, int by)
    {
        var to = Open.IndexOf(stage) + by;
        if (to < 0 || to >= Open.Count)
            return false;
        Open.Remove(stage);
        Open.Insert(to, stage);
        return true;
    }

    /// <summary>Where deals may go from a stage that says nothing of it. The server decides; this only shows it.</summary>
    public IEnumerable<StageDraft> UsualNext(StageDraft stage)
    {
        var at = Open.IndexOf(stage);
        return at < 0 ? Open : [.. Open.Take(at), .. Open.Skip(at + 1).Take(1), .. at == Open.Count - 1 ? [Won] : Array.Empty<StageDraft>(), Lost];
    }

    /// <summary>The stage before it that asks the field already; null: none does.</summary>
    public StageDraft? AskedBefore(StageDraft stage, string field) => Open.TakeWhile(other => other != stage).FirstOrDefault(other => other.Asks(field));

    /// <summary>What was typed here goes over what somebody else has saved.</summary>
    public void SaveOver(Funnel newer) => Version = newer.Version;

    /// <summary>The same stages stay open on the page after a save.</summary>
    public void ExpandAs(FunnelDraft before)
    {
        foreach (var (stage, was) in Stages.Zip(before.Stages))
            stage.IsExpanded = was.IsExpanded;
    }

    public FieldErrors Check(Texts text)
    {
        var check = new FieldCheck(text.Problem).Length("name", Name.Trim(), least: 1, most: 100);
        foreach (var stage in Stages)
            stage.Check(check, text);
        return check.Errors;
    }

    /// <summary>What the server refused, at the stage and the task that it names by their places.</summary>
    public FieldErrors Refused(Problem problem, ProblemTexts texts)
    {
        var errors = new FieldErrors();
        var stages = Stages.ToList();
        foreach (var (field, messages) in problem.Errors)
            errors.Add(KeyOf(field, stages), texts.Field(messages.FirstOrDefault()));
        return errors;
    }

    static string KeyOf(string field, List<StageDraft> stages)
    {
        if (StagePath().Match(field) is not { Success: true } stagePath || At(stagePath, stages) is not { } stage)
            return field.Split('[', '.')[0];
        var rest = stagePath.Groups["rest"].Value;
        return TaskPath().Match(rest) is { Success: true } taskPath && At(taskPath, stage.Tasks) is { } task
            ? stage.Key(task, taskPath.Groups["rest"].Value) : stage.Key(rest.Split('[', '.')[0]);
    }

    static T? At<T>(Match match, List<T> list)
        where T : class => list.ElementAtOrDefault(int.Parse(match.Groups["at"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^stages\[(?<at>[0-9]{1,4})\]\.(?<rest>.+)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex StagePath();

    [GeneratedRegex(@"^tasks\[(?<at>[0-9]{1,4})\]\.(?<rest>.+)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex TaskPath();
}
