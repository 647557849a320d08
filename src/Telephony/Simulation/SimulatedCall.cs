using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// One call: its channels, and the dialplan that carries it from stage to stage. Stages tell it what became of them; it decides
/// what comes next.
/// </summary>
internal sealed class SimulatedCall(SimulatedPbx pbx, CallScript script)
{
    private const double MenuTimeout = 10;
    private const double TransferRing = 20;
    private readonly List<SimulatedLeg> _legs = [];
    private int _nextTurn;
    private Plan? _giveUp;

    public SimulatedPbx Pbx { get; } = pbx;
    public CallScript Script { get; } = script;
    public CallNotes Notes { get; } = new(pbx, script);
    public CallStage? Stage { get; private set; }
    public CallTruth Truth => Notes.Truth;
    private EventFeed Feed => Pbx.Feed;

    public void Begin()
    {
        _giveUp = Pbx.After(Script.Patience, () => Lose(_legs[0], HangupBy.Party));
        var caller = Script.OriginateId is null ? FirstLeg() : null;
        switch (Script.Direction)
        {
            case CallDirection.Inbound:
                Arrive(caller!);
                break;
            case CallDirection.Outbound when caller is null:
                RingAgentFirst();
                break;
            case CallDirection.Outbound:
                DialOut(caller);
                break;
            case CallDirection.Internal:
                Dial(caller!, [Script.Number!], TransferRing);
                break;
        }
    }

    /// <summary>A side of the call is hung up, by whomever.</summary>
    public void Lose(SimulatedLeg leg, HangupBy by)
    {
        if (!leg.IsGone)
            Stage?.Lost(leg, by);
    }

    public bool CanRedirect(SimulatedLeg leg) => Stage?.CanRelease(leg) == true;

    /// <summary>The PBX takes this channel elsewhere, as Action: Redirect asks; the other side is hung up.</summary>
    public void Redirect(SimulatedLeg leg, string to)
    {
        Stage!.Release(leg);
        Stage.Drop();
        Notes.StopsTalking();
        SendTo(leg, to);
    }

    /// <summary>The PBX is being stopped: everybody is hung up.</summary>
    public void Stop()
    {
        foreach (var leg in _legs)
            Feed.SoftHangupRequest(leg, HangupCause.Stopping);
        Stage?.Lost(_legs[0], HangupBy.Pbx);
    }

    /// <summary>The PBX was killed: nothing is said, nothing happens any more.</summary>
    public void Vanish()
    {
        _giveUp?.Drop();
        Stage?.Drop();
        Notes.IsLost();
        Pbx.Over(this);
    }

    public SimulatedLeg NewLeg(string endpoint, string? linkedid = null, string? uniqueid = null)
    {
        var leg = Pbx.NewLeg(endpoint, linkedid, uniqueid);
        leg.Call = this;
        _legs.Add(leg);
        return leg;
    }

    public void Close(SimulatedLeg leg, HangupCause cause)
    {
        Feed.Hangup(leg, cause);
        Notes.FallsSilent(leg);
        _legs.Remove(leg);
        Pbx.Remove(leg);
        Pbx.RefreshDevice(leg.Endpoint);
    }

    public void Connect(SimulatedLeg caller, SimulatedLeg callee)
    {
        (caller.ConnectedNumber, caller.ConnectedName) = (callee.CallerNumber, callee.CallerName);
        Feed.Connected(caller);
    }

    public void Enter(SimulatedLeg leg, SimulatedBridge bridge, string? swappedUniqueid = null)
    {
        bridge.Legs.Add(leg);
        leg.Bridge = bridge;
        Feed.BridgeEnter(leg, bridge, swappedUniqueid);
    }

    public void Exit(SimulatedLeg leg)
    {
        if (leg.Bridge is not { } bridge)
            return;
        bridge.Legs.Remove(leg);
        leg.Bridge = null;
        Feed.BridgeLeave(leg, bridge);
    }

    public Turn? TakeTurn() => _nextTurn < Script.Talk.Length ? Script.Talk[_nextTurn++] : null;

    public void Answered(SimulatedLeg caller, SimulatedLeg callee, QueueService? queue = null)
    {
        _giveUp?.Drop();
        Notes.Answers(caller, callee);
        Enter(new TalkStage(this, caller, callee, queue));
    }

    public void GivenUp(SimulatedLeg caller, HangupCause cause, HangupBy by)
    {
        var (result, reason) = Notes.GivenUpIn(Stage);
        Finish(caller, null, cause, result, reason, Word(by, isCaller: Script.Direction is not CallDirection.Outbound));
    }

    public void Ended(SimulatedLeg caller, SimulatedLeg callee, HangupCause cause, SimulatedLeg lost, HangupBy by)
    {
        var isCaller = lost.Endpoint == Pbx.Office.Trunk || (Script.Direction is CallDirection.Internal && lost == caller);
        Finish(caller, callee, cause, CallResult.Answered, null, Word(by, isCaller));
    }

