using System.Collections.Immutable;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>
/// One attempt of one caller to speak with somebody, built from all its legs. An immutable value: the tracker makes a new
/// version whenever a signal changes it, the store saves the newest one, and the desk compares the newest with what it showed.
/// </summary>
public sealed record Call
{
    public required CallKey Key { get; init; }

    /// <summary>Counts the versions of this call, from 1. An older version never overwrites a newer one.</summary>
    public required int Revision { get; init; }

    public required CallDirection Direction { get; init; }

    /// <summary>The first channel of the call came into being. By the PBX's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>A human spoke with the client for the first time; null while nobody has.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The party outside. Null for an internal call.</summary>
    public OutsideParty? Client { get; init; }

    /// <summary>Inbound: the number that the client dialled.</summary>
    public string? Did { get; init; }

    /// <summary>Outbound and internal: what the extension dialled, as it was dialled.</summary>
    public string? Dialled { get; init; }

    /// <summary>The extension that placed the call (outbound and internal); null for an inbound call.</summary>
    public string? PlacedBy { get; init; }

    /// <summary>The first extension that a human talked on; null when none, or when an outside phone took the call.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The outside number that took the call after a forward; null otherwise.</summary>
    public string? AnsweredExternal { get; init; }

    /// <summary>The extension that had the call last, after transfers; null when it left for an outside number.</summary>
    public string? LastAgent { get; init; }

    /// <summary>How the call ended; null while it is live.</summary>
    public CallResult? Result { get; init; }

    /// <summary>Why nobody answered; null when somebody did, or while it is live.</summary>
    public CallReason? Reason { get; init; }

    /// <summary>Who ended it: caller, agent, customer, pbx, crm or an extension; null where the stream cannot tell.</summary>
    public string? HangupBy { get; init; }

    /// <summary>Set when some of this call is not known for certain, and why.</summary>
    public CallUncertainty? Uncertain { get; init; }

    /// <summary>Set when this call turned out to be a part of another one, for example the consultation of a transfer.</summary>
    public CallKey? MergedInto { get; init; }

    /// <summary>What the tracker must find again after a restart, and nobody else needs; see <see cref="CallText"/>. Null when the call is over.</summary>
    public CallMemory? Memory { get; init; }

    public ImmutableArray<QueueVisit> QueueVisits { get; init; } = [];
    public ImmutableArray<Offer> Offers { get; init; } = [];
    public ImmutableArray<TalkSegment> Talks { get; init; } = [];
    public ImmutableArray<Hold> Holds { get; init; } = [];
    public ImmutableArray<Transfer> Transfers { get; init; } = [];
    public ImmutableArray<CallRecording> Recordings { get; init; } = [];
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>Our phones that the call rang, that somebody talked on, or that placed it.</summary>
    public IEnumerable<string> Extensions() =>
        Offers.Select(offer => offer.Extension).Concat(Talks.Select(talk => talk.Extension)).Append(PlacedBy).OfType<string>().Distinct();

    /// <summary>Start of the call to the human answer or the end; in seconds. Null while neither has come.</summary>
    public double? WaitSeconds => (AnsweredAt ?? EndedAt) is { } until ? (until - StartedAt).TotalSeconds : null;

    /// <summary>Ringing of the phone that answered, or of the last attempt; in seconds.</summary>
    public double RingSeconds { get; init; }

    /// <summary>
    /// The client and a human were bridged, without consultations; in seconds. Two agents at once in a conference count once.
    /// Segments still open do not count.
    /// </summary>
    public double TalkSeconds => Intervals.TotalSeconds(Talks.Where(talk => talk.Kind != TalkKind.Consult && talk.EndedAt is not null)
        .Select(talk => (talk.StartedAt, talk.EndedAt!.Value)));

    /// <summary>The last queue that the call was in.</summary>
    public string? Queue => QueueVisits.IsEmpty ? null : QueueVisits[^1].Queue;

    /// <summary>The extensions whose phone rang, in order, each once.</summary>
    public IEnumerable<string> Rang => Offers.Where(offer => offer.RingStartedAt is not null).Select(offer => offer.Extension).Distinct();

    public bool IsLive => EndedAt is null && MergedInto is null;
}

/// <summary>A call's name in the world: which source saw it, and the name that the source gave it (Asterisk's linkedid, Twilio's CallSid).</summary>
public readonly record struct CallKey(string Source, string ExternalId)
{
    public override string ToString() => $"{Source}/{ExternalId}";
}

public enum CallDirection { Inbound, Outbound, Internal }

/// <summary>Inbound: answered, voicemail, missed. Outbound: answered, no_answer, busy, declined, cancelled, failed. Internal: answered, no_answer.</summary>
public enum CallResult { Answered, Voicemail, Missed, NoAnswer, Busy, Declined, Cancelled, Failed }

/// <summary>Why nobody answered. <see cref="AgentNoAnswer"/>: click-to-call, the agent's own phone was not picked up.</summary>
public enum CallReason
{
    NoAnswer, CallerAbandoned, AgentBusy, Declined, Unreachable, QueueAbandoned, QueueTimeout, IvrAbandoned, IvrTimeout, AgentNoAnswer,
}

