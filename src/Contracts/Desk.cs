using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>What a pop is about: decides its first line and its actions.</summary>
public enum PopKind { Known, Unknown, SeveralMatches, Hidden }

/// <summary>The life of a card at one agent's desk.</summary>
public enum DeskCardState
{
    /// <summary>This agent's phone rings.</summary>
    Ringing,

    /// <summary>This agent's own outbound call is being set up.</summary>
    Dialling,
    Talking,
    OnHold,

    /// <summary>This agent had the call; it is over or went on to somebody else. The card stays until the agent closes it.</summary>
    WrapUp,

    /// <summary>The phone stopped ringing: see <see cref="DeskCard.WithdrawnBecause"/>. The card leaves by itself.</summary>
    Withdrawn,
}

/// <summary>
/// One call at one agent's desk, with all that the pop paints: showing it needs no second request. The server owns it; the
/// browser draws the newest <see cref="Revision"/> and forgets older ones.
/// </summary>
public sealed record DeskCard
{
    public required long CallId { get; init; }
    public required long Revision { get; init; }
    public required DeskCardState State { get; init; }
    public required PopKind Kind { get; init; }

    /// <summary>inbound, outbound or internal.</summary>
    public required string Direction { get; init; }

    /// <summary>The number in the form that people write; null when hidden.</summary>
    public string? NumberDisplay { get; init; }

    /// <summary>E.164, to call it; null when hidden or no public number.</summary>
    public string? Number { get; init; }

    /// <summary>The country or region of the number in the agent's language, and the local time offset there, where the number tells.</summary>
    public string? NumberRegion { get; init; }

    /// <summary>The name that came with the call.</summary>
    public string? CallerName { get; init; }

    public string? Line { get; init; }
    public string? Queue { get; init; }

    /// <summary>The client, when exactly one matches (always set for an unknown number: its new inquiry card).</summary>
    public ClientItem? Client { get; init; }

    /// <summary>Why this client: exact, extension, company, former.</summary>
    public string? MatchReason { get; init; }

    /// <summary>All candidates when several match; the agent chooses.</summary>
    public IReadOnlyList<ClientMatch> Matches { get; init; } = [];

    /// <summary>The client's last call before this one.</summary>
    public CallItem? LastCall { get; init; }

    /// <summary>The client's last note.</summary>
    public NoteItem? LastNote { get; init; }

    /// <summary>Set when this client called before and was lost, and nobody had reached them until this call.</summary>
    public LostBefore? LostBefore { get; init; }

    /// <summary>Name (or extension) of the colleague who transferred the call here, and the note so far.</summary>
    public string? TransferredBy { get; init; }

    public string? TransferredNote { get; init; }

    /// <summary>The agent was already in another call when this one rang.</summary>
    public bool IsSecondCall { get; init; }

    /// <summary>answered_elsewhere, caller_gone, rang_out or rejected.</summary>
    public string? WithdrawnBecause { get; init; }

    /// <summary>Who took it, when answered elsewhere.</summary>
    public string? TakenBy { get; init; }

    /// <summary>The agent's phone that the call goes through.</summary>
    public string? Extension { get; init; }

    /// <summary>While the agent places the call: what rings now.</summary>
    public DialStep? DialStep { get; init; }

    /// <summary>
    /// Why a call that the agent placed reached nobody: own_phone_no_answer, own_phone_busy (click-to-call), no_answer, busy, declined,
    /// cancelled, failed; null when it did, or while it goes on.
    /// </summary>
    public string? NotReached { get; init; }

    /// <summary>With <c>failed</c>: what the network answered (a SIP status), where it is known.</summary>
    public string? NetworkStatus { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? RingingSince { get; init; }
    public DateTimeOffset? TalkingSince { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The note being typed, as last saved.</summary>
    public string NoteDraft { get; init; } = "";
}

/// <summary>Everything at the desk now. Sent on connect and reconnect: it replaces what the browser had.</summary>
public sealed record DeskState
{
    public required IReadOnlyList<DeskCard> Cards { get; init; }

    /// <summary>The agent's extensions; empty: no phone is assigned, no call can pop.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Calls that the agent asked for and that have not begun, or could not.</summary>
    public IReadOnlyList<DialItem> Dials { get; init; } = [];

    /// <summary>What the agent is doing.</summary>
    public PresenceItem? Presence { get; init; }

    /// <summary>Links to PBXs that are down, with since when: calls from them are not seen now.</summary>
    public IReadOnlyList<PbxLinkDown> LinksDown { get; init; } = [];

    /// <summary>Lost calls whose client waits.</summary>
    public LostCount Lost { get; init; } = new();

    public required DateTimeOffset ServerTime { get; init; }
}

public sealed record PbxLinkDown
{
    public required string Pbx { get; init; }
    public required DateTimeOffset Since { get; init; }
}

public sealed record NoteDraft
{
    [property: StringLength(10_000)]
    public string Text { get; init; } = "";
}

/// <summary>The agent says which client this call was with.</summary>
public sealed record LinkCall
{
    public required long ClientId { get; init; }
}

/// <summary>Names on the hub at <see cref="Path"/>.</summary>
public static class DeskHubNames
{
    public const string Path = "/hubs/desk";

    /// <summary>Server to browser: a <see cref="DeskState"/> that replaces everything.</summary>
    public const string State = "state";

    /// <summary>Server to browser: a <see cref="DeskCard"/>, new or newer.</summary>
    public const string Card = "card";

    /// <summary>Server to browser: a call id whose card was closed.</summary>
    public const string Closed = "closed";

    /// <summary>Server to browser: a list of <see cref="DialItem"/> that replaces <see cref="DeskState.Dials"/>.</summary>
    public const string Dials = "dials";

    /// <summary>Server to browser: a <see cref="PresenceItem"/>, new or newer.</summary>
    public const string Presence = "presence";

    /// <summary>Server to browser: a list of <see cref="PbxLinkDown"/> that replaces <see cref="DeskState.LinksDown"/>.</summary>
    public const string LinksDown = "links_down";

    /// <summary>Server to browser, with nothing: tasks or reminders of this agent have changed.</summary>
    public const string Tasks = "tasks";

    /// <summary>Server to browser: a <see cref="LostCount"/> that replaces <see cref="DeskState.Lost"/>.</summary>
    public const string Lost = "lost";
}
