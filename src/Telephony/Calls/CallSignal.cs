namespace ContactCenterCrm.Telephony.Calls;

// What a telephony source said about its legs and queues, in words that know no provider. Signals may come late, twice or not
// at all; the tracker decides what became true. CallId is the source's name for the call that the leg belongs to at that moment
// (it may change when calls merge), or empty when the source does not say.

/// <param name="At">When it happened, by the source's clock.</param>
public abstract record CallSignal(DateTimeOffset At);

/// <summary>Something about one leg.</summary>
public abstract record LegSignal(DateTimeOffset At, string LegId, string CallId) : CallSignal(At);

/// <summary>A leg came into being.</summary>
public sealed record LegStarted(DateTimeOffset At, string LegId, string CallId, PartyKind Kind, string Endpoint, LegOrigin Origin) : LegSignal(At, LegId, CallId)
{
    /// <summary>The number of the party at its far end, as it came.</summary>
    public string? Number { get; init; }

    public string? Name { get; init; }

    /// <summary>What the party dialled; null for a leg that is called.</summary>
    public string? Dialled { get; init; }

    /// <summary>Local legs come in pairs: two legs of a call with the same pair name are the two ends of one internal line.</summary>
    public string? Pair { get; init; }
}

/// <summary>A leg that a snapshot lists. Creates what was not known, and completes what was.</summary>
public sealed record LegSeen(DateTimeOffset At, string LegId, string CallId, PartyKind Kind, string Endpoint, LegOrigin Origin) : LegSignal(At, LegId, CallId)
{
    public string? Number { get; init; }
    public string? Name { get; init; }
    public string? Dialled { get; init; }
    public string? Pair { get; init; }

    /// <summary>The source's best knowledge of when the leg began; often to the whole second only.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public bool IsRinging { get; init; }
    public bool IsUp { get; init; }

    /// <summary>The bridge it is in now; null when in none.</summary>
    public string? BridgeId { get; init; }

    /// <summary>The conference room it has entered; null for none.</summary>
    public string? Conference { get; init; }

    /// <summary>The file that it is recorded into; null when it is not, or when the source did not say.</summary>
    public string? Recording { get; init; }
}

/// <summary>The phone rings. <paramref name="IsProgress"/>: the network plays something before the answer, which may be a ringing tone.</summary>
public sealed record LegRinging(DateTimeOffset At, string LegId, string CallId, bool IsProgress = false) : LegSignal(At, LegId, CallId);

