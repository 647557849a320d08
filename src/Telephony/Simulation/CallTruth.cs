using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>What a human observer would say happened in a simulated call: the measure of every tracker. Null results while it is live.</summary>
public sealed record CallTruth
{
    /// <summary>The Uniqueid of the first channel.</summary>
    public required string LinkedId { get; init; }

    public required CallDirection Direction { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The client's number as presented or dialled; null when hidden, or when the call is internal.</summary>
    public string? Number { get; init; }

    public string? Did { get; init; }
    public string? Queue { get; init; }
    public string? PlacedBy { get; init; }
    public ImmutableArray<string> Rang { get; init; } = [];
    public string? AnsweredBy { get; init; }
    public string? LastAgent { get; init; }
    public CallResult? Result { get; init; }
    public CallReason? Reason { get; init; }

    /// <summary>caller, agent, customer, pbx, crm or an extension.</summary>
    public string? HangupBy { get; init; }

    public ImmutableArray<Transfer> Transfers { get; init; } = [];
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Ringing of the phone that answered first; when none did, the time during which any phone rang.</summary>
    public double RingSeconds { get; init; }

    /// <summary>The client and a human were connected, on hold or not. For an internal call: the two extensions.</summary>
    public double TalkSeconds { get; init; }

    /// <summary>The linkedids of consultations that became part of this call.</summary>
    public ImmutableArray<string> Absorbed { get; init; } = [];

    /// <summary>The PBX was killed in the middle of it, and nobody was told.</summary>
    public bool LostByRestart { get; init; }
}
