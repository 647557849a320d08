using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>What it means that a deal is in a stage.</summary>
public enum StageKind { Open, Won, Lost }

/// <summary>The way of a company's deals, from the first talk to the end: its stages in their order, and what each one asks.</summary>
public sealed record Funnel
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>No new deals.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Agents of these teams see it; empty: everybody does.</summary>
    public IReadOnlyList<long> TeamIds { get; init; } = [];

    /// <summary>Open ones first, in their order; then the one that is won, then the one that is lost.</summary>
    public IReadOnlyList<FunnelStage> Stages { get; init; } = [];

    /// <summary>Grows with each change; older versions are kept.</summary>
    public required int Version { get; init; }
}

/// <summary>A stage. To be in it, a deal has what this one and all before it ask; see <see cref="StageField"/> and <see cref="StageTask"/>.</summary>
public sealed record FunnelStage
{
    /// <summary>In an edit: below zero for a new one, so that others can name it.</summary>
    public long Id { get; init; }

    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";

    public StageKind Kind { get; init; }

    /// <summary>One of <see cref="StageColors"/>.</summary>
    [property: Required, StringLength(20)]
    public string Color { get; init; } = StageColors.Grey;

    /// <summary>How likely a deal here is won, in percent; won is 100, lost is 0.</summary>
    [property: Range(0, 100)]
    public int Probability { get; init; }

    /// <summary>A deal that is here for longer is too old; null: never.</summary>
    [property: Range(1, 24 * 366)]
    public int? LimitHours { get; init; }

    /// <summary>Where a deal may go from here. Empty: to the next one, to all before, to lost, and from the last one to won; from won and lost to every open one.</summary>
    public IReadOnlyList<long> NextIds { get; init; } = [];

    /// <summary>What is filled in before a deal comes here.</summary>
    [property: AtMost(100)]
    public IReadOnlyList<StageField> Fields { get; init; } = [];

    /// <summary>What is to be done here.</summary>
    [property: AtMost(30)]
    public IReadOnlyList<StageTask> Tasks { get; init; } = [];

    /// <summary>Who gets the deal when it comes here; null: it stays with its owner.</summary>
    public long? OwnerId { get; init; }

    /// <summary>When all that must be done here is done, the deal goes to the next stage by itself, if it may.</summary>
    public bool GoesOnByItself { get; init; }
}

public static class StageColors
{
    public const string Grey = "grey";

    public static readonly IReadOnlyList<string> All = [Grey, "blue", "teal", "green", "amber", "orange", "red", "violet"];
}

/// <summary>A field that a stage asks.</summary>
public sealed record StageField
{
    /// <summary>A <see cref="DealField.Key"/>.</summary>
    [property: Required, StringLength(40)]
    public string Field { get; init; } = "";

    /// <summary>Who asked it first, and when. What an edit says here does not matter.</summary>
    public string? SetByName { get; init; }

    public DateTimeOffset? SetAt { get; init; }
}

/// <summary>A task that every deal gets when it comes to a stage.</summary>
public sealed record StageTask
{
    /// <summary>In an edit: 0 or below for a new one.</summary>
    public long Id { get; init; }

    public AgentTaskKind Kind { get; init; }

    [property: Required, StringLength(500, MinimumLength = 1)]
    public string Subject { get; init; } = "";

    /// <summary>After the deal has come.</summary>
    [property: Range(0, 24 * 366)]
    public int DueHours { get; init; } = 24;

    /// <summary>Whose it is; null: the deal's owner's.</summary>
    public long? OwnerId { get; init; }

    /// <summary>A deal does not go past this stage before it is done or excused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>That it was done is believed when there is an answered call with the client of at least so many seconds since.</summary>
    [property: Range(1, 36_000)]
    public int? CallSeconds { get; init; }

    /// <summary>That it was done is believed when a message was sent to the client since.</summary>
    public bool NeedsMessage { get; init; }

    public string? SetByName { get; init; }
    public DateTimeOffset? SetAt { get; init; }
}

public sealed record FunnelEdit
{
    /// <summary>0 for a new one; else the version that the editor had loaded.</summary>
    public int Version { get; init; }

    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";

    public bool IsArchived { get; init; }
    public IReadOnlyList<long> TeamIds { get; init; } = [];

    /// <summary>At least one that is open, exactly one that is won, exactly one that is lost.</summary>
    [property: AtMost(40)]
    public IReadOnlyList<FunnelStage> Stages { get; init; } = [];
}