/// <summary>The leg was picked up, by a human or by the PBX itself.</summary>
public sealed record LegUp(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

/// <summary>Somebody calls this leg. <paramref name="DiallerId"/> is null when a command made the source call it (click-to-call).</summary>
public sealed record LegDialled(DateTimeOffset At, string? DiallerId, string LegId, string CallId) : LegSignal(At, LegId, CallId)
{
    public string? Number { get; init; }

    /// <summary>
    /// Set when it was dialled as a number at an endpoint. Phones are dialled by their endpoint alone: when the number is a public
    /// one, the endpoint is a trunk that nobody has listed as one.
    /// </summary>
    public string? NumberAtEndpoint { get; init; }
}

/// <summary>The attempt to reach this leg is over.</summary>
public sealed record DialEnded(DateTimeOffset At, string? DiallerId, string LegId, string CallId, DialOutcome Outcome) : LegSignal(At, LegId, CallId);

/// <summary>The leg tried to call somebody and there was nobody to call: not even a leg came into being.</summary>
public sealed record DialFailed(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

/// <summary>The leg hears all legs of this bridge from now on.</summary>
public sealed record LegBridged(DateTimeOffset At, string LegId, string CallId, string BridgeId, BridgeKind Kind = BridgeKind.Talk) : LegSignal(At, LegId, CallId)
{
    /// <summary>The conference room that the bridge belongs to; null for other bridges.</summary>
    public string? Conference { get; init; }
}

public sealed record LegUnbridged(DateTimeOffset At, string LegId, string CallId, string BridgeId) : LegSignal(At, LegId, CallId);

/// <summary>The leg enters a conference room; the room's bridge may have to be made first, and prompts may be played.</summary>
public sealed record ConferenceEntered(DateTimeOffset At, string LegId, string CallId, string Conference) : LegSignal(At, LegId, CallId);

/// <summary>Two Local legs are the two ends of one internal line.</summary>
public sealed record LegsPaired(DateTimeOffset At, string LegId, string OtherLegId, string CallId) : LegSignal(At, LegId, CallId);

/// <summary>This leg takes part in the call of that leg from now on: pickup of a ringing call, retrieval of a parked one.</summary>
public sealed record LegJoined(DateTimeOffset At, string LegId, string CallId, string TargetLegId) : LegSignal(At, LegId, CallId);

/// <summary>The far end of the leg hung up, or refused.</summary>
public sealed record LegHangupAsked(DateTimeOffset At, string LegId, string CallId, int? Cause, string? TechCause) : LegSignal(At, LegId, CallId);

/// <summary>The source itself ends the leg: the other side is gone, the dialplan is done, a command said so.</summary>
public sealed record LegStopped(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

/// <summary>The leg is gone.</summary>
public sealed record LegEnded(DateTimeOffset At, string LegId, string CallId, int? Cause, string? TechCause) : LegSignal(At, LegId, CallId);

public sealed record LegHeld(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

public sealed record LegUnheld(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

/// <summary>The caller left a voice message.</summary>
public sealed record VoicemailLeft(DateTimeOffset At, string LegId, string CallId) : LegSignal(At, LegId, CallId);

public sealed record RecordingStarted(DateTimeOffset At, string LegId, string CallId, string File) : LegSignal(At, LegId, CallId);

/// <summary>The source's own bookkeeping of an answered leg: whole seconds, rounded down, from the answer to the end.</summary>
public sealed record LegAccounted(DateTimeOffset At, string LegId, string CallId, int TalkSeconds) : LegSignal(At, LegId, CallId);

public sealed record QueueEntered(DateTimeOffset At, string LegId, string CallId, string Queue) : LegSignal(At, LegId, CallId)
{
    /// <summary>A snapshot tells of a caller who has waited since then; null when he enters now.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>A member took the caller.</summary>
public sealed record QueueAnswered(DateTimeOffset At, string LegId, string CallId, string Queue) : LegSignal(At, LegId, CallId);

/// <summary>
/// The queue gave the caller up, for a reason that this signal does not tell: the caller hung up, or waited too long and goes on
/// somewhere else.
/// </summary>
public sealed record QueueGivenUp(DateTimeOffset At, string LegId, string CallId, string Queue) : LegSignal(At, LegId, CallId);

public sealed record QueueLeft(DateTimeOffset At, string LegId, string CallId, string Queue) : LegSignal(At, LegId, CallId);

/// <summary>Why the queue let the caller go, in the source's own words; may come for a queue that was never entered (nobody there).</summary>
public sealed record QueueExitTold(DateTimeOffset At, string LegId, string CallId, QueueExit Exit) : LegSignal(At, LegId, CallId);

/// <summary>The transferer sends the other party (LegId) to a number and is out of it.</summary>
public sealed record BlindTransferred(DateTimeOffset At, string LegId, string CallId, string TransfererId, string To) : LegSignal(At, LegId, CallId);

/// <summary>The transferer, who spoke with the target before, connects the other party (LegId) with it.</summary>
public sealed record AttendedTransferred(DateTimeOffset At, string LegId, string CallId, string TransfererId, string SecondTransfererId, string TargetId)
    : LegSignal(At, LegId, CallId);

/// <summary>A command to call an endpoint and connect it with a number failed before the endpoint was picked up.</summary>
public sealed record OriginationFailed(DateTimeOffset At, string Endpoint, string Dialled) : CallSignal(At);

/// <summary>A command of ours to hang up was obeyed; which leg it was is told by the leg that ends next without asking.</summary>
public sealed record HangupCommanded(DateTimeOffset At) : CallSignal(At);

/// <summary>What a bridge is for, as a snapshot tells.</summary>
public sealed record BridgeSeen(DateTimeOffset At, string BridgeId, BridgeKind Kind) : CallSignal(At);

/// <summary>A snapshot is complete: every live leg of the source has been named by <see cref="LegSeen"/>.</summary>
public sealed record SnapshotTaken(DateTimeOffset At) : CallSignal(At);

/// <summary>The line to the source is down. What happens now is unseen until the next snapshot.</summary>
public sealed record SourceLost(DateTimeOffset At) : CallSignal(At);

/// <summary>The source says since when it runs (± 1 s). When that is later than it was, it has been restarted and its calls are gone.</summary>
public sealed record SourceStarted(DateTimeOffset At, DateTimeOffset RunningSince) : CallSignal(At);

/// <summary>The source stops in good order: all its calls are over.</summary>
public sealed record SourceStopped(DateTimeOffset At) : CallSignal(At);

/// <summary><see cref="Cancelled"/>: the caller gave up, another phone answered, or the phone sent the call elsewhere.</summary>
public enum DialOutcome { Answered, NoAnswer, Busy, Congested, Cancelled, Unavailable }

public enum BridgeKind { Talk, Conference, Parking }