    /// <summary>The queue gave up: voicemail, or the end.</summary>
    public void QueueTimedOut(SimulatedLeg caller, SimulatedQueue queue)
    {
        Notes.Fails(CallReason.QueueTimeout);
        if (queue.EndsInVoicemail)
            LeaveMessage(caller);
        else
            HangUpByPbx(caller, HangupCause.Normal, CallResult.Missed, CallReason.QueueTimeout);
    }

    public void SentOn(SimulatedLeg client, string by, string to)
    {
        Notes.IsSentOn(by, to);
        SendTo(client, to);
    }

    private SimulatedLeg FirstLeg()
    {
        var isInbound = Script.Direction is CallDirection.Inbound;
        var leg = NewLeg(isInbound ? Pbx.Office.Trunk : Script.Agent);
        leg.State = LegState.Ring;
        leg.Context = isInbound ? "from-trunk" : "from-internal";
        leg.Exten = isInbound ? Script.Line : Script.Number!;
        (leg.CallerNumber, leg.CallerName) = isInbound
            ? (Script.Number ?? "anonymous", Script.Number is null ? "Anonymous" : Script.Name)
            : (Script.Agent, Pbx.Office.Extension(Script.Agent).Name);
        Notes.Begins(leg);
        Feed.Created(leg);
        return leg;
    }

    private void Arrive(SimulatedLeg caller)
    {
        var route = Pbx.Office.Lines.First(line => line.Did == Script.Line).Route;
        if (route is RingPhones)
        {
            Record(caller, $"in-{Script.Line}-{Script.Number ?? "anonymous"}");
            Follow(caller, route);
            return;
        }
        Feed.Step(caller, "Answer", "");
        caller.State = LegState.Up;
        caller.UpAt = Pbx.Now;
        Feed.State(caller);
        Enter(new ListenStage(this, caller, 0.5, () =>
        {
            Record(caller, $"in-{Script.Line}-{Script.Number ?? "anonymous"}");
            Follow(caller, route);
        }));
    }

    private void Follow(SimulatedLeg caller, Route route)
    {
        switch (route)
        {
            case RingPhones phones:
                Dial(caller, phones.Extensions, phones.TimeoutSeconds, phones.EndsInVoicemail);
                break;
            case EnterQueue queue:
                Enter(new QueueStage(this, caller, Pbx.Line(queue.Queue)));
                break;
            case PlayMenu menu:
                Listen(caller, menu);
                break;
        }
    }

    private void Listen(SimulatedLeg caller, PlayMenu menu)
    {
        (caller.Context, caller.Exten, caller.Priority) = ("ivr-main", "s", 2);
        Feed.Step(caller, "BackGround", "vm-enter-num-to-call");
        var isChosen = Script.MenuChoice > 0;
        Enter(new ListenStage(this, caller, isChosen ? Script.MenuSeconds : MenuTimeout, () =>
        {
            if (isChosen)
            {
                (caller.Exten, caller.Priority) = (Script.MenuChoice.ToString(CultureInfo.InvariantCulture), 1);
                Follow(caller, menu.Options[Script.MenuChoice - 1]);
            }
            else
            {
                HangUpByPbx(caller, HangupCause.Normal, CallResult.Missed, CallReason.IvrTimeout);
            }
        })
        { IsMenu = true });
    }

    private void DialOut(SimulatedLeg caller)
    {
        var number = Script.Number!;
        var dialled = number.Length == 11 && number[0] == '8' ? "7" + number[1..] : number.TrimStart('+');
        Notes.DialsOut();
        Feed.Step(caller, "Goto", $"out,{dialled},1");
        (caller.Context, caller.Exten, caller.Priority) = ("out", dialled, 6);
        Record(caller, $"out-{dialled}-{Script.Agent}");
        caller.Priority = 7;
        caller.CallerNumber = Pbx.Office.CompanyNumber;
        Feed.CallerId(caller);
        (caller.CallerName, caller.Priority) = ("Company", 8);
        Feed.CallerId(caller);
        caller.Priority = 9;
        Dial(caller, [dialled], 20);
    }

    // Action: Originate. The first channel has no caller; OriginateResponse tells how it went.
    private void RingAgentFirst()
    {
        var number = Script.Number!;
        if (!Pbx.CanReach(Script.Agent))
        {
            Feed.OriginateResponse(Script.OriginateId!, null, "PJSIP/" + Script.Agent, number, null, null, 0);
            _giveUp!.Drop();
            Pbx.Forget(this);
            return;
        }
        var agent = NewLeg(Script.Agent, uniqueid: Script.OriginateCallId);
        Notes.Begins(agent);
        (agent.CallerNumber, agent.CallerName) = (Script.Agent, Pbx.Office.Extension(Script.Agent).Name);
        Feed.Created(agent);
        Feed.Step(agent, "AppDial2", "(Outgoing Line)");
        agent.CallerName = Script.OriginateName;
        Feed.CallerId(agent);
        (agent.ConnectedNumber, agent.ConnectedName) = (agent.CallerNumber, agent.CallerName);
        Feed.Connected(agent);
        Enter(new OriginateStage(this, agent, () =>
        {
            agent.Exten = number;
            DialOut(agent);
        }));
    }

