using System.Buffers;
using System.Text;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// The parameters of a request from Twilio: names and values in the order in which they came. Names are case-sensitive and may repeat,
/// values are never trimmed: the signature is over all of them as they are.
/// </summary>
public sealed class TwilioForm
{
    public static readonly TwilioForm Empty = new([]);

    private readonly IReadOnlyList<KeyValuePair<string, string>> _pairs;

    public TwilioForm(IReadOnlyList<KeyValuePair<string, string>> pairs) => _pairs = pairs;

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>The first value of this name; null when there is none or it is empty.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var pair in _pairs)
            {
                if (pair.Key == name)
                    return pair.Value.Length > 0 ? pair.Value : null;
            }
            return null;
        }
    }

    public bool Has(string name) => _pairs.Any(pair => pair.Key == name);

    /// <summary>A whole number of at most nine digits; null for anything else.</summary>
    public int? Number(string name) =>
        this[name] is { Length: <= 9 } text && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The moment in RFC 2822 form; null for anything else.</summary>
    public DateTimeOffset? Time(string name) => TwilioTime.Parse(this[name]);

    /// <summary>
    /// Reads a body or a query in form encoding (application/x-www-form-urlencoded, https://url.spec.whatwg.org/#urlencoded-parsing): bytes
    /// that are no valid escape stand for themselves, and what is no UTF-8 becomes U+FFFD.
    /// </summary>
    public static TwilioForm Parse(ReadOnlySpan<byte> encoded)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
                continue;
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            pairs.Add(new(Decode(name), equals < 0 ? "" : Decode(pair[(equals + 1)..])));
        }
        return pairs.Count == 0 ? Empty : new TwilioForm(pairs);
    }

    public static TwilioForm Parse(string encoded) => Parse(Encoding.UTF8.GetBytes(encoded));

    /// <summary>In form encoding again. Not byte for byte what was parsed: the same names and values.</summary>
    public override string ToString() => string.Join('&', _pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(encoded.Length);
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && Hex(encoded[i + 1]) is >= 0 and var high && Hex(encoded[i + 2]) is >= 0 and var low)
            {
                bytes[length++] = (byte)(high * 16 + low);
                i += 2;
            }
            else
                bytes[length++] = encoded[i] == '+' ? (byte)' ' : encoded[i];
        }
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        ArrayPool<byte>.Shared.Return(bytes);
        return text;
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}
