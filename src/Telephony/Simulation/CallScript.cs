using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Simulation;

/// <summary>What the people of one call do, and when. The PBX's part follows from the office. All durations are in seconds.</summary>
public sealed record CallScript
{
    public CallDirection Direction { get; init; } = CallDirection.Inbound;

    /// <summary>The client's number as the trunk presents it, or as the agent dials it. Null: the client hides it. Internal: the other extension.</summary>
    public string? Number { get; init; }

    /// <summary>The name that the trunk presents with the number.</summary>
    public string? Name { get; init; }

    /// <summary>Inbound: the number that the client dials.</summary>
    public string Line { get; init; } = "";

    /// <summary>Outbound and internal: the extension that dials.</summary>
    public string Agent { get; init; } = "";

    /// <summary>Click-to-call: the ActionID of the request. The agent's phone rings first.</summary>
    public string? OriginateId { get; init; }

    /// <summary>Click-to-call: the id of the first channel, and so of the call; null: the PBX makes one.</summary>
    public string? OriginateCallId { get; init; }

    /// <summary>The name that the agent's phone shows on click-to-call.</summary>
    public string OriginateName { get; init; } = "Click2Call";

    /// <summary>Click-to-call: how long the agent's own phone rings.</summary>
    public double OriginateTimeout { get; init; } = 30;

    /// <summary>How a phone reacts when this call makes it ring; an outside phone is "client".</summary>
    public ImmutableDictionary<string, PhoneReaction> Phones { get; init; } = ImmutableDictionary<string, PhoneReaction>.Empty;

    public PhoneReaction OtherPhones { get; init; } = new(PhoneAct.RingOut, 0);

    /// <summary>Whoever began the call gives up when nobody has picked up by then.</summary>
    public double Patience { get; init; } = 300;

    /// <summary>The option (1, 2, …) that the caller chooses in a voice menu, after this many seconds; 0 chooses nothing.</summary>
    public int MenuChoice { get; init; }

    public double MenuSeconds { get; init; } = 1;

    /// <summary>How long the caller speaks to the voicemail.</summary>
    public double VoicemailSeconds { get; init; } = 12;

    /// <summary>What happens once somebody has picked up: each turn begins so many seconds after the one before it is over.</summary>
    public ImmutableArray<Turn> Talk { get; init; } = [new HangUp(4, Party.Client)];

    internal PhoneReaction ReactionOf(string phone) => Phones.GetValueOrDefault(phone, OtherPhones);

    /// <summary>The key of the outside phone in <see cref="Phones"/>.</summary>
    public const string Client = "client";
}

/// <summary>What the owner of a ringing phone does after so many seconds (of ringing; of silence where it never rings).</summary>
public sealed record PhoneReaction(PhoneAct Act, double AfterSeconds);

/// <summary><see cref="NoSuchNumber"/> and <see cref="NoCircuit"/>: the network's answer to an outbound call (SIP 404, 503).</summary>
public enum PhoneAct { Answer, RingOut, Busy, Decline, NoSuchNumber, NoCircuit }

public enum Party { Client, Agent }

/// <summary>Something that happens in a conversation, so many seconds after the turn before it.</summary>
public abstract record Turn(double AfterSeconds);

public sealed record HangUp(double AfterSeconds, Party By) : Turn(AfterSeconds);

public sealed record PutOnHold(double AfterSeconds, double HoldSeconds, Party By) : Turn(AfterSeconds);

/// <summary>The agent sends the client on without asking.</summary>
public sealed record TransferBlind(double AfterSeconds, string To) : Turn(AfterSeconds);

/// <summary>The agent puts the client on hold, calls a colleague, speaks for a while and connects the two.</summary>
public sealed record TransferAttended(double AfterSeconds, string To, double ConsultSeconds) : Turn(AfterSeconds);
