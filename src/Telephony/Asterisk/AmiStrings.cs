using System.Buffers.Binary;
using System.Numerics;
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

    // Ids, channel names and numbers differ in their first or last eight bytes; two values that do not share a slot, which costs
    // a string and never an error.
    private static int SlotOf(ReadOnlySpan<byte> bytes)
    {
        var (head, tail) = bytes.Length switch
        {
            >= sizeof(ulong) => (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..])),
            >= sizeof(uint) => (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..])),
            _ => (bytes[0], (ulong)bytes[^1] << 8 | bytes[bytes.Length / 2]),
        };
        var hash = (head * 0x9E3779B97F4A7C15 ^ BitOperations.RotateLeft(tail * 0xC2B2AE3D27D4EB4F, 31)) + (ulong)bytes.Length;
        return (int)((hash * 0x9E3779B97F4A7C15) >> 51) & (Slots - 1);
    }
}
