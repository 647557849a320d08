namespace ContactCenterCrm.Telephony.Calls;

/// <summary>A leg while it lives. The tracker is its only owner.</summary>
internal sealed class LiveLeg
{
    public required string Id { get; init; }
    public required PartyKind Kind { get; set; }

    /// <summary>The extension or the trunk; of a local leg what it was made to dial.</summary>
    public required string Endpoint { get; init; }

    public required LegOrigin Origin { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public string? Dialled { get; init; }
    public string? PairName { get; init; }

    public LiveCall Call { get; set; } = null!;
    public string? Number { get; set; }

    /// <summary>Who called this leg. Null for a calling leg; null with <see cref="IsDialled"/> when a command did.</summary>
    public LiveLeg? DialledBy { get; private set; }

    /// <summary>The source said who called it, or that a command did; before that <see cref="DialledBy"/> may be a guess.</summary>
    public bool IsDialled { get; private set; }
    public DateTimeOffset? RingingAt { get; private set; }
    public DateTimeOffset? UpAt { get; set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When its party hung up: the source may have things to do before it lets the leg go.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    public int? Cause { get; private set; }
    public string? TechCause { get; private set; }

    /// <summary>What became of calling this leg.</summary>
    public OfferResult? Result { get; set; }

    /// <summary>When the attempt to reach it was over, answered or not.</summary>
    public DateTimeOffset? ResultAt { get; private set; }

    /// <summary>The other end, of a local leg.</summary>
    public LiveLeg? Other { get; private set; }

    /// <summary>The queue visit that it was called for, by its place in the call; &lt; 0 for none.</summary>
    public int Visit { get; set; } = LiveCall.NoVisit;

    public Bridge? Bridge { get; set; }

    public bool IsLive => EndedAt is null;

    /// <summary>Somebody or something with ears is at its far end.</summary>
    public bool IsParty => Kind is PartyKind.Trunk or PartyKind.Extension;

    /// <summary>It was called by another leg, so it is an attempt to reach somebody.</summary>
    public bool IsAttempt => IsParty && Origin == LegOrigin.Called && DialledBy is not null;

    /// <summary>Click-to-call: a command made the source call it, before anybody else.</summary>
    public bool IsOriginated => Origin == LegOrigin.Called && DialledBy is null;

    public void Dial(LiveLeg? by)
    {
        if (IsDialled)
            return;
        IsDialled = true;
        DialledBy = by;
    }

    public void GuessDialler(LiveLeg by) => DialledBy ??= by;

    public void Ring(DateTimeOffset at) => RingingAt ??= at;

    /// <summary>Finds the dialler again after a restart.</summary>
    public void Restore(LiveLeg dialledBy) => DialledBy = dialledBy;

    public void Pair(LiveLeg other)
    {
        Other = other;
        other.Other = this;
    }

    public void Conclude(OfferResult result, DateTimeOffset at)
    {
        Result = result;
        ResultAt ??= at;
    }

    /// <summary>The cause that the far end gave; the first one that says something stays.</summary>
    public void Explain(int? cause, string? techCause)
    {
        if (Cause is null or 0)
            Cause = cause;
        TechCause ??= techCause;
    }

    public void End(DateTimeOffset at) => EndedAt = at > StartedAt ? at : StartedAt;

    /// <summary>The leg at the beginning of the chain of dials that led to this one, across local pairs.</summary>
    public LiveLeg Root()
    {
        var leg = this;
        // The bound is for a loop that a confused source could make.
        for (var steps = 0; steps < 32; steps++)
        {
            if (leg.DialledBy is { } dialler)
                leg = dialler;
            else if (leg is { Kind: PartyKind.Local, Origin: LegOrigin.Calling, Other: { } other })
                leg = other;
            else
                break;
        }
        return leg;
    }

    public Leg ToLeg() => new(Id, Kind, Endpoint, StartedAt)
    {
        RingingAt = RingingAt,
        UpAt = UpAt,
        EndedAt = EndedAt,
        Cause = Cause,
        TechCause = TechCause,
        Origin = Origin,
        DialledBy = DialledBy?.Id,
        IsDialled = IsDialled,
        Number = Number,
        Result = Result,
        ResultAt = ResultAt,
        Pair = PairName,
        QueueVisit = Visit == LiveCall.NoVisit ? null : Visit,
    };

    public static LiveLeg From(Leg leg, LiveCall call) => new()
    {
        Id = leg.Id,
        Kind = leg.Kind,
        Endpoint = leg.Endpoint,
        Origin = leg.Origin,
        StartedAt = leg.StartedAt,
        Call = call,
        Number = leg.Number,
        RingingAt = leg.RingingAt,
        UpAt = leg.UpAt,
        EndedAt = leg.EndedAt,
        Cause = leg.Cause,
        TechCause = leg.TechCause,
        Result = leg.Result,
        ResultAt = leg.ResultAt,
        PairName = leg.Pair,
        Visit = leg.QueueVisit ?? LiveCall.NoVisit,
        IsDialled = leg.IsDialled,
    };
}
