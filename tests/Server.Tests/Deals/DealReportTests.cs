using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>The golden month of docs/kpis.md, worked through by the product itself: every move is made at its moment, and the report is read.</summary>
sealed class DealReportTests(Engine engine) : DealStand(engine)
{
    static readonly TimeSpan moscow = TimeSpan.FromHours(3);

    [Test]
    public async Task The_golden_month_comes_out_exactly()
    {
        var end = new DateTimeOffset(2026, 4, 1, 0, 0, 0, moscow);
        var funnel = await GoldenMonth();
        var report = (await Reports.Of(Boss, funnel.Id, new(2026, 3, 1), new(2026, 3, 31), end, default))!;

        Assert.That((report.Won, report.Lost, report.Invalid), Is.EqualTo((2, 2, 1)));
        Assert.That((report.WonAmount, report.WonAmount + report.LostAmount), Is.EqualTo((220m, 330m)));
        Assert.That((report.CycleMeanDays, report.CycleMedianDays), Is.EqualTo((17d, 17d)));
        Assert.That(report.RealisedProfit, Is.EqualTo(90m));
        Assert.That((report.Open, report.PlannedProfit, report.WeightedProfit), Is.EqualTo((3, 150m, 81m)));
        Assert.That((report.Created, report.CreatedWon, report.CreatedOpen), Is.EqualTo((6, 1, 3)));
        Assert.That(report.OpenWithoutNextStep, Is.EqualTo(3));
        // Entered for the first time in March: D2, D3, D4, D6, D7, D8; D1 came in February, and D5 was none.
        Assert.That(report.Stages.Select(stage => (stage.Name, stage.Entered, stage.WentOn, stage.StillHere)), Is.EqualTo(new[] { ("New", 6, 5, 0), ("Qualified", 5, 4, 1), ("Offer", 4, 2, 2) }));
        Assert.That(report.Owners.Single().Won, Is.EqualTo(2));
    }

    [Test]
    public async Task A_report_of_the_same_month_from_later_on_knows_what_came_afterwards()
    {
        var funnel = await GoldenMonth();
        var report = (await Reports.Of(Boss, funnel.Id, new(2026, 3, 1), new(2026, 3, 31), new DateTimeOffset(2026, 4, 2, 0, 0, 0, moscow), default))!;
        Assert.That((report.CreatedWon, report.CreatedOpen, report.Won, report.Open), Is.EqualTo((2, 2, 2, 2)), "D8 was won on 1 April: in the cohort of March, among the won of April");
    }

    [Test]
    public async Task Blocked_moves_and_overrides_are_counted_by_stage_and_person()
    {
        var funnel = await Make([.. PlainStages().Select(stage => stage.Name == "Qualified" ? stage with { Fields = [new() { Field = "amount" }] } : stage)]);
        var client = await Create("Anna");
        var (waits, passes) = (await Open(funnel, client), await Open(funnel, client));
        await Move(Boss, waits, Id(funnel, "Qualified"));
        await Move(Boss, waits, Id(funnel, "Qualified"));
        Clock.Advance(TimeSpan.FromMinutes(90));
        await Moved(waits, funnel, "Qualified", ("amount", "1"));
        await Moves.Move(Boss, passes, new() { Version = 1, StageId = Id(funnel, "Qualified"), OverrideReason = "the price comes on Monday" }, default);

        Clock.Advance(TimeSpan.FromSeconds(1));
        var report = (await Reports.Of(Boss, funnel.Id, new(2026, 3, 14), new(2026, 3, 14), null, default))!;
        Assert.That((report.BlockedMoves, report.Overrides, report.BlockedMedianMinutes), Is.EqualTo((1, 1, 90d)), "the same refusal twice is one");
        Assert.That(report.Stages.Select(stage => (stage.BlockedMoves, stage.Overrides)), Is.EqualTo(new[] { (1, 0), (0, 1), (0, 0) }));
        Assert.That(report.Owners.Single(owner => owner.OwnerId == Boss.AgentId).Overrides, Is.EqualTo(1));
    }

    /// <summary>D1 to D8 of the definitions; amounts in the table's thousands.</summary>
    async Task<Funnel> GoldenMonth()
    {
        await Rules.SetLossReasons([new() { Name = "Too dear" }, new() { Name = "Duplicate", IsValid = false }], default);
        Clock.AdjustTime(new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var funnel = await Make(PlainStages());
        var client = await Create("Anna");
        Dictionary<string, long> deals = [];
        (string Deal, int Month, int Day, string At, string To, string? Amount)[] story =
        [
            ("D1", 2, 20, "10:00", "New", "100/60"), ("D1", 2, 21, "10:00", "Qualified", null), ("D1", 2, 25, "10:00", "Offer", null),
            ("D2", 3, 1, "10:00", "New", "50/30"), ("D6", 3, 2, "10:00", "New", "60/30"), ("D3", 3, 5, "10:00", "New", "200/120"),
            ("D6", 3, 6, "10:00", "Qualified", null), ("D4", 3, 7, "10:00", "New", "80/50"), ("D5", 3, 8, "10:00", "New", "10/5"), ("D5", 3, 9, "10:00", "Duplicate", null),
            ("D1", 3, 10, "10:00", "Won", null), ("D4", 3, 11, "10:00", "Qualified", null), ("D3", 3, 11, "11:00", "Qualified", null), ("D2", 3, 12, "10:00", "Lost", null),
            ("D6", 3, 13, "10:00", "Offer", null), ("D3", 3, 14, "10:00", "Offer", null), ("D7", 3, 15, "10:00", "New", "120/70"), ("D7", 3, 16, "10:00", "Qualified", null),
            ("D6", 3, 20, "10:00", "Won", null), ("D8", 3, 20, "11:00", "New", "90/50"), ("D8", 3, 21, "10:00", "Qualified", null), ("D6", 3, 22, "10:00", "Offer", null),
            ("D7", 3, 23, "10:00", "Offer", null), ("D8", 3, 24, "10:00", "Offer", null), ("D6", 3, 25, "10:00", "Lost", null), ("D7", 3, 31, "23:30", "Won", null), ("D8", 4, 1, "00:10", "Won", null),
        ];
        foreach (var step in story)
        {
            Clock.SetUtcNow(new DateTimeOffset(new DateOnly(2026, step.Month, step.Day).ToDateTime(TimeOnly.Parse(step.At, System.Globalization.CultureInfo.InvariantCulture)), moscow).ToUniversalTime());
            if (step.Amount?.Split('/') is [var amount, var cost])
                deals[step.Deal] = await Open(funnel, client, values: [("title", step.Deal), ("amount", amount), ("cost", cost), ("owner", $"{Boss.AgentId}")]);
            else if (step.To == "Duplicate")
                await Moves.Move(Boss, deals[step.Deal], new() { Version = 1, StageId = Id(funnel, "Lost"), Loss = new() { Reason = "Duplicate" } }, default);
            else
                await Moved(deals[step.Deal], funnel, step.To);
        }
        return funnel;
    }
}