/// <summary>A funnel as it was.</summary>
public sealed record FunnelVersion
{
    public required int Version { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeByName { get; init; }
    public required Funnel Funnel { get; init; }
}

/// <summary>Which open deals would be stuck if a funnel were as in an edit.</summary>
public sealed record GatePreview
{
    public required int OpenDeals { get; init; }

    /// <summary>Deals that lack something that the stage they are in, or one before it, newly asks.</summary>
    public required int StuckDeals { get; init; }

    public IReadOnlyList<StageStuck> Stages { get; init; } = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<StuckDeal> Deals { get; init; } = [];
}

public sealed record StageStuck
{
    public required long StageId { get; init; }
    public required string StageName { get; init; }
    public required int OpenDeals { get; init; }
    public required int StuckDeals { get; init; }
}

public sealed record StuckDeal
{
    public required DealItem Deal { get; init; }
    public required IReadOnlyList<UnmetItem> Unmet { get; init; }
}

/// <summary>Kinds of fields.</summary>
public enum FieldKind { Text, LongText, Number, Money, Date, YesNo, Choice, Choices, Phone, Email, Link, Agent }

/// <summary>What may be filled in of a deal. Values are words, however they are typed: numbers and money with a point, dates as 2026-03-01, true or false,
/// several choices in lines.</summary>
public sealed record DealField
{
    /// <summary>One of <see cref="DealFields"/>, or f and the number of a field of the company's own.</summary>
    public required string Key { get; init; }

    /// <summary>Null of the product's own: the reader's language has a word for them.</summary>
    public string? Name { get; init; }

    public required FieldKind Kind { get; init; }
    public string? Help { get; init; }
    public IReadOnlyList<string> Options { get; init; } = [];
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }

    /// <summary>It stands on the client's card, and all deals of the client share it.</summary>
    public bool IsOfClient { get; init; }

    /// <summary>Only deals of this funnel have it; null: all.</summary>
    public long? FunnelId { get; init; }
}

/// <summary>The product's own fields.</summary>
public static class DealFields
{
    public const string Title = "title";
    public const string Owner = "owner";
    public const string Amount = "amount";
    public const string Cost = "cost";
    public const string Currency = "currency";
    public const string ExpectedClose = "expected_close";
    public const string Source = "source";

    /// <summary>What is bought: at least one line. It is not among the values.</summary>
    public const string Items = "items";

    public const string ClientName = "client_name";
    public const string ClientCompany = "client_company";
    public const string ClientEmail = "client_email";
}

/// <summary>A field of the company's own, as the admin makes it.</summary>
public sealed record CustomFieldEdit
{
    public int Version { get; init; }
    public bool IsOfClient { get; init; }
    public long? FunnelId { get; init; }

    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";

    public FieldKind Kind { get; init; }

    [property: StringLength(500)]
    public string? Help { get; init; }

    [property: AtMost(200)]
    public IReadOnlyList<string> Options { get; init; } = [];

    public decimal? Min { get; init; }
    public decimal? Max { get; init; }

    [property: Range(0, 10_000)]
    public int Position { get; init; }

    /// <summary>No longer asked and shown; what was filled in stays.</summary>
    public bool IsArchived { get; init; }
}

public sealed record CustomFieldItem
{
    public required long Id { get; init; }
    public required CustomFieldEdit Field { get; init; }
}

/// <summary>Why deals are refused.</summary>
public sealed record LossReason
{
    /// <summary>With the way to it in the tree, its parts divided by " › ".</summary>
    [property: Required, StringLength(200, MinimumLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>False: the deal was none (a duplicate, a mistake, a test, spam), and no rate counts it.</summary>
    public bool IsValid { get; init; } = true;
}

/// <summary>What a role may do with gates, beside moving deals through them.</summary>
public sealed record GateRight
{
    [property: Required, StringLength(20)]
    public string Role { get; init; } = "";

    /// <summary>Move a deal although something is missing, with a reason that stays.</summary>
    public bool MayOverride { get; init; }

    /// <summary>Say that a deal does not need a task that its stage requires.</summary>
    public bool MayExcuse { get; init; }
}

/// <summary>What a unit of a currency is worth now in the workspace's own.</summary>
public sealed record CurrencyRate
{
    /// <summary>ISO 4217.</summary>
    [property: Required, RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; init; } = "";

    [property: Range(0.000001, 1_000_000)]
    public double Rate { get; init; }
}

/// <summary>What was made.</summary>
public sealed record IdAnswer
{
    public required long Id { get; init; }
}
