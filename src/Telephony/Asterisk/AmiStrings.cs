using System.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Turns bytes into strings and remembers recent short ones, because AMI repeats itself: one call sends the same channel
/// name, ids and numbers in a hundred events. A slot holds one string, so memory is bounded and nothing is ever evicted by rule.
/// </summary>
internal sealed class AmiStrings
{
    private const int Slots = 8192;
    private const int PooledBytesMax = 64;

    private readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        // Invalid UTF-8 becomes U+FFFD; a name that only looks wrong is better than a lost event.
        if (bytes.Length > PooledBytesMax)
            return Encoding.UTF8.GetString(bytes);
        var slot = SlotOf(bytes);
        // Read once: a copy of a message shares the slots with the reader's thread, and a slot may change between two reads.
        var known = _slots[slot];
        return known is not null && Ascii.Equals(bytes, known) ? known : _slots[slot] = Encoding.UTF8.GetString(bytes);
    }

    private static int SlotOf(ReadOnlySpan<byte> bytes)
    {
        // FNV-1a: good enough for a table without chains.
        var hash = 2166136261u;
        foreach (var value in bytes)
            hash = (hash ^ value) * 16777619u;
        return (int)((hash ^ (hash >> 16)) % Slots);
    }
}
