using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class QueueRingsTests
{
    const int RingSeconds = 20;

    static readonly DateTimeOffset noon = new(2026, 10, 13, 12, 0, 0, TimeSpan.Zero);
    static readonly string[] members = ["client:alice", "client:bob"];

    readonly QueueRings rings = new();

    [Test]
    public void All_free_members_are_rung_for_the_one_who_has_waited_longest()
    {
        var first = Waits("1", noon);
        var second = Waits("2", noon.AddSeconds(5));

        Assert.That(rings.Waiting, Is.EqualTo(new[] { first, second }));
        Assert.That(Ring(first, noon.AddSeconds(5)), Is.EqualTo(members));
        Assert.That(Ring(second, noon.AddSeconds(5)), Is.Empty);
    }

    [Test]
    public void Who_talks_or_is_rung_or_calls_is_not_free()
    {
        rings.Know(Call("0", noon) with { Talks = [new("client:alice", noon)] });
        var caller = Waits("1", noon);
        Assert.That(Ring(caller, noon), Is.EqualTo(new[] { "client:bob" }));

        rings.Know(Call("0", noon) with { Talks = [new("client:alice", noon) { EndedAt = noon.AddSeconds(9) }] });
        Assert.That(Ring(caller, noon.AddSeconds(9)), Is.EqualTo(new[] { "client:alice" }));
    }

    [Test]
    public void Who_did_not_pick_up_is_rung_again_after_a_pause()
    {
        var caller = Waits("1", noon);
        Ring(caller, noon);
        var rangOut = caller with
        {
            Offers = [.. members.Select(member => new Offer(member, $"1 {member}", noon) { EndedAt = noon.AddSeconds(20), Result = OfferResult.RangOut })],
        };
        rings.Know(rangOut);

        Assert.That(Ring(rangOut, noon.AddSeconds(25)), Is.Empty);
        Assert.That(Ring(rangOut, noon.AddSeconds(31)), Is.EqualTo(members));
    }

    [Test]
    public void A_phone_of_which_nothing_is_heard_any_more_is_free_in_the_end()
    {
        var caller = Waits("1", noon);
        Ring(caller, noon);

        Assert.That(Ring(caller, noon.AddSeconds(34)), Is.Empty);
        Assert.That(Ring(caller, noon.AddSeconds(36)), Is.EqualTo(members));
    }

    [Test]
    public void Phones_that_ring_for_somebody_who_is_gone_ring_in_vain()
    {
        var caller = Waits("1", noon);
        Ring(caller, noon);
        Assert.That(rings.InVain(), Is.Empty);

        rings.Know(caller with { EndedAt = noon.AddSeconds(3) });

        Assert.That(rings.InVain().Select(ring => ring.Endpoint), Is.EqualTo(members));
        Assert.That(rings.InVain(), Is.Empty, "once");
    }

    [Test]
    public void Who_took_another_caller_from_the_queue_goes_on_talking()
    {
        var first = Waits("1", noon);
        Ring(first, noon);
        rings.Know(Call("2", noon) with { Legs = [new("1 client:bob", PartyKind.Extension, "client:bob", noon) { UpAt = noon.AddSeconds(2) }] });

        rings.Know(first with { EndedAt = noon.AddSeconds(3) });

        Assert.That(rings.InVain().Select(ring => ring.Endpoint), Is.EqualTo(new[] { "client:alice" }));
    }

    Call Waits(string id, DateTimeOffset since)
    {
        var call = Call(id, since) with { QueueVisits = [new("support", since)] };
        rings.Know(call);
        return call;
    }

    IReadOnlyList<string> Ring(Call caller, DateTimeOffset now)
    {
        var rung = rings.For(caller, members, RingSeconds, now);
        foreach (var endpoint in rung)
            rings.Began(new(caller.Key, endpoint, $"{caller.Key.ExternalId} {endpoint}", now));
        return rung;
    }

    static Call Call(string id, DateTimeOffset at) => new() { Key = new("cloud", id), Revision = 1, Direction = CallDirection.Inbound, StartedAt = at };
}
