using System.Globalization;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>A time as text of fixed width: UTC to the millisecond, so that the order of the texts is the order of the times.</summary>
internal static class TimeText
{
    const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Characters in each such text.</summary>
    public const int Length = 24;

    /// <summary>What every engine keeps of a time.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static void Write(DateTimeOffset time, Span<char> text) =>
        time.UtcDateTime.TryFormat(text, out _, Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
