using System.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Finds the known keys and events by the bytes of their names, case-blind and without making a string.</summary>
internal static class AmiNames
{
    private static readonly NameTable Keys = new(Enum.GetNames<AmiKey>());
    private static readonly NameTable Events = new(Enum.GetNames<AmiEvent>());

    public static int KeyCount { get; } = Enum.GetNames<AmiKey>().Length;

    public static AmiKey Key(ReadOnlySpan<byte> name) => (AmiKey)Keys.Find(name);

    public static AmiEvent Event(ReadOnlySpan<byte> name) => (AmiEvent)Events.Find(name);

    // The enum members are the wire names, and their values are the places in the list. 0 stands for "not known".
    private sealed class NameTable
    {
        private readonly (byte[] Name, int Value)[][] _buckets = new (byte[], int)[512][];

        public NameTable(string[] names)
        {
            foreach (var bucket in names.Select((name, value) => (Name: Encoding.ASCII.GetBytes(name), Value: value)).Skip(1).GroupBy(entry => BucketOf(entry.Name)))
                _buckets[bucket.Key] = [.. bucket];
        }

        public int Find(ReadOnlySpan<byte> name)
        {
            if (name.IsEmpty || _buckets[BucketOf(name)] is not { } bucket)
                return 0;
            foreach (var (known, value) in bucket)
            {
                if (Ascii.EqualsIgnoreCase(name, known))
                    return value;
            }
            return 0;
        }

        private int BucketOf(ReadOnlySpan<byte> name)
        {
            const int lowerCase = 0x20;
            var hash = name.Length * 31 + (name[0] | lowerCase) * 7 + (name[^1] | lowerCase) * 13 + (name[name.Length / 2] | lowerCase) * 3;
            return hash & (_buckets.Length - 1);
        }
    }
}
