using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>
/// Makes calls of the signals of one source. One owner feeds it, in the order of arrival; it has no clock, no lock and no I/O.
/// <code>
/// var tracker = new CallTracker("pbx1", numbers, await store.LiveCalls("pbx1", cancel));
/// foreach (var call in tracker.Apply(signal))      // new versions of the calls that the signal changed
///     await store.Save(call, cancel);
/// </code>
/// What it remembers can always be rebuilt: give it the live calls that were saved and then a snapshot (<see cref="LegSeen"/> …,
/// <see cref="SnapshotTaken"/>). Tell it <see cref="SourceLost"/> when the line is down. Late, repeated and unknown signals are
/// normal life: they change nothing and are counted in <see cref="Ignored"/>.
/// </summary>
public sealed class CallTracker
{
    /// <summary>Uptime is told in whole seconds, and messages travel: a smaller difference is no restart.</summary>
    private static readonly TimeSpan RestartTolerance = TimeSpan.FromSeconds(3);

    /// <summary>How long after our command to hang up the leg is gone at the latest.</summary>
    private static readonly TimeSpan CommandTimeMax = TimeSpan.FromSeconds(2);

    /// <summary>Ended calls that the source's accounting may still complete.</summary>
    private const int UncertainMax = 64;

    /// <summary>A source's messages are never so late that a larger step back of its clock could be one of them.</summary>
    private static readonly TimeSpan ClockStepMax = TimeSpan.FromSeconds(10);

    private readonly string _source;
    private readonly NumberPlan _numbers;
    private readonly Dictionary<string, LiveCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveLeg> _legs = new(StringComparer.Ordinal);
    private readonly Rooms _rooms = new();
    private readonly GoneLegs _gone = new();
    private readonly Queue<LiveCall> _uncertain = new();
    private readonly List<LiveCall> _touched = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset _lastAt = DateTimeOffset.MinValue;
    private DateTimeOffset _previousAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _runningSince;
    private DateTimeOffset? _lostAt;
    private DateTimeOffset? _commandedAt;
    private bool _isCommandPending;
    private bool _hearsHangups;

    public CallTracker(string source, NumberPlan numbers, IEnumerable<Call>? live = null)
    {
        _source = source;
        _numbers = numbers;
        foreach (var call in live ?? [])
            Resume(call);
    }

    /// <summary>Signals that changed nothing because they came late, twice, or about legs that nobody knows.</summary>
    public long Ignored { get; private set; }

    /// <summary>How many calls are live. Zero after silence: then nothing else is remembered either.</summary>
    public int LiveCallCount => _calls.Values.Distinct().Count(call => call.IsVisible);

    /// <summary>Legs, bridges and names of calls that are still remembered; for the proof that nothing leaks.</summary>
    public int RememberedCount => _legs.Count + _rooms.BridgeCount + _calls.Count;

    /// <summary>Takes in one signal and returns the calls that it changed, as new versions; nearly always none or one.</summary>
    public IReadOnlyList<Call> Apply(CallSignal signal)
    {
        _previousAt = _lastAt;
        WatchClock(signal.At);
        ArmCommand(signal);
        switch (signal)
        {
            case LegStarted started:
                Start(started);
                break;
            case LegSeen seen:
                See(seen);
                break;
            case LegSignal about:
                if (Find(about) is { } leg)
                    Apply(leg.Call.ClockShift == TimeSpan.Zero ? about : about with { At = about.At + leg.Call.ClockShift }, leg);
                else if (about is LegAccounted accounted)
                    AccountLate(accounted);
                else
                    Ignored++;
                break;
            default:
                ApplyToSource(signal);
                break;
        }
        return Changes();
    }

