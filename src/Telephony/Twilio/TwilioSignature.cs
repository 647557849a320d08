using System.Security.Cryptography;
using System.Text;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// Whether a request came from Twilio: base64(HMAC-SHA1(auth token, URL + sorted parameters)) in the header X-Twilio-Signature
/// (https://www.twilio.com/docs/usage/security). Compared in constant time.
/// </summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>The parameter in the URL of a request whose body is no form: the lower-case hex SHA-256 of the body.</summary>
    private const string BodyHash = "bodySHA256";

    /// <summary>For a form, or for a GET with an empty one: its parameters are in the URL.</summary>
    /// <param name="url">As it is configured at Twilio and was called, escapes untouched.</param>
    public static bool IsValid(string authToken, string url, TwilioForm form, string? signature)
    {
        if (Bytes(signature) is not { } given || authToken.Length == 0)
            return false;
        var parameters = Sorted(form);
        var isValid = false;
        // All of them, whichever matches: how long it takes tells nothing.
        foreach (var candidate in Candidates(url))
            isValid |= CryptographicOperations.FixedTimeEquals(Sign(authToken, candidate + parameters), given);
        return isValid;
    }

    /// <summary>For any other body: the URL is signed alone and carries the hash of the body.</summary>
    public static bool IsValid(string authToken, string url, ReadOnlySpan<byte> body, string? signature)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || TwilioForm.Parse(WithoutFragment(url)[(question + 1)..])[BodyHash] is not { } expected)
            return false;
        var actual = Convert.ToHexStringLower(SHA256.HashData(body));
        var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(actual), Encoding.UTF8.GetBytes(expected));
        return IsValid(authToken, url, TwilioForm.Empty, signature) && isSame;
    }

    /// <summary>The signature of a request to exactly this URL.</summary>
    public static string Of(string authToken, string url, TwilioForm form) => Convert.ToBase64String(Sign(authToken, WithoutFragment(url) + Sorted(form)));

    // HMAC-SHA1 is what the protocol asks for.
    private static byte[] Sign(string authToken, string text) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text));

    private static byte[]? Bytes(string? signature)
    {
        var bytes = new byte[HMACSHA1.HashSizeInBytes];
        return signature is { Length: > 0 and <= 64 } && Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length ? bytes : null;
    }

    // Sorted by name as Unix sorts; of a name that repeats, each distinct value, sorted, with the name before it.
    private static string Sorted(TwilioForm form)
    {
        var text = new StringBuilder();
        foreach (var values in form.Pairs.GroupBy(pair => pair.Key, pair => pair.Value).OrderBy(values => values.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(values.Key).Append(value);
        }
        return text.ToString();
    }

    // Twilio drops the port of an https URL for voice and keeps it for messages; user and password are dropped. Its own libraries accept
    // the URL with and without the port, and nothing else is ever changed in it.
    private static IEnumerable<string> Candidates(string url)
    {
        var bare = WithoutFragment(url);
        var host = bare.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = bare.AsSpan(host).IndexOfAny('/', '?') is >= 0 and var path ? host + path : bare.Length;
        var user = bare.AsSpan(host, end - host).LastIndexOf('@');
        var authority = bare[(host + user + 1)..end];
        var colon = authority.LastIndexOf(':') is >= 0 and var at && !authority.EndsWith(']') ? at : authority.Length;
        var (scheme, rest) = (bare[..host], bare[end..]);
        var port = colon < authority.Length ? authority[colon..] : scheme.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return [bare, scheme + authority[..colon] + rest, scheme + authority[..colon] + port + rest];
    }

    private static string WithoutFragment(string url) => url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? url[..hash] : url;
}
