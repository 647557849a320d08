using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Deals;

/// <summary>The window of a report: half-open, and the moment from which it looks at everything.</summary>
/// <param name="Zone">In which cycles are counted in days.</param>
internal sealed record DealWindow(DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, TimeZoneInfo Zone);

internal sealed record MadeFact(long DealId, DateTimeOffset CreatedAt);

/// <param name="Profit">The amount less the cost, in hundredths; null: there is no amount.</param>
internal sealed record CloseFact(long DealId, DateTimeOffset CreatedAt, DateTimeOffset ClosedAt, DateTimeOffset? ReopenedAt, bool IsWon, bool IsValid, long? OwnerId, long? Amount, long? Profit);

internal sealed record StayFact(long DealId, long StageId, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, bool IsOverride, long? ById);

/// <summary>A deal that is open when the report looks at it, in its stage and with its terms then.</summary>
internal sealed record OpenFact(long DealId, long StageId, DateTimeOffset Since, long? OwnerId, long? Profit, bool HasNextStep);

internal sealed record BlockFact(long DealId, long FromStageId, long ToStageId, DateTimeOffset At);

/// <summary>All that a report is made of, as it was at its moment.</summary>
internal sealed record DealFacts
{
    public IReadOnlyList<MadeFact> Made { get; init; } = [];
    public IReadOnlyList<CloseFact> Closes { get; init; } = [];

    /// <summary>All stays of the deals that came to a stage in the window.</summary>
    public IReadOnlyList<StayFact> Stays { get; init; } = [];

    public IReadOnlyList<OpenFact> Open { get; init; } = [];
    public IReadOnlyList<BlockFact> Blocks { get; init; } = [];
}

