using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>
/// An agent with a client on hold calls a colleague on a _second channel: a _call of its own, with its own linkedid, until the
/// _transfer makes it a part of the client's.
/// </summary>
internal sealed class Consultation
{
    private readonly SimulatedCall _call;
    private readonly TransferAttended _transfer;
    private readonly Action<SimulatedLeg, SimulatedLeg, SimulatedBridge> _connect;
    private readonly Action _failed;
    private readonly SimulatedLeg _second;
    private DialStage? _dial;
    private SimulatedLeg? _target;
    private SimulatedBridge? _bridge;
    private Plan? _handOver;
    private CallTruth _truth;
    private DateTimeOffset _talksSince;

    public Consultation(SimulatedCall call, SimulatedLeg agent, TransferAttended transfer,
        Action<SimulatedLeg, SimulatedLeg, SimulatedBridge> connect, Action failed)
    {
        (_call, _transfer, _connect, _failed) = (call, transfer, connect, failed);
        _second = call.NewLeg(agent.Endpoint);
        _second.State = LegState.Ring;
        _second.Exten = transfer.To;
        (_second.CallerNumber, _second.CallerName) = (agent.Endpoint, call.Pbx.Office.Extension(agent.Endpoint).Name);
        _truth = new CallTruth
        {
            LinkedId = _second.Linkedid,
            Direction = CallDirection.Internal,
            StartedAt = call.Pbx.Now,
            PlacedBy = agent.Endpoint,
        };
    }

    private EventFeed Feed => _call.Pbx.Feed;

    public void Begin()
    {
        Feed.Created(_second);
        _dial = new DialStage(_call, _second, [_transfer.To], 20, new DialEnding(
            Answered,
            failure => Close(CallResult.NoAnswer, HangupCause.NoAnswer, "pbx", failure),
            (cause, _) => Close(CallResult.NoAnswer, cause, "caller"))
        {
            Rings = leg => _truth = _truth with { Rang = [leg.Endpoint] },
        });
        _dial.Begin();
    }

    public bool Owns(SimulatedLeg leg) => leg == _second || leg == _target || leg.Linkedid == _second.Linkedid;

    /// <summary>Nothing that it had planned happens any more.</summary>
    public void Drop()
    {
        _dial?.Drop();
        _handOver?.Drop();
    }

    /// <summary>A side of it is hung up; the agent goes back to the client.</summary>
    public void Fail(HangupBy by)
    {
        Abort(by);
        _failed();
    }

    /// <summary>It ends without a word to the client's _call.</summary>
    public void Abort(HangupBy by)
    {
        _handOver?.Drop();
        if (_target is null)
        {
            _dial!.Release(_second);
            _dial.Drop();
            Finish(CallResult.NoAnswer, HangupCause.Normal, Word(by));
            return;
        }
        _call.Exit(_second);
        _call.Exit(_target);
        Feed.BridgeDestroy(_bridge!);
        _call.Close(_target, HangupCause.Normal);
        _truth = _truth with { TalkSeconds = (_call.Pbx.Now - _talksSince).TotalSeconds };
        Finish(CallResult.Answered, HangupCause.Normal, Word(by));
    }

    private void Answered(SimulatedLeg leg)
    {
        _dial!.Drop();
        _target = leg;
        _talksSince = _call.Pbx.Now;
        _truth = _truth with { AnsweredBy = leg.Endpoint, AnsweredAt = _talksSince };
        _bridge = _call.Pbx.NewBridge();
        _call.Enter(leg, _bridge);
        _call.Enter(_second, _bridge);
        _handOver = _call.Pbx.After(_transfer.ConsultSeconds, () => _connect(_second, _target, _bridge));
    }

    private void Close(CallResult result, HangupCause cause, string by, DialFailure? failure = null)
    {
        _dial!.Drop();
        if (failure is not null)
            Feed.SoftHangupRequest(_second, HangupCause.Normal);
        Finish(result, cause, by);
        _failed();
    }

    private void Finish(CallResult result, HangupCause cause, string by)
    {
        _call.Close(_second, cause);
        _call.Pbx.Finish(_truth with { Result = result, HangupBy = by, EndedAt = _call.Pbx.Now });
    }

    private static string Word(HangupBy by) => by switch
    {
        HangupBy.Party => "caller",
        HangupBy.Pbx => "pbx",
        HangupBy.Crm => "crm",
    };
}
