using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// What of a call one agent's card shows, as far as the call itself tells: <see cref="DeskRules"/> makes it. Names, clients and notes
/// are added when the card is painted. It is stored with the card, so that a reload needs no call.
/// </summary>
internal sealed record DeskView
{
    /// <summary>The PBX: extensions mean something only within it.</summary>
    public required string Source { get; init; }

    public required DeskCardState State { get; init; }

    /// <summary>inbound, outbound or internal.</summary>
    public required string Direction { get; init; }

    /// <summary>E.164; null when hidden, internal, or no public number.</summary>
    public string? Number { get; init; }

    /// <summary>The number as it came, where it is no public one; an internal call: the colleague's extension.</summary>
    public string? RawNumber { get; init; }

    public bool IsHidden { get; init; }
    public string? CallerName { get; init; }
    public string? Did { get; init; }
    public string? Queue { get; init; }

    /// <summary>The extension that transferred the call here.</summary>
    public string? TransferredBy { get; init; }

    /// <summary>The agent was in another call when this one began to ring.</summary>
    public bool IsSecondCall { get; init; }

    public string? WithdrawnBecause { get; init; }

    /// <summary>The extension, or the number outside, that took it.</summary>
    public string? TakenBy { get; init; }

    /// <summary>While the agent places the call: what rings now.</summary>
    public DialStep? DialStep { get; init; }

    /// <summary>Why a call that the agent placed reached nobody, in the words of <see cref="DeskCard.NotReached"/>.</summary>
    public string? NotReached { get; init; }

    /// <summary>What the network answered to a call that failed.</summary>
    public string? NetworkStatus { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? RingingSince { get; init; }
    public DateTimeOffset? TalkingSince { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The agent's phone has to do with the call now.</summary>
    public bool IsLive => State switch
    {
        DeskCardState.Ringing or DeskCardState.Dialling or DeskCardState.Talking or DeskCardState.OnHold => true,
        DeskCardState.WrapUp or DeskCardState.Withdrawn => false,
    };
}

/// <summary>Why a phone stopped ringing, in the words of <see cref="DeskCard.WithdrawnBecause"/>.</summary>
internal static class Withdrawals
{
    public const string AnsweredElsewhere = "answered_elsewhere";
    public const string CallerGone = "caller_gone";
    public const string RangOut = "rang_out";
    public const string Rejected = "rejected";
}
