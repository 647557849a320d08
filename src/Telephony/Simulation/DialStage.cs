namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>The application Dial: makes phones ring, or an outside number over the trunk, until one is picked up or all have failed.</summary>
internal sealed class DialStage(SimulatedCall call, SimulatedLeg caller, IReadOnlyList<string> targets, double seconds, DialEnding outcome)
    : CallStage(call)
{
    private const double RingDelay = 0.003;
    private static readonly PhoneReaction engaged = new(PhoneAct.Busy, 0.2);
    private readonly List<SimulatedLeg> _ringing = [];
    private readonly List<PhoneAct> _failures = [];
    private readonly Dictionary<SimulatedLeg, string> _numbers = [];

    public override void Begin()
    {
        Feed.Step(caller, "Dial", $"{string.Join('&', targets.Select(DialString))},{seconds:0},tTkK");
        Feed.Variable(caller, "DIALSTATUS", "");
        Feed.Variable(caller, "DIALEDPEERNAME", "");
        foreach (var target in targets.Where(target => Pbx.CanReach(EndpointOf(target))))
            Create(target);
        if (_ringing.Count == 0)
        {
            After(0, () => Fail("CHANUNAVAIL"));
            return;
        }
        foreach (var leg in _ringing)
        {
            Feed.DialBegin(caller, leg, leg.Endpoint == Pbx.Office.Trunk ? $"{_numbers[leg]}@{leg.Endpoint}" : leg.Endpoint);
            if (_ringing.Count == 1)
                Call.Connect(caller, leg);
        }
        foreach (var leg in _ringing)
            PlanReaction(leg);
        After(seconds, TimeOut);
    }

    public override void Lost(SimulatedLeg leg, HangupBy by)
    {
        if (leg != caller)
        {
            Refuse(leg, PhoneAct.Decline);
            return;
        }
        var wasUp = caller.State is LegState.Up;
        if (by is HangupBy.Party)
            Feed.HangupRequest(caller, wasUp ? HangupCause.Normal : HangupCause.GaveUp);
        foreach (var phone in _ringing)
            Feed.DialEnd(caller, phone, "CANCEL");
        Feed.Variable(caller, "DIALSTATUS", "CANCEL");
        Feed.SoftHangupRequest(caller, wasUp ? HangupCause.Normal : HangupCause.NormalAfterCancel);
        Withdraw(wasUp ? HangupCause.Unknown : HangupCause.Withdrawn);
        outcome.GivenUp(wasUp ? HangupCause.Normal : HangupCause.GaveUp, by);
    }

    public override bool CanRelease(SimulatedLeg leg) => leg == caller;

    public override void Release(SimulatedLeg leg)
    {
        foreach (var phone in _ringing)
            Feed.DialEnd(caller, phone, "CANCEL");
        Withdraw(HangupCause.Unknown);
    }

    private void Create(string target)
    {
        var isOutside = !Pbx.Office.HasExtension(target);
        var leg = Call.NewLeg(EndpointOf(target), caller.Linkedid);
        (leg.CallerNumber, leg.CallerName) = isOutside ? (null, null) : (target, Pbx.Office.Extension(target).Name);
        leg.Context = isOutside ? "from-trunk" : "from-internal";
        Feed.Created(leg);
        leg.Exten = caller.Exten;
        Feed.Step(leg, "AppDial", "(Outgoing Line)");
        (leg.ConnectedNumber, leg.ConnectedName) = (caller.CallerNumber, caller.CallerName);
        if (isOutside)
        {
            leg.CallerNumber = target;
            Feed.CallerId(leg);
        }
        Feed.Connected(leg);
        _ringing.Add(leg);
        _numbers[leg] = target;
    }

    private void PlanReaction(SimulatedLeg leg)
    {
        var reaction = Pbx.IsTaken(leg) ? engaged : Call.Script.ReactionOf(leg.Endpoint == Pbx.Office.Trunk ? CallScript.Client : leg.Endpoint);
        if (reaction.Act is PhoneAct.Answer or PhoneAct.RingOut or PhoneAct.Decline)
            After(RingDelay, () => Ring(leg));
        switch (reaction.Act)
        {
            case PhoneAct.Answer:
                After(RingDelay + reaction.AfterSeconds, () => Answer(leg));
                break;
            case PhoneAct.RingOut:
                break;
            case PhoneAct.Busy or PhoneAct.Decline or PhoneAct.NoSuchNumber or PhoneAct.NoCircuit:
                After(RingDelay + reaction.AfterSeconds, () => Refuse(leg, reaction.Act));
                break;
        }
    }

    private void Ring(SimulatedLeg leg)
    {
        if (!_ringing.Contains(leg))
            return;
        leg.State = LegState.Ringing;
        leg.RingingAt = Pbx.Now;
        Feed.State(leg);
        Feed.DialState(caller, leg);
        Pbx.RefreshDevice(leg.Endpoint);
        outcome.Rings(leg);
    }

    private void Answer(SimulatedLeg leg)
    {
        if (Pbx.IsTaken(leg) || !_ringing.Remove(leg))
            return;
        leg.State = LegState.Up;
        leg.UpAt = Pbx.Now;
        Feed.State(leg);
        if (targets.Count > 1)
            Call.Connect(caller, leg);
        foreach (var other in _ringing)
            Feed.DialEnd(caller, other, "CANCEL");
        Feed.Variable(caller, "DIALSTATUS", "ANSWER");
        Feed.Variable(caller, "DIALEDPEERNAME", leg.Name);
        leg.Exten = "";
        Feed.DialEnd(caller, leg, "ANSWER");
        if (caller.State is not LegState.Up)
        {
            caller.State = LegState.Up;
            caller.UpAt = Pbx.Now;
            Feed.State(caller);
        }
        Withdraw(HangupCause.AnsweredElsewhere);
        Pbx.RefreshDevice(leg.Endpoint);
        outcome.Answered(leg);
    }

    private void Refuse(SimulatedLeg leg, PhoneAct act)
    {
        if (!_ringing.Remove(leg))
            return;
        var (status, cause) = act switch
        {
            PhoneAct.Busy => ("BUSY", HangupCause.Busy),
            PhoneAct.NoSuchNumber => ("NOANSWER", HangupCause.NoSuchNumber),
            PhoneAct.NoCircuit => ("CONGESTION", HangupCause.Congestion),
            PhoneAct.Decline or PhoneAct.Answer or PhoneAct.RingOut => ("NOANSWER", HangupCause.Declined),
        };
        Feed.HangupRequest(leg, cause);
        _failures.Add(act);
        Feed.DialEnd(caller, leg, status);
        var isLast = _ringing.Count == 0;
        var result = ResultOf(_failures);
        if (isLast)
            Feed.Variable(caller, "DIALSTATUS", result);
        Call.Close(leg, cause);
        if (isLast)
            outcome.Failed(new DialFailure(result, _failures));
    }

    private void TimeOut()
    {
        foreach (var leg in _ringing)
            Feed.DialEnd(caller, leg, "NOANSWER");
        _failures.AddRange(_ringing.Select(_ => PhoneAct.RingOut));
        Withdraw(HangupCause.Unknown);
        Fail("NOANSWER");
    }

    private void Fail(string status)
    {
        Feed.Variable(caller, "DIALSTATUS", status);
        outcome.Failed(new DialFailure(status, _failures));
    }

    private void Withdraw(HangupCause cause)
    {
        foreach (var leg in _ringing)
            Call.Close(leg, cause);
        _ringing.Clear();
    }

    private string EndpointOf(string target) => Pbx.Office.HasExtension(target) ? target : Pbx.Office.Trunk;

    private string DialString(string target) => Pbx.Office.HasExtension(target) ? "PJSIP/" + target : $"PJSIP/{target}@{Pbx.Office.Trunk}";

    // app_dial lets the least hopeless outcome win.
    private static string ResultOf(IReadOnlyCollection<PhoneAct> _failures) =>
        _failures.Contains(PhoneAct.RingOut) ? "NOANSWER"
        : _failures.Contains(PhoneAct.Busy) ? "BUSY"
        : _failures.Contains(PhoneAct.NoCircuit) ? "CONGESTION"
        : "CHANUNAVAIL";
}

/// <summary>What becomes of the call when somebody picks up, when all phones have failed, and when the one who dials gives up first.</summary>
internal sealed record DialEnding(Action<SimulatedLeg> Answered, Action<DialFailure> Failed, Action<HangupCause, HangupBy> GivenUp)
{
    public required Action<SimulatedLeg> Rings { get; init; }
}

/// <summary>Nobody picked up: the DIALSTATUS, and what each phone did.</summary>
internal sealed record DialFailure(string Status, IReadOnlyCollection<PhoneAct> Phones);
