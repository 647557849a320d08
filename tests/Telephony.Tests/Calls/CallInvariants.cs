using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Tests;

/// <summary>What holds for every version of every call, whatever the source said.</summary>
internal static class CallInvariants
{
    public static void Check(Call? before, Call now)
    {
        Assert.That(now.Revision, Is.EqualTo((before?.Revision ?? 0) + 1), "versions count up by one");
        if (before?.EndedAt is { } ended)
            Assert.That(now.EndedAt, Is.EqualTo(ended), "a call ends once");
        if (before?.Direction is CallDirection.Inbound)
            Assert.That(now.Direction, Is.EqualTo(CallDirection.Inbound), "a client's call stays one");
        foreach (var talk in now.Talks)
            Assert.That(talk.EndedAt ?? talk.StartedAt, Is.GreaterThanOrEqualTo(talk.StartedAt), "talk does not end before it starts");
        if (now.EndedAt is { } endedAt && now.MergedInto is null)
            CheckEnd(now, endedAt);
    }

    private static void CheckEnd(Call call, DateTimeOffset endedAt)
    {
        Assert.That(endedAt, Is.GreaterThanOrEqualTo(call.StartedAt));
        Assert.That(call.Result, Is.Not.Null, "an ended call has a result");
        Assert.That(call.TalkSeconds, Is.LessThanOrEqualTo((endedAt - call.StartedAt).TotalSeconds + 0.001), "talk is not longer than the call");
        Assert.That(call.Talks.Where(talk => talk.EndedAt is null), Is.Empty, "no talk is open");
        Assert.That(call.Holds.Where(hold => hold.EndedAt is null), Is.Empty, "no hold is open");
        Assert.That(call.Offers.Where(offer => offer.Result is null), Is.Empty, "no offer is open");
        Assert.That(call.QueueVisits.Where(visit => visit.Exit is null || visit.LeftAt is null), Is.Empty, "nobody waits");
        Assert.That(call.Legs.Where(leg => leg.EndedAt is null && leg.Kind != PartyKind.Application), Is.Empty, "no leg is live");
        Assert.That(call.Result == CallResult.Answered, Is.EqualTo(call.AnsweredAt is not null), "answered means that somebody spoke");
        Assert.That(call.Result == CallResult.Answered && call.Reason is not null, Is.False, "an answered call needs no reason");
    }
}
