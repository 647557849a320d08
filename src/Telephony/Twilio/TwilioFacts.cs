namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>A Dial is over.</summary>
/// <param name="Dialled">The leg that it connected, or called last; null when the Dial does not tell.</param>
/// <param name="IsCallerGone">The caller hung up: there is nobody to go on with.</param>
internal sealed record DialOver(string Caller, string? Dialled, string? Status, bool IsAnswered, bool IsCallerGone, DateTimeOffset At);

/// <summary>An agent was connected with a caller from a queue, or is about to be.</summary>
internal sealed record Connection(string Caller, string Agent)
{
    public DateTimeOffset? ConnectedAt { get; set; }
    public DateTimeOffset? OverAt { get; set; }
    public int? Seconds { get; set; }

    /// <summary>The caller was the first to go (true), the agent was (false); null while that is not told.</summary>
    public bool? HasCallerLeft { get; set; }
}

/// <summary>A caller's stay in a queue.</summary>
internal sealed record QueueStay(string Caller, string QueueSid)
{
    public string? Name { get; set; }
    public DateTimeOffset? EnteredAt { get; set; }
    public DateTimeOffset? ActionAt { get; set; }
    public string? Result { get; set; }

    /// <summary>How long the caller waited, in whole seconds.</summary>
    public int? Seconds { get; set; }

    public bool IsCallerGone { get; set; }
}

/// <summary>Somebody in a conference, from one entry or exit or change to the next.</summary>
internal sealed record ParticipantWord(string Leg, string Event, DateTimeOffset At, int Sequence, string? Label, bool IsCoaching, bool IsMuted, string? WhyLeft);

/// <summary>A conference, with what was said of it in its order.</summary>
internal sealed record Conference(string Sid)
{
    public List<ParticipantWord> Words { get; } = [];
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed record TwilioRecording(string Sid, string? Call, string? Conference)
{
    public DateTimeOffset? StartedAt { get; set; }
    public bool IsVoicemail { get; set; }

    /// <summary>Too short or silent: there is none.</summary>
    public bool IsAbsent { get; set; }

    public bool IsComplete { get; set; }
}

/// <summary>A live call was sent on by a command.</summary>
internal sealed record SentOn(string Caller, string To, DateTimeOffset At);

/// <summary>
/// What requests say, put together by what they are about. The best witness is heard first: a callback that dates what it tells, then
/// REST, then questions, which tell a state by the way.
/// </summary>
internal sealed class TwilioFacts
{
    private readonly Dictionary<string, TwilioLeg> _legs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), Connection> _connections = [];
    private readonly Dictionary<(string, string), QueueStay> _stays = [];
    private readonly Dictionary<string, Conference> _conferences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TwilioRecording> _recordings = new(StringComparer.Ordinal);
    private readonly List<DialOver> _dials = [];
    private readonly List<(string Caller, DateTimeOffset At, bool IsCallerGone)> _messages = [];
    private readonly List<SentOn> _sentOn = [];

    public TwilioFacts(IEnumerable<TwilioRequest> requests)
    {
        var best = requests.OrderBy(Witness).ThenBy(request => request.At).ThenBy(request => request.ContentKey, StringComparer.Ordinal);
        foreach (var request in best)
            Hear(request);
        foreach (var conference in _conferences.Values)
            conference.Words.Sort((one, other) => (one.At, one.Sequence).CompareTo((other.At, other.Sequence)));
    }

    public IReadOnlyCollection<TwilioLeg> Legs => _legs.Values;
    public IReadOnlyCollection<Connection> Connections => _connections.Values;
    public IReadOnlyCollection<QueueStay> Stays => _stays.Values;
    public IReadOnlyCollection<Conference> Conferences => _conferences.Values;
    public IReadOnlyCollection<TwilioRecording> Recordings => _recordings.Values;
    public IReadOnlyList<DialOver> Dials => _dials;

    /// <summary>A caller has spoken a message.</summary>
    public IReadOnlyList<(string Caller, DateTimeOffset At, bool IsCallerGone)> Messages => _messages;

    public IReadOnlyList<SentOn> SentOn => _sentOn;

    public TwilioLeg? Leg(string? sid) => sid is null ? null : _legs.GetValueOrDefault(sid);

    private static int Witness(TwilioRequest request) => request.Role == TwilioRole.RestCall ? 1 : TwilioRoles.IsStatus(request.Role) ? 0 : 2;

    private void Hear(TwilioRequest request)
    {
        var form = request.Form;
        if (request.Role == TwilioRole.ConferenceStatus)
        {
            HearConference(request);
            return;
        }
        if (request.Role == TwilioRole.RecordingStatus)
        {
            HearRecording(request);
            return;
        }
        if (form["CallSid"] is not { } sid)
            return;
        LegOf(sid).Hear(request);
        Mention(form["ParentCallSid"], request.At);
        switch (request.Role)
        {
            case TwilioRole.DialAction:
                HearDial(request, sid);
                break;
            case TwilioRole.QueueWait:
                var stay = StayOf(sid, request);
                stay.EnteredAt = Earlier(stay.EnteredAt, request.At.AddSeconds(-(form.Number("QueueTime") ?? 0)));
                break;
            case TwilioRole.QueueAction:
                HearQueueOver(request, StayOf(sid, request));
                break;
            case TwilioRole.QueueConnect:
                Mention(form["DequeingCallSid"], request.At);
                if (form["DequeingCallSid"] is { } agent)
                    ConnectionOf(sid, agent).ConnectedAt = Earlier(ConnectionOf(sid, agent).ConnectedAt, request.At);
                StayOf(sid, request).Seconds ??= form.Number("QueueTime");
                break;
            case TwilioRole.DequeueAction:
                Mention(form["DialCallSid"], request.At);
                if (form["DialCallSid"] is { } caller)
                    HearConnectionOver(request, ConnectionOf(caller, sid));
                break;
            case TwilioRole.VoicemailAction:
                HearMessage(request, sid);
                break;
            case TwilioRole.TransferTwiml:
                if (request.Query[TwilioHint.To] is { } to)
                    _sentOn.Add(new(sid, to, request.At));
                break;
        }
    }