/// <summary>
/// The figures of deals, as docs/kpis.md defines them. A close counts when it is the deal's last one as seen from the report's moment and the deal was not opened
/// again; closes of what was no deal are in no rate. Pure.
/// </summary>
internal static class DealFigures
{
    public static FunnelReport Of(Funnel funnel, DealWindow window, DealFacts facts, string currency, IReadOnlyDictionary<long, string> names)
    {
        var last = facts.Closes.Where(close => close.ClosedAt < window.AsOf).GroupBy(close => close.DealId).Select(closes => closes.MaxBy(close => close.ClosedAt)!)
            .Where(close => close.ReopenedAt is not { } again || again >= window.AsOf).ToDictionary(close => close.DealId);
        var closes = last.Values.Where(close => IsIn(close.ClosedAt)).ToList();
        var won = closes.Where(close => close.IsValid && close.IsWon).ToList();
        var lost = closes.Where(close => close.IsValid && !close.IsWon).ToList();
        var cohort = facts.Made.Where(made => IsIn(made.CreatedAt) && made.CreatedAt < window.AsOf && last.GetValueOrDefault(made.DealId) is not { IsValid: false }).ToList();
        var cycles = won.Select(close => (double)Days(close)).Order().ToList();
        var stages = funnel.Stages.ToDictionary(stage => stage.Id);
        return new()
        {
            From = window.From,
            To = window.To,
            AsOf = window.AsOf,
            Zone = window.Zone.Id,
            Currency = currency,
            Created = cohort.Count,
            CreatedWon = cohort.Count(made => last.GetValueOrDefault(made.DealId) is { IsWon: true }),
            CreatedOpen = cohort.Count(made => !last.ContainsKey(made.DealId)),
            Won = won.Count,
            Lost = lost.Count,
            WonAmount = Money(won.Sum(close => close.Amount ?? 0)),
            LostAmount = Money(lost.Sum(close => close.Amount ?? 0)),
            Invalid = closes.Count(close => !close.IsValid),
            RealisedProfit = Money(won.Sum(close => close.Profit ?? 0)),
            Open = facts.Open.Count,
            OpenWithoutAmount = facts.Open.Count(deal => deal.Profit is null),
            PlannedProfit = Money(facts.Open.Sum(deal => deal.Profit ?? 0)),
            WeightedProfit = Money(facts.Open.Sum(deal => (deal.Profit ?? 0) * (decimal)(stages.GetValueOrDefault(deal.StageId)?.Probability ?? 0) / 100)),
            OpenWithoutNextStep = facts.Open.Count(deal => !deal.HasNextStep),
            CycleMeanDays = cycles.Count == 0 ? null : cycles.Average(),
            CycleMedianDays = Quantile(cycles, 0.5),
            CycleP90Days = Quantile(cycles, 0.9),
            Stages = [.. funnel.Stages.Where(stage => stage.Kind == StageKind.Open).Select(stage => Stage(funnel, stage, window, facts, last))],
            Owners = [.. Owners(facts, won, lost, window, names)],
            BlockedMoves = facts.Blocks.Count,
            Overrides = facts.Stays.Count(stay => stay.IsOverride && IsIn(stay.EnteredAt)),
            BlockedMedianMinutes = Quantile([.. Passes(facts).Order()], 0.5),
        };

        bool IsIn(DateTimeOffset at) => at >= window.From && at < window.To;

        int Days(CloseFact close) => (Local(close.ClosedAt) - Local(close.CreatedAt)).Days;

        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, window.Zone).Date;
    }

    /// <summary>The cohort of a stage: deals that first came to it in the window. Skipped stages count as passed; coming back does not count twice.</summary>
    static StageReport Stage(Funnel funnel, FunnelStage stage, DealWindow window, DealFacts facts, Dictionary<long, CloseFact> last)
    {
        var later = funnel.Stages.SkipWhile(other => other.Id != stage.Id).Skip(1).Where(other => other.Kind != StageKind.Lost).Select(other => other.Id).ToHashSet();
        var seen = facts.Stays.Where(stay => stay.EnteredAt < window.AsOf);
        var cohort = seen.GroupBy(stay => stay.DealId)
            .Where(stays => stays.Where(stay => stay.StageId == stage.Id).Select(stay => stay.EnteredAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min() is var first
                && first >= window.From && first < window.To
                && last.GetValueOrDefault(stays.Key) is not { IsValid: false })
            .Select(stays => stays.OrderBy(stay => stay.EnteredAt).ToList()).ToList();
        var here = facts.Open.Where(deal => deal.StageId == stage.Id).ToList();
        var hours = cohort.Where(stays => stays.Where(stay => stay.StageId == stage.Id).All(stay => stay.LeftAt < window.AsOf))
            .Select(stays => stays.Where(stay => stay.StageId == stage.Id).Sum(stay => (stay.LeftAt!.Value - stay.EnteredAt).TotalHours)).Order().ToList();
        return new()
        {
            StageId = stage.Id,
            Name = stage.Name,
            Entered = cohort.Count,
            WentOn = cohort.Count(stays => stays.SkipWhile(stay => stay.StageId != stage.Id).Any(stay => later.Contains(stay.StageId))),
            StillHere = cohort.Count(stays => stays[^1].StageId == stage.Id),
            MeanHours = hours.Count == 0 ? null : hours.Average(),
            MedianHours = Quantile(hours, 0.5),
            P75Hours = Quantile(hours, 0.75),
            Open = here.Count,
            TooOld = stage.LimitHours is { } limit ? here.Count(deal => window.AsOf - deal.Since > TimeSpan.FromHours(limit)) : 0,
            PlannedProfit = Money(here.Sum(deal => deal.Profit ?? 0)),
            BlockedMoves = facts.Blocks.Count(block => block.FromStageId == stage.Id),
            Overrides = facts.Stays.Count(stay => stay.IsOverride && stay.StageId == stage.Id && stay.EnteredAt >= window.From && stay.EnteredAt < window.To),
        };
    }

    static IEnumerable<OwnerReport> Owners(DealFacts facts, List<CloseFact> won, List<CloseFact> lost, DealWindow window, IReadOnlyDictionary<long, string> names)
    {
        var overrides = facts.Stays.Where(stay => stay.IsOverride && stay.EnteredAt >= window.From && stay.EnteredAt < window.To).ToLookup(stay => stay.ById);
        var owners = won.Concat(lost).Select(close => close.OwnerId).Concat(facts.Open.Select(deal => deal.OwnerId)).Concat(overrides.Select(group => group.Key)).Distinct();
        return owners.Select(owner => new OwnerReport
        {
            OwnerId = owner,
            Name = owner is { } id ? names.GetValueOrDefault(id) : null,
            Won = won.Count(close => close.OwnerId == owner),
            Lost = lost.Count(close => close.OwnerId == owner),
            Open = facts.Open.Count(deal => deal.OwnerId == owner),
            PlannedProfit = Money(facts.Open.Where(deal => deal.OwnerId == owner).Sum(deal => deal.Profit ?? 0)),
            RealisedProfit = Money(won.Where(close => close.OwnerId == owner).Sum(close => close.Profit ?? 0)),
            Overrides = overrides[owner].Count(),
        }).OrderByDescending(report => report.PlannedProfit).ThenBy(report => report.OwnerId);
    }

    /// <summary>Minutes from the first refusal of a move to the deal's coming to that stage.</summary>
    static IEnumerable<double> Passes(DealFacts facts)
    {
        var stays = facts.Stays.ToLookup(stay => (stay.DealId, stay.StageId));
        return facts.Blocks.GroupBy(block => (block.DealId, block.ToStageId))
            .Select(blocks => (From: blocks.Min(block => block.At), Pass: stays[blocks.Key].Where(stay => stay.EnteredAt >= blocks.Min(block => block.At)).MinBy(stay => stay.EnteredAt)))
            .Where(one => one.Pass is not null)
            .Select(one => (one.Pass!.EnteredAt - one.From).TotalMinutes);
    }

    /// <summary>Linear between neighbours; null of nothing.</summary>
    /// <param name="sorted">Rising.</param>
    internal static double? Quantile(IReadOnlyList<double> sorted, double share)
    {
        if (sorted.Count == 0)
            return null;
        var place = (sorted.Count - 1) * share;
        var low = (int)Math.Floor(place);
        var high = Math.Min(low + 1, sorted.Count - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
    }

    static decimal Money(decimal hundredths) => hundredths / 100m;
}
