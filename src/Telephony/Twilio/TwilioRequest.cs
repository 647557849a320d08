using System.Globalization;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>What REST says of a call, as a request. The same state is the same request, however often it is asked for.</summary>
    public static TwilioRequest OfRest(TwilioCallState call, DateTimeOffset at)
    {
        (string Name, string? Value)[] parameters =
        [
            ("CallSid", call.Sid), ("ParentCallSid", call.ParentSid), ("From", call.From), ("To", call.To), ("Direction", call.Direction),
            ("CallStatus", call.Status), ("StartTime", TwilioTime.Write(call.StartedAt)), ("EndTime", TwilioTime.Write(call.EndedAt)),
            ("CallDuration", call.Seconds.ToString(CultureInfo.InvariantCulture)), ("CallerName", call.CallerName),
        ];
        return new(
            TwilioRole.RestCall,
            new TwilioForm([.. parameters.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value!))]),
            at);
    }

    private static string Key(string path, params string[] parts)
    {
        var key = string.Join(' ', parts.Prepend(path));
        return key.Length <= 120 ? key : $"{path} {Hash(key)}";
    }

    private string Hash() => Hash($"{Query}\n{string.Join('\n', Form.Pairs.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal))}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A call resource of Twilio's REST: a call, or a leg that a Dial called.</summary>
public sealed record TwilioCallState
{
    public required string Sid { get; init; }

    /// <summary>The call whose Dial called it; null for none.</summary>
    public string? ParentSid { get; init; }

    public required string From { get; init; }
    public required string To { get; init; }

    /// <summary>inbound, outbound-api, outbound-dial.</summary>
    public required string Direction { get; init; }

    /// <summary>queued, initiated, ringing, in-progress, completed, busy, no-answer, failed, canceled.</summary>
    public required string Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From the answer to the end; 0 for one that was not answered or goes on.</summary>
    public int Seconds { get; init; }

    public string? CallerName { get; init; }
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
