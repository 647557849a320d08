using System.Security.Cryptography;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Sound on its way into the storage: whoever reads this stream lets it be hashed, counted and measured.</summary>
internal sealed class ArrivingSound(Stream content) : Stream
{
    const int LeadBytes = 12;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly byte[] lead = new byte[LeadBytes];
    int leadLength;
    ISoundMeter? meter;

    /// <summary>Bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Of what was read, in lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Null: no sound in a format that is known.</summary>
    public SoundFacts? Facts() => meter?.Facts();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        Bytes += read;
        Measure(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }

    void Measure(ReadOnlySpan<byte> bytes)
    {
        if (leadLength < LeadBytes)
        {
            var taken = Math.Min(bytes.Length, LeadBytes - leadLength);
            bytes[..taken].CopyTo(lead.AsSpan(leadLength));
            leadLength += taken;
            bytes = bytes[taken..];
            if (leadLength < LeadBytes)
                return;
            meter = MeterOf(lead);
            meter?.Feed(lead);
        }
        meter?.Feed(bytes);
    }

    static ISoundMeter? MeterOf(ReadOnlySpan<byte> lead) =>
        lead.StartsWith("RIFF"u8) && lead[8..].StartsWith("WAVE"u8) ? new WavMeter()
        : lead.StartsWith("OggS"u8) ? new OggMeter()
        : lead.StartsWith("ID3"u8) || Mp3Meter.BeginsFrame(lead) ? new Mp3Meter()
        : null;
}