    private void Apply(LegSignal signal, LiveLeg leg)
    {
        var call = leg.Call;
        _touched.Add(call);
        switch (signal)
        {
            case LegDialled dialled:
                Dial(dialled, leg);
                break;
            case DialEnded ended:
                EndDial(ended, leg);
                break;
            case LegRinging ringing:
                if (!ringing.IsProgress || leg.Kind == PartyKind.Trunk)
                    call.Ring(leg, ringing.At);
                break;
            case LegUp up:
                call.PickUp(leg, up.At);
                break;
            case LegBridged bridged:
                Move(leg, bridged.At, () => _rooms.Enter(leg, bridged.BridgeId, bridged.Kind, bridged.Conference));
                break;
            case ConferenceEntered entered:
                Move(leg, entered.At, () => _rooms.EnterConference(leg, entered.Conference));
                break;
            case LegUnbridged unbridged:
                Unbridge(unbridged, leg);
                break;
            case LegsPaired paired:
                if (leg.Other is null && _legs.TryGetValue(paired.OtherLegId, out var other))
                    leg.Pair(other);
                break;
            case LegJoined joined:
                if (_legs.TryGetValue(joined.TargetLegId, out var target))
                    Merge(call, target.Call, joined.At);
                break;
            case LegHangupAsked asked:
                _hearsHangups = true;
                leg.Explain(asked.Cause, asked.TechCause);
                call.Ask(leg);
                break;
            case LegStopped:
                _hearsHangups = true;
                ObeyCommand(leg);
                break;
            case LegEnded ended:
                End(leg, ended.At, ended.Cause, ended.TechCause);
                break;
            case LegHeld held:
                call.Hold(leg, held.At);
                break;
            case LegUnheld unheld:
                call.EndHolds(leg, unheld.At);
                break;
            case RecordingStarted recording:
                call.Record(leg, recording.File, recording.At);
                break;
            case LegAccounted accounted:
                call.Account(leg, accounted.TalkSeconds, accounted.At);
                break;
            case BlindTransferred transferred:
                if (FindOther(transferred.TransfererId) is { } transferer)
                    call.TransferBlind(transferer, transferred.To, transferred.At);
                break;
            case AttendedTransferred transferred:
                TransferAttended(transferred, leg);
                break;
            default:
                ApplyToCaller(signal, call);
                break;
        }
    }

    private void ApplyToCaller(LegSignal signal, LiveCall call)
    {
        switch (signal)
        {
            case QueueEntered entered:
                call.EnterQueue(entered.Queue, entered.Since ?? entered.At);
                break;
            case QueueAnswered answered:
                call.AnswerQueue(answered.Queue);
                break;
            case QueueGivenUp givenUp:
                call.GiveQueueUp(givenUp.At, _hearsHangups);
                break;
            case QueueLeft left:
                call.LeaveQueue(left.At);
                break;
            case QueueExitTold told:
                call.TellExit(told.Exit);
                break;
            case VoicemailLeft:
                call.LeaveVoicemail();
                break;
            case DialFailed:
                call.FailDial();
                break;
        }
    }

    private void ApplyToSource(CallSignal signal)
    {
        switch (signal)
        {
            case OriginationFailed failed:
                if (Calls().FirstOrDefault(call => call.IsOriginatedAt(failed.Endpoint)) is { } call)
                {
                    _touched.Add(call);
                    call.FailOrigination(failed.Dialled);
                }
                break;
            case HangupCommanded:
                _isCommandPending = true;
                _commandedAt = null;
                break;
            case BridgeSeen seen:
                foreach (var leg in _rooms.Know(seen.BridgeId, seen.Kind).Where(_ => _lostAt is null).ToList())
                    Hear(leg.Call, seen.At + leg.Call.ClockShift);
                break;
            case SnapshotTaken taken:
                CloseUnseen(taken.At);
                break;
            case SourceLost lost:
                _lostAt ??= lost.At;
                _seen.Clear();
                break;
            case SourceStarted started:
                Restart(started);
                break;
            case SourceStopped stopped:
                EndAll(stopped.At, begunBefore: DateTimeOffset.MaxValue);
                break;
        }
    }

    // --- legs

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
        leg.Call.Dial(leg, dialler, dialled.Number, dialled.At);
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

    // --- calls

    private IEnumerable<LiveCall> Calls() => _calls.Values.Distinct();

    private LiveCall? CallNamed(string callId) => _calls.GetValueOrDefault(callId);

    private LiveCall Open(string callId, DateTimeOffset at)
    {
        var call = new LiveCall(new CallKey(_source, callId), at, _numbers);
        _calls.Add(callId, call);
        return call;
    }

    private LiveCall OpenUnseen(LegSeen seen)
    {
        var call = Open(seen.CallId, seen.StartedAt);
        call.Doubt(CallUncertainty.BegunUnseen);
        return call;
    }

    private void Add(LiveLeg leg, LiveCall call)
    {
        _legs.Add(leg.Id, leg);
        _touched.Add(call);
        if (call.Uncertain == CallUncertainty.BegunUnseen)
            call.BeginAt(leg.StartedAt);
        call.Join(leg);
    }

    private void Merge(LiveCall one, LiveCall other, DateTimeOffset at)
    {
        if (one == other)
            return;
        // The call of a client outlives an internal one; otherwise the older one stays, as in the source.
        var (part, whole) = one.HasClient != other.HasClient
            ? one.HasClient ? (other, one) : (one, other)
            : one.StartedAt < other.StartedAt ? (other, one) : (one, other);
        part.MergeInto(whole, at);
        foreach (var name in part.Names)
            _calls[name] = whole;
        _touched.Add(part);
        Hear(whole, at);
    }

