using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>A deal on a board and in a list. Money in the deal's currency.</summary>
public sealed record DealItem
{
    public required long Id { get; init; }
    public required long FunnelId { get; init; }
    public required long StageId { get; init; }

    /// <summary>Empty while nobody gave one: the client stands for it.</summary>
    public string Title { get; init; } = "";

    public required long ClientId { get; init; }
    public string ClientName { get; init; } = "";
    public string? ClientNumber { get; init; }
    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }
    public decimal? Amount { get; init; }
    public decimal? Cost { get; init; }

    /// <summary>The amount less the cost; null while there is no amount.</summary>
    public decimal? PlannedProfit { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public DateOnly? ExpectedClose { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>It is in its stage for longer than the stage's limit.</summary>
    public bool IsTooOld { get; init; }

    /// <summary>The open task that is due first; null: there is no next step.</summary>
    public DateTimeOffset? NextStepAt { get; init; }

    public string? NextStepSubject { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public bool? IsWon { get; init; }
    public string? LossReason { get; init; }

    /// <summary>Send it back with a change.</summary>
    public required int Version { get; init; }
}

/// <summary>A deal with all that is known of it.</summary>
public sealed record DealCard
{
    public required DealItem Deal { get; init; }

    /// <summary>What is filled in, by <see cref="DealField.Key"/>.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<DealLine> Items { get; init; } = [];

    /// <summary>Open ones first, by when they are due.</summary>
    public IReadOnlyList<DealTask> Tasks { get; init; } = [];

    public DealLoss? Loss { get; init; }

    /// <summary>How many units of the workspace's currency one of the deal's was worth when the amount was written.</summary>
    public required decimal Rate { get; init; }

    /// <summary>The newest first; all of them: a deal has dozens.</summary>
    public IReadOnlyList<DealEvent> Events { get; init; } = [];

    public bool MayOverride { get; init; }
    public bool MayExcuse { get; init; }
}

/// <summary>A line of what is bought.</summary>
public sealed record DealLine
{
    [property: Required, StringLength(200, MinimumLength = 1)]
    public string Name { get; init; } = "";

    [property: Range(0.001, 1_000_000_000)]
    public decimal Quantity { get; init; } = 1;

    /// <summary>Of one.</summary>
    [property: Range(0, 1_000_000_000)]
    public decimal Price { get; init; }

    [property: Range(0, 1_000_000_000)]
    public decimal Cost { get; init; }
}

/// <summary>A task of a deal.</summary>
public sealed record DealTask
{
    public required AgentTaskItem Task { get; init; }

    /// <summary>The <see cref="StageTask"/> that made it; null: a person did.</summary>
    public long? StageTaskId { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Who said that the deal does not need it, and why.</summary>
    public string? ExcusedByName { get; init; }

    public string? ExcuseReason { get; init; }
}

/// <summary>Why a deal was refused.</summary>
public sealed record DealLoss
{
    /// <summary>A <see cref="LossReason.Name"/>.</summary>
    [property: Required, StringLength(200, MinimumLength = 1)]
    public string Reason { get; init; } = "";

    [property: StringLength(1000)]
    public string? Note { get; init; }

    [property: StringLength(200)]
    public string? Competitor { get; init; }

    /// <summary>When to ask the client again.</summary>
    public DateOnly? OfferAgainOn { get; init; }
}

/// <summary>Something that happened with a deal; nobody changes it afterwards.</summary>
public sealed record DealEvent
{
    public required long Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>created, changed, moved, blocked, excused, imported.</summary>
    public required string What { get; init; }

    /// <summary>Null: a rule of the funnel.</summary>
    public string? ByName { get; init; }

    public long? FromStageId { get; init; }
    public long? ToStageId { get; init; }

    /// <summary>Of an override or an excuse: why.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<DealChange> Changes { get; init; } = [];

    /// <summary>What kept it from moving, or was overridden.</summary>
    public IReadOnlyList<UnmetItem> Unmet { get; init; } = [];

    /// <summary>The deal's version after it.</summary>
    public required int Version { get; init; }
}

public sealed record DealChange
{
    public required string Field { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
}

/// <summary>One thing that keeps a deal from a stage.</summary>
public sealed record UnmetItem
{
    /// <summary>field, task, call (the task is done, and there is no call of that length), message (and there is none sent), transition, loss_reason, stage.</summary>
    public required string What { get; init; }

    /// <summary>The stage that asks it.</summary>
    public long? StageId { get; init; }

    /// <summary>A <see cref="DealField.Key"/>.</summary>
    public string? Field { get; init; }

    /// <summary>Of a field of the company's own: its name. Of a task: what is to be done.</summary>
    public string? Name { get; init; }

    public long? StageTaskId { get; init; }

    /// <summary>The open task; null: it was never given.</summary>
    public long? TaskId { get; init; }

    public int? CallSeconds { get; init; }
    public string? SetByName { get; init; }
    public DateTimeOffset? SetAt { get; init; }
}

public sealed record NewDeal
{
    public long FunnelId { get; init; }

    /// <summary>Null: the first one.</summary>
    public long? StageId { get; init; }

    public long ClientId { get; init; }

    /// <summary>By <see cref="DealField.Key"/>.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    [property: AtMost(200)]
    public IReadOnlyList<DealLine> Items { get; init; } = [];
}

/// <summary>Changes of fields. Refused when the deal's stage asks a field that it empties.</summary>
public sealed record DealEdit
{
    public int Version { get; init; }

    /// <summary>Only those that change, by <see cref="DealField.Key"/>; null empties one.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary>All lines; null: they stay.</summary>
    [property: AtMost(200)]
    public IReadOnlyList<DealLine>? Items { get; init; }
}

/// <summary>A move to a stage, with what it still needs, in one transaction: all of it, or nothing.</summary>
public sealed record DealMove
{
    public int Version { get; init; }
    public long StageId { get; init; }
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    [property: AtMost(200)]
    public IReadOnlyList<DealLine>? Items { get; init; }

    /// <summary>Tasks of stages that are done with it.</summary>
    [property: AtMost(100)]
    public IReadOnlyList<StageTaskDone> Tasks { get; init; } = [];

    /// <summary>Of a refusal.</summary>
    public DealLoss? Loss { get; init; }

    /// <summary>The move is made although something is missing; by a right of its own.</summary>
    [property: StringLength(1000, MinimumLength = 10)]
    public string? OverrideReason { get; init; }
}

/// <summary>A task of a stage is done, or the deal does not need it.</summary>
public sealed record StageTaskDone
{
    public long StageTaskId { get; init; }

    [property: StringLength(1000)]
    public string? Note { get; init; }

    /// <summary>Why it is not needed; by a right of its own.</summary>
    [property: StringLength(1000, MinimumLength = 10)]
    public string? ExcuseReason { get; init; }
}

/// <summary>Asks whoever may to excuse a deal from a task of a stage.</summary>
public sealed record ExcuseRequest
{
    public long StageTaskId { get; init; }

    [property: Required, StringLength(400, MinimumLength = 10)]
    public string Reason { get; init; } = "";
}

/// <summary>The same move for many.</summary>
public sealed record DealsMove
{
    [property: AtMost(500)]
    public IReadOnlyList<DealRef> Deals { get; init; } = [];

    public long StageId { get; init; }
    public DealLoss? Loss { get; init; }

    [property: StringLength(1000, MinimumLength = 10)]
    public string? OverrideReason { get; init; }
}

public sealed record DealRef
{
    public long Id { get; init; }
    public int Version { get; init; }
}

/// <summary>What became of one deal of many.</summary>
public sealed record DealMoveAnswer
{
    public required long DealId { get; init; }

    /// <summary>moved, blocked (<see cref="Unmet"/> says why), changed_by_other, not_found, invalid.</summary>
    public required string What { get; init; }

    public IReadOnlyList<UnmetItem> Unmet { get; init; } = [];
}

/// <summary>Which deals. Null: whatever.</summary>
public sealed record DealFilter
{
    public long? FunnelId { get; init; }
    public long? StageId { get; init; }
    public long? OwnerId { get; init; }
    public long? ClientId { get; init; }

    /// <summary>open, won, lost.</summary>
    [property: StringLength(10)]
    public string? State { get; init; }

    public bool? HasNextStep { get; init; }
    public bool? IsTooOld { get; init; }

    /// <summary>A part of the title, or the beginning of the client's name.</summary>
    [property: StringLength(100)]
    public string? Search { get; init; }

    /// <summary>A field of the company's own, and its value.</summary>
    [property: StringLength(40)]
    public string? Field { get; init; }

    [property: StringLength(200)]
    public string? Value { get; init; }
}

/// <summary>A funnel's open deals by stages.</summary>
public sealed record DealBoard
{
    public required Funnel Funnel { get; init; }

    /// <summary>The workspace's: totals are in it.</summary>
    public required string Currency { get; init; }

    public IReadOnlyList<BoardColumn> Columns { get; init; } = [];
    public required DateTimeOffset ServerTime { get; init; }
}

/// <summary>All counts are of the filter.</summary>
public sealed record BoardColumn
{
    public required long StageId { get; init; }
    public int Deals { get; init; }

    /// <summary>In the workspace's currency, by the rates that stand on the deals.</summary>
    public decimal Amount { get; init; }

    public decimal PlannedProfit { get; init; }
    public int WithoutAmount { get; init; }
    public int TooOld { get; init; }
    public int WithoutNextStep { get; init; }

    /// <summary>The first ones: those whose next step is due first, and before them those that have none.</summary>
    public required Page<DealItem> Page { get; init; }
}

/// <summary>A filter under a name.</summary>
public sealed record DealView
{
    public required long Id { get; init; }
    public required DealViewEdit View { get; init; }

    /// <summary>The caller's own; others' are shared ones.</summary>
    public bool IsMine { get; init; }
}

public sealed record DealViewEdit
{
    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";

    public bool IsShared { get; init; }
    public required DealFilter Filter { get; init; }
}

/// <summary>Deals out of a table.</summary>
public sealed record DealImport
{
    public long FunnelId { get; init; }

    /// <summary>CSV with a head line. Columns: deal (a number: this deal is changed), client (a number of the plan, or e-mail), stage (its name), and fields by key or name.</summary>
    [property: Required, StringLength(900_000, MinimumLength = 1)]
    public string Csv { get; init; } = "";

    /// <summary>Says what would become of each row, and does nothing.</summary>
    public bool IsTrial { get; init; }

    [property: StringLength(1000, MinimumLength = 10)]
    public string? OverrideReason { get; init; }
}

public sealed record DealImportAnswer
{
    public required int Created { get; init; }
    public required int Changed { get; init; }
    public required int Refused { get; init; }
    public IReadOnlyList<DealImportRow> Rows { get; init; } = [];
}

public sealed record DealImportRow
{
    /// <summary>The head is line 1.</summary>
    public required int Line { get; init; }

    /// <summary>created, changed, blocked, invalid.</summary>
    public required string What { get; init; }

    public long? DealId { get; init; }

    /// <summary>Of an invalid row: the column, and what is wrong.</summary>
    public string? Field { get; init; }

    public string? Message { get; init; }
    public IReadOnlyList<UnmetItem> Unmet { get; init; } = [];
}

/// <summary>How deals go through a funnel. Money in the workspace's currency. Definitions: docs/kpis.md.</summary>
public sealed record FunnelReport
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required string Zone { get; init; }
    public required string Currency { get; init; }
    public required int Created { get; init; }
    public required int CreatedWon { get; init; }
    public required int CreatedOpen { get; init; }
    public required int Won { get; init; }
    public required int Lost { get; init; }
    public required decimal WonAmount { get; init; }
    public required decimal LostAmount { get; init; }

    /// <summary>Closes as duplicate, mistake, test or spam: in no rate.</summary>
    public required int Invalid { get; init; }

    /// <summary>Σ (amount − cost) of won.</summary>
    public required decimal RealisedProfit { get; init; }

    /// <summary>Open at <see cref="AsOf"/>.</summary>
    public required int Open { get; init; }

    public required int OpenWithoutAmount { get; init; }
    public required decimal PlannedProfit { get; init; }
    public required decimal WeightedProfit { get; init; }
    public required int OpenWithoutNextStep { get; init; }

    /// <summary>Days from creation to close of won; null: none.</summary>
    public double? CycleMeanDays { get; init; }

    public double? CycleMedianDays { get; init; }
    public double? CycleP90Days { get; init; }
    public IReadOnlyList<StageReport> Stages { get; init; } = [];
    public IReadOnlyList<OwnerReport> Owners { get; init; } = [];

    /// <summary>Moves that gates refused, and how many went on afterwards.</summary>
    public required int BlockedMoves { get; init; }

    public required int Overrides { get; init; }
    public double? BlockedMedianMinutes { get; init; }
}

public sealed record StageReport
{
    public required long StageId { get; init; }
    public required string Name { get; init; }

    /// <summary>Deals that first came here in the window.</summary>
    public required int Entered { get; init; }

    /// <summary>Of these: those that ever came to a later stage, or were won.</summary>
    public required int WentOn { get; init; }

    public required int StillHere { get; init; }

    /// <summary>All stays of a deal together, of those that left; null: nobody did.</summary>
    public double? MeanHours { get; init; }

    public double? MedianHours { get; init; }

    /// <summary>Three of four left within so many: a limit that fits this stage.</summary>
    public double? P75Hours { get; init; }

    /// <summary>Open here now.</summary>
    public required int Open { get; init; }

    public required int TooOld { get; init; }
    public required decimal PlannedProfit { get; init; }
    public required int BlockedMoves { get; init; }
    public required int Overrides { get; init; }
}

/// <summary>Deals count for who owns them at the close.</summary>
public sealed record OwnerReport
{
    public long? OwnerId { get; init; }
    public string? Name { get; init; }
    public required int Won { get; init; }
    public required int Lost { get; init; }
    public required int Open { get; init; }
    public required decimal PlannedProfit { get; init; }
    public required decimal RealisedProfit { get; init; }
    public required int Overrides { get; init; }
}
