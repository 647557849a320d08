using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// An agent with a client on hold calls a colleague on a second channel: a call of its own, with its own linkedid, until the
/// transfer makes it a part of the client's.
/// </summary>
internal sealed class Consultation
{
    private readonly SimulatedCall call;
    private readonly TransferAttended transfer;
    private readonly Action<SimulatedLeg, SimulatedLeg, SimulatedBridge> connect;
    private readonly Action failed;
    private readonly SimulatedLeg second;
    private DialStage? dial;
    private SimulatedLeg? target;
    private SimulatedBridge? bridge;
    private Plan? handOver;
    private CallTruth truth;
    private DateTimeOffset talksSince;

    public Consultation(SimulatedCall call, SimulatedLeg agent, TransferAttended transfer,
        Action<SimulatedLeg, SimulatedLeg, SimulatedBridge> connect, Action failed)
    {
        (this.call, this.transfer, this.connect, this.failed) = (call, transfer, connect, failed);
        second = call.NewLeg(agent.Endpoint);
        second.State = LegState.Ring;
        second.Exten = transfer.To;
        (second.CallerNumber, second.CallerName) = (agent.Endpoint, call.Pbx.Office.Extension(agent.Endpoint).Name);
        truth = new CallTruth
        {
            LinkedId = second.Linkedid,
            Direction = CallDirection.Internal,
            StartedAt = call.Pbx.Now,
            PlacedBy = agent.Endpoint,
        };
    }

    private EventFeed Feed => call.Pbx.Feed;

    public void Begin()
    {
        Feed.Created(second);
        dial = new DialStage(call, second, [transfer.To], 20,
            new DialOutcome(Answered, failure => Close(CallResult.NoAnswer, HangupCause.NoAnswer, "pbx", failure), (cause, _) => Close(CallResult.NoAnswer, cause, "agent")));
        dial.Begin();
    }

    public bool Owns(SimulatedLeg leg) => leg == second || leg == target || leg.Linkedid == second.Linkedid;

    /// <summary>Nothing that it had planned happens any more.</summary>
    public void Drop()
    {
        dial?.Drop();
        handOver?.Drop();
    }

    /// <summary>A side of it is hung up; the agent goes back to the client.</summary>
    public void Fail(HangupBy by)
    {
        Abort(by);
        failed();
    }

    /// <summary>It ends without a word to the client's call.</summary>
    public void Abort(HangupBy by)
    {
        handOver?.Drop();
        if (target is null)
        {
            dial!.Leave();
            dial.Drop();
            Finish(CallResult.NoAnswer, HangupCause.Normal, Word(by));
            return;
        }
        call.Exit(second);
        call.Exit(target);
        Feed.BridgeDestroy(bridge!);
        call.Close(target, HangupCause.Normal);
        truth = truth with { TalkSeconds = (call.Pbx.Now - talksSince).TotalSeconds };
        Finish(CallResult.Answered, HangupCause.Normal, Word(by));
    }

    private void Answered(SimulatedLeg leg)
    {
        dial!.Drop();
        target = leg;
        talksSince = call.Pbx.Now;
        truth = truth with { AnsweredBy = leg.Endpoint, AnsweredAt = talksSince };
        bridge = call.Pbx.NewBridge();
        call.Enter(leg, bridge);
        call.Enter(second, bridge);
        handOver = call.Pbx.After(transfer.ConsultSeconds, () => connect(second, target, bridge));
    }

    private void Close(CallResult result, HangupCause cause, string by, DialFailure? failure = null)
    {
        dial!.Drop();
        if (failure is not null)
            Feed.SoftHangupRequest(second, HangupCause.Normal);
        Finish(result, cause, by);
        failed();
    }

    private void Finish(CallResult result, HangupCause cause, string by)
    {
        call.Close(second, cause);
        call.Pbx.Finish(truth with { Result = result, HangupBy = by, EndedAt = call.Pbx.Now });
    }

    private static string Word(HangupBy by) => by switch
    {
        HangupBy.Party => "agent",
        HangupBy.Pbx => "pbx",
        HangupBy.Crm => "crm",
    };
}
