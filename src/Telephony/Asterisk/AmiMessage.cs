using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>
/// One AMI packet over its own copy of the bytes. The reader reuses the instance: it is valid until the next TryRead, and
/// <see cref="Copy"/> keeps it longer. Fields are found when the first one is asked for, and become strings one by one, so
/// a packet that nobody needs costs its frame only.
/// </summary>
public sealed class AmiMessage
{
    private const int ExcerptBytesMax = 512;

    private readonly short[] _firstOf = new short[AmiNames.KeyCount];
    private readonly AmiStrings _strings;
    private byte[] _bytes = new byte[1024];
    private int _length;
    private Field[] _fields = new Field[48];
    private int _fieldCount;
    private bool _fieldsFound;
    private Range _name;

    internal AmiMessage()
        : this(new AmiStrings())
    {
    }

    private AmiMessage(AmiStrings strings) => _strings = strings;

    public AmiMessageKind Kind { get; private set; }

    /// <summary>What event it is; <see cref="AmiEvent.Unknown"/> for a response and for events that the product does not need.</summary>
    public AmiEvent Event { get; private set; }

    /// <summary>Why the packet could not be understood; None unless <see cref="Kind"/> is Malformed.</summary>
    public AmiFault Fault { get; private set; }

    /// <summary>The event's name, the response's verdict (Success, Error, Goodbye…), or the banner line.</summary>
    public string Name => Text(_name);

    public string ActionId => this[AmiKey.ActionID];

    public bool IsSuccess => Kind == AmiMessageKind.Response && !Span(_name).SequenceEqual("Error"u8);

    /// <summary>The whole packet has this many bytes, without the closing empty line. An oversize one shows what was kept of it.</summary>
    public int Length => _length;

    /// <summary>The PBX's own time of the event (timestampevents=yes); null when the packet carries none.</summary>
    public DateTimeOffset? Timestamp => AmiTime.TryParse(Bytes(AmiKey.Timestamp), out var at) ? at : null;

    /// <summary>The first value of the key; empty when the key is absent or has no value.</summary>
    public string this[AmiKey key] => _strings.Get(Bytes(key));

    public bool Has(AmiKey key) => First(key) >= 0;

    /// <summary>The first value's bytes; empty when absent.</summary>
    public ReadOnlySpan<byte> Bytes(AmiKey key) => First(key) is >= 0 and var index ? Span(_fields[index].Value) : default;

    public bool Is(AmiKey key, ReadOnlySpan<byte> value) => Bytes(key).SequenceEqual(value);

    public int? Number(AmiKey key) => Utf8Parser.TryParse(Bytes(key), out int value, out var used) && used == Bytes(key).Length ? value : null;

    /// <summary>All values of a repeated key, in order: Variable, ChanVariable, Output.</summary>
    public IEnumerable<string> All(AmiKey key)
    {
        FindFields();
        for (var i = 0; i < _fieldCount; i++)
        {
            if (_fields[i].Key == key)
                yield return Text(_fields[i].Value);
        }
    }

