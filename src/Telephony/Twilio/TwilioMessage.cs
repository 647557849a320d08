using System.Collections.Immutable;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>A picture, a sound, a document that hangs on a message. <paramref name="Sid"/> names it at Twilio.</summary>
public sealed record MessageMedia(string ContentType, string? Sid);

/// <summary>
/// A text message, told from all that was said of it: like a call, anew with each request, so that order and repetition cannot matter.
/// </summary>
public sealed record TwilioMessage
{
    // https://www.twilio.com/docs/messaging/api/message-resource#message-status-values. What stands further on is never taken back.
    private static readonly ImmutableArray<ImmutableArray<string>> Ranks =
    [
        ["accepted"], ["scheduled"], ["queued"], ["sending"], ["sent"], ["received", "delivered", "undelivered", "failed", "canceled"], ["read"],
    ];

    /// <summary>More than a messenger sends at once.</summary>
    private const int MediaMax = 10;

    public required string Sid { get; init; }
    public required bool IsInbound { get; init; }
    public required bool IsWhatsApp { get; init; }

    /// <summary>Without the prefix of the messenger.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>What its sender is called in the messenger; null when nobody said.</summary>
    public string? SenderName { get; init; }

    /// <summary>Null when Twilio did not tell: it does not, of what we sent.</summary>
    public string? Body { get; init; }

    public ImmutableArray<MessageMedia> Media { get; init; } = [];
    public required string Status { get; init; }

    /// <summary>Why it was not delivered, https://www.twilio.com/docs/api/errors; null when it was, or while nobody knows.</summary>
    public int? ErrorCode { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The messages that these requests tell of; requests about calls are passed over.</summary>
    public static IReadOnlyList<TwilioMessage> Tell(IEnumerable<TwilioRequest> requests) =>
    [
        .. requests.Where(request => TwilioRoles.IsMessage(request.Role)).GroupBy(request => request.Form["MessageSid"])
            .Where(message => message.Key is not null).Select(message => TellOne(message.Key!, [.. message])),
    ];

    private static TwilioMessage TellOne(string sid, IReadOnlyList<TwilioRequest> requests)
    {
        // The request that brings the message knows the most of it.
        var inOrder = requests.OrderBy(request => request.Role != TwilioRole.MessageIncoming).ThenBy(request => request.ArrivedAt)
            .ThenBy(request => request.ContentKey, StringComparer.Ordinal).ToList();
        var best = inOrder[0].Form;
        var furthest = inOrder.OrderByDescending(request => RankOf(StatusOf(request))).First();
        return new()
        {
            Sid = sid,
            IsInbound = inOrder[0].Role == TwilioRole.MessageIncoming,
            IsWhatsApp = TwilioAddress.IsWhatsApp(best["From"]) || TwilioAddress.IsWhatsApp(best["To"]),
            From = TwilioAddress.Number(best["From"]),
            To = TwilioAddress.Number(best["To"]),
            SenderName = best["ProfileName"],
            Body = best.Pairs.Where(pair => pair.Key == "Body").Select(pair => pair.Value).FirstOrDefault(),
            Media = [.. Enumerable.Range(0, Math.Min(best.Number("NumMedia") ?? 0, MediaMax)).Select(i => MediaOf(best, i))],
            Status = StatusOf(furthest),
            ErrorCode = furthest.Form.Number("ErrorCode") is > 0 and var code ? code : null,
            At = inOrder.Min(request => request.ArrivedAt),
        };
    }

    private static string StatusOf(TwilioRequest request) => request.Form["MessageStatus"] ?? request.Form["SmsStatus"] ?? "";

    private static int RankOf(string status)
    {
        for (var rank = 0; rank < Ranks.Length; rank++)
        {
            if (Ranks[rank].Contains(status))
                return rank;
        }
        return -1;
    }

    // The address in it may be anybody's: the name is enough to ask Twilio for it.
    private static MessageMedia MediaOf(TwilioForm form, int i)
    {
        var name = form[$"MediaUrl{i}"]?.Split('/')[^1];
        return new(form[$"MediaContentType{i}"] ?? "", name is { Length: 34 } && name.StartsWith("ME", StringComparison.Ordinal) && name.All(char.IsAsciiLetterOrDigit) ? name : null);
    }
}
