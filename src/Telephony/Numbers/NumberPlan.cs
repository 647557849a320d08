using System.Text.RegularExpressions;
using PhoneNumbers;

namespace ContactCenterCrm.Telephony.Numbers;

/// <summary>
/// Reads numbers as one trunk (or one form, or one import file) writes them: the country whose numbers come without a country
/// code, and the rules of a PBX that writes them in its own way. The same number in any spelling gives the same E.164.
/// Never throws on a number; safe to use from several threads.
/// </summary>
/// <param name="region">ISO 3166 code of the country whose numbers come without a country code.</param>
public sealed partial class NumberPlan(string region, IReadOnlyList<NumberRewrite> rewrites)
{
    /// <summary>Service numbers (02, 112, 88001) and internal ones; no public subscriber number is shorter.</summary>
    private const int ShortDigitsMax = 6;

    /// <summary>With fewer digits a number without "+" is more likely a wrong national one than a foreign one.</summary>
    private const int InternationalDigitsMin = 11;

    /// <summary>Longer texts are no numbers. Bounds the work before it is done.</summary>
    private const int RawLengthMax = 64;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    // What a PBX or a carrier writes when the caller withheld the number, or when it knows none.
    private static readonly HashSet<string> HiddenWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "<unknown>", "unknown", "anonymous", "anonymous.invalid", "restricted", "private", "withheld", "blocked", "unavailable", "none", "(null)", "s", "asterisk",
    };

    public NumberPlan(string region)
        : this(region, [])
    {
    }

    public string Region { get; } = IsRegion(region) ? region : throw new ArgumentException($"'{region}' is not an ISO 3166 country code", nameof(region));

    public static bool IsRegion(string region) => Library.GetSupportedRegions().Contains(region);

    public NumberReading Read(string? raw)
    {
        var text = (raw ?? "").Trim();
        if (HiddenWords.Contains(text))
            return new NumberReading(raw ?? "", NumberVerdict.Hidden);

        var rewritten = Rewrite(text);
        var reading = new NumberReading(raw!, NumberVerdict.Invalid) { RewrittenTo = rewritten == text ? null : rewritten };
        if (rewritten.Length > RawLengthMax || !Shape().IsMatch(rewritten))
            return reading;
        if (Parse(rewritten) is not { } number)
            return reading with { Verdict = IsShort(rewritten) ? NumberVerdict.Short : NumberVerdict.Invalid };
        return reading with
        {
            Verdict = NumberVerdict.Valid,
            E164 = Library.Format(number, PhoneNumberFormat.E164),
            Display = Library.Format(WithoutExtension(number), PhoneNumberFormat.INTERNATIONAL),
            Extension = number.HasExtension ? number.Extension : null,
        };
    }

    /// <summary>How people read a number aloud: "+7 916 123-45-67". What is no E.164 comes back as it is.</summary>
    public static string Display(string e164)
    {
        try
        {
            return Library.Format(Library.Parse(e164, defaultRegion: null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    private string Rewrite(string text)
    {
        foreach (var rewrite in rewrites)
            text = rewrite.Apply(text);
        return text;
    }

    private PhoneNumber? Parse(string text)
    {
        if (Valid(text, Region) is { } national)
            return national;
        // 00 is the international prefix nearly everywhere, also on trunks in countries that dial another one themselves.
        if (text.StartsWith("00", StringComparison.Ordinal))
            return Valid("+" + text[2..], region: null);
        // Carriers leave the plus out: 442071838750.
        return !text.StartsWith('+') && text.Count(char.IsAsciiDigit) >= InternationalDigitsMin ? Valid("+" + text, region: null) : null;
    }

    private static PhoneNumber? Valid(string text, string? region)
    {
        try
        {
            var number = Library.Parse(text, region);
            return Library.IsValidNumber(number) ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static PhoneNumber WithoutExtension(PhoneNumber number) =>
        number.HasExtension ? PhoneNumber.CreateBuilder(number).ClearExtension().Build() : number;

    private static bool IsShort(string text) => text.Count(char.IsAsciiDigit) is > 0 and <= ShortDigitsMax;

    // Digits and what people put between them, then perhaps an extension. Letters elsewhere are not a number: the library would
    // read them as the keys of a telephone.
    [GeneratedRegex(@"^[+*#]?[0-9 ()./\-\u00A0]+((;ext=|доб\.?|ext\.?|x|,)[ ]*[0-9]{1,7})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
