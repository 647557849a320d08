using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A row of <c>call</c>: the call without its facts.</summary>
internal sealed record CallRow
{
    public long Id { get; init; }
    public string Source { get; init; } = "";
    public string ExternalId { get; init; } = "";
    public int Revision { get; init; }
    public string Direction { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public long? ClientId { get; init; }
    public string? PartyNumber { get; init; }
    public string? PartyName { get; init; }
    public string? PartyE164 { get; init; }

    /// <summary>Null: there is no party outside.</summary>
    public bool? PartyHidden { get; init; }

    public string? Did { get; init; }
    public string? Dialled { get; init; }
    public string? PlacedBy { get; init; }
    public string? AnsweredBy { get; init; }
    public string? AnsweredExternal { get; init; }
    public string? LastAgent { get; init; }
    public string? Result { get; init; }
    public string? Reason { get; init; }
    public string? HangupBy { get; init; }
    public string? Uncertain { get; init; }
    public string? MergedSource { get; init; }
    public string? MergedExternalId { get; init; }
    public double RingSeconds { get; init; }

    public Call ToCall() => new()
    {
        Key = new(Source, ExternalId),
        Revision = Revision,
        Direction = CallWords.Parse<CallDirection>(Direction),
        StartedAt = StartedAt,
        AnsweredAt = AnsweredAt,
        EndedAt = EndedAt,
        Client = PartyHidden is { } hidden ? new(PartyNumber, PartyName, PartyE164) { IsHidden = hidden } : null,
        Did = Did,
        Dialled = Dialled,
        PlacedBy = PlacedBy,
        AnsweredBy = AnsweredBy,
        AnsweredExternal = AnsweredExternal,
        LastAgent = LastAgent,
        Result = CallWords.ParseOrNull<CallResult>(Result),
        Reason = CallWords.ParseOrNull<CallReason>(Reason),
        HangupBy = HangupBy,
        Uncertain = CallWords.ParseOrNull<CallUncertainty>(Uncertain),
        MergedInto = MergedSource is null ? null : new CallKey(MergedSource, MergedExternalId!),
        RingSeconds = RingSeconds,
    };
}

/// <summary>A row of a table of facts.</summary>
internal abstract record FactRow
{
    public long CallId { get; init; }
}

internal sealed record LegRow : FactRow
{
    public string LegId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Endpoint { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? RingingAt { get; init; }
    public DateTimeOffset? UpAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int? Cause { get; init; }
    public string? TechCause { get; init; }
    public string Origin { get; init; } = "";
    public string? DialledBy { get; init; }
    public string? Number { get; init; }
    public string? Result { get; init; }

    public Leg ToLeg() => new(LegId, CallWords.Parse<PartyKind>(Kind), Endpoint, StartedAt)
    {
        RingingAt = RingingAt,
        UpAt = UpAt,
        EndedAt = EndedAt,
        Cause = Cause,
        TechCause = TechCause,
        Origin = CallWords.Parse<LegOrigin>(Origin),
        DialledBy = DialledBy,
        Number = Number,
        Result = CallWords.ParseOrNull<OfferResult>(Result),
    };
}

internal sealed record OfferRow : FactRow
{
    public string Extension { get; init; } = "";
    public string LegId { get; init; } = "";
    public string? Queue { get; init; }
    public DateTimeOffset OfferedAt { get; init; }
    public DateTimeOffset? RingStartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Result { get; init; }
    public string? TransferredBy { get; init; }

    public Offer ToOffer() => new(Extension, LegId, OfferedAt)
    {
        Queue = Queue,
        RingStartedAt = RingStartedAt,
        EndedAt = EndedAt,
        Result = CallWords.ParseOrNull<OfferResult>(Result),
        TransferredBy = TransferredBy,
    };
}

internal sealed record TalkRow : FactRow
{
    public string? Extension { get; init; }
    public string? ExternalNumber { get; init; }
    public string Kind { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? LegId { get; init; }

    public TalkSegment ToTalk() => new(Extension, StartedAt)
    {
        ExternalNumber = ExternalNumber,
        Kind = CallWords.Parse<TalkKind>(Kind),
        EndedAt = EndedAt,
        LegId = LegId,
    };
}

internal sealed record HoldRow : FactRow
{
    public string HeldBy { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? LegId { get; init; }

    public Hold ToHold() => new(HeldBy, StartedAt) { EndedAt = EndedAt, LegId = LegId };
}

internal sealed record TransferRow : FactRow
{
    public string Kind { get; init; } = "";
    public string GivenBy { get; init; } = "";
    public string GivenTo { get; init; } = "";
    public DateTimeOffset HappenedAt { get; init; }
    public bool IsAnswered { get; init; }

    public Transfer ToTransfer() => new(CallWords.Parse<TransferType>(Kind), GivenBy, GivenTo, HappenedAt) { Answered = IsAnswered };
}

internal sealed record QueueVisitRow : FactRow
{
    public string Queue { get; init; } = "";
    public DateTimeOffset EnteredAt { get; init; }
    public DateTimeOffset? LeftAt { get; init; }
    public string? LeftHow { get; init; }
    public string? FirstAgent { get; init; }

    public QueueVisit ToVisit() => new(Queue, EnteredAt)
    {
        LeftAt = LeftAt,
        Exit = CallWords.ParseOrNull<QueueExit>(LeftHow),
        FirstAgent = FirstAgent,
    };
}

internal sealed record RecordingRow : FactRow
{
    public string LegId { get; init; } = "";
    public string FileName { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }

    public CallRecording ToRecording() => new(LegId, FileName, StartedAt);
}
