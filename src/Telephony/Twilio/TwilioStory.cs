using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Twilio;

/// <summary>
/// Makes calls of requests that belong together. Twilio's callbacks come in any order, twice, or not at all, so they are not followed one
/// by one: whenever one more has come, the whole story is told anew from all of them. Order and repetition cannot matter, and a story that
/// was told wrongly is right as soon as it is told again by a better version. Pure.
/// </summary>
public static class TwilioStory
{
    /// <summary>To be raised when the same requests give other calls than before: then stored calls are replaced when they are told again.</summary>
    public const int Version = 1;

    /// <summary>More requests than one call ever has.</summary>
    private const int RequestsMax = 1 << 20;

    /// <summary>
    /// The newest versions of all calls that these requests tell of. The revision of each grows with the set of different requests, and the
    /// same set has the same.
    /// </summary>
    /// <param name="requests">All that are tied to each other by <see cref="TwilioRequest.Ties"/>, in any order, repeated or not.</param>
    public static IReadOnlyList<Call> Tell(string source, NumberPlan numbers, IEnumerable<TwilioRequest> requests)
    {
        var distinct = Distinct(requests.Where(request => !TwilioRoles.IsMessage(request.Role)));
        var revision = Version * RequestsMax + Math.Min(distinct.Length, RequestsMax - 1);
        var facts = new TwilioFacts(distinct);
        var owners = new TwilioOwners(facts);
        return
        [
            .. facts.Legs.Where(leg => IsCall(leg, owners)).OrderBy(leg => leg.Sid, StringComparer.Ordinal)
                .SelectMany(root => Track(source, numbers, new TwilioSignals(facts, root, owners.MembersOf(root)).Read()))
                .Select(call => call with { Revision = revision }),
        ];
    }

    // Of a call that comes again under the same key, what arrived first counts.
    private static ImmutableArray<TwilioRequest> Distinct(IEnumerable<TwilioRequest> requests) =>
    [
        .. requests.GroupBy(request => request.ContentKey, StringComparer.Ordinal)
            .Select(same => same.OrderBy(request => request.ArrivedAt).ThenBy(request => request.Form.ToString(), StringComparer.Ordinal).First()),
    ];

    // Nobody is told of a call before Twilio has said who calls whom: the client of a call is looked up once.
    private static bool IsCall(TwilioLeg leg, TwilioOwners owners) => owners.OwnerOf(leg) == leg && leg is { IsKnown: true, IsForQueue: false };

    private static IEnumerable<Call> Track(string source, NumberPlan numbers, IEnumerable<CallSignal> signals)
    {
        var tracker = new CallTracker(source, numbers);
        var newest = new Dictionary<CallKey, Call>();
        foreach (var call in signals.SelectMany(tracker.Apply))
            newest[call.Key] = call;
        return newest.Values;
    }
}
