using System.Globalization;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Click-to-call: ring a phone, and when it is picked up, let it dial a number in the dialplan.</summary>
public sealed record AmiOrigination
{
    // Reasons of OriginateResponse: 0 no channel could be made, 4 picked up; 1 hung up, 3 rang, 5 busy, 8 congested.
    private const int ReasonNoChannel = 0;
    private const int ReasonPickedUp = 4;

    /// <summary>
    /// What the call will be named (its first channel's Uniqueid and its Linkedid), known before it begins. Unique for ever. It is the
    /// ActionID, too: OriginateResponse is told to everybody who listens.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The phone as the PBX dials it: PJSIP/101.</summary>
    public required string Channel { get; init; }

    /// <summary>Where in the dialplan the number is dialled.</summary>
    public required string Context { get; init; }

    public required string Number { get; init; }

    /// <summary>What the phone shows while it rings: whom it will call.</summary>
    public required string CallerId { get; init; }

    public required TimeSpan RingTime { get; init; }

    /// <exception cref="ArgumentException">A value has a line break in it.</exception>
    internal AmiAction ToAction() => new AmiAction("Originate", Id)
        .Add("Channel", Channel)
        .Add("ChannelId", Id)
        .Add("Context", Context)
        .Add("Exten", Number)
        .Add("Priority", "1")
        .Add("CallerID", CallerId)
        .Add("Timeout", RingTime.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))
        // Without it the answer, and every action behind it, would wait for the phone.
        .Add("Async", "true");

    internal static AmiOriginated OutcomeOf(AmiMessage told) => told.Number(AmiKey.Reason) switch
    {
        ReasonNoChannel => AmiOriginated.Unreachable,
        ReasonPickedUp => AmiOriginated.PickedUp,
        _ => AmiOriginated.NotPickedUp,
    };
}

/// <summary>What became of the phone that was to be rung.</summary>
public enum AmiOriginated
{
    PickedUp,

    /// <summary>It was called and not picked up: the call's own signals say more.</summary>
    NotPickedUp,

    /// <summary>There is no such phone, or it is not registered. No call came into being.</summary>
    Unreachable,

    /// <summary>The account lacks the privilege <c>originate</c>.</summary>
    Denied,

    /// <summary>The PBX does not take the request.</summary>
    Refused,
}
