using System.Buffers.Binary;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// WAV, as PBXs and providers write it: PCM of 8 to 32 bits, A-law and µ-law are measured; of other codings only the format is told.
/// A file whose length was never filled in (a stream) is read to its end.
/// </summary>
internal sealed class WavMeter : ISoundMeter
{
    const int ChannelsMax = 8;
    const int FrameBytesMax = ChannelsMax * 4;

    /// <summary>The longest "fmt " chunk in use has 40 bytes.</summary>
    const int FormatBytesMax = 64;

    const ushort Pcm = 1, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    enum Part { Lead, Header, Format, Data, Skipped, Broken }

    readonly byte[] gathered = new byte[FormatBytesMax];
    int gatheredLength;
    Part part = Part.Lead;

    /// <summary>Bytes of the present chunk that are still to come.</summary>
    long left;

    WavFormat? format;
    PeakMeter? peaks;
    bool hasData;
    bool isPadded;
    long dataBytes;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && part != Part.Broken)
        {
            bytes = bytes[(part switch
            {
                Part.Lead => Gather(bytes, 12, _ => part = Part.Header),
                Part.Header => Gather(bytes, 8, BeginChunk),
                Part.Format => Gather(bytes, (int)left, ReadFormat),
                Part.Data => ReadData(bytes),
                Part.Skipped => Skip(bytes),
                Part.Broken => bytes.Length,
            })..];
        }
    }

    public SoundFacts? Facts() => part == Part.Broken || format is not { } sound ? null : new()
    {
        ContentType = "audio/wav",
        Channels = sound.Channels,
        DurationSeconds = sound.BytesPerSecond > 0 ? (double)dataBytes / sound.BytesPerSecond : null,
        IsEmpty = dataBytes == 0,
        StepSeconds = peaks is null ? 0 : (double)peaks.FramesPerStep / sound.FramesPerSecond,
        Peaks = peaks?.Values() ?? [],
    };

    /// <summary>Waits for so many bytes, then hands them on. Returns how many of <paramref name="bytes"/> it took.</summary>
    int Gather(ReadOnlySpan<byte> bytes, int wanted, Action<byte[]> then)
    {
        var taken = Math.Min(bytes.Length, wanted - gatheredLength);
        bytes[..taken].CopyTo(gathered.AsSpan(gatheredLength));
        gatheredLength += taken;
        if (gatheredLength == wanted)
        {
            gatheredLength = 0;
            then(gathered);
        }
        return taken;
    }

    // A chunk: four letters, its length in 4 bytes (little endian), then as many bytes, and one more when the length is odd.
    void BeginChunk(byte[] header)
    {
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        if (header.AsSpan(0, 4).SequenceEqual("fmt "u8))
        {
            part = length is >= 16 and <= FormatBytesMax ? Part.Format : Part.Broken;
            left = length;
        }
        else if (header.AsSpan(0, 4).SequenceEqual("data"u8))
        {
            part = format is not null && !hasData ? Part.Data : Part.Broken;
            hasData = true;
            // 0 or all ones: who wrote it did not know the length yet, and never came back.
            left = length is 0 or uint.MaxValue ? long.MaxValue : length;
            isPadded = length % 2 == 1;
        }
        else
            SkipNext(length + length % 2);
    }

    void ReadFormat(byte[] chunk)
    {
        format = WavFormat.Read(chunk);
        if (format is null)
        {
            part = Part.Broken;
            return;
        }
        peaks = format.IsMeasured ? new(format.Channels, format.FramesPerSecond) : null;
        part = Part.Header;
    }

    int ReadData(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, left);
        dataBytes += taken;
        left -= taken;
        if (peaks is not null)
            Measure(bytes[..taken]);
        if (left == 0)
            SkipNext(isPadded ? 1 : 0);
        return taken;
    }

    /// <summary>Whole frames are measured where they lie; one that is cut in two is put together first.</summary>
    void Measure(ReadOnlySpan<byte> bytes)
    {
        var frameBytes = format!.FrameBytes;
        if (gatheredLength > 0)
        {
            var taken = Math.Min(bytes.Length, frameBytes - gatheredLength);
            bytes[..taken].CopyTo(gathered.AsSpan(gatheredLength));
            gatheredLength += taken;
            bytes = bytes[taken..];
            if (gatheredLength < frameBytes)
                return;
            MeasureFrame(gathered.AsSpan(0, frameBytes));
            gatheredLength = 0;
        }
        for (; bytes.Length >= frameBytes; bytes = bytes[frameBytes..])
            MeasureFrame(bytes[..frameBytes]);
        bytes.CopyTo(gathered);
        gatheredLength = bytes.Length;
    }

    void MeasureFrame(ReadOnlySpan<byte> frame)
    {
        var sampleBytes = format!.SampleBytes;
        for (var channel = 0; channel < format.Channels; channel++)
            peaks!.Add(channel, format.Deflection(frame.Slice(channel * sampleBytes, sampleBytes)));
        peaks!.EndFrame();
    }

    int Skip(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, left);
        left -= taken;
        if (left == 0)
            part = Part.Header;
        return taken;
    }

    void SkipNext(long bytes)
    {
        // What is left of a frame that the end of the sound cut in two.
        gatheredLength = 0;
        left = bytes;
        part = bytes > 0 ? Part.Skipped : Part.Header;
    }

    /// <summary>What the "fmt " chunk says.</summary>
    sealed record WavFormat(ushort Coding, int Channels, int FramesPerSecond, int BytesPerSecond, int FrameBytes)
    {
        public int SampleBytes => FrameBytes / Channels;

        public bool IsMeasured => Coding switch
        {
            Pcm => SampleBytes is 1 or 2 or 3 or 4,
            ALaw or MuLaw => SampleBytes == 1,
            _ => false,
        };

        /// <summary>Null: no such sound can be.</summary>
        public static WavFormat? Read(ReadOnlySpan<byte> chunk)
        {
            var coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
            // The true coding of an extensible format stands at the beginning of its GUID.
            if (coding == Extensible)
                coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
            int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
            var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]);
            int frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
            var isSane = channels is > 0 and <= ChannelsMax && rate is >= 1_000 and <= 400_000 && bytesPerSecond is > 0 and < 10_000_000 && frameBytes > 0;
            if (!isSane || (coding is Pcm or ALaw or MuLaw && (frameBytes % channels != 0 || frameBytes > FrameBytesMax)))
                return null;
            return new(coding, channels, (int)rate, (int)bytesPerSecond, frameBytes);
        }

        /// <summary>How far from rest, 0 to 32768.</summary>
        public int Deflection(ReadOnlySpan<byte> sample) => Coding switch
        {
            ALaw => G711.ALaw(sample[0]),
            MuLaw => G711.MuLaw(sample[0]),
            // 8 bits are without a sign, around 128; all others have one.
            _ => sample.Length == 1 ? Math.Abs(sample[0] - 128) << 8 : Math.Abs((int)BinaryPrimitives.ReadInt16LittleEndian(sample[^2..])),
        };
    }
}
