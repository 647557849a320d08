using System.Collections.Immutable;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Presence;

/// <summary>How far a call is for one agent.</summary>
internal enum CallPhase { Ringing, Talking, OnHold, Over }

/// <summary>Work after a talk. The server ends it at <see cref="Until"/>, whether or not a browser is there.</summary>
internal sealed record WrapUp(long CallId, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What the agent asked for while it could not be had: ready, or a break. It is had once, when the calls are over.</summary>
/// <param name="Reason">Of the break; null: ready.</param>
internal sealed record Wish(string? Reason);

/// <summary>
/// What is known of one agent, and therefore the state: a pure function of what happened, so it can be told anew and checked. The PBX is right
/// about calls, the agent about breaks.
/// </summary>
internal sealed record AgentPresence
{
    /// <summary>After so many calls in a row that rang in vain, the agent is taken for absent.</summary>
    public const int RingsInVainMax = 2;

    /// <summary>Nobody has come yet.</summary>
    public static AgentPresence Of(DateTimeOffset since) => new() { Since = since };

    public bool IsHere { get; init; }

    /// <summary>The reason of the break; null: none.</summary>
    public string? Break { get; init; }

    public Wish? Pending { get; init; }
    public WrapUp? WrapUp { get; init; }
    public int RingsInVain { get; init; }

    /// <summary>The calls in which the agent is, by id.</summary>
    public ImmutableSortedDictionary<long, CallPhase> Calls { get; init; } = ImmutableSortedDictionary<long, CallPhase>.Empty;

    /// <summary>How often it was stored.</summary>
    public long Version { get; init; }

    /// <summary>When <see cref="State"/>, or the reason of the break, began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// The PBX is right about calls: who talks, talks, with or without a screen. Wrap-up comes before absence, because the server ends it; a break before
    /// silence, because it explains it.
    /// </summary>
    public AgentState State =>
        Calls.ContainsValue(CallPhase.Talking) ? AgentState.Talking
        : Calls.ContainsValue(CallPhase.OnHold) ? AgentState.OnHold
        : Calls.ContainsValue(CallPhase.Ringing) ? AgentState.Ringing
        : WrapUp is not null ? AgentState.WrapUp
        : !IsHere ? AgentState.Offline
        : Break is not null ? AgentState.Break
        : RingsInVain >= RingsInVainMax ? AgentState.NotResponding
        : AgentState.Ready;

    /// <summary>Whether calls may be sent to the agent.</summary>
    public bool TakesCalls => WhyNot.Length == 0;

    /// <summary>Why no calls may be sent to the agent, in a word for the PBX; empty when they may. A call at this moment is no reason: the PBX sees it itself.</summary>
    public string WhyNot =>
        Break ?? Pending?.Reason ?? (WrapUp is not null ? "wrap-up" : !IsHere ? "offline" : RingsInVain >= RingsInVainMax ? "not responding" : "");

    /// <summary>Equal but for the version.</summary>
    public bool IsSame(AgentPresence other) =>
        this with { Version = 0, Calls = other.Calls } == other with { Version = 0 } && Calls.SequenceEqual(other.Calls);

    /// <param name="state">As it was stored: the calls may not have been read.</param>
    public PresenceItem Item(long agentId, AgentState state) => new()
    {
        AgentId = agentId,
        Version = Version,
        State = state,
        Since = Since,
        Break = Break,
        IsPending = Pending is not null,
        PendingBreak = Pending?.Reason,
        WrapUpCallId = WrapUp?.CallId,
        WrapUpUntil = WrapUp?.Until,
    };

    /// <summary>What is known after this has happened. Time never goes back: what arrives late counts from when it is known.</summary>
    public AgentPresence After(PresenceEvent happened)
    {
        var next = (happened switch
        {
            PresenceEvent.Came => this with { IsHere = true },
            PresenceEvent.Went => this with { IsHere = false, Break = null, Pending = null, RingsInVain = 0 },
            PresenceEvent.ShowedUp => this with { RingsInVain = 0 },
            PresenceEvent.Wished wished => (this with { RingsInVain = 0 }).AfterWish(wished.Wish),
            PresenceEvent.WishWithdrawn => this with { Pending = null },
            PresenceEvent.CallMoved moved => AfterCall(moved),
            PresenceEvent.WrapUpFinished finished => WrapUp?.CallId == finished.CallId ? this with { WrapUp = null } : this,
            PresenceEvent.WrapUpExtended extended => WrapUp is { } work && work.CallId == extended.CallId && extended.Until > work.Until
                ? this with { WrapUp = work with { Until = extended.Until } }
                : this,
            PresenceEvent.TimePassed => WrapUp?.Until <= happened.At ? this with { WrapUp = null } : this,
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Nobody has said what it means."),
        }).WithWishGranted();
        var isSame = next.State == State && next.Break == Break;
        return isSame || happened.At <= Since ? next : next with { Since = happened.At };
    }

    AgentPresence AfterWish(Wish wish) =>
        Calls.IsEmpty && WrapUp is null ? this with { Break = wish.Reason, Pending = null }
        // Who is ready when the calls are over has nothing to wait for.
        : this with { Pending = wish.Reason == Break ? null : wish };

    AgentPresence AfterCall(PresenceEvent.CallMoved moved)
    {
        var before = Calls.TryGetValue(moved.CallId, out var phase) ? phase : CallPhase.Over;
        var hasTalked = before is CallPhase.Talking or CallPhase.OnHold;
        return moved.Phase switch
        {
            CallPhase.Over => this with
            {
                Calls = Calls.Remove(moved.CallId),
                RingsInVain = moved.RangInVain && before == CallPhase.Ringing ? RingsInVain + 1 : RingsInVain,
                // Of two talks that end one after the other, the later is worked on; the earlier one's card is still there.
                WrapUp = hasTalked && moved.WrapUp > TimeSpan.Zero ? new(moved.CallId, moved.At, moved.At + moved.WrapUp) : WrapUp,
            },
            CallPhase.Ringing => this with { Calls = Calls.SetItem(moved.CallId, CallPhase.Ringing) },
            CallPhase.Talking or CallPhase.OnHold => this with { Calls = Calls.SetItem(moved.CallId, moved.Phase), RingsInVain = 0 },
        };
    }

    AgentPresence WithWishGranted() =>
        Pending is { } wish && Calls.IsEmpty && WrapUp is null ? this with { Break = wish.Reason, Pending = null } : this;
}

/// <summary>Something that may change what an agent is doing.</summary>
internal abstract record PresenceEvent(DateTimeOffset At)
{
    /// <summary>A screen of the agent's is there.</summary>
    public sealed record Came(DateTimeOffset At) : PresenceEvent(At);

    /// <summary>The last screen is gone for longer than a reload takes.</summary>
    public sealed record Went(DateTimeOffset At) : PresenceEvent(At);

    /// <summary>The agent did something.</summary>
    public sealed record ShowedUp(DateTimeOffset At) : PresenceEvent(At);

    public sealed record Wished(DateTimeOffset At, Wish Wish) : PresenceEvent(At);

    public sealed record WishWithdrawn(DateTimeOffset At) : PresenceEvent(At);

    /// <param name="RangInVain">It is over because the phone rang out.</param>
    /// <param name="WrapUp">How long the agent may work on it after a talk; zero: not at all.</param>
    public sealed record CallMoved(DateTimeOffset At, long CallId, CallPhase Phase, bool RangInVain = false, TimeSpan WrapUp = default) : PresenceEvent(At);

    public sealed record WrapUpFinished(DateTimeOffset At, long CallId) : PresenceEvent(At);

    public sealed record WrapUpExtended(DateTimeOffset At, long CallId, DateTimeOffset Until) : PresenceEvent(At);

    public sealed record TimePassed(DateTimeOffset At) : PresenceEvent(At);
}
