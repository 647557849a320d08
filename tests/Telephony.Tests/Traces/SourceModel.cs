using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Tests.Traces;

/// <summary>What the PBX itself knows at a moment: enough to answer with a snapshot, as a real one does after a reconnect.</summary>
internal sealed class SourceModel
{
    private readonly Dictionary<string, LegSeen> _legs = [];
    private readonly Dictionary<string, BridgeKind> _bridges = [];
    private readonly Dictionary<string, QueueEntered> _waiting = [];
    private DateTimeOffset _now;

    public void Hear(CallSignal signal)
    {
        _now = signal.At;
        switch (signal)
        {
            case LegStarted leg:
                _legs[leg.LegId] = new LegSeen(leg.At, leg.LegId, leg.CallId, leg.Kind, leg.Endpoint, leg.Origin)
                {
                    Number = leg.Number,
                    Name = leg.Name,
                    Dialled = leg.Dialled,
                    Pair = leg.Pair,
                    StartedAt = leg.At,
                };
                break;
            case LegEnded ended:
                _legs.Remove(ended.LegId);
                _waiting.Remove(ended.LegId);
                break;
            case LegRinging { IsProgress: false } ringing:
                Change(ringing, leg => leg with { IsRinging = !leg.IsUp });
                break;
            case LegUp up:
                Change(up, leg => leg with { IsUp = true, IsRinging = false });
                break;
            case LegBridged bridged:
                _bridges[bridged.BridgeId] = bridged.Kind;
                Change(bridged, leg => leg with { BridgeId = bridged.BridgeId });
                break;
            case LegUnbridged unbridged:
                Change(unbridged, leg => leg.BridgeId == unbridged.BridgeId ? leg with { BridgeId = null, Conference = null } : leg);
                break;
            case ConferenceEntered entered:
                Change(entered, leg => leg with { Conference = entered.Conference });
                break;
            case QueueEntered entered:
                _waiting[entered.LegId] = entered;
                break;
            case QueueLeft left:
                _waiting.Remove(left.LegId);
                break;
            case QueueGivenUp givenUp:
                _waiting.Remove(givenUp.LegId);
                break;
            case LegSignal about:
                Change(about, leg => leg);
                break;
        }
    }

    public IEnumerable<CallSignal> Snapshot()
    {
        yield return new SourceLost(_now);
        foreach (var leg in _legs.Values)
            yield return leg with { At = _now };
        yield return new SnapshotTaken(_now);
        foreach (var (bridge, kind) in _bridges)
            yield return new BridgeSeen(_now, bridge, kind);
        foreach (var entered in _waiting.Values)
            yield return entered with { At = _now, CallId = "", Since = entered.At };
    }

    private void Change(LegSignal signal, Func<LegSeen, LegSeen> change)
    {
        if (_legs.TryGetValue(signal.LegId, out var leg))
            _legs[signal.LegId] = change(leg) with { CallId = signal.CallId.Length > 0 ? signal.CallId : leg.CallId };
    }
}
