using System.Globalization;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// A place in a list that runs from the newest to the oldest: the last row that was given out. The next page begins after it, whatever was
/// added meanwhile. Written as <c>milliseconds-id</c>; programs take it as it is.
/// </summary>
internal readonly record struct Cursor(DateTimeOffset At, long Id)
{
    /// <summary>Before every row. Not the end of the calendar, which some drivers take for infinity.</summary>
    public static readonly Cursor Start = new(new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero), long.MaxValue);

    /// <summary>Earlier than every row.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>Null or empty is the start.</summary>
    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = Start;
        if (string.IsNullOrEmpty(text))
            return true;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || milliseconds > Start.At.ToUnixTimeMilliseconds())
            return false;
        cursor = new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Id}");

    /// <summary>Rows after the cursor, in the order of <paramref name="time"/> and <paramref name="id"/>, both falling: an index on both answers it.</summary>
    public static string After(string time, string id) => $"{time} <= @beforeAt AND ({time} < @beforeAt OR {id} < @beforeId)";
}
