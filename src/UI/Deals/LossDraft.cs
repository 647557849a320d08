using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>Why a deal is lost, as it is being written. Reasons are ways in a tree, their parts divided by " › ".</summary>
public sealed class LossDraft(DateOnly today)
{
    public const string Divider = " › ";
    const int AskAgainDays = 90;
    const string DateFormat = "yyyy-MM-dd";

    /// <summary>As far as it is chosen.</summary>
    public IReadOnlyList<string> Way { get; private set; } = [];

    public string Note { get; set; } = "";
    public string Competitor { get; set; } = "";
    public string OfferAgain { get; set; } = today.AddDays(AskAgainDays).ToString(DateFormat, CultureInfo.InvariantCulture);
    public string Reason => string.Join(Divider, Way);

    public bool IsComplete(IReadOnlyList<LossReason> reasons) => reasons.Any(reason => reason.Name == Reason);

    public void Choose(int level, string part) => Way = part.Length == 0 ? [.. Way.Take(level)] : [.. Way.Take(level), part];

    /// <summary>What there is to choose from, level by level: one more than is chosen, as long as the tree goes on.</summary>
    public IEnumerable<IReadOnlyList<string>> Levels(IReadOnlyList<LossReason> reasons)
    {
        var ways = reasons.Select(reason => reason.Name.Split(Divider)).ToList();
        for (var level = 0; level <= Way.Count; level++)
        {
            var parts = ways.Where(way => way.Length > level && way.Take(level).SequenceEqual(Way.Take(level))).Select(way => way[level]).Distinct().ToList();
            if (parts.Count > 0)
                yield return parts;
        }
    }

    public DealLoss Loss => new()
    {
        Reason = Reason,
        Note = Note.NullIfEmpty(),
        Competitor = Competitor.NullIfEmpty(),
        OfferAgainOn = DateOnly.TryParseExact(OfferAgain, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };
}
