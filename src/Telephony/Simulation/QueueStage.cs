using System.Globalization;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>The application Queue: the caller hears music while members are rung, attempt after attempt, until one picks up or the time is over.</summary>
internal sealed class QueueStage(SimulatedCall call, SimulatedLeg caller, WaitingLine line) : CallStage(call)
{
    private const double RetrySeconds = 1;
    private const double RingDelay = 0.002;
    private readonly List<SimulatedLeg> _ringing = [];
    private DateTimeOffset _joinedAt;
    private DateTimeOffset _attemptAt;
    private Plan? _attemptEnd;

    public bool IsRinging => _ringing.Count > 0;
    public SimulatedLeg Caller => caller;
    public double WaitedSeconds => (Pbx.Now - _joinedAt).TotalSeconds;
    private SimulatedQueue Queue => line.Queue;
    private double LeftSeconds => Queue.TimeoutSeconds - WaitedSeconds;

    public override void Begin()
    {
        _joinedAt = Pbx.Now;
        Feed.Step(caller, "Queue", $"{Queue.Name},tTkK,,,{Queue.TimeoutSeconds:0}");
        line.Callers.Add(this);
        Call.Notes.Joins(Queue.Name);
        Feed.QueueJoin(caller, Queue.Name, line.Callers.Count);
        Feed.MusicStart(caller);
        Attempt();
    }

    public override void Lost(SimulatedLeg leg, HangupBy by)
    {
        if (leg != caller)
        {
            Decline(leg);
            return;
        }
        if (by is HangupBy.Party)
            Feed.HangupRequest(caller, null);
        Feed.MusicStop(caller);
        CancelTwice(_ringing);
        Feed.QueueAbandon(caller, Queue.Name, line.PositionOf(this), WaitedSeconds);
        Withdraw(HangupCause.Unknown);
        LeaveLine();
        Feed.SoftHangupRequest(caller, HangupCause.Normal);
        Call.GivenUp(caller, HangupCause.Unknown, by);
    }

    public override bool CanRelease(SimulatedLeg leg) => leg == caller;

    public override void Release(SimulatedLeg leg)
    {
        Feed.MusicStop(caller);
        CancelTwice(_ringing);
        Feed.QueueAbandon(caller, Queue.Name, line.PositionOf(this), WaitedSeconds);
        Withdraw(HangupCause.Unknown);
        LeaveLine();
    }

    private void Attempt()
    {
        if (LeftSeconds <= 0.05)
        {
            TimeOut();
            return;
        }
        _attemptAt = Pbx.Now;
        foreach (var member in line.NextMembers(this))
            Ring(member);
        if (_ringing.Count == 0)
        {
            After(Math.Min(RetrySeconds, LeftSeconds), Attempt);
            return;
        }
        _attemptEnd = After(Math.Min(Queue.MemberRingSeconds, LeftSeconds), EndAttempt);
    }

    private void Ring(string member)
    {
        var leg = Call.NewLeg(member, caller.Linkedid);
        var name = Pbx.Office.Extension(member).Name;
        (leg.CallerNumber, leg.CallerName) = (member, name);
        Feed.Created(leg);
        leg.Exten = caller.Exten;
        (leg.ConnectedNumber, leg.ConnectedName) = (caller.CallerNumber, caller.CallerName);
        Feed.Agent("AgentCalled", caller, leg, Queue.Name, name);
        Feed.DialBegin(caller, leg, "PJSIP/" + member);
        if (Queue.Strategy is QueueStrategy.RoundRobin)
            Call.Connect(caller, leg);
        _ringing.Add(leg);
        After(RingDelay, () => Rings(leg));
        var reaction = Call.Script.ReactionOf(member);
        if (reaction.Act is PhoneAct.Answer)
            After(RingDelay + reaction.AfterSeconds, () => Answer(leg));
        else if (reaction.Act is not PhoneAct.RingOut)
            After(RingDelay + reaction.AfterSeconds, () => Decline(leg));
    }

