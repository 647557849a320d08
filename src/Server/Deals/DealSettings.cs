namespace ContactCenterCrm.Server.Deals;

/// <summary>The configuration section <c>Deals</c>.</summary>
internal sealed record DealSettings
{
    /// <summary>The workspace's currency, ISO 4217: totals are in it.</summary>
    public string Currency { get; init; } = "RUB";

    /// <summary>The IANA zone in which days of reports begin.</summary>
    public string Zone { get; init; } = "Europe/Moscow";

    public TimeZoneInfo TimeZone => TimeZoneInfo.FindSystemTimeZoneById(Zone);
}
