using System.Buffers.Binary;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Opus in Ogg (RFC 7845, RFC 3533): channels from its first page, duration from its last one. The sound itself is not decoded.</summary>
internal sealed class OggMeter : ISoundMeter
{
    const int PageHeaderBytes = 27;

    /// <summary>Opus counts at this rate, whatever was recorded.</summary>
    const double FramesPerSecond = 48_000;

    enum Part { Header, Table, Body, Broken }

    readonly byte[] gathered = new byte[PageHeaderBytes + 255];
    int gatheredLength;
    Part part = Part.Header;
    long left;
    int? channels;
    int skippedFrames;
    long frames;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && part != Part.Broken)
        {
            var wanted = part switch
            {
                Part.Header => PageHeaderBytes - gatheredLength,
                Part.Table => PageHeaderBytes + gathered[PageHeaderBytes - 1] - gatheredLength,
                Part.Body => left,
                Part.Broken => 0,
            };
            var taken = (int)Math.Min(bytes.Length, wanted);
            Take(bytes[..taken], isWhole: taken == wanted);
            bytes = bytes[taken..];
        }
    }

    public SoundFacts? Facts() => part == Part.Broken || channels is null ? null : new()
    {
        ContentType = "audio/ogg",
        Channels = channels,
        DurationSeconds = Math.Max(0, frames - skippedFrames) / FramesPerSecond,
        IsEmpty = frames <= skippedFrames,
    };

    void Take(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        // Of a body, the first page's 19 bytes of identification are all that is looked at.
        var kept = part == Part.Body ? Math.Min(bytes.Length, channels is null ? Math.Max(0, 19 - gatheredLength) : 0) : bytes.Length;
        bytes[..kept].CopyTo(gathered.AsSpan(gatheredLength));
        gatheredLength += kept;
        left -= part == Part.Body ? bytes.Length : 0;
        if (isWhole)
            Go();
    }

    void Go()
    {
        switch (part)
        {
            case Part.Header:
                part = gathered.AsSpan().StartsWith("OggS"u8) ? Part.Table : Part.Broken;
                // All ones: no packet ends on this page.
                if (BinaryPrimitives.ReadInt64LittleEndian(gathered.AsSpan(6)) is var position and > 0)
                    frames = position;
                if (part == Part.Table && gathered[PageHeaderBytes - 1] == 0)
                    Begin(Part.Header);
                break;
            case Part.Table:
                left = 0;
                foreach (var length in gathered.AsSpan(PageHeaderBytes, gathered[PageHeaderBytes - 1]))
                    left += length;
                Begin(left > 0 ? Part.Body : Part.Header);
                break;
            case Part.Body:
                if (channels is null)
                    Identify();
                if (part != Part.Broken)
                    Begin(Part.Header);
                break;
            case Part.Broken:
                break;
        }
    }

    void Begin(Part next) => (part, gatheredLength) = (next, 0);

    void Identify()
    {
        if (gatheredLength < 19 || !gathered.AsSpan().StartsWith("OpusHead"u8))
        {
            part = Part.Broken;
            return;
        }
        channels = gathered[9];
        skippedFrames = BinaryPrimitives.ReadUInt16LittleEndian(gathered.AsSpan(10));
    }
}
