using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>An agent's phone that we had called for a caller in a queue.</summary>
/// <param name="Leg">The name of that call at Twilio.</param>
internal sealed record QueueRing(CallKey Caller, string Endpoint, string Leg, DateTimeOffset At);

/// <summary>
/// Who is to be rung for whom: for the caller who has waited longest, all members of his queue whose phones are free, together. Pure.
/// </summary>
internal sealed class QueueRings
{
    /// <summary>Between two rings of one phone for one caller.</summary>
    static readonly TimeSpan PauseBetween = TimeSpan.FromSeconds(10);

    /// <summary>A phone that Twilio says nothing of any more rings no longer than it was told to and this.</summary>
    static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    readonly Dictionary<CallKey, Call> live = [];
    readonly List<QueueRing> rings = [];

    /// <summary>The newest version of a call. The callers who wait are among those that go on.</summary>
    public void Know(Call call)
    {
        if (call.IsLive)
            live[call.Key] = call;
        else
            live.Remove(call.Key);
    }

    public void Began(QueueRing ring) => rings.Add(ring);

    /// <summary>Callers in queues, those who have waited longest first.</summary>
    public IReadOnlyList<Call> Waiting => [.. live.Values.Where(IsWaiting).OrderBy(call => call.QueueVisits[^1].EnteredAt).ThenBy(call => call.Key.ExternalId, StringComparer.Ordinal)];

    /// <summary>The members whose phones are to ring for this caller now.</summary>
    /// <param name="ringSeconds">How long they ring.</param>
    public IReadOnlyList<string> For(Call caller, IEnumerable<string> members, int ringSeconds, DateTimeOffset now)
    {
        Forget(ringSeconds, now);
        return [.. members.Distinct().Where(member => IsFree(member) && !IsTiredOf(caller, member, now))];
    }

    /// <summary>Phones that ring, or are about to, for somebody who does not wait any more. They are given out once.</summary>
    public IReadOnlyList<QueueRing> InVain()
    {
        var inVain = rings.Where(ring => !(live.TryGetValue(ring.Caller, out var caller) && IsWaiting(caller))).ToList();
        rings.RemoveAll(inVain.Contains);
        // Whoever was at the head of the queue was taken: perhaps somebody else than the one for whom it rang.
        return [.. inVain.Where(ring => !live.Values.Any(call => call.Legs.Any(leg => leg.Id == ring.Leg && leg.UpAt is not null)))];
    }

    void Forget(int ringSeconds, DateTimeOffset now) =>
        rings.RemoveAll(ring => now - ring.At > TimeSpan.FromSeconds(ringSeconds) + SilenceMax || OfferOf(ring) is { Result: not null });

    Offer? OfferOf(QueueRing ring) => live.Values.SelectMany(call => call.Offers).FirstOrDefault(offer => offer.LegId == ring.Leg);

    bool IsFree(string endpoint) => !rings.Exists(ring => ring.Endpoint == endpoint) && !live.Values.Any(call => IsIn(call, endpoint));

    static bool IsIn(Call call, string endpoint) =>
        call.PlacedBy == endpoint
        || call.Talks.Any(talk => talk.Extension == endpoint && talk.EndedAt is null)
        || call.Offers.Any(offer => offer.Extension == endpoint && offer.Result is null);

    static bool IsTiredOf(Call caller, string endpoint, DateTimeOffset now) =>
        caller.Offers.Any(offer => offer.Extension == endpoint && now - offer.EndedAt < PauseBetween);

    static bool IsWaiting(Call call) => call is { IsLive: true, Direction: CallDirection.Inbound } && !call.QueueVisits.IsEmpty && call.QueueVisits[^1].LeftAt is null;
}