/// <summary>Why a call is not known for certain.</summary>
public enum CallUncertainty
{
    /// <summary>It ended while the line to the PBX was down: the end is the moment the line came back, at the latest.</summary>
    EndedUnseen,

    /// <summary>The PBX stopped in the middle of it: nobody knows when the parties hung up.</summary>
    PbxStopped,

    /// <summary>It began while the line to the PBX was down: the beginning is reconstructed from what the PBX still knew.</summary>
    BegunUnseen,

    /// <summary>Somebody answered while the line to the PBX was down: the moment is known to about a second, from the PBX's accounting, or not at all.</summary>
    AnsweredUnseen,
}

/// <summary>The party outside: the number as it came, the name that came with it, and the number in E.164 (null when hidden or no public number).</summary>
public sealed record OutsideParty(string? RawNumber, string? Name, string? E164)
{
    /// <summary>The caller withheld the number.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>A stay in a queue. <see cref="Exit"/> is null while the caller waits.</summary>
public sealed record QueueVisit(string Queue, DateTimeOffset EnteredAt)
{
    public DateTimeOffset? LeftAt { get; init; }
    public QueueExit? Exit { get; init; }
    public string? FirstAgent { get; init; }
}

public enum QueueExit { Answered, Abandoned, CallbackRequested, Timeout, Overflow, JoinEmpty, Closed }

/// <summary>The call was offered to an extension by one leg. <see cref="RingStartedAt"/> stays null when the phone never rang.</summary>
public sealed record Offer(string Extension, string LegId, DateTimeOffset OfferedAt)
{
    public string? Queue { get; init; }
    public DateTimeOffset? RingStartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null while the offer is open.</summary>
    public OfferResult? Result { get; init; }

    /// <summary>Who transferred the call to this extension; null when it came straight from the client or a queue.</summary>
    public string? TransferredBy { get; init; }
}

/// <summary><see cref="Withdrawn"/>: answered elsewhere, or the caller was gone. It is not the agent's fault.</summary>
public enum OfferResult { Answered, RangOut, Rejected, Busy, Withdrawn, Unreachable }

/// <summary>A human on an extension (or, after a forward, an outside number) and the client heard each other.</summary>
public sealed record TalkSegment(string? Extension, DateTimeOffset StartedAt)
{
    public string? ExternalNumber { get; init; }
    public TalkKind Kind { get; init; } = TalkKind.Main;
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The leg that the human was on.</summary>
    public string? LegId { get; init; }
}

/// <summary><see cref="Consult"/>: agent with agent, the client waits. <see cref="Conference"/>: three or more.</summary>
public enum TalkKind { Main, Consult, Conference }

/// <summary>One side put the other on hold. <see cref="By"/> is an extension or "customer".</summary>
public sealed record Hold(string By, DateTimeOffset StartedAt)
{
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The leg whose party pressed the button.</summary>
    public string? LegId { get; init; }
}

public sealed record Transfer(TransferType Type, string By, string To, DateTimeOffset At)
{
    /// <summary>The one it was transferred to picked up.</summary>
    public bool Answered { get; init; }
}

public enum TransferType { Blind, Attended }

/// <summary>The PBX began to record a leg into a file. A file is known by its leg and its order in it, never by its name alone.</summary>
public sealed record CallRecording(string LegId, string File, DateTimeOffset StartedAt);

/// <summary>A PBX channel or a child call at a provider. <see cref="Id"/> is unique within the source.</summary>
public sealed record Leg(string Id, PartyKind Kind, string Endpoint, DateTimeOffset StartedAt)
{
    public DateTimeOffset? RingingAt { get; init; }
    public DateTimeOffset? UpAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The PBX's hang-up cause (ITU-T Q.850), and the cause in the words of the leg's own protocol (a SIP status).</summary>
    public int? Cause { get; init; }

    public string? TechCause { get; init; }

    public LegOrigin Origin { get; init; }

    /// <summary>The leg that called this one; null for a calling leg, and for one that a command of click-to-call made.</summary>
    public string? DialledBy { get; init; }

    /// <summary>The PBX has said who called it, or that a command did; before that <see cref="DialledBy"/> is a guess.</summary>
    public bool IsDialled { get; init; }

    /// <summary>The number at the far end of a trunk leg, as it came.</summary>
    public string? Number { get; init; }

    /// <summary>What became of calling this leg, and since when; null for a calling leg, and while it is being called.</summary>
    public OfferResult? Result { get; init; }

    public DateTimeOffset? ResultAt { get; init; }

    /// <summary>Local legs: the two ends of one internal line have the same.</summary>
    public string? Pair { get; init; }

    /// <summary>The queue visit for which it was called, by its place in <see cref="Call.QueueVisits"/>; null for none.</summary>
    public int? QueueVisit { get; init; }
}

/// <summary><see cref="Calling"/>: the party at its far end began it. <see cref="Called"/>: the PBX did.</summary>
public enum LegOrigin { Calling, Called }

/// <summary>What is at the far end of a leg.</summary>
public enum PartyKind { Trunk, Extension, Local, Application }
