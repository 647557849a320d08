using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Missed;

/// <summary>
/// Offers that an agent's phone let ring out: a figure of the agent. A client is lost once, however many phones rang, and may be answered
/// by somebody else meanwhile: that is the ledger's figure, and neither is made of the other. Pure.
/// </summary>
internal static class NotResponded
{
    /// <summary>By extension. A phone that was busy, declined, was not to be reached or stopped ringing for others' sake did not fail to respond.</summary>
    public static IReadOnlyDictionary<string, int> ByExtension(IEnumerable<Offer> offers) => offers
        .Where(offer => offer is { Result: OfferResult.RangOut, RingStartedAt: not null })
        .CountBy(offer => offer.Extension)
        .ToDictionary();
}
