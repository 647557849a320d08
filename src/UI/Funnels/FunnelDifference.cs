using System.Text.Json;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>How one funnel differs from another, in words.</summary>
internal static class FunnelDifference
{
    public static List<string> Of(FunnelDraft theirs, FunnelDraft mine, FunnelTexts text)
    {
        List<string> words = [];
        if (theirs.Name.Trim() != mine.Name.Trim())
            words.Add(text.DifferentName(theirs.Name));
        if (theirs.IsArchived != mine.IsArchived || !theirs.TeamIds.Order().SequenceEqual(mine.TeamIds.Order()))
            words.Add(text.DifferentTeams);
        var here = mine.Stages.ToDictionary(stage => stage.Id);
        foreach (var stage in theirs.Stages)
        {
            if (!here.TryGetValue(stage.Id, out var own))
                words.Add(text.StageThere(stage.Name));
            else if (Written(stage) != Written(own))
                words.Add(text.StageDifferent(stage.Name));
        }
        var there = theirs.Stages.Select(stage => stage.Id).ToHashSet();
        words.AddRange(mine.Stages.Where(stage => !there.Contains(stage.Id)).Select(stage => text.StageNotThere(stage.Name)));
        if (!theirs.Open.Select(stage => stage.Id).Where(here.ContainsKey).SequenceEqual(mine.Open.Select(stage => stage.Id).Where(there.Contains)))
            words.Add(text.OrderDifferent);
        return words;
    }

    static string Written(StageDraft stage) => JsonSerializer.Serialize(stage.Stage, WireJson.Default.FunnelStage);
}
