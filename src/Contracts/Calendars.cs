using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>Opening hours under a name, as they are now and as they will be.</summary>
public sealed record CalendarItem
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Send it back with an edit.</summary>
    public required int Version { get; init; }

    /// <summary>All versions, the first one first. Each reigns from its first day until the next one does; the first one also before.</summary>
    public required IReadOnlyList<CalendarHours> Versions { get; init; }

    public bool IsOpenNow { get; init; }

    /// <summary>Closed now: when it opens.</summary>
    public DateTimeOffset? NextOpening { get; init; }
}

/// <summary>Hours that reign from a day on.</summary>
public sealed record CalendarHours
{
    /// <summary>From the start of this day in <see cref="Zone"/>. Not before today: what was stays as it was.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>An IANA time zone: Europe/Moscow.</summary>
    [property: Required, StringLength(100)]
    public required string Zone { get; init; }

    /// <summary>At least one: a calendar that never opens is none.</summary>
    [property: AtMost(100)]
    public IReadOnlyList<WeeklySpan> Weekly { get; init; } = [];

    /// <summary>Holidays and other days with hours of their own.</summary>
    [property: AtMost(1000)]
    public IReadOnlyList<SpecialDay> SpecialDays { get; init; } = [];
}

/// <summary>Open on a day of every week. One that ends before it begins, or at the same time, goes on past midnight.</summary>
public sealed record WeeklySpan
{
    /// <summary>1 is Monday, 7 is Sunday.</summary>
    [property: Range(1, 7)]
    public required int Day { get; init; }

    /// <summary>09:00, by the clock on the wall.</summary>
    [property: RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public required string From { get; init; }

    /// <summary>18:00; 24:00 is the end of the day.</summary>
    [property: RegularExpression("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
    public required string To { get; init; }
}

/// <summary>A day whose hours stand in place of those of its day of the week. Without any it is closed, also for a night that began before.</summary>
public sealed record SpecialDay
{
    public required DateOnly Date { get; init; }

    [property: StringLength(100)]
    public string Name { get; init; } = "";

    [property: AtMost(20)]
    public IReadOnlyList<DaySpan> Hours { get; init; } = [];
}

/// <summary>Open within one day: it ends after it begins.</summary>
public sealed record DaySpan
{
    [property: RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public required string From { get; init; }

    [property: RegularExpression("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
    public required string To { get; init; }
}

/// <summary>A new calendar, or new hours for one.</summary>
public sealed record CalendarEdit
{
    /// <summary>0 for a new calendar; else the version that the editor had loaded.</summary>
    public int Version { get; init; }

    [property: Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>Takes the place of the version that begins on the same day, if there is one.</summary>
    [property: Required]
    public required CalendarHours Hours { get; init; }
}

/// <summary>What counts for a line or a queue.</summary>
public sealed record CalendarUse
{
    /// <summary>did, queue, or default: whatever has no line of its own. A queue comes before a line.</summary>
    [property: Required, RegularExpression("^(did|queue|default)$")]
    public string Kind { get; init; } = CalendarUseKinds.Default;

    /// <summary>The number dialled as calls show it, or the queue's name; empty for default.</summary>
    [property: StringLength(200)]
    public string Target { get; init; } = "";

    /// <summary>Null: the hours of the default; of the default itself: around the clock.</summary>
    public long? CalendarId { get; init; }

    /// <summary>Within so many minutes of open time a client is answered or called back.</summary>
    [property: Range(1, 10_080)]
    public int AnswerMinutes { get; init; } = CalendarUseKinds.AnswerMinutesDefault;
}

public static class CalendarUseKinds
{
    public const string Did = "did";
    public const string Queue = "queue";
    public const string Default = "default";

    /// <summary>What counts until an admin says otherwise.</summary>
    public const int AnswerMinutesDefault = 15;
}

/// <summary>All calendars, and where they count.</summary>
public sealed record CalendarsPage
{
    public IReadOnlyList<CalendarItem> Calendars { get; init; } = [];
    public IReadOnlyList<CalendarUse> Uses { get; init; } = [];

    /// <summary>Numbers and queues that calls came to lately.</summary>
    public IReadOnlyList<string> Dids { get; init; } = [];

    public IReadOnlyList<string> Queues { get; init; } = [];
}
