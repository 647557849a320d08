using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Desk;

/// <summary>What a call that an agent places says about how far it got. Pure.</summary>
internal static class PlacedCalls
{
    // Q.850: the phone said that it is in use, or its owner refused.
    const int CauseUserBusy = 17;
    const int CauseCallRejected = 21;

    /// <summary>The leg to the agent's own phone, when a command made the source call it; null for a call placed by hand.</summary>
    public static Leg? OwnPhone(Call call, string extension) =>
        call.Legs.FirstOrDefault(leg => leg is { Kind: PartyKind.Extension, Origin: LegOrigin.Called, DialledBy: null } && leg.Endpoint == extension);

    public static DialStep Step(Leg? ownPhone) => ownPhone is { UpAt: null } ? DialStep.OwnPhone : DialStep.Number;

    /// <summary>Null when somebody was reached, or while the call goes on.</summary>
    public static string? NotReached(Call call, Leg? ownPhone) => call.Result switch
    {
        null or CallResult.Answered or CallResult.Voicemail or CallResult.Missed => null,
        _ when ownPhone is { UpAt: null } => ownPhone.Cause is CauseUserBusy or CauseCallRejected ? "own_phone_busy" : "own_phone_no_answer",
        { } result => CallWords.Of(result),
    };

    /// <summary>What the network answered last, as a SIP status.</summary>
    public static string? NetworkStatus(Call call) => call.Result == CallResult.Failed
        ? call.Legs.LastOrDefault(leg => leg is { Kind: PartyKind.Trunk, Origin: LegOrigin.Called })?.TechCause
        : null;
}
