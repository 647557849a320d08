using System.Globalization;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>
/// One call as one SIP party measured it, from its own record of the messages: the truth that the CRM's word is compared with.
/// Times are of this machine's clock; null is what did not happen.
/// </summary>
public sealed record SipCall(string CallId, DateTimeOffset InvitedAt)
{
    public DateTimeOffset? RangAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The final answer to the INVITE: 200, or why not.</summary>
    public int? Status { get; init; }

    /// <summary>This party ended it, by BYE or CANCEL.</summary>
    public bool EndedHere { get; init; }

    public double WaitSeconds => ((AnsweredAt ?? EndedAt ?? InvitedAt) - InvitedAt).TotalSeconds;
    public double RingSeconds => RangAt is { } rang ? ((AnsweredAt ?? EndedAt ?? rang) - rang).TotalSeconds : 0;
    public double TalkSeconds => AnsweredAt is { } answered && EndedAt is { } ended ? (ended - answered).TotalSeconds : 0;

    /// <summary>The calls of a log that SIPp wrote with -trace_shortmsg, in the order in which they began.</summary>
    internal static IReadOnlyList<SipCall> ReadLog(IEnumerable<string> lines) =>
    [
        .. lines.Select(SipMessage.Parse).OfType<SipMessage>()
            .GroupBy(message => message.CallId)
            .Where(messages => messages.Any(message => message.Start.StartsWith("INVITE", StringComparison.Ordinal)))
            .Select(messages => messages.Aggregate(new SipCall(messages.Key, messages.First().At), (call, message) => call.With(message)))
            .OrderBy(call => call.InvitedAt),
    ];

    SipCall With(SipMessage message) => message switch
    {
        { Status: 180 or 183 } => this with { RangAt = RangAt ?? message.At },
        // 401 asks for the password and is followed by another INVITE.
        { Method: "INVITE", Status: >= 200 and not 401 and var status } => this with
        {
            Status = Status ?? status,
            AnsweredAt = status < 300 ? AnsweredAt ?? message.At : AnsweredAt,
            EndedAt = status < 300 ? EndedAt : EndedAt ?? message.At,
        },
        { Status: null, Method: "BYE" or "CANCEL" } => this with { EndedAt = EndedAt ?? message.At, EndedHere = EndedAt is null ? message.Sent : EndedHere },
        _ => this,
    };
}

/// <summary>A message that SIPp sent or received.</summary>
sealed record SipMessage(DateTimeOffset At, bool Sent, string CallId, string Method, string Start)
{
    /// <summary>Null for a request.</summary>
    public int? Status => Start.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? int.Parse(Start.AsSpan(8, 3), CultureInfo.InvariantCulture) : null;

    // date TAB time TAB epoch.micros TAB S|R TAB Call-ID TAB CSeq:number method TAB first line of the message
    /// <summary>Null for a line that is not whole: SIPp is still writing it.</summary>
    public static SipMessage? Parse(string line) =>
        line.Split('\t') is [_, _, var epoch, var way, var callId, var cseq, { Length: > 12 } start]
            ? new SipMessage(
                DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(epoch, CultureInfo.InvariantCulture)),
                way == "S", callId, cseq[(cseq.LastIndexOf(' ') + 1)..], start)
            : null;
}
