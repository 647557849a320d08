using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Missed;

sealed class LostRulesTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly LostCall Fresh = new() { CallId = 1, Cause = LostCause.Abandoned, LostAt = Noon };

    [Test]
    public void From_everywhere_but_an_end_every_end_can_be_reached_and_nothing_leads_out_of_an_end()
    {
        foreach (var state in Enum.GetValues<LostState>())
        {
            var next = Enum.GetValues<LostEvent>().Select(what => LostRules.Next(state, what, isTried: true)).OfType<LostState>().ToList();
            if (LostRules.IsWaiting(state))
                Assert.That(next, Is.SupersetOf(new[] { LostState.ReturnedByUs, LostState.ReturnedByClient, LostState.Closed }), $"{state}");
            else
                Assert.That(next, Is.Empty, $"{state}");
        }
    }

    [Test]
    public void Whatever_happens_to_an_entry_it_comes_to_one_end_and_stays_there([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        var events = Enum.GetValues<LostEvent>();
        var entry = Fresh;
        var ends = 0;
        for (var i = 0; i < 200; i++)
        {
            if (LostRules.After(entry, events[random.Next(events.Length)]) is not { } next)
                continue;
            Assert.That(entry.IsWaiting, Is.True);
            Assert.That(next.ClaimedById, Is.Null, "a claim ends with its state");
            ends += next.IsWaiting ? 0 : 1;
            entry = next.State == LostState.Claimed ? next with { ClaimedById = 7, ClaimedAt = Noon } : next;
        }
        Assert.That((ends, entry.IsWaiting), Is.EqualTo((1, false)));
    }

    [Test]
    public void The_first_talk_after_the_loss_settles_it_and_who_called_says_how()
    {
        var byClient = LostRules.Settle(Fresh, [Call(3, inbound: false, answered: 20), Call(2, inbound: true, answered: 10)], Noon);
        var byUs = LostRules.Settle(Fresh, [Call(3, inbound: false, answered: 5), Call(2, inbound: true, answered: 10)], Noon);

        Assert.That((byClient.State, byClient.ReachedCallId, byClient.SettledAt), Is.EqualTo((LostState.ReturnedByClient, (long?)2, (DateTimeOffset?)Noon.AddMinutes(10))));
        Assert.That((byUs.State, byUs.ReachedCallId), Is.EqualTo((LostState.ReturnedByUs, (long?)3)));
    }

    [Test]
    public void A_talk_that_becomes_known_late_but_was_earlier_takes_the_others_place_and_leaves_what_a_person_closed()
    {
        var byClient = LostRules.Settle(Fresh, [Call(2, inbound: true, answered: 10)], Noon);
        var closed = LostRules.After(Fresh, LostEvent.Close)! with { SettledAt = Noon.AddMinutes(9) };
        LaterCall[] calls = [Call(2, inbound: true, answered: 10), Call(3, inbound: false, answered: 5)];

        Assert.That(LostRules.Settle(byClient, calls, Noon), Is.EqualTo(LostRules.Settle(Fresh, calls, Noon)));
        Assert.That(LostRules.Settle(closed, calls, Noon), Is.EqualTo(closed));
    }

    [Test]
    public void A_talk_before_the_loss_settles_nothing() =>
        Assert.That(LostRules.Settle(Fresh, [Call(2, inbound: true, answered: -1)], Noon.AddHours(-1)), Is.EqualTo(Fresh));

    [Test]
    public void Our_calls_that_reached_nobody_are_attempts_until_somebody_is_reached_and_one_whose_own_phone_was_silent_is_none()
    {
        LaterCall[] calls = [Call(2, false), Call(3, false), Call(4, false) with { IsOwnPhoneSilent = true }, Call(5, true), Call(6, false) with { EndedAt = null }];

        var tried = LostRules.Settle(Fresh, calls, Noon);
        var again = LostRules.Settle(tried, calls, Noon);
        var reached = LostRules.Settle(tried, [.. calls, Call(7, false, answered: 30), Call(8, false) with { StartedAt = Noon.AddMinutes(40) }], Noon);

        Assert.That((tried.State, tried.Attempts), Is.EqualTo((LostState.Attempted, 2)));
        Assert.That(again, Is.EqualTo(tried));
        Assert.That((reached.State, reached.Attempts), Is.EqualTo((LostState.ReturnedByUs, 2)));
    }

    [Test]
    public void A_claim_ends_when_its_time_is_over_or_the_client_calls()
    {
        var claimed = LostRules.After(Fresh, LostEvent.Claim)! with { ClaimedById = 7, ClaimedAt = Noon.AddMinutes(1) };

        Assert.That(LostRules.Settle(claimed, [], claimsSince: Noon), Is.EqualTo(claimed));
        Assert.That(LostRules.Settle(claimed, [], claimsSince: Noon.AddMinutes(2)).State, Is.EqualTo(LostState.Open));
        Assert.That(LostRules.Settle(claimed with { Attempts = 1 }, [Call(2, false)], claimsSince: Noon.AddMinutes(2)).State, Is.EqualTo(LostState.Attempted));
        Assert.That(LostRules.Settle(claimed, [Call(2, true) with { StartedAt = Noon.AddMinutes(5), EndedAt = null }], Noon), Is.EqualTo(Fresh));
    }

    [TestCase(CallReason.NoAnswer, false, ExpectedResult = LostCause.RangOut)]
    [TestCase(CallReason.AgentNoAnswer, false, ExpectedResult = LostCause.RangOut)]
    [TestCase(CallReason.CallerAbandoned, false, ExpectedResult = LostCause.Abandoned)]
    [TestCase(CallReason.QueueAbandoned, true, ExpectedResult = LostCause.Abandoned)]
    [TestCase(CallReason.AgentBusy, false, ExpectedResult = LostCause.Busy)]
    [TestCase(CallReason.Declined, false, ExpectedResult = LostCause.Busy)]
    [TestCase(CallReason.QueueTimeout, true, ExpectedResult = LostCause.NoAgents)]
    [TestCase(CallReason.IvrAbandoned, false, ExpectedResult = LostCause.IvrExit)]
    [TestCase(CallReason.IvrTimeout, false, ExpectedResult = LostCause.IvrExit)]
    [TestCase(CallReason.Unreachable, true, ExpectedResult = LostCause.NoAgents)]
    [TestCase(CallReason.Unreachable, false, ExpectedResult = LostCause.TrunkFailure)]
    public LostCause Every_reason_of_a_call_has_a_cause_in_the_ledgers_words(CallReason reason, bool isInQueue) =>
        LostRules.CauseOf(new() { Reason = reason, IsInQueue = isInQueue });

    [Test]
    public void After_hours_stand_apart_and_a_stopped_PBX_is_no_fault_of_the_agents()
    {
        Assert.That(LostRules.CauseOf(new() { Result = CallResult.Voicemail, Reason = CallReason.NoAnswer, IsAfterHours = true }), Is.EqualTo(LostCause.AfterHours));
        Assert.That(LostRules.CauseOf(new() { Result = CallResult.Voicemail, Reason = CallReason.NoAnswer }), Is.EqualTo(LostCause.Voicemail));
        Assert.That(LostRules.CauseOf(new() { Reason = CallReason.NoAnswer, Uncertain = CallUncertainty.PbxStopped }), Is.EqualTo(LostCause.TrunkFailure));
        Assert.That(LostRules.CauseOf(new() { Reason = CallReason.QueueTimeout, HasRung = true }), Is.EqualTo(LostCause.RangOut));
    }

    [Test]
    public void Turns_go_to_whoever_had_one_longest_ago()
    {
        var turns = new Turns([(1, 5), (2, 3)]);

        Assert.That(new[] { turns.Next([1, 2, 3]), turns.Next([1, 2, 3]), turns.Next([1, 2, 3]), turns.Next([1, 2, 3]), turns.Next([]) },
            Is.EqualTo(new long?[] { 3, 2, 1, 3, null }));
    }

    [Test]
    public void A_phone_that_rang_out_did_not_respond_and_one_that_others_spared_did_nothing_wrong()
    {
        Offer[] offers =
        [
            Rang("101", OfferResult.RangOut), Rang("101", OfferResult.RangOut), Rang("102", OfferResult.Withdrawn), Rang("103", OfferResult.Rejected),
            new("104", "leg", Noon) { Result = OfferResult.RangOut }, Rang("105", OfferResult.Answered),
        ];

        Assert.That(NotResponded.ByExtension(offers), Is.EquivalentTo(new Dictionary<string, int> { ["101"] = 2 }));
    }

    static Offer Rang(string extension, OfferResult result) => new(extension, "leg", Noon) { RingStartedAt = Noon, Result = result };

    /// <summary>A call that begins at the loss; minutes after it somebody answers.</summary>
    static LaterCall Call(long id, bool inbound, double? answered = null) => new()
    {
        CallId = id,
        IsInbound = inbound,
        StartedAt = Noon,
        AnsweredAt = answered is { } minutes ? Noon.AddMinutes(minutes) : null,
        EndedAt = Noon.AddHours(1),
    };
}