    /// <summary>Click-to-call: the agent's own phone was not picked up.</summary>
    public void AgentMissed(SimulatedLeg agent, HangupCause cause, int reason)
    {
        Feed.OriginateResponse(Script.OriginateId!, null, "PJSIP/" + Script.Agent, Script.Number!, Script.Agent, Script.OriginateName, reason);
        Finish(agent, null, cause, CallResult.Failed, CallReason.AgentNoAnswer, "pbx", withCdr: false);
    }

    private void SendTo(SimulatedLeg client, string to)
    {
        (client.Context, client.Exten, client.Priority) = ("from-internal", to, 1);
        Dial(client, [to], TransferRing);
    }

    private void Dial(SimulatedLeg caller, IReadOnlyList<string> targets, double seconds, bool endsInVoicemail = false) =>
        Enter(new DialStage(this, caller, targets, seconds, new DialEnding(
            callee => Answered(caller, callee),
            failure => NobodyAnswered(caller, failure, endsInVoicemail),
            (cause, by) => GivenUp(caller, cause, by))
        { Rings = Notes.Rings }));

    private void NobodyAnswered(SimulatedLeg caller, DialFailure failure, bool endsInVoicemail)
    {
        if (endsInVoicemail)
        {
            Notes.Fails(CallNotes.ReasonOf(failure));
            LeaveMessage(caller);
            return;
        }
        var cause = failure.Status switch
        {
            "BUSY" => HangupCause.Busy,
            "NOANSWER" => HangupCause.NoAnswer,
            "CONGESTION" => HangupCause.Congestion,
            _ => HangupCause.Absent,
        };
        (caller.Context, caller.Exten, caller.Priority) = ("dial-end", failure.Status, 1);
        Feed.Step(caller, "Hangup", cause.Code.ToString(CultureInfo.InvariantCulture));
        var (result, reason) = Notes.Unanswered(failure);
        HangUpByPbx(caller, cause, result, reason);
    }

    private void LeaveMessage(SimulatedLeg caller)
    {
        caller.Priority = 6;
        Feed.Step(caller, "VoiceMail", "101@default,us");
        if (caller.State is not LegState.Up)
        {
            caller.State = LegState.Up;
            caller.UpAt = Pbx.Now;
            Feed.State(caller);
        }
        Enter(new ListenStage(this, caller, Script.VoicemailSeconds, () => Lose(caller, HangupBy.Party)) { IsVoicemail = true });
    }

    private void HangUpByPbx(SimulatedLeg caller, HangupCause cause, CallResult result, CallReason? reason)
    {
        Feed.SoftHangupRequest(caller, HangupCause.Normal);
        Finish(caller, null, cause, result, reason, "pbx");
    }

    private void Finish(
        SimulatedLeg caller, SimulatedLeg? callee, HangupCause cause, CallResult result, CallReason? reason, string hangupBy, bool withCdr = true)
    {
        _giveUp?.Drop();
        Stage?.Drop();
        Stage = null;
        if (withCdr)
            Feed.Cdr(caller, callee, Pbx.Now);
        Close(caller, cause);
        Notes.Ends(result, reason, hangupBy);
        Pbx.Over(this);
    }

    private void Enter(CallStage stage)
    {
        Stage?.Drop();
        Stage = stage;
        stage.Begin();
    }

    private void Record(SimulatedLeg caller, string name)
    {
        var (context, exten, priority) = (caller.Context, caller.Exten, caller.Priority);
        if (context == "from-trunk")
            (caller.Context, caller.Exten, caller.Priority) = ("sub-inbound", "s", 5);
        var at = Pbx.Now.UtcDateTime;
        var file = string.Create(CultureInfo.InvariantCulture, $"{at:yyyy/MM/dd}/{name}-{at:yyyyMMdd-HHmmss}-{caller.Uniqueid}.wav");
        if (context == "from-trunk")
            Feed.Variable(caller, "__DID", exten);
        Feed.Step(caller, "MixMonitor", file + ",b");
        Feed.Variable(caller, "MIXMONITOR_FILENAME", "/var/spool/asterisk/monitor/" + file);
        Feed.Recording(caller);
        (caller.Context, caller.Exten, caller.Priority) = (context, exten, context == "from-trunk" ? priority + 1 : priority);
    }

    private static string Word(HangupBy by, bool isCaller) => by switch
    {
        HangupBy.Crm => "crm",
        HangupBy.Pbx => "pbx",
        HangupBy.Party => isCaller ? "caller" : "agent",
    };
}