    private void HearDial(TwilioRequest request, string caller)
    {
        var form = request.Form;
        var status = form["DialCallStatus"];
        var isAnswered = status is "completed" or "answered" && form["DialBridged"] != "false";
        var dialled = form["DialCallSid"];
        if (dialled is not null)
            LegOf(dialled).HearDial(request, caller);
        _dials.Add(new(caller, dialled, status, isAnswered, TwilioLeg.IsOver(form["CallStatus"]), Leg(dialled)?.EndedAt ?? request.At));
    }

    private static void HearQueueOver(TwilioRequest request, QueueStay stay)
    {
        stay.Result ??= request.Form["QueueResult"];
        stay.Seconds ??= request.Form.Number("QueueTime");
        stay.ActionAt ??= request.At;
        stay.IsCallerGone |= TwilioLeg.IsOver(request.Form["CallStatus"]);
    }

    private static void HearConnectionOver(TwilioRequest request, Connection connection)
    {
        connection.OverAt ??= request.At;
        connection.Seconds ??= request.Form.Number("DialCallDuration");
        connection.HasCallerLeft ??= !TwilioLeg.IsOver(request.Form["CallStatus"]);
    }

    private void HearMessage(TwilioRequest request, string caller)
    {
        var isCallerGone = TwilioLeg.IsOver(request.Form["CallStatus"]);
        _messages.Add((caller, request.At, isCallerGone));
        if (request.Form["RecordingSid"] is not { } sid || request.Form.Number("RecordingDuration") is not > 0)
            return;
        var recording = RecordingOf(sid, caller, null);
        recording.IsVoicemail = true;
        recording.IsComplete = true;
        recording.StartedAt ??= request.At.AddSeconds(-request.Form.Number("RecordingDuration")!.Value);
    }

    private void HearRecording(TwilioRequest request)
    {
        var form = request.Form;
        if (form["RecordingSid"] is not { } sid)
            return;
        Mention(form["CallSid"], request.At);
        var recording = RecordingOf(sid, form["CallSid"], form["ConferenceSid"]);
        recording.StartedAt ??= form.Time("RecordingStartTime") ?? request.ArrivedAt;
        recording.IsVoicemail |= form["RecordingSource"] == "RecordVerb";
        recording.IsAbsent |= form["RecordingStatus"] is "absent" or "failed";
        recording.IsComplete |= form["RecordingStatus"] == "completed";
    }

    private void HearConference(TwilioRequest request)
    {
        var form = request.Form;
        if (form["ConferenceSid"] is not { } sid || form["StatusCallbackEvent"] is not { } word)
            return;
        var conference = _conferences.TryGetValue(sid, out var known) ? known : _conferences[sid] = new(sid);
        if (word == "conference-end")
            conference.EndedAt ??= request.At;
        if (!word.StartsWith("participant-", StringComparison.Ordinal) || form["CallSid"] is not { } leg)
            return;
        var label = form["ParticipantLabel"];
        conference.Words.Add(new(
            leg, word, request.At, form.Number("SequenceNumber") ?? 0, label,
            form["Coaching"] == "true", form["Muted"] == "true", form["ReasonParticipantLeft"]));
        LegOf(leg).HearParticipant(EndpointOf(label), form["ParticipantCallStatus"], request.At);
    }

    // We label whom we call into a conference ourselves: "agent:alice", "supervisor:sue".
    private static string? EndpointOf(string? label) =>
        label is not null && label.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && label[..colon] is "agent" or "supervisor"
            ? $"client:{label[(colon + 1)..]}"
            : null;

    private TwilioLeg LegOf(string sid) => _legs.TryGetValue(sid, out var leg) ? leg : _legs[sid] = new(sid);

    private void Mention(string? sid, DateTimeOffset at)
    {
        if (sid is not null)
            LegOf(sid).Mention(at);
    }

    private Connection ConnectionOf(string caller, string agent) =>
        _connections.TryGetValue((caller, agent), out var connection) ? connection : _connections[(caller, agent)] = new(caller, agent);

    private QueueStay StayOf(string caller, TwilioRequest request)
    {
        var queue = request.Form["QueueSid"] ?? "";
        var stay = _stays.TryGetValue((caller, queue), out var known) ? known : _stays[(caller, queue)] = new(caller, queue);
        stay.Name ??= request.Query[TwilioHint.Queue];
        return stay;
    }

    private TwilioRecording RecordingOf(string sid, string? call, string? conference) =>
        _recordings.TryGetValue(sid, out var recording) ? recording : _recordings[sid] = new(sid, call, conference);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
