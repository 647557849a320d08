namespace ContactCenterCrm.Telephony.Calls;

/// <summary>What happens to single legs, and who hears whom because of it.</summary>
public sealed partial class CallTracker
{
    private void Start(LegStarted started)
    {
        // A leg of a call that is over is late too, although nobody has heard of it before.
        var known = CallNamed(started.CallId);
        if (_legs.ContainsKey(started.LegId) || _gone.Contains(started.LegId) || (known is null && _gone.Contains(started.CallId)))
        {
            Ignored++;
            return;
        }
        var call = known ?? Open(started.CallId, started.At);
        var leg = new LiveLeg
        {
            Id = started.LegId,
            Kind = started.Kind,
            Endpoint = started.Endpoint,
            Origin = started.Origin,
            StartedAt = started.At + call.ClockShift,
            Dialled = started.Dialled,
            PairName = started.Pair,
            Number = started.Number,
        };
        Add(leg, call);
        call.NameCaller(leg, started.Name);
    }

    private void See(LegSeen seen)
    {
        if (_gone.Contains(seen.LegId) || (CallNamed(seen.CallId) is null && _gone.Contains(seen.CallId)))
            return;
        _seen.Add(seen.LegId);
        var isKnown = _legs.TryGetValue(seen.LegId, out var leg);
        if (!isKnown)
        {
            leg = new LiveLeg
            {
                Id = seen.LegId,
                Kind = seen.Kind,
                Endpoint = seen.Endpoint,
                Origin = seen.Origin,
                StartedAt = seen.StartedAt,
                Dialled = seen.Dialled,
                PairName = seen.Pair,
                Number = seen.Number,
            };
            Add(leg, CallNamed(seen.CallId) ?? OpenUnseen(seen));
            leg.Call.NameCaller(leg, seen.Name);
        }
        seen = seen with { At = seen.At + leg!.Call.ClockShift };
        Follow(leg, seen.CallId, seen.At);
        _touched.Add(leg.Call);
        if (seen.IsRinging)
            leg.Call.Ring(leg, isKnown ? seen.At : seen.StartedAt);
        if (seen.IsUp)
            leg.Call.PickUp(leg, seen.At);
        if (seen.Recording is { } file)
            leg.Call.Record(leg, file, seen.StartedAt);
        // After a gap nobody knows who talks with whom before the list is complete.
        if (_lostAt is not null)
            Place(leg, seen);
        else
            Move(leg, seen.At, () => Place(leg, seen), isUnseen: !isKnown);
    }

    private bool Place(LiveLeg leg, LegSeen seen)
    {
        if (seen.BridgeId is { } bridge)
            return !Rooms.Is(bridge, leg) && _rooms.Enter(leg, bridge, seen.Conference is null ? BridgeKind.Talk : BridgeKind.Conference, seen.Conference);
        if (seen.Conference is { } conference)
            return _rooms.EnterConference(leg, conference);
        return _lostAt is not null && Leave(leg);
    }

    private void Dial(LegDialled dialled, LiveLeg leg)
    {
        var dialler = dialled.DiallerId is null ? null : FindOther(dialled.DiallerId);
        // Whoever dials a leg of another call makes one call of the two.
        if (dialler is not null)
            Merge(leg.Call, dialler.Call, dialled.At);
        leg.Call.Dial(leg, dialler, dialled.Number, dialled.NumberAtEndpoint, dialled.At);
    }

    private void EndDial(DialEnded ended, LiveLeg leg)
    {
        // Pickup: the attempt to reach one phone ends with the answer of another, which had a call of its own until now.
        if (ended.DiallerId is not null && FindOther(ended.DiallerId) is { } dialler)
            Merge(leg.Call, dialler.Call, ended.At);
        leg.Call.Conclude(leg, ended.Outcome, ended.At);
    }

    private void Unbridge(LegUnbridged unbridged, LiveLeg leg)
    {
        ObeyCommand(leg);
        if (Rooms.Is(unbridged.BridgeId, leg))
            leg.Call.Leave(leg);
        else
            Ignored++;
        Move(leg, unbridged.At, () => _rooms.Leave(leg, unbridged.BridgeId));
    }

    private void End(LiveLeg leg, DateTimeOffset at, int? cause, string? techCause)
    {
        ObeyCommand(leg);
        leg.Call.Leave(leg);
        Move(leg, at, () => Leave(leg));
        leg.Call.End(leg, at, cause, techCause);
        _legs.Remove(leg.Id);
        _gone.Add(leg.Id);
        if (!leg.Call.HasLiveLegs)
            Close(leg.Call, at);
    }

    private void TransferAttended(AttendedTransferred transferred, LiveLeg transferee)
    {
        var second = _legs.GetValueOrDefault(transferred.SecondTransfererId);
        if (FindOther(transferred.TransfererId) is not { } transferer)
            return;
        // Who the target is goes untold when its leg was on the way between two bridges; the transferee is with it by now.
        var target = FindOther(transferred.TargetId) ?? transferee.Bridge?.Legs.FirstOrDefault(leg => leg != transferee && leg != transferer && leg != second);
        if (target is null)
            return;
        Merge(target.Call, transferee.Call, transferred.At);
        if (second is not null)
            Merge(second.Call, transferee.Call, transferred.At);
        transferee.Call.TransferAttended(transferer, second, target, transferred.At);
    }

    // Everybody who heard the leg before or hears it now may begin or stop talking with somebody.
    private void Move(LiveLeg leg, DateTimeOffset at, Func<bool> move, bool isUnseen = false)
    {
        var before = Rooms.Around(leg);
        if (!move())
            return;
        before.UnionWith(Rooms.Around(leg));
        before.Add(leg);
        foreach (var call in before.Select(heard => heard.Call).Distinct())
            Hear(call, at, isUnseen);
    }

    private void Hear(LiveCall call, DateTimeOffset at, bool isUnseen = false)
    {
        _touched.Add(call);
        call.Hear(at, isUnseen);
    }

    private bool Leave(LiveLeg leg)
    {
        var wasBridged = leg.Bridge is not null;
        _rooms.Leave(leg);
        return wasBridged;
    }

    private LiveLeg? Find(LegSignal signal)
    {
        if (_legs.TryGetValue(signal.LegId, out var leg))
            Follow(leg, signal.CallId, signal.At + leg.Call.ClockShift);
        return leg;
    }

    private LiveLeg? FindOther(string legId) => _legs.GetValueOrDefault(legId);

    // A leg's call may change without any word about it: from then on its signals name the other call.
    private void Follow(LiveLeg leg, string callId, DateTimeOffset at)
    {
        if (callId.Length > 0 && CallNamed(callId) is { } named && named != leg.Call)
            Merge(leg.Call, named, at);
    }
}