    private void Rings(SimulatedLeg leg)
    {
        if (!_ringing.Contains(leg))
            return;
        leg.State = LegState.Ringing;
        leg.RingingAt = Pbx.Now;
        Feed.State(leg);
        Feed.Step(leg, "AppQueue", "(Outgoing Line)");
        Feed.Connected(leg);
        Feed.DialState(caller, leg);
        Pbx.RefreshDevice(leg.Endpoint);
        Call.Notes.Rings(leg);
    }

    private void Answer(SimulatedLeg leg)
    {
        if (Pbx.IsTaken(leg) || !_ringing.Remove(leg))
            return;
        _attemptEnd?.Drop();
        leg.State = LegState.Up;
        leg.UpAt = Pbx.Now;
        Feed.State(leg);
        Feed.DialEnd(caller, leg, "ANSWER");
        foreach (var other in _ringing)
            Feed.DialEnd(caller, other, "CANCEL");
        if (Queue.Strategy is QueueStrategy.RingAll)
            Call.Connect(caller, leg);
        foreach (var other in _ringing)
            Feed.DialEnd(caller, other, "CANCEL");
        Feed.MusicStop(caller);
        var ringSeconds = (Pbx.Now - _attemptAt).TotalSeconds;
        var waited = WaitedSeconds;
        LeaveLine();
        Feed.Agent("AgentConnect", caller, leg, Queue.Name, NameOf(leg), ("HoldTime", Whole(waited)), ("RingTime", Whole(ringSeconds)));
        Withdraw(HangupCause.AnsweredElsewhere);
        Pbx.RefreshDevice(leg.Endpoint);
        Call.Answered(caller, leg, new QueueService(Queue.Name, NameOf(leg), waited));
    }

    private void Decline(SimulatedLeg leg)
    {
        if (!_ringing.Remove(leg))
            return;
        Feed.HangupRequest(leg, HangupCause.Declined);
        Missed(leg);
        Feed.DialEnd(caller, leg, "NOANSWER");
        Call.Close(leg, HangupCause.Declined);
        if (_ringing.Count > 0)
            return;
        _attemptEnd?.Drop();
        After(Math.Min(RetrySeconds, LeftSeconds), Attempt);
    }

    private void EndAttempt()
    {
        foreach (var leg in _ringing)
        {
            Missed(leg);
            Feed.DialEnd(caller, leg, "NOANSWER");
        }
        foreach (var leg in _ringing)
            Feed.DialEnd(caller, leg, "CANCEL");
        Withdraw(HangupCause.Unknown);
        After(Math.Min(RetrySeconds, LeftSeconds), Attempt);
    }

    private void TimeOut()
    {
        // Asterisk tells a timeout with the very event of an abandonment.
        Feed.QueueAbandon(caller, Queue.Name, line.PositionOf(this), WaitedSeconds);
        Feed.MusicStop(caller);
        LeaveLine();
        Feed.Variable(caller, "QUEUESTATUS", "TIMEOUT");
        Call.QueueTimedOut(caller, Queue);
    }

    private void Missed(SimulatedLeg leg) => Feed.Agent("AgentRingNoAnswer", caller, leg, Queue.Name, NameOf(leg),
        ("RingTime", Whole((Pbx.Now - _attemptAt).TotalMilliseconds)));

    private void CancelTwice(IReadOnlyCollection<SimulatedLeg> phones)
    {
        for (var time = 0; time < 2; time++)
        {
            foreach (var leg in phones)
                Feed.DialEnd(caller, leg, "CANCEL");
        }
    }

    private void Withdraw(HangupCause cause)
    {
        _attemptEnd?.Drop();
        foreach (var leg in _ringing)
            Call.Close(leg, cause);
        _ringing.Clear();
    }

    private void LeaveLine()
    {
        var position = line.PositionOf(this);
        line.Callers.Remove(this);
        Feed.QueueLeave(caller, Queue.Name, position, line.Callers.Count);
    }

    private string NameOf(SimulatedLeg leg) => Pbx.Office.Extension(leg.Endpoint).Name;

    private static string Whole(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The queue that brought two people together, for the events at the end of their conversation.</summary>
internal sealed record QueueService(string Queue, string Member, double WaitedSeconds);
