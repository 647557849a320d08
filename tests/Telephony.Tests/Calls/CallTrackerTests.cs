using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Telephony.Tests.Calls;

public sealed class CallTrackerTests
{
    [Test]
    public void A_phone_that_rings_is_offered_the_call_until_it_stops()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Dials("1.1", "102", "1.3").After(0.1).Rings("1.2").Rings("1.3");
        Assert.That(story.Call.Offers.Select(offer => (offer.Extension, offer.RingStartedAt, offer.Result)),
            Is.EqualTo(new[] { ("101", (DateTimeOffset?)story.Now, (OfferResult?)null), ("102", story.Now, null) }));

        story.After(3).PicksUp("1.2", "1.1").DialEnds("1.1", "1.3", DialOutcome.Cancelled).Gone("1.3", 26);

        Assert.That(story.Call.Offers.Select(offer => offer.Result), Is.EqualTo(new[] { OfferResult.Answered, OfferResult.Withdrawn }));
        Assert.That(story.Call.AnsweredBy, Is.EqualTo("101"));
        Assert.That(story.Call.IsLive, Is.True);
    }

    [TestCase(DialOutcome.NoAnswer, "603", 21, OfferResult.Rejected, CallReason.Declined)]
    [TestCase(DialOutcome.NoAnswer, "403", 21, OfferResult.Rejected, CallReason.Declined)]
    [TestCase(DialOutcome.Busy, "486", 17, OfferResult.Busy, CallReason.AgentBusy)]
    [TestCase(DialOutcome.NoAnswer, "404", 1, OfferResult.Unreachable, CallReason.Unreachable)]
    [TestCase(DialOutcome.NoAnswer, null, 0, OfferResult.RangOut, CallReason.NoAnswer)]
    [TestCase(DialOutcome.NoAnswer, "480", 19, OfferResult.RangOut, CallReason.NoAnswer)]
    public void The_legs_own_cause_says_more_than_the_coarse_end_of_the_dial(DialOutcome outcome, string? tech, int cause, OfferResult result, CallReason reason)
    {
        // Also when nobody said it before the dial ended: accounts with filters hear no hang-up requests.
        foreach (var isToldBefore in new[] { true, false })
        {
            var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Rings("1.2").After(5);
            if (isToldBefore)
                story.AsksToHangUp("1.2", cause, tech);
            story.DialEnds("1.1", "1.2", outcome).Gone("1.2", cause, tech).IsStopped("1.1").Gone("1.1");

            Assert.That(story.Call.Offers[0].Result, Is.EqualTo(result));
            Assert.That(story.Call.Reason, Is.EqualTo(reason));
            Assert.That(story.Call.HangupBy, Is.EqualTo("pbx"));
        }
    }

    [Test]
    public void A_phone_that_never_rang_is_unreachable()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").After(20).DialEnds("1.1", "1.2", DialOutcome.NoAnswer).Gone("1.2", 0).IsStopped("1.1").Gone("1.1");

        Assert.That(story.Call.Rang, Is.Empty);
        Assert.That(story.Call.Reason, Is.EqualTo(CallReason.Unreachable));
    }

    [Test]
    public void A_queue_that_is_given_up_without_a_hang_up_has_timed_out()
    {
        // This source reports hang-ups: it has done so once.
        var tracker = new PbxStory().ClientCalls().AsksToHangUp("1.1").Gone("1.1").Tracker;

        var story = new PbxStory(tracker).ClientCalls("2.1").Up("2.1").EntersQueue("2.1", "sales").After(12).IsGivenUp("2.1", "sales").IsStopped("2.1").Gone("2.1");

        Assert.That(story.Call.QueueVisits[0].Exit, Is.EqualTo(QueueExit.Timeout));
        Assert.That(story.Call.Reason, Is.EqualTo(CallReason.QueueTimeout));
        Assert.That(story.Call.HangupBy, Is.EqualTo("pbx"));
    }

    [Test]
    public void Without_news_of_hang_ups_a_queue_is_abandoned_when_the_call_ends_with_it()
    {
        var abandoned = new PbxStory().ClientCalls().Up("1.1").EntersQueue("1.1", "sales").After(12).IsGivenUp("1.1", "sales").After(0.02).Gone("1.1", 0);
        Assert.That(abandoned.Call.Reason, Is.EqualTo(CallReason.QueueAbandoned));
        Assert.That(abandoned.Call.HangupBy, Is.EqualTo("caller"));

        var timedOut = new PbxStory().ClientCalls().Up("1.1").EntersQueue("1.1", "sales").After(12).IsGivenUp("1.1", "sales").After(9).Gone("1.1");
        Assert.That(timedOut.Call.Reason, Is.EqualTo(CallReason.QueueTimeout));
    }

    [Test]
    public void A_caller_goes_from_queue_to_queue_and_the_last_one_names_the_reason()
    {
        var story = new PbxStory().ClientCalls().Up("1.1").EntersQueue("1.1", "sales").After(12).IsGivenUp("1.1", "sales")
            .EntersQueue("1.1", "support").After(5).AsksToHangUp("1.1").IsGivenUp("1.1", "support").Gone("1.1");

        Assert.That(story.Call.QueueVisits.Select(visit => (visit.Queue, visit.Exit)), Is.EqualTo(new[]
        {
            ("sales", (QueueExit?)QueueExit.Timeout), ("support", QueueExit.Abandoned),
        }));
        Assert.That(story.Call.Queue, Is.EqualTo("support"));
        Assert.That(story.Call.Reason, Is.EqualTo(CallReason.QueueAbandoned));
    }

    [Test]
    public void A_queue_with_nobody_in_it_leaves_the_caller_unreached()
    {
        var story = new PbxStory().ClientCalls().Up("1.1").Tell(new QueueExitTold(PbxStory.Start, "1.1", "1.1", QueueExit.JoinEmpty)).IsStopped("1.1").Gone("1.1");

        Assert.That(story.Call.Reason, Is.EqualTo(CallReason.Unreachable));
    }

    [Test]
    public void A_menu_that_nobody_answers_is_abandoned_or_times_out()
    {
        var abandoned = new PbxStory().ClientCalls().Up("1.1").After(3).AsksToHangUp("1.1").IsStopped("1.1").Gone("1.1", 0);
        Assert.That(abandoned.Call.Reason, Is.EqualTo(CallReason.IvrAbandoned));

        var timedOut = new PbxStory().ClientCalls().Up("1.1").After(10).IsStopped("1.1").Gone("1.1");
        Assert.That(timedOut.Call.Reason, Is.EqualTo(CallReason.IvrTimeout));
        Assert.That(timedOut.Call.HangupBy, Is.EqualTo("pbx"));
    }

    [Test]
    public void An_outbound_call_that_fails_over_to_a_second_trunk_is_one_call()
    {
        var story = new PbxStory().ExtensionCalls("101", "89161234567", "1.1").DialsOut("1.1", "79161234567", "1.2").After(0.5)
            .AsksToHangUp("1.2", 34, "503").DialEnds("1.1", "1.2", DialOutcome.Congested).Gone("1.2", 34, "503")
            .DialsOut("1.1", "79161234567", "1.3").Rings("1.3").After(2).PicksUp("1.3", "1.1").After(10).AsksToHangUp("1.3").Gone("1.3").Gone("1.1");

        Assert.That(story.Call.Direction, Is.EqualTo(CallDirection.Outbound));
        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Answered));
        Assert.That(story.Call.Client!.E164, Is.EqualTo("+79161234567"));
        Assert.That(story.Call.HangupBy, Is.EqualTo("customer"));
        Assert.That(story.Call.TalkSeconds, Is.EqualTo(10).Within(0.01));
        Assert.That(story.Call.RingSeconds, Is.EqualTo(2).Within(0.01));
    }

    [Test]
    public void An_outbound_call_on_a_trunk_that_never_rings_has_failed()
    {
        var story = new PbxStory().ExtensionCalls("101", "89161234567", "1.1").DialsOut("1.1", "79161234567", "1.2").After(20)
            .DialEnds("1.1", "1.2", DialOutcome.NoAnswer).Gone("1.2", 0).IsStopped("1.1").Gone("1.1");

        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Failed));
        Assert.That(story.Call.HangupBy, Is.EqualTo("pbx"));
    }

    [Test]
    public void An_agent_who_dials_a_number_and_reaches_no_trunk_has_called_outside()
    {
        var story = new PbxStory().ExtensionCalls("101", "89161234567", "1.1").Tell(new DialFailed(PbxStory.Start, "1.1", "1.1")).IsStopped("1.1").Gone("1.1");

        Assert.That(story.Call.Direction, Is.EqualTo(CallDirection.Outbound));
        Assert.That(story.Call.Client!.E164, Is.EqualTo("+79161234567"));
        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Failed));
    }

    [Test]
    public void A_call_whose_first_leg_is_gone_lives_on_with_the_others()
    {
        var story = new PbxStory().ExtensionCalls("101", "89161234567", "1.1").DialsOut("1.1", "79161234567", "1.2").Rings("1.2").PicksUp("1.2", "1.1")
            .After(5).Tell(new BlindTransferred(PbxStory.Start.AddSeconds(5), "1.2", "1.1", "1.1", "102")).Gone("1.1");
        Assert.That(story.Call.IsLive, Is.True);

        story.Dials("1.2", "102", "1.3").Rings("1.3");
        Assert.That(story.Call.Offers[0].TransferredBy, Is.EqualTo("101"));

        story.After(2).PicksUp("1.3", "1.2", "b2").After(4).AsksToHangUp("1.3").Gone("1.3").Gone("1.2");

        Assert.That(story.Call.LastAgent, Is.EqualTo("102"));
        Assert.That(story.Call.HangupBy, Is.EqualTo("102"));
        Assert.That(story.Call.Transfers.Single().Answered, Is.True);
        Assert.That(story.Call.PlacedBy, Is.EqualTo("101"));
    }

    [Test]
    public void A_transfer_that_nobody_takes_stays_unanswered()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Rings("1.2").PicksUp("1.2", "1.1").After(5)
            .Tell(new BlindTransferred(PbxStory.Start.AddSeconds(5), "1.1", "1.1", "1.2", "104")).Gone("1.2")
            .Dials("1.1", "104", "1.3").Rings("1.3").After(20).DialEnds("1.1", "1.3", DialOutcome.NoAnswer).Gone("1.3", 0).IsStopped("1.1").Gone("1.1");

        Assert.That(story.Call.Transfers.Single(), Is.EqualTo(new Transfer(TransferType.Blind, "101", "104", PbxStory.Start.AddSeconds(5))));
        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Answered));
        Assert.That(story.Call.LastAgent, Is.EqualTo("101"));
        Assert.That(story.Call.HangupBy, Is.EqualTo("pbx"));
    }

    [Test]
    public void Calls_that_merge_go_on_as_the_clients_even_when_the_other_is_older()
    {
        var story = new PbxStory().ExtensionCalls("101", "102", "1.1").Dials("1.1", "102", "1.2").Rings("1.2").PicksUp("1.2", "1.1", "b1")
            .After(5).ClientCalls("2.1").Dials("2.1", "101", "2.2").Rings("2.2").PicksUp("2.2", "2.1", "b2").After(5);
        Assert.That(story.Calls.Count(), Is.EqualTo(2));

        // 101 connects the client with 102: all legs bear the older name from now on.
        story.BelongsTo("2.1", "1.1").Tell(new LegUnbridged(story.Now, "2.1", "2.1", "b2")).Tell(new LegBridged(story.Now, "2.1", "1.1", "b1")).Gone("1.1").Gone("2.2");

        Assert.That(story.Call.Key.ExternalId, Is.EqualTo("2.1"));
        Assert.That(story.Call.LastAgent, Is.EqualTo("102"));
        Assert.That(story.Call.AnsweredBy, Is.EqualTo("101"));
        story.After(3).AsksToHangUp("2.1").Gone("2.1").BelongsTo("1.2", "1.1").Gone("1.2");
        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Answered));
        Assert.That(story.Tracker.RememberedCount, Is.Zero);
    }

    [Test]
    public void Late_repeated_and_unknown_signals_change_nothing_and_are_counted()
    {
        var story = new PbxStory().ClientCalls().Gone("1.1");
        var before = story.Call;

        story.ClientCalls().BelongsTo("1.1", "1.1").Rings("1.1").Gone("1.1").Tell(new LegUp(story.Now, "9.9", "9.9"));

        Assert.That(story.Call, Is.EqualTo(before));
        Assert.That(story.Tracker.Ignored, Is.EqualTo(4));
        Assert.That(story.Tracker.RememberedCount, Is.Zero);
    }

    [Test]
    public void The_same_name_at_two_PBXs_is_two_calls()
    {
        var moscow = new PbxStory(new CallTracker("moscow", new NumberPlan("RU"))).ClientCalls();
        var london = new PbxStory(new CallTracker("london", new NumberPlan("GB"))).ClientCalls(number: "02071838750");

        Assert.That(moscow.Call.Key, Is.Not.EqualTo(london.Call.Key));
        Assert.That(london.Call.Client!.E164, Is.EqualTo("+442071838750"));
    }

    [Test]
    public void Hold_is_known_by_who_pressed_the_button()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Rings("1.2").PicksUp("1.2", "1.1").After(2)
            .Tell(new LegHeld(PbxStory.Start.AddSeconds(2), "1.2", "1.1")).Tell(new LegUnheld(PbxStory.Start.AddSeconds(5), "1.2", "1.1"))
            .Tell(new LegUnheld(PbxStory.Start.AddSeconds(6), "1.1", "1.1")).Tell(new LegHeld(PbxStory.Start.AddSeconds(7), "1.1", "1.1"));

        Assert.That(story.Call.Holds.Select(hold => (hold.By, hold.EndedAt is null)), Is.EqualTo(new[] { ("101", false), ("customer", true) }));
    }

    [Test]
    public void A_call_that_a_command_hung_up_was_ended_by_the_CRM()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Rings("1.2").PicksUp("1.2", "1.1").After(5)
            .Tell(new HangupCommanded(PbxStory.Start.AddSeconds(5))).Tell(new LegUnbridged(PbxStory.Start.AddSeconds(5), "1.1", "1.1", "b1")).IsStopped("1.1").Gone("1.2").Gone("1.1");

        Assert.That(story.Call.HangupBy, Is.EqualTo("crm"));
    }
}