    private void Close(LiveCall call, DateTimeOffset at)
    {
        call.End(at, _hearsHangups);
        foreach (var name in call.Names)
        {
            _calls.Remove(name);
            _gone.Add(name);
        }
        if (call.Uncertain is null)
            return;
        _uncertain.Enqueue(call);
        if (_uncertain.Count > UncertainMax)
            _uncertain.Dequeue();
    }

    // The accounting of a leg comes within milliseconds of its end, before or after.
    private void AccountLate(LegAccounted accounted)
    {
        foreach (var call in _uncertain)
        {
            if (call.Legs.FirstOrDefault(leg => leg.Id == accounted.LegId) is not { } leg)
                continue;
            call.Account(leg, accounted.TalkSeconds, accounted.At);
            _touched.Add(call);
            return;
        }
        Ignored++;
    }

    private void Resume(Call call)
    {
        var live = LiveCall.From(call, _numbers);
        _calls.Add(call.Key.ExternalId, live);
        foreach (var leg in live.Legs.Where(leg => leg.IsLive))
            _legs.Add(leg.Id, leg);
        _hearsHangups |= live.HasAsker;
        // Nobody has listened since it was saved.
        _lostAt ??= call.StartedAt;
    }

    // --- the source

    private void CloseUnseen(DateTimeOffset at)
    {
        foreach (var call in Calls().ToList())
        {
            _touched.Add(call);
            call.MissFrom(_lostAt);
            call.GuessDiallers();
            Hear(call, at + call.ClockShift, isUnseen: true);
        }
        // Without a gap every hang-up was heard or is on its way: the list is only a second opinion.
        if (_lostAt is not null)
        {
            foreach (var leg in _legs.Values.Where(leg => !_seen.Contains(leg.Id)).ToList())
                EndUnseen(leg, at, CallUncertainty.EndedUnseen);
        }
        _lostAt = null;
        _seen.Clear();
    }

    private void Restart(SourceStarted started)
    {
        // Since when it ran before is unknown after a restart of the product; a call that is older than the PBX tells it then.
        var before = _runningSince ?? Calls().Min(call => (DateTimeOffset?)call.StartedAt);
        if (before is not null && started.RunningSince - before > RestartTolerance)
        {
            // It stopped before it started again, and its uptime was rounded down.
            var latest = started.RunningSince.AddSeconds(-1);
            EndAll(latest > _previousAt ? latest : _previousAt, begunBefore: started.RunningSince);
        }
        _runningSince = started.RunningSince;
    }

    // A PBX that boots takes calls before it says that it has booted: those live.
    private void EndAll(DateTimeOffset at, DateTimeOffset begunBefore)
    {
        foreach (var leg in _legs.Values.Where(leg => leg.Call.StartedAt < begunBefore).ToList())
            EndUnseen(leg, at, CallUncertainty.PbxStopped);
    }

    private void EndUnseen(LiveLeg leg, DateTimeOffset at, CallUncertainty uncertainty)
    {
        var call = leg.Call;
        if (uncertainty == CallUncertainty.PbxStopped || call.Legs.All(other => !other.IsLive || !_seen.Contains(other.Id)))
            call.Doubt(uncertainty);
        _touched.Add(call);
        End(leg, at + call.ClockShift, null, null);
    }

    // --- clock and commands

    // Messages step back by milliseconds every now and then. More means that somebody set the clock back: the calls that live go
    // on by the old one, so that nothing in them lasts less than it did.
    private void WatchClock(DateTimeOffset at)
    {
        if (_lastAt - at > ClockStepMax)
        {
            foreach (var call in Calls())
                call.ClockShift += _lastAt - at;
            _lastAt = at;
        }
        if (at > _lastAt)
            _lastAt = at;
    }

    private void ArmCommand(CallSignal signal)
    {
        if (_isCommandPending && signal is LegSignal and not LegSeen)
        {
            _isCommandPending = false;
            _commandedAt = signal.At;
        }
        else if (_commandedAt is { } at && (signal.At - at).Duration() > CommandTimeMax)
        {
            _commandedAt = null;
        }
    }

    private void ObeyCommand(LiveLeg leg)
    {
        if (_commandedAt is null || !leg.IsParty || leg.Call.HasAsker)
            return;
        _commandedAt = null;
        leg.Call.Command();
    }

    private List<Call> Changes()
    {
        var changes = new List<Call>();
        foreach (var call in _touched)
        {
            if (call is { IsChanged: true, IsVisible: true })
                changes.Add(call.ToCall());
        }
        _touched.Clear();
        return changes;
    }
}
