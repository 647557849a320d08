using System.Globalization;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>Two people are connected. The script's turns follow one another until somebody hangs up or the client is sent on.</summary>
internal sealed class TalkStage(SimulatedCall call, SimulatedLeg caller, SimulatedLeg callee, QueueService? queue) : CallStage(call)
{
    private readonly bool _wasDialled = queue is null;
    private DateTimeOffset _startedAt;
    private SimulatedBridge _bridge = null!;
    private Consultation? _consultation;

    /// <summary>The side that is the client; of an internal call the one who was called.</summary>
    private SimulatedLeg Client => caller.Endpoint == Pbx.Office.Trunk ? caller : callee;

    private SimulatedLeg Agent => Client == caller ? callee : caller;

    public override void Begin()
    {
        _startedAt = Pbx.Now;
        _bridge = Pbx.NewBridge();
        Call.Enter(callee, _bridge);
        Call.Enter(caller, _bridge);
        Peers(callee.Name, caller.Name);
        NextTurn();
    }

    public override void Lost(SimulatedLeg leg, HangupBy by)
    {
        if (_consultation?.Owns(leg) == true)
        {
            _consultation.Fail(by);
            return;
        }
        EndConsultation(by);
        if (by is HangupBy.Party)
            Feed.HangupRequest(leg, _wasDialled ? HangupCause.Normal : null);
        Completed(leg == caller ? "caller" : "agent");
        Peers("", "");
        if (leg == callee)
            LeaveThenClose(callee);
        Call.Exit(caller);
        if (_wasDialled)
            Feed.Variable(caller, "DIALSTATUS", "ANSWER");
        Feed.SoftHangupRequest(caller, HangupCause.Normal);
        if (leg == caller)
            LeaveThenClose(callee);
        Feed.BridgeDestroy(_bridge);
        Call.Ended(caller, callee, HangupCause.Normal, leg, by);
    }

    public override bool CanRelease(SimulatedLeg leg) => leg == caller || leg == callee;

    public override void Release(SimulatedLeg leg)
    {
        EndConsultation(HangupBy.Crm);
        Peers("", "");
        Call.Exit(leg);
        if (_wasDialled)
            Feed.Variable(caller, "DIALSTATUS", "ANSWER");
        Completed("transfer");
        LeaveThenClose(leg == caller ? callee : caller);
        Feed.BridgeDestroy(_bridge);
    }

    public override void Drop()
    {
        base.Drop();
        _consultation?.Drop();
    }

    private void NextTurn()
    {
        if (Call.TakeTurn() is { } turn)
            After(turn.AfterSeconds, () => Play(turn));
    }

    private void Play(Turn turn)
    {
        switch (turn)
        {
            case HangUp end:
                Call.Stage!.Lost(end.By is Party.Client ? Client : Agent, HangupBy.Party);
                break;
            case PutOnHold hold:
                Hold(hold.By is Party.Client ? Client : Agent, hold.HoldSeconds);
                break;
            case TransferBlind transfer when transfer.To != Agent.Endpoint:
                SendOn(transfer.To);
                break;
            case TransferAttended transfer when transfer.To != Agent.Endpoint:
                Consult(transfer);
                break;
            default:
                // To oneself: nobody does that.
                NextTurn();
                break;
        }
    }

    private void Hold(SimulatedLeg by, double seconds)
    {
        var other = by == caller ? callee : caller;
        Feed.Hold(by);
        Feed.MusicStart(other);
        After(seconds, () =>
        {
            Feed.Unhold(by);
            Feed.MusicStop(other);
            NextTurn();
        });
    }

    // A REFER: Asterisk first takes the agent off hold, though nobody was on hold.
    private void SendOn(string to)
    {
        var (client, agent) = (Client, Agent);
        Feed.Unhold(agent);
        Peers("", "");
        Call.Exit(agent);
        Call.Exit(client);
        if (_wasDialled)
            Feed.Variable(client, "DIALSTATUS", "ANSWER");
        _bridge.Legs.AddRange([client, agent]);
        Feed.BlindTransfer(agent, client, _bridge, to);
        _bridge.Legs.Clear();
        Completed("transfer");
        Feed.BridgeDestroy(_bridge);
        Call.Close(agent, HangupCause.Normal);
        Call.SentOn(client, agent.Endpoint, to);
    }

    private void Consult(TransferAttended transfer)
    {
        var agent = Agent;
        Feed.Hold(agent);
        Feed.MusicStart(Client);
        _consultation = new Consultation(Call, agent, transfer, Connect, () =>
        {
            _consultation = null;
            Feed.Unhold(agent);
            Feed.MusicStop(Client);
            NextTurn();
        });
        _consultation.Begin();
    }

    // REFER with Replaces: the client takes the place of the agent's second channel in the second _bridge.
    private void Connect(SimulatedLeg second, SimulatedLeg target, SimulatedBridge secondBridge)
    {
        var (client, first) = (Client, Agent);
        Feed.Unhold(first);
        Feed.Unhold(second);
        Feed.MusicStop(client);
        Call.Exit(client);
        Call.Exit(second);
        target.Linkedid = client.Linkedid;
        Call.Enter(client, secondBridge, second.Uniqueid);
        (client.ConnectedNumber, client.ConnectedName) = (target.CallerNumber, target.CallerName);
        Feed.Connected(client);
        Feed.SoftHangupRequest(second, HangupCause.Swapped);
        Feed.AttendedTransfer(first, _bridge, second, secondBridge, client, target);
        Completed("transfer");
        Call.Exit(first);
        Feed.BridgeDestroy(_bridge);
        (target.ConnectedNumber, target.ConnectedName) = (client.CallerNumber, client.CallerName);
        Feed.Connected(target);
        Feed.Variable(second, "DIALSTATUS", "ANSWER");
        Feed.SoftHangupRequest(second, HangupCause.Normal);
        Call.Close(first, HangupCause.Normal);
        Call.Close(second, HangupCause.Normal);
        _consultation = null;
        Call.Notes.IsHandedOver(first.Endpoint, target.Endpoint, second.Linkedid);
        (caller, callee, _bridge, queue) = (client, target, secondBridge, null);
        NextTurn();
    }

    private void EndConsultation(HangupBy by)
    {
        if (_consultation is not { } open)
            return;
        _consultation = null;
        open.Abort(by);
    }

    private void LeaveThenClose(SimulatedLeg leg)
    {
        Call.Exit(leg);
        Call.Close(leg, HangupCause.Normal);
    }

    private void Peers(string ofCallee, string ofCaller)
    {
        Feed.Variable(callee, "BRIDGEPEER", ofCaller);
        Feed.Variable(caller, "BRIDGEPEER", ofCallee);
    }

    private void Completed(string reason)
    {
        if (queue is null)
            return;
        var talked = (long)(Pbx.Now - _startedAt).TotalSeconds;
        Feed.Agent("AgentComplete", caller, callee, queue.Queue, queue.Member,
            ("HoldTime", ((long)queue.WaitedSeconds).ToString(CultureInfo.InvariantCulture)),
            ("TalkTime", talked.ToString(CultureInfo.InvariantCulture)), ("Reason", reason));
        queue = null;
    }
}
