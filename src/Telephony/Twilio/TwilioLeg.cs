namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// All that Twilio said of one of its calls. What it says is cumulative: each word stands for those before it, so a word that comes late,
/// twice or not at all makes no difference as soon as a later one has come.
/// </summary>
internal sealed class TwilioLeg(string sid)
{
    private const string Completed = "completed";

    private DateTimeOffset? _toldUpAt;
    private DateTimeOffset? _heardUpAt;
    private DateTimeOffset? _heardFirstAt;
    private DateTimeOffset? _mentionedAt;

    public string Sid => sid;
    public string? From { get; private set; }
    public string? To { get; private set; }
    public string? Direction { get; private set; }
    public string? CallerName { get; private set; }

    /// <summary>The call whose Dial called this one.</summary>
    public string? Parent { get; private set; }

    /// <summary>The call for whose caller we called it, as we wrote into the address.</summary>
    public string? Caller { get; private set; }

    /// <summary>Whom the agent at this leg wants to speak with.</summary>
    public string? WantedNumber { get; private set; }

    /// <summary>An agent began it, or a command of ours called an agent.</summary>
    public bool IsAgents { get; private set; }

    /// <summary>It was called to take somebody from a queue: no call of its own.</summary>
    public bool IsForQueue { get; private set; }

    /// <summary>Something was said of it that did not say whose part it is.</summary>
    public bool WasAlone { get; private set; }

    public DateTimeOffset? InitiatedAt { get; private set; }
    public DateTimeOffset? RingingAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>busy, no-answer, failed, canceled or completed; null while it goes on.</summary>
    public string? End { get; private set; }

    public string? SipCode { get; private set; }

    /// <summary>The Dial that called it connected it (true) or did not (false); null while that is not told.</summary>
    public bool? IsBridged { get; private set; }

    /// <summary>How long the two parties were connected, in whole seconds.</summary>
    public int? BridgedSeconds { get; private set; }

    /// <summary>From the answer to the end, in whole seconds.</summary>
    private int? Seconds { get; set; }

    /// <summary>Twilio has said who is at both ends.</summary>
    public bool IsKnown => Direction is not null;

    /// <summary>Picked up; by a human or a machine, that is not told.</summary>
    public DateTimeOffset? UpAt => End is null or Completed
        ? _toldUpAt ?? (End is null ? _heardUpAt : EndedAt - TimeSpan.FromSeconds(Seconds ?? 0))
        : null;

    /// <summary>When it began, as far as this leg alone tells.</summary>
    public DateTimeOffset StartedAt => InitiatedAt ?? (Seconds > 0 ? UpAt : null) ?? EarliestAt;

    /// <summary>The earliest moment at which it is known to have been there.</summary>
    public DateTimeOffset EarliestAt => new[] { InitiatedAt, RingingAt, UpAt, EndedAt, _heardFirstAt }.Min() ?? _mentionedAt ?? DateTimeOffset.MaxValue;

    /// <summary>A request about something else names it.</summary>
    public void Mention(DateTimeOffset at) => _mentionedAt = Earlier(_mentionedAt, at);

    /// <summary>The standard parameters of a request about this leg. The better witness is to be heard first: what is known stays.</summary>
    public void Hear(TwilioRequest request)
    {
        var form = request.Form;
        From ??= form["From"] ?? (form.Has("From") ? "" : null);
        To ??= form["To"];
        Direction ??= form["Direction"];
        CallerName ??= form["CallerName"];
        Parent ??= form["ParentCallSid"];
        Caller ??= request.Query[TwilioHint.Caller];
        IsAgents |= request.Role == TwilioRole.OutboundTwiml || TwilioAddress.IsSoftphone(form["From"]) || form["Direction"] == "outbound-api";
        IsForQueue |= request.Role is TwilioRole.DequeueTwiml or TwilioRole.DequeueAction;
        WantedNumber ??= request.Query[TwilioHint.To];
        WasAlone |= !IsForQueue && form["ParentCallSid"] is null && request.Query[TwilioHint.Caller] is null;
        HearStatus(request, form["CallStatus"]);
    }

    /// <summary>The result of a Dial that called this leg.</summary>
    public void HearDial(TwilioRequest action, string caller)
    {
        var form = action.Form;
        Parent ??= caller;
        IsBridged ??= form["DialBridged"] is { } bridged ? bridged == "true" : null;
        BridgedSeconds ??= form.Number("DialCallDuration");
        if (End is not null || form["DialCallStatus"] is not { } status)
            return;
        Seconds ??= BridgedSeconds;
        HearEnd(status == "answered" ? Completed : status, action.At);
    }

    /// <summary>It takes part in a conference, which may be all that is ever told of it.</summary>
    /// <param name="status">How it ended, when it has left because it ended.</param>
    public void HearParticipant(string? endpoint, string? status, DateTimeOffset at)
    {
        To ??= endpoint;
        Heard(at);
        if (status is not null)
            HearEnd(status, at);
    }

    public static bool IsOver(string? status) => status is Completed or "busy" or "no-answer" or "failed" or "canceled";

    private void HearStatus(TwilioRequest request, string? status)
    {
        var told = request.Form.Time("Timestamp");
        var rest = request.Role == TwilioRole.RestCall;
        if (rest && request.Form.Time("StartTime") is { } startedAt)
            InitiatedAt ??= startedAt;
        if (!rest)
            Heard(request.At);
        switch (status)
        {
            case "queued" or "initiated":
                InitiatedAt ??= told;
                break;
            case "ringing":
                RingingAt ??= told;
                break;
            case "in-progress":
                _toldUpAt ??= told;
                _heardUpAt = Earlier(_heardUpAt, request.ArrivedAt);
                break;
            case not null when IsOver(status):
                Seconds ??= request.Form.Number("CallDuration");
                SipCode ??= request.Form["SipResponseCode"];
                HearEnd(status, told ?? request.Form.Time("EndTime") ?? request.ArrivedAt);
                break;
        }
    }

    private void HearEnd(string status, DateTimeOffset at)
    {
        if (!IsOver(status))
            return;
        End ??= status;
        EndedAt ??= at;
        // "no-answer" is what becomes of ringing too long.
        if (End == "no-answer")
            RingingAt ??= InitiatedAt;
    }

    private void Heard(DateTimeOffset at) => _heardFirstAt = Earlier(_heardFirstAt, at);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