    /// <summary>Every field as it came, for answers with keys of their own and for the quarantine.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        FindFields();
        for (var i = 0; i < _fieldCount; i++)
            yield return new(Text(_fields[i].Name), Text(_fields[i].Value));
    }

    /// <summary>The beginning of the packet as text: at most 512 bytes, for the quarantine and for logs at Debug.</summary>
    public string Excerpt => Encoding.UTF8.GetString(_bytes, 0, Math.Min(_length, ExcerptBytesMax));

    /// <summary>A copy that stays as it is when the reader goes on.</summary>
    public AmiMessage Copy()
    {
        var copy = new AmiMessage(_strings) { Kind = Kind, Event = Event, Fault = Fault, _name = _name, _length = _length };
        copy._bytes = _bytes.AsSpan(0, _length).ToArray();
        return copy;
    }

    internal void Load(in ReadOnlySequence<byte> packet)
    {
        CopyBytes(packet);
        // "Event: Newchannel" or "Response: Success" is the first line; a packet that has it elsewhere is searched whole.
        var end = FirstLineEnd();
        var colon = Span(..end).IndexOf((byte)':');
        var key = colon < 0 ? AmiKey.None : AmiNames.Key(Span(..colon));
        if (key is AmiKey.Event or AmiKey.Response)
            Classify(key, ValueRange(colon + 1, end));
        else if (Has(AmiKey.Event))
            Classify(AmiKey.Event, _fields[First(AmiKey.Event)].Value);
        else if (Has(AmiKey.Response))
            Classify(AmiKey.Response, _fields[First(AmiKey.Response)].Value);
        else
            Reject(AmiFault.NeitherEventNorResponse);
    }

    internal static bool IsFirstLineOfPacket(in ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return reader.TryReadTo(out ReadOnlySequence<byte> key, (byte)':') && key.Length < 16 && AmiNames.Key(key.ToArray()) is AmiKey.Event or AmiKey.Response;
    }

    internal void LoadBanner(in ReadOnlySequence<byte> line)
    {
        CopyBytes(line);
        _name = 0.._length;
        Kind = AmiMessageKind.Banner;
        if (!Span(_name).StartsWith("Asterisk Call Manager/"u8))
            Reject(AmiFault.NotAsterisk);
    }

    internal void LoadOversize(in ReadOnlySequence<byte> bytes)
    {
        CopyBytes(bytes.Slice(0, Math.Min(bytes.Length, ExcerptBytesMax)));
        Reject(AmiFault.TooLong);
    }

    private void CopyBytes(in ReadOnlySequence<byte> packet)
    {
        _length = (int)packet.Length;
        if (_bytes.Length < _length)
            _bytes = new byte[_length];
        packet.CopyTo(_bytes);
        _fieldsFound = false;
        _fieldCount = 0;
        _name = default;
        Event = AmiEvent.Unknown;
        Fault = AmiFault.None;
    }

    private void Classify(AmiKey key, Range name)
    {
        _name = name;
        Kind = key == AmiKey.Event ? AmiMessageKind.Event : AmiMessageKind.Response;
        if (Kind == AmiMessageKind.Event)
            Event = AmiNames.Event(Span(name));
    }

    private void Reject(AmiFault fault)
    {
        Kind = AmiMessageKind.Malformed;
        Fault = fault;
    }

    private int First(AmiKey key)
    {
        FindFields();
        return _firstOf[(int)key];
    }

    private void FindFields()
    {
        if (_fieldsFound)
            return;
        _fieldsFound = true;
        _firstOf.AsSpan().Fill(-1);
        var rest = _bytes.AsSpan(0, _length);
        for (var start = 0; !rest.IsEmpty;)
        {
            var newline = rest.IndexOf((byte)'\n');
            var line = newline < 0 ? rest : rest[..newline];
            AddField(start, line.EndsWith((byte)'\r') ? line[..^1] : line);
            start += line.Length + 1;
            rest = newline < 0 ? default : rest[(newline + 1)..];
        }
    }

    // Values may contain ": ", so the first colon divides. A line without one (a value with a line break in it) is no field;
    // the packet around it is still good.
    private void AddField(int start, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || _fieldCount == short.MaxValue)
            return;
        if (_fieldCount == _fields.Length)
            Array.Resize(ref _fields, _fieldCount * 2);

        var key = AmiNames.Key(line[..colon]);
        if (key != AmiKey.None && _firstOf[(int)key] < 0)
            _firstOf[(int)key] = (short)_fieldCount;
        _fields[_fieldCount++] = new Field(key, start..(start + colon), ValueRange(start + colon + 1, start + line.Length));
    }

    private int FirstLineEnd()
    {
        var newline = Span(.._length).IndexOf((byte)'\r');
        return newline < 0 ? _length : newline;
    }

    private Range ValueRange(int start, int end) => (start < end && _bytes[start] == ' ' ? start + 1 : start)..end;

    private ReadOnlySpan<byte> Span(Range range) => _bytes.AsSpan(range);

    private string Text(Range range) => _strings.Get(Span(range));

    private readonly record struct Field(AmiKey Key, Range Name, Range Value);
}

public enum AmiMessageKind { Banner, Event, Response, Malformed }

public enum AmiFault
{
    None,

    /// <summary>The first line is not Asterisk's banner: something else listens on that port.</summary>
    NotAsterisk,

    /// <summary>A packet with no Event and no Response line.</summary>
    NeitherEventNorResponse,

    /// <summary>The packet is longer than the reader's limit.</summary>
    TooLong,
}
