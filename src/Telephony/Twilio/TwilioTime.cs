using System.Globalization;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>Moments as Twilio writes them: RFC 2822, to the whole second, "Tue, 13 Oct 2026 09:00:09 +0000".</summary>
public static class TwilioTime
{
    private static readonly string[] Forms = ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'"];

    /// <summary>Null for null.</summary>
    public static string? Write(DateTimeOffset? at) => at?.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Null when the text is none.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
