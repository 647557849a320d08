namespace ContactCenterCrm.Server.Recordings;

/// <summary>MP3: channels and duration from the headers of its frames (ISO/IEC 11172-3 and 13818-3, layer III). The sound itself is not decoded.</summary>
internal sealed class Mp3Meter : ISoundMeter
{
    const int HeaderBytes = 4;

    /// <summary>Length of what precedes a tag's body; the last four bytes are its length, 7 bits each.</summary>
    const int TagBytes = 10;

    static readonly int[] Kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    static readonly int[] Kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    static readonly int[] Rates1 = [44_100, 48_000, 32_000];

    readonly byte[] gathered = new byte[TagBytes];
    int gatheredLength;
    long skipped;
    int? channels;
    double seconds;
    bool isAfterTag;

    /// <summary>Whether these bytes can be the header of a frame.</summary>
    public static bool BeginsFrame(ReadOnlySpan<byte> bytes) => Frame.Read(bytes) is not null;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (skipped > 0)
            {
                var passed = (int)Math.Min(skipped, bytes.Length);
                skipped -= passed;
                bytes = bytes[passed..];
                continue;
            }
            gathered[gatheredLength++] = bytes[0];
            bytes = bytes[1..];
            Look();
        }
    }

    public SoundFacts? Facts() => new() { ContentType = "audio/mpeg", Channels = channels, DurationSeconds = seconds, IsEmpty = seconds == 0 };

    void Look()
    {
        var isTag = !isAfterTag && gathered.AsSpan(0, gatheredLength).StartsWith("ID3"u8);
        if (gatheredLength < (isTag ? TagBytes : HeaderBytes))
            return;
        if (isTag)
        {
            isAfterTag = true;
            skipped = (gathered[6] << 21) | (gathered[7] << 14) | (gathered[8] << 7) | gathered[9];
            gatheredLength = 0;
        }
        else if (Frame.Read(gathered) is { } frame)
        {
            isAfterTag = true;
            channels ??= frame.Channels;
            seconds += frame.Seconds;
            skipped = frame.Bytes - HeaderBytes;
            gatheredLength = 0;
        }
        else
        {
            // Rubbish between two frames: the next one may begin a byte later.
            gathered.AsSpan(1, HeaderBytes - 1).CopyTo(gathered);
            gatheredLength = HeaderBytes - 1;
        }
    }

    readonly record struct Frame(int Channels, double Seconds, int Bytes)
    {
        // 11 bits of ones, 2 of version (3 is 1, 2 is 2, 0 is 2.5), 2 of layer (1 is III), a bit; 4 of bit rate, 2 of sampling rate, 1 of
        // padding, a bit; 2 of channel mode (3 is mono).
        public static Frame? Read(ReadOnlySpan<byte> bytes)
        {
            var version = (bytes[1] >> 3) & 3;
            var rateIndex = (bytes[2] >> 2) & 3;
            var bitsIndex = bytes[2] >> 4;
            if (bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0 || ((bytes[1] >> 1) & 3) != 1 || version == 1 || rateIndex == 3 || bitsIndex is 0 or 15)
                return null;
            var rate = Rates1[rateIndex] / (version switch { 3 => 1, 2 => 2, _ => 4 });
            var samples = version == 3 ? 1152 : 576;
            var bits = (version == 3 ? Kilobits1 : Kilobits2)[bitsIndex] * 1000;
            return new((bytes[3] >> 6) == 3 ? 1 : 2, (double)samples / rate, samples / 8 * bits / rate + ((bytes[2] >> 1) & 1));
        }
    }
}
