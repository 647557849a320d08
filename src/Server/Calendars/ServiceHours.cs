using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Calendars;

/// <summary>What a client may expect: answered or called back within so much open time.</summary>
/// <param name="Zone">The IANA zone of the hours.</param>
internal sealed record ServicePromise(BusinessTime Hours, TimeSpan AnswerWithin, string Zone)
{
    /// <summary>When a call that was lost at that time is to have been returned.</summary>
    public DateTimeOffset DueFrom(DateTimeOffset at) => Hours.Add(at, AnswerWithin);
}

/// <summary>All calendars and where they count, as of one read. Pure.</summary>
internal sealed class ServiceHours(IReadOnlyDictionary<long, (BusinessTime Hours, string Zone)> calendars, IEnumerable<CalendarUse> uses)
{
    readonly IReadOnlyDictionary<(string Kind, string Target), CalendarUse> uses = uses.ToDictionary(use => (use.Kind, use.Target));

    /// <summary>A queue comes before a line, and a line before the default.</summary>
    public ServicePromise Of(string? did, string? queue)
    {
        var fallback = uses.GetValueOrDefault((CalendarUseKinds.Default, ""));
        var use = UseOf(CalendarUseKinds.Queue, queue) ?? UseOf(CalendarUseKinds.Did, did) ?? fallback;
        var calendarId = use?.CalendarId ?? fallback?.CalendarId;
        var (hours, zone) = calendarId is { } id ? calendars[id] : (BusinessTime.Always, "UTC");
        return new(hours, TimeSpan.FromMinutes(use?.AnswerMinutes ?? CalendarUseKinds.AnswerMinutesDefault), zone);
    }

    CalendarUse? UseOf(string kind, string? target) => target is null ? null : uses.GetValueOrDefault((kind, target));
}
