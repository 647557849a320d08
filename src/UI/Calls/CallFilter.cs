using System.Globalization;

namespace ContactCenterCrm.UI.Calls;

/// <summary>Which calls are wanted. Days are those of the browser's time zone, both included.</summary>
public sealed record CallFilter
{
    public string? Direction { get; init; }
    public string? Result { get; init; }
    public long? ClientId { get; init; }
    public long? AgentId { get; init; }
    public string? Did { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    public bool IsEmpty => this == new CallFilter();

    /// <summary>The beginning of the first day, as the API takes it.</summary>
    public string? FromMoment => Moment(From);

    /// <summary>The end of the last day: the beginning of the next.</summary>
    public string? ToMoment => Moment(To?.AddDays(1));

    static string? Moment(DateOnly? day) => day is { } date
        ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Local)).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;
}
