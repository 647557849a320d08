using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactCenterCrm.Testing.Pbx;

/// <summary>
/// An answered call as its two ends name it. SIPp plays a script and cannot be spoken to; with a dialog's names a request can be sent
/// into its call from beside it.
/// </summary>
sealed record SipDialog(string CallId, string Ours, string Theirs)
{
    /// <summary>The user of the other side's address: <c>"Anna" &lt;sip:<b>79161234567</b>@127.0.0.1&gt;;tag=…</c>.</summary>
    public string Caller => Theirs[(Theirs.IndexOf("sip:", StringComparison.Ordinal) + 4)..].Split('@', ';', '>')[0];

    // "----- date time" LF "UDP message sent (354 bytes):" LF LF the message
    /// <summary>The answered calls in a log that SIPp wrote with -trace_msg, oldest first.</summary>
    public static IReadOnlyList<SipDialog> ReadLog(string log) =>
    [
        .. log.Split("\n-----", StringSplitOptions.RemoveEmptyEntries)
            .Where(entry => entry.Contains("\nSIP/2.0 200", StringComparison.Ordinal) && Header(entry, "CSeq").EndsWith("INVITE", StringComparison.Ordinal))
            .Select(entry => (entry, Called: entry.Contains("message sent", StringComparison.Ordinal), From: Header(entry, "From"), To: Header(entry, "To")))
            .Select(answer => new SipDialog(Header(answer.entry, "Call-ID"), answer.Called ? answer.To : answer.From, answer.Called ? answer.From : answer.To))
            .DistinctBy(dialog => dialog.CallId),
    ];

    /// <summary>
    /// Asks the PBX to connect the other side of this call with the other side of <paramref name="consultation"/> (RFC 3891, RFC 5589).
    /// </summary>
    public Task ReferTo(SipDialog consultation, string target, string phone, string pbx)
    {
        // The name of the call to replace is part of a URI inside a header: its = and ; are escaped.
        var replaces = Uri.EscapeDataString($"{consultation.CallId};to-tag={Tag(consultation.Theirs)};from-tag={Tag(consultation.Ours)}");
        return Send("REFER", cseq: 500, $"Refer-To: <sip:{target}@{pbx}?Replaces={replaces}>\n", phone, pbx);
    }

    public Task HangUp(string phone, string pbx) => Send("BYE", cseq: 501, "", phone, pbx);

    // Answers come back to the socket that asked (Via); what else belongs to the call goes to the phone (Contact).
    async Task Send(string method, int cseq, string headers, string phone, string pbx)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(phone), 0));
        socket.Connect(pbx, AsteriskHost.SipPort);
        var request = $"""
            {method} sip:{pbx}:{AsteriskHost.SipPort} SIP/2.0
            Via: SIP/2.0/UDP {socket.Client.LocalEndPoint};branch=z9hG4bK{Guid.NewGuid():n};rport
            From: {Ours}
            To: {Theirs}
            Call-ID: {CallId}
            CSeq: {cseq} {method}
            Contact: <sip:{phone}:{AsteriskHost.SipPort}>
            Max-Forwards: 70
            {headers}Content-Length: 0


            """;
        await socket.SendAsync(Encoding.UTF8.GetBytes(request.ReplaceLineEndings("\r\n")));
        var answer = Encoding.UTF8.GetString((await socket.ReceiveAsync()).Buffer);
        if (!answer.StartsWith("SIP/2.0 20", StringComparison.Ordinal))
            throw new InvalidOperationException($"The PBX refused {method}: {answer}");
    }

    static string Header(string message, string name) =>
        message.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

    static string Tag(string address) => address[(address.IndexOf("tag=", StringComparison.Ordinal) + 4)..].Split(';')[0];
}
