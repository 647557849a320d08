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
public sealed partial class CallTracker
{
    /// <summary>Ended calls that a word of the source may still complete.</summary>
    private const int IncompleteMax = 64;

    /// <summary>How long after the end of a call such a word may come.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(2);

    private readonly string _source;
    private readonly NumberPlan _numbers;
    private readonly Dictionary<string, LiveCall> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveLeg> _legs = new(StringComparer.Ordinal);
    private readonly Rooms _rooms = new();
    private readonly GoneLegs _gone = new();
    private readonly Queue<LiveCall> _incomplete = new();
    private readonly List<LiveCall> _touched = [];
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
            case LegSignal { LegId: "" } or LegStarted { CallId: "" } or LegSeen { CallId: "" }:
                Ignored++;
                break;
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
                HearHangups(call);
                leg.Explain(asked.Cause, asked.TechCause);
                call.Ask(leg, asked.At);
                break;
            case LegStopped:
                HearHangups(call);
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
        // Hung up between the line's coming back and the snapshot: whether somebody answered while it was down, nobody here heard.
        if (_lostAt is not null && !call.IsAnswered)
            call.Doubt(CallUncertainty.AnsweredUnseen);
        call.End(at, _hearsHangups);
        foreach (var name in call.Names)
        {
            _calls.Remove(name);
            _gone.Add(name);
        }
        if (!call.MayBeCompleted)
            return;
        _incomplete.Enqueue(call);
        if (_incomplete.Count > IncompleteMax)
            _incomplete.Dequeue();
    }

    // Told just before the leg's end, or just after it.
    private void FailOrigination(OriginationFailed failed)
    {
        var ended = _incomplete.Where(call => (failed.At - call.EndedAt)?.Duration() < LateMax);
        if (Calls().Concat(ended).FirstOrDefault(call => call.IsOriginatedAt(failed.Endpoint)) is not { } call)
            return;
        _touched.Add(call);
        call.FailOrigination(failed.Dialled, _hearsHangups);
    }

    // The accounting of a leg comes within milliseconds of its end, before or after.
    private void AccountLate(LegAccounted accounted)
    {
        foreach (var call in _incomplete)
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
        foreach (var name in live.Names)
            _calls[name] = live;
        foreach (var leg in live.Legs.Where(leg => leg.IsLive))
            _legs.Add(leg.Id, leg);
        _hearsHangups |= call.Memory is { HearsHangups: true };
        // Nobody has listened since it was saved.
        _lostAt ??= call.StartedAt;
    }

    private IReadOnlyList<Call> Changes()
    {
        List<Call>? changes = null;
        foreach (var call in _touched)
        {
            if (call is { IsChanged: true, IsVisible: true })
                (changes ??= []).Add(call.ToCall(_hearsHangups));
        }
        _touched.Clear();
        return changes ?? [];
    }
}
