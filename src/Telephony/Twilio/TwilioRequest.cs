using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// A request of Twilio's that proved to be one. Its time is its Timestamp; one that has none is a question that Twilio waits for the
/// answer to, so it happened when it arrived.
/// </summary>
public sealed record TwilioRequest(TwilioRole Role, TwilioForm Form, DateTimeOffset ArrivedAt)
{
    /// <summary>What we wrote into the address ourselves (<see cref="TwilioHint"/>).</summary>
    public TwilioForm Query { get; init; } = TwilioForm.Empty;

    /// <summary>When it happened, as far as the request alone tells.</summary>
    public DateTimeOffset At => Form.Time("Timestamp") ?? ArrivedAt;

    /// <summary>
    /// The same for two requests that say the same: Twilio repeats a request when the answer was late, and sometimes with another token.
    /// At most 120 characters.
    /// </summary>
    public string ContentKey
    {
        get
        {
            var path = TwilioRoles.PathOf(Role);
            return Role switch
            {
                TwilioRole.RecordingStatus when Form["RecordingSid"] is { } recording && Form["RecordingStatus"] is { } status => Key(path, recording, status),
                TwilioRole.MessageIncoming when Form["MessageSid"] is { } message => Key(path, message),
                TwilioRole.MessageStatus when Form["MessageSid"] is { } message && Form["MessageStatus"] is { } status => Key(path, message, status),
                // Asked again as long as the caller waits: the first time tells since when.
                TwilioRole.QueueWait when Form["CallSid"] is { } call && Form["QueueSid"] is { } queue => Key(path, call, queue),
                TwilioRole.ConferenceStatus when Form["ConferenceSid"] is { } conference && Form["SequenceNumber"] is { } number => Key(path, conference, number),
                _ when Form["CallSid"] is { } call && Form["SequenceNumber"] is { } number => Key(path, call, number),
                _ => Key(path, Hash()),
            };
        }
    }

    /// <summary>
    /// The names by which this request belongs together with others: its call or message, and the calls and the conference that it mentions. Not the
    /// queue, which many calls share.
    /// </summary>
    public IEnumerable<string> Ties => new[]
    {
        Form["CallSid"], Form["ParentCallSid"], Form["DialCallSid"], Form["DequeingCallSid"], Form["ConferenceSid"], Form["MessageSid"],
        Query[TwilioHint.Caller],
    }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>
    /// What REST says of a call, as a request: a call resource of <c>/Calls.json</c> or <c>/Calls/{Sid}.json</c>. Its child legs are such
    /// resources, too. The same state is the same request, however often it is asked for.
    /// </summary>
    /// <exception cref="InvalidOperationException">A property is of another type than Twilio documents.</exception>
    public static TwilioRequest OfRest(JsonElement call, DateTimeOffset at)
    {
        (string Name, string Property)[] parameters =
        [
            ("CallSid", "sid"), ("ParentCallSid", "parent_call_sid"), ("AccountSid", "account_sid"), ("From", "from"), ("To", "to"),
            ("CallStatus", "status"), ("Direction", "direction"), ("StartTime", "start_time"), ("EndTime", "end_time"), ("CallDuration", "duration"),
            ("CallerName", "caller_name"),
        ];
        var pairs = from parameter in parameters
                    where call.TryGetProperty(parameter.Property, out var value) && value.ValueKind != JsonValueKind.Null
                    select new KeyValuePair<string, string>(parameter.Name, call.GetProperty(parameter.Property).GetString()!);
        return new(TwilioRole.RestCall, new TwilioForm([.. pairs]), at);
    }

    private static string Key(string path, params string[] parts)
    {
        var key = string.Join(' ', parts.Prepend(path));
        return key.Length <= 120 ? key : $"{path} {Hash(key)}";
    }

    private string Hash() => Hash($"{Query}\n{string.Join('\n', Form.Pairs.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal))}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Names of what we write into addresses that Twilio calls back: it is signed with the address, so it comes back as it was.</summary>
public static class TwilioHint
{
    /// <summary>The queue, by our name for it; Twilio's callbacks tell only an id.</summary>
    public const string Queue = "queue";

    /// <summary>The call for whose caller an agent is called.</summary>
    public const string Caller = "caller";

    /// <summary>Whom an agent wants to speak with, or to whom a call is sent on.</summary>
    public const string To = "to";

    /// <summary>Which of our numbers the other party sees.</summary>
    public const string From = "from";

    /// <summary>How many attempts to find somebody there were, this one included.</summary>
    public const string Attempt = "attempt";
}
