using System.Buffers.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>AMI's Timestamp: seconds since 1970 and a fraction, "1795427441.464582".</summary>
public static class AmiTime
{
    private const int FractionDigitsMax = 7;
    private static readonly long SecondsMax = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        at = default;
        if (!Utf8Parser.TryParse(text, out long seconds, out var used) || seconds < 0 || seconds > SecondsMax)
            return false;
        if (!TryParseFraction(text[used..], out var ticks))
            return false;
        at = DateTimeOffset.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond + ticks);
        return true;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] != '.' || text.Length > FractionDigitsMax + 1)
            return false;
        for (var i = 1; i <= FractionDigitsMax; i++)
        {
            var digit = i < text.Length ? text[i] - '0' : 0;
            if (digit is < 0 or > 9)
                return false;
            ticks = ticks * 10 + digit;
        }
        return true;
    }
}
