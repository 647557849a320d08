using System.Buffers;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// Cuts the bytes of one AMI connection into messages. Pure: it never awaits, and its memory is bounded by
/// <see cref="AmiReader(int)"/>'s limit whatever arrives.
/// <code>
/// var result = await pipe.ReadAsync(cancel);
/// var bytes = result.Buffer;
/// while (reader.TryRead(ref bytes, out var message))
///     Handle(message);                            // valid until the next TryRead: Copy() what must live longer
/// pipe.AdvanceTo(bytes.Start, bytes.End);
/// </code>
/// One reader per connection: it remembers whether the banner has come and whether it is inside an oversize message.
/// </summary>
/// <param name="maxMessageBytes">A longer message is reported once as malformed and skipped up to the next empty line.</param>
public sealed class AmiReader(int maxMessageBytes = AmiReader.DefaultMaxMessageBytes)
{
    /// <summary>Asterisk's largest seen event is 2.7 kB, its largest answer 9.6 kB; a long Command answer may be larger.</summary>
    public const int DefaultMaxMessageBytes = 256 * 1024;

    private readonly AmiMessage _message = new();
    private bool _bannerDone;
    private bool _skipping;

    private static ReadOnlySpan<byte> EndOfMessage => "\r\n\r\n"u8;
    private static ReadOnlySpan<byte> EndOfLine => "\r\n"u8;

    /// <summary>
    /// Takes one message off the front of <paramref name="bytes"/>. False: no whole message is there yet; what remains in
    /// <paramref name="bytes"/> must be presented again with more behind it. A malformed message is a message
    /// (<see cref="AmiMessageKind.Malformed"/>), not an exception.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> bytes, out AmiMessage message)
    {
        message = _message;
        if (_skipping && !SkipOversize(ref bytes))
            return false;
        if (!_bannerDone)
            return TryReadBanner(ref bytes);

        SkipEmptyLines(ref bytes);
        // AMI packet: "Name: value" CRLF …, then an empty line. Names are case-blind and may repeat (Variable, Output).
        var length = LengthUntil(bytes, EndOfMessage);
        if (length > maxMessageBytes || (length < 0 && bytes.Length > maxMessageBytes))
            return RejectOversize(ref bytes);
        if (length < 0)
            return false;

        _message.Load(bytes.Slice(0, length));
        bytes = bytes.Slice(length + EndOfMessage.Length);
        return true;
    }

    // "Asterisk Call Manager/11.0.0" CRLF: the only line that is a message of its own. Whoever answers otherwise is no Asterisk.
    private bool TryReadBanner(ref ReadOnlySequence<byte> bytes)
    {
        var length = LengthUntil(bytes, EndOfLine);
        if (length > maxMessageBytes || (length < 0 && bytes.Length > maxMessageBytes))
        {
            _bannerDone = true;
            return RejectOversize(ref bytes);
        }
        if (length < 0)
            return false;

        _bannerDone = true;
        var line = bytes.Slice(0, length);
        // A recording that was begun in the middle of a connection.
        if (AmiMessage.IsFirstLineOfPacket(line))
            return TryRead(ref bytes, out _);
        _message.LoadBanner(line);
        bytes = bytes.Slice(length + EndOfLine.Length);
        return true;
    }

    private bool RejectOversize(ref ReadOnlySequence<byte> bytes)
    {
        _message.LoadOversize(bytes);
        _skipping = true;
        return true;
    }

    // Resynchronises behind the next empty line. The last three bytes stay: they may be the beginning of it.
    private bool SkipOversize(ref ReadOnlySequence<byte> bytes)
    {
        var length = LengthUntil(bytes, EndOfMessage);
        if (length < 0)
        {
            bytes = bytes.Slice(Math.Max(0, bytes.Length - (EndOfMessage.Length - 1)));
            return false;
        }
        bytes = bytes.Slice(length + EndOfMessage.Length);
        _skipping = false;
        return true;
    }

    private static void SkipEmptyLines(ref ReadOnlySequence<byte> bytes)
    {
        while (bytes.Length >= EndOfLine.Length && StartsWithEndOfLine(bytes))
            bytes = bytes.Slice(EndOfLine.Length);
    }

    private static bool StartsWithEndOfLine(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.FirstSpan.Length >= EndOfLine.Length)
            return bytes.FirstSpan.StartsWith(EndOfLine);
        var reader = new SequenceReader<byte>(bytes);
        return reader.IsNext(EndOfLine);
    }

    private static long LengthUntil(in ReadOnlySequence<byte> bytes, ReadOnlySpan<byte> delimiter)
    {
        // Nearly every message lies within one segment of the pipe.
        var index = bytes.FirstSpan.IndexOf(delimiter);
        if (index >= 0 || bytes.IsSingleSegment)
            return index;
        var reader = new SequenceReader<byte>(bytes);
        return reader.TryReadTo(out ReadOnlySequence<byte> before, delimiter) ? before.Length : -1;
    }
}
