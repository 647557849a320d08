using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Desk;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Desk;

sealed class DeskRulesTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_phone_that_rings_shows_the_call_since_the_ring()
    {
        var view = DeskRules.View(Inbound with { Offers = [Ringing("101", 2)] }, "101")!;

        Assert.That(view.State, Is.EqualTo(DeskCardState.Ringing));
        Assert.That(view.RingingSince, Is.EqualTo(At(2)));
        Assert.That((view.Number, view.Did), Is.EqualTo(("+79161234567", "74951234501")));
    }

    [Test]
    public void A_phone_that_was_called_and_never_rang_shows_nothing()
    {
        var offered = new Offer("101", "leg", At(1));

        Assert.That(DeskRules.View(Inbound with { Offers = [offered] }, "101"), Is.Null);
        Assert.That(DeskRules.View(Inbound with { Offers = [offered with { Result = OfferResult.Unreachable, EndedAt = At(2) }] }, "101"), Is.Null);
    }

    [Test]
    public void Whoever_answers_talks_and_the_other_phones_learn_who_took_it()
    {
        var call = Inbound with
        {
            Offers = [Ringing("101", 2) with { Result = OfferResult.Answered, EndedAt = At(5) }, Ringing("102", 2) with { Result = OfferResult.Withdrawn, EndedAt = At(5) }],
            Talks = [new("101", At(5))],
        };

        Assert.That(DeskRules.View(call, "101")!.State, Is.EqualTo(DeskCardState.Talking));
        var other = DeskRules.View(call, "102")!;
        Assert.That((other.State, other.WithdrawnBecause, other.TakenBy), Is.EqualTo((DeskCardState.Withdrawn, Withdrawals.AnsweredElsewhere, "101")));
    }

    [Test]
    public void A_call_taken_by_a_phone_outside_names_its_number()
    {
        var call = Inbound with
        {
            Offers = [Ringing("101", 2) with { Result = OfferResult.Withdrawn, EndedAt = At(5) }],
            Talks = [new(null, At(5)) { ExternalNumber = "+79990000000" }],
        };

        Assert.That(DeskRules.View(call, "101")!.TakenBy, Is.EqualTo("+79990000000"));
    }

    [TestCase(OfferResult.Withdrawn, Withdrawals.CallerGone)]
    [TestCase(OfferResult.RangOut, Withdrawals.RangOut)]
    [TestCase(OfferResult.Rejected, Withdrawals.Rejected)]
    [TestCase(OfferResult.Busy, Withdrawals.Rejected)]
    public void A_phone_that_stopped_ringing_says_why(OfferResult result, string why)
    {
        var call = Inbound with { Offers = [Ringing("101", 2) with { Result = result, EndedAt = At(9) }], EndedAt = At(9) };

        var view = DeskRules.View(call, "101")!;

        Assert.That((view.State, view.WithdrawnBecause, view.EndedAt), Is.EqualTo((DeskCardState.Withdrawn, why, At(9))));
    }

    [Test]
    public void A_talk_before_this_phone_rang_did_not_take_the_call_from_it()
    {
        var call = Inbound with
        {
            Talks = [new("103", At(3)) { EndedAt = At(10) }],
            Offers = [Ringing("101", 12) with { TransferredBy = "103", Result = OfferResult.Withdrawn, EndedAt = At(20) }],
            EndedAt = At(20),
        };

        Assert.That(DeskRules.View(call, "101")!.WithdrawnBecause, Is.EqualTo(Withdrawals.CallerGone));
    }

    [Test]
    public void The_agent_who_put_the_caller_on_hold_is_on_hold_and_not_the_one_whom_the_caller_put_there()
    {
        var talk = Inbound with { Talks = [new("101", At(5))] };

        Assert.That(DeskRules.View(talk with { Holds = [new("101", At(7))] }, "101")!.State, Is.EqualTo(DeskCardState.OnHold));
        Assert.That(DeskRules.View(talk with { Holds = [new("101", At(7)) { EndedAt = At(8) }] }, "101")!.State, Is.EqualTo(DeskCardState.Talking));
        Assert.That(DeskRules.View(talk with { Holds = [new("customer", At(7))] }, "101")!.State, Is.EqualTo(DeskCardState.Talking));
    }

    [Test]
    public void Whoever_talked_has_work_left_when_the_call_ends_or_goes_on_to_somebody_else()
    {
        var ended = Inbound with { Talks = [new("101", At(5)) { EndedAt = At(60) }], EndedAt = At(60) };
        var handedOn = Inbound with { Talks = [new("101", At(5)) { EndedAt = At(30) }, new("102", At(35))] };

        Assert.That(DeskRules.View(ended, "101")!.State, Is.EqualTo(DeskCardState.WrapUp));
        Assert.That(DeskRules.View(handedOn, "101")!, Has.Property("State").EqualTo(DeskCardState.WrapUp).And.Property("EndedAt").EqualTo(At(30)));
    }

    [Test]
    public void A_call_that_ended_while_nobody_listened_leaves_no_one_talking()
    {
        var call = Inbound with { Talks = [new("101", At(5))], EndedAt = At(60), Uncertain = CallUncertainty.EndedUnseen };

        Assert.That(DeskRules.View(call, "101")!, Has.Property("State").EqualTo(DeskCardState.WrapUp).And.Property("EndedAt").EqualTo(At(60)));
    }

    [Test]
    public void An_outbound_call_is_dialled_then_talked_then_left_to_be_finished_even_when_nobody_answered()
    {
        var call = Inbound with { Direction = CallDirection.Outbound, PlacedBy = "101", Did = null };

        Assert.That(DeskRules.View(call, "101")!.State, Is.EqualTo(DeskCardState.Dialling));
        Assert.That(DeskRules.View(call with { Talks = [new("101", At(5))] }, "101")!.State, Is.EqualTo(DeskCardState.Talking));
        Assert.That(DeskRules.View(call with { EndedAt = At(20), Result = CallResult.NoAnswer }, "101")!.State, Is.EqualTo(DeskCardState.WrapUp));
    }

    [Test]
    public void A_colleagues_call_names_the_colleague_and_leaves_nothing_to_do()
    {
        var call = Inbound with { Direction = CallDirection.Internal, Client = null, Did = null, PlacedBy = "102", Offers = [Ringing("101", 1)] };

        Assert.That(DeskRules.View(call, "101")!.RawNumber, Is.EqualTo("102"));
        Assert.That(DeskRules.View(call, "102")!.RawNumber, Is.EqualTo("101"));
        Assert.That(DeskRules.View(call with { Talks = [new("101", At(2)) { EndedAt = At(9) }], EndedAt = At(9) }, "101"), Is.Null);
    }

    [Test]
    public void A_transferred_call_says_by_whom()
    {
        var call = Inbound with { Talks = [new("101", At(5)) { EndedAt = At(30) }], Offers = [Ringing("102", 30) with { TransferredBy = "101" }] };

        Assert.That(DeskRules.View(call, "102")!.TransferredBy, Is.EqualTo("101"));
    }

    [Test]
    public void A_call_that_became_a_part_of_another_one_is_nothing_to_show() =>
        Assert.That(DeskRules.View(Inbound with { Offers = [Ringing("101", 2)], MergedInto = new("pbx", "2") }, "101"), Is.Null);

    [Test]
    public void A_card_that_shows_the_same_is_not_sent_again()
    {
        var view = DeskRules.View(Inbound with { Offers = [Ringing("101", 2)] }, "101")!;
        var card = DeskRules.Next(null, view, Place, isBusy: false, Start)!;

        Assert.That((card.Revision, card.IsOpen), Is.EqualTo((1L, true)));
        Assert.That(DeskRules.Next(card, view, Place, isBusy: true, Start), Is.Null);
    }

    [Test]
    public void A_withdrawn_card_leaves_and_comes_back_when_the_phone_rings_again()
    {
        var card = DeskRules.Next(null, DeskRules.View(Inbound with { Offers = [Ringing("101", 2)] }, "101"), Place, isBusy: false, Start)!;
        var rangOut = Ringing("101", 2) with { Result = OfferResult.RangOut, EndedAt = At(9) };

        var left = DeskRules.Next(card, DeskRules.View(Inbound with { Offers = [rangOut] }, "101"), Place, isBusy: false, Start)!;
        var back = DeskRules.Next(left, DeskRules.View(Inbound with { Offers = [rangOut, Ringing("101", 12)] }, "101"), Place, isBusy: false, Start)!;

        Assert.That((left.IsOpen, left.View.State), Is.EqualTo((false, DeskCardState.Withdrawn)));
        Assert.That((back.IsOpen, back.View.RingingSince, back.Revision), Is.EqualTo((true, At(12), 3L)));
    }

    [Test]
    public void A_card_that_the_agent_closed_stays_closed_when_its_call_is_told_again()
    {
        var ended = Inbound with { Talks = [new("101", At(5)) { EndedAt = At(60) }], EndedAt = At(60) };
        var closed = DeskRules.Next(null, DeskRules.View(ended, "101"), Place, isBusy: false, Start)! with { IsOpen = false, ClosedAt = At(70) };

        Assert.That(DeskRules.Next(closed, DeskRules.View(ended with { Did = "74951234502" }, "101"), Place, isBusy: false, Start), Is.Null);
    }

    [Test]
    public void A_call_that_rang_and_was_gone_before_it_could_be_shown_is_not_shown()
    {
        var gone = Inbound with { Offers = [Ringing("101", 2) with { Result = OfferResult.Withdrawn, EndedAt = At(3) }], EndedAt = At(3) };

        Assert.That(DeskRules.Next(null, DeskRules.View(gone, "101"), Place, isBusy: false, Start), Is.Null);
    }

    [Test]
    public void A_second_call_stays_one_until_it_rings_anew()
    {
        var ringing = Inbound with { Offers = [Ringing("101", 2)] };
        var second = DeskRules.Next(null, DeskRules.View(ringing, "101"), Place, isBusy: true, Start)!;
        Assert.That(second.View.IsSecondCall, Is.True);

        var withQueue = DeskRules.Next(second, DeskRules.View(ringing with { Did = "74951234502" }, "101"), Place, isBusy: false, Start)!;

        Assert.That(withQueue.View.IsSecondCall, Is.True);
    }

    [Test]
    public void A_call_that_was_asked_for_rings_the_own_phone_and_then_the_number()
    {
        var rings = DeskRules.View(AskedFor, "101")!;
        var picked = DeskRules.View(AskedFor with { Legs = [OwnPhone with { UpAt = At(3) }] }, "101")!;

        Assert.That((rings.State, rings.DialStep, rings.Direction), Is.EqualTo((DeskCardState.Dialling, DialStep.OwnPhone, "outbound")));
        Assert.That((picked.State, picked.DialStep), Is.EqualTo((DeskCardState.Dialling, DialStep.Number)));
    }

    [TestCase(19, "own_phone_no_answer")]
    [TestCase(17, "own_phone_busy")]
    [TestCase(21, "own_phone_busy")]
    public void An_own_phone_that_was_not_picked_up_leaves_work_although_nothing_says_whom_it_was_for(int cause, string why)
    {
        var view = DeskRules.View(AskedFor with { Legs = [OwnPhone with { Cause = cause, EndedAt = At(30) }], Result = CallResult.NoAnswer, EndedAt = At(30) }, "101")!;

        Assert.That((view.State, view.NotReached), Is.EqualTo((DeskCardState.WrapUp, why)));
    }

    [TestCase(CallResult.Busy, null, "busy", null)]
    [TestCase(CallResult.Declined, "603", "declined", null)]
    [TestCase(CallResult.Failed, "403", "failed", "403")]
    [TestCase(CallResult.Cancelled, null, "cancelled", null)]
    public void A_number_that_was_not_reached_says_why(CallResult result, string? answer, string why, string? status)
    {
        var number = new Leg("2", PartyKind.Trunk, "trunk", At(3)) { Origin = LegOrigin.Called, DialledBy = "crm-1", TechCause = answer };
        var call = AskedFor with { Direction = CallDirection.Outbound, Legs = [OwnPhone with { UpAt = At(3) }, number], Result = result, EndedAt = At(9) };

        var view = DeskRules.View(call, "101")!;

        Assert.That((view.State, view.NotReached, view.NetworkStatus), Is.EqualTo((DeskCardState.WrapUp, why, status)));
    }

    [Test]
    public void A_call_among_colleagues_that_nobody_asked_the_PBX_for_leaves_nothing()
    {
        var byHand = OwnPhone with { Origin = LegOrigin.Calling };

        Assert.That(DeskRules.View(AskedFor with { Legs = [byHand], Result = CallResult.NoAnswer, EndedAt = At(9) }, "101"), Is.Null);
    }

    static Leg OwnPhone => new("crm-1", PartyKind.Extension, "101", At(0)) { Origin = LegOrigin.Called, RingingAt = At(0) };

    static Call AskedFor => Inbound with { Direction = CallDirection.Internal, Did = null, Client = null, PlacedBy = "101", Legs = [OwnPhone] };

    static Call Inbound => new()
    {
        Key = new("pbx", "1"),
        Revision = 1,
        Direction = CallDirection.Inbound,
        StartedAt = Start,
        Did = "74951234501",
        Client = new("79161234567", null, "+79161234567"),
    };

    static Offer Ringing(string extension, int second) => new(extension, $"leg-{extension}-{second}", At(second)) { RingStartedAt = At(second) };

    static DateTimeOffset At(int second) => Start.AddSeconds(second);

    static DeskPlace Place => new(AgentId: 7, CallId: 70, "101");
}
