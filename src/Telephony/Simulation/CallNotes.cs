using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>What a human observer notes down about a call while it goes on.</summary>
internal sealed class CallNotes(SimulatedPbx pbx, CallScript script)
{
    private readonly HashSet<SimulatedLeg> _ringing = [];
    private DateTimeOffset _ringingSince;
    private double _rungSeconds;
    private DateTimeOffset? _talksSince;

    public CallTruth Truth { get; private set; } = new() { LinkedId = "", Direction = script.Direction, StartedAt = pbx.Now };
    public bool IsAnswered => Truth.AnsweredAt is not null;

    public void Begins(SimulatedLeg first) => Truth = script.Direction switch
    {
        CallDirection.Inbound => Truth with { LinkedId = first.Linkedid, Number = script.Number, Did = script.Line },
        CallDirection.Outbound => Truth with { LinkedId = first.Linkedid, Number = script.Number, PlacedBy = script.Agent },
        CallDirection.Internal => Truth with { LinkedId = first.Linkedid, PlacedBy = script.Agent },
    };

    /// <summary>The agent has the receiver in hand and the client is dialled.</summary>
    public void DialsOut() => Truth = Truth with { LastAgent = script.Agent };

    public void Rings(SimulatedLeg leg)
    {
        if (_ringing.Count == 0)
            _ringingSince = pbx.Now;
        _ringing.Add(leg);
        if (leg.Endpoint != pbx.Office.Trunk && !Truth.Rang.Contains(leg.Endpoint))
            Truth = Truth with { Rang = Truth.Rang.Add(leg.Endpoint) };
    }

    public void FallsSilent(SimulatedLeg leg)
    {
        if (_ringing.Remove(leg) && _ringing.Count == 0)
            _rungSeconds += (pbx.Now - _ringingSince).TotalSeconds;
    }

    public void Joins(string queue) => Truth = Truth with { Queue = queue };

    public void Fails(CallReason reason) => Truth = Truth with { Reason = reason };

    public void Answers(SimulatedLeg caller, SimulatedLeg callee)
    {
        FallsSilent(callee);
        _talksSince = pbx.Now;
        var agent = callee.Endpoint == pbx.Office.Trunk ? caller : callee;
        if (!IsAnswered)
        {
            var ringSeconds = callee.RingingAt is { } since ? (pbx.Now - since).TotalSeconds : 0;
            Truth = Truth with { AnsweredAt = pbx.Now, AnsweredBy = callee == agent ? agent.Endpoint : null, RingSeconds = ringSeconds };
        }
        Truth = Truth with
        {
            LastAgent = agent.Endpoint,
            Transfers = [.. Truth.Transfers.Select(transfer => transfer.To == agent.Endpoint ? transfer with { Answered = true } : transfer)],
        };
    }

    public void StopsTalking()
    {
        if (_talksSince is { } since)
            Truth = Truth with { TalkSeconds = Truth.TalkSeconds + (pbx.Now - since).TotalSeconds };
        _talksSince = null;
    }

    public void IsSentOn(string by, string to)
    {
        StopsTalking();
        Truth = Truth with { Transfers = Truth.Transfers.Add(new Transfer(TransferType.Blind, by, to, pbx.Now)) };
    }

    public void IsHandedOver(string by, string to, string absorbed) => Truth = Truth with
    {
        Rang = Truth.Rang.Contains(to) ? Truth.Rang : Truth.Rang.Add(to),
        LastAgent = to,
        Absorbed = Truth.Absorbed.Add(absorbed),
        Transfers = Truth.Transfers.Add(new Transfer(TransferType.Attended, by, to, pbx.Now) { Answered = true }),
    };

    /// <summary>Once somebody has answered, the call counts as answered, however it ends.</summary>
    public void Ends(CallResult result, CallReason? reason, string hangupBy)
    {
        StopsTalking();
        Truth = Truth with
        {
            Result = IsAnswered ? CallResult.Answered : result,
            Reason = IsAnswered ? null : reason,
            RingSeconds = IsAnswered ? Truth.RingSeconds : _rungSeconds,
            HangupBy = hangupBy,
            EndedAt = pbx.Now,
        };
    }

    public void IsLost()
    {
        StopsTalking();
        Truth = Truth with { LostByRestart = true, EndedAt = pbx.Now };
    }

    /// <summary>What it is called when whoever began the call gives up in this stage of it.</summary>
    public (CallResult Result, CallReason? Reason) GivenUpIn(CallStage? stage) => script.Direction switch
    {
        CallDirection.Inbound when stage is ListenStage { IsVoicemail: true } => (CallResult.Voicemail, Truth.Reason),
        CallDirection.Inbound => (CallResult.Missed, Truth.Reason ?? ReasonOf(stage)),
        CallDirection.Outbound => (CallResult.Cancelled, null),
        CallDirection.Internal => (CallResult.NoAnswer, null),
    };

    /// <summary>What it is called when no phone was picked up.</summary>
    public (CallResult Result, CallReason? Reason) Unanswered(DialFailure failure) => script.Direction switch
    {
        CallDirection.Inbound => (CallResult.Missed, ReasonOf(failure)),
        CallDirection.Outbound => (ResultOf(failure), null),
        CallDirection.Internal => (CallResult.NoAnswer, null),
    };

    public static CallReason ReasonOf(DialFailure failure) => failure.Status switch
    {
        "NOANSWER" => CallReason.NoAnswer,
        _ when failure.Phones.Contains(PhoneAct.Decline) => CallReason.Declined,
        "BUSY" => CallReason.AgentBusy,
        _ => CallReason.Unreachable,
    };

    private static CallResult ResultOf(DialFailure failure) => failure.Status switch
    {
        "BUSY" => CallResult.Busy,
        "NOANSWER" => CallResult.NoAnswer,
        "CONGESTION" => CallResult.Failed,
        _ => failure.Phones.Contains(PhoneAct.Decline) ? CallResult.Declined : CallResult.Failed,
    };

    private static CallReason ReasonOf(CallStage? stage) => stage switch
    {
        QueueStage => CallReason.QueueAbandoned,
        ListenStage { IsMenu: true } => CallReason.IvrAbandoned,
        _ => CallReason.CallerAbandoned,
    };
}
