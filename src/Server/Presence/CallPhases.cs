using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Presence;

/// <summary>What a version of a call means for the owner of an extension. Pure.</summary>
internal static class CallPhases
{
    public static CallPhase Of(Call call, string extension)
    {
        if (!call.IsLive || call.MergedInto is not null)
            return CallPhase.Over;
        if (call.Talks.Any(talk => talk.Extension == extension && talk.EndedAt is null))
            return call.Holds.Any(hold => hold.By == extension && hold.EndedAt is null) ? CallPhase.OnHold : CallPhase.Talking;
        // Who placed a call is busy with it from its beginning.
        if (call.PlacedBy == extension)
            return CallPhase.Talking;
        return call.Offers.Any(offer => offer.Extension == extension && offer is { RingStartedAt: not null, Result: null }) ? CallPhase.Ringing : CallPhase.Over;
    }

    /// <summary>The newest offer rang out: nobody picked up, and nobody else took the call before that.</summary>
    public static bool RangInVain(Call call, string extension) => call.Offers.LastOrDefault(offer => offer.Extension == extension)?.Result == OfferResult.RangOut;
}
