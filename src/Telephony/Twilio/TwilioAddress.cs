using System.Collections.Frozen;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>The forms in which Twilio names a party.</summary>
public static class TwilioAddress
{
    private const string Client = "client:";
    private const string Sip = "sip:";
    private const string Sips = "sips:";
    private const string WhatsApp = "whatsapp:";

    // A withheld number may come as the word that the carrier sent, spelled on a telephone's keys after a "+".
    private static readonly FrozenDictionary<string, string> SpelledWords = new Dictionary<string, string>
    {
        ["+266696687"] = "anonymous",
        ["+7378742833"] = "restricted",
        ["+2562533"] = "blocked",
        ["+8656696"] = "unknown",
        ["+86282452253"] = "unavailable",
    }.ToFrozenDictionary();

    /// <summary>A phone of ours by its form: a softphone or a SIP phone. A plain number may be an agent's, too; this does not know it.</summary>
    public static bool IsEndpoint(string? address) => address is not null && (IsSoftphone(address) || IsSip(address));

    public static bool IsSoftphone(string? address) => address?.StartsWith(Client, StringComparison.Ordinal) == true;

    public static bool IsWhatsApp(string? address) => address?.StartsWith(WhatsApp, StringComparison.Ordinal) == true;

    /// <summary>
    /// The number in it: of a SIP address the user part, without the prefix of a messenger; the word, when a withheld number was spelled.
    /// What is left may still be no number.
    /// </summary>
    public static string Number(string? address)
    {
        var text = address ?? "";
        if (IsWhatsApp(text))
            text = text[WhatsApp.Length..];
        else if (IsSip(text))
        {
            text = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
            text = Uri.UnescapeDataString(text.Split('@', ';')[0]);
        }
        return SpelledWords.GetValueOrDefault(text, text);
    }

    /// <summary>
    /// The number, where it is written in E.164: who writes to us has it, even if it is in no plan of numbers yet. Null for anything else.
    /// </summary>
    public static string? E164(string? address) =>
        Number(address) is ['+', >= '1' and <= '9', ..] and { Length: >= 8 and <= 16 } number && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 ? number : null;

    private static bool IsSip(string address) => address.StartsWith(Sip, StringComparison.OrdinalIgnoreCase) || address.StartsWith(Sips, StringComparison.OrdinalIgnoreCase);
}
