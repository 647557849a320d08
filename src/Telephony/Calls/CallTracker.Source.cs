namespace ContactCenterCrm.Telephony.Calls;

/// <summary>What happens to the source as a whole: gaps and snapshots, restarts, its clock, our commands to it.</summary>
public sealed partial class CallTracker
{
    /// <summary>Uptime is told in whole seconds, and messages travel: a smaller difference is no restart.</summary>
    private static readonly TimeSpan RestartTolerance = TimeSpan.FromSeconds(3);

    /// <summary>How long after our command to hang up the leg is gone at the latest.</summary>
    private static readonly TimeSpan CommandTimeMax = TimeSpan.FromSeconds(2);

    /// <summary>A source's messages are never so late that a larger step back of its clock could be one of them.</summary>
    private static readonly TimeSpan ClockStepMax = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset _lastAt = DateTimeOffset.MinValue;
    private DateTimeOffset _previousAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _runningSince;
    private DateTimeOffset? _lostAt;
    private DateTimeOffset? _commandedAt;
    private bool _isCommandPending;

    private void ApplyToSource(CallSignal signal)
    {
        switch (signal)
        {
            case OriginationFailed failed:
                FailOrigination(failed);
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
        // A call that was saved without a leg of which one could hear the end.
        foreach (var call in Calls().Where(call => !call.HasLiveLegs).ToList())
        {
            call.Doubt(CallUncertainty.EndedUnseen);
            Close(call, at + call.ClockShift);
        }
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

    // From now on it means something when nobody asked to hang up.
    private void HearHangups(LiveCall call)
    {
        if (_hearsHangups)
            return;
        _hearsHangups = true;
        call.Change();
    }

    private void ObeyCommand(LiveLeg leg)
    {
        if (_commandedAt is null || !leg.IsParty || leg.Call.HasAsker)
            return;
        _commandedAt = null;
        leg.Call.Command();
    }
}
