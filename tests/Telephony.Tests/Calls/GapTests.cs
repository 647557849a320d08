using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Tests.Calls;

/// <summary>What becomes of calls while nobody listens to the PBX.</summary>
public sealed class GapTests
{
    [Test]
    public void A_call_that_vanished_in_a_gap_ended_unseen()
    {
        var story = Talking();

        story.Tell(new SourceLost(story.Now)).After(60).Tell(new SnapshotTaken(story.Now));

        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.EndedUnseen));
        Assert.That(story.Call.EndedAt, Is.EqualTo(story.Now), "the end is the moment the line came back, at the latest");
        Assert.That(story.Call.HangupBy, Is.Null);
        Assert.That(story.Call.Result, Is.EqualTo(CallResult.Answered));
        Assert.That(story.Tracker.RememberedCount, Is.Zero);
    }

    [Test]
    public void A_call_that_is_hung_up_when_the_line_is_just_back_may_have_been_answered_meanwhile()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "102", "1.2").Rings("1.2").Tell(new SourceLost(PbxStory.Start)).After(6);

        story.Gone("1.2").Gone("1.1").Tell(new SnapshotTaken(story.Now));

        Assert.That(story.Call.IsLive, Is.False);
        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.AnsweredUnseen), "the diary has the last word");
    }

    [Test]
    public void A_snapshot_without_a_gap_ends_nothing()
    {
        var story = Talking();

        story.After(5).Tell(new SnapshotTaken(story.Now));

        Assert.That(story.Call.IsLive, Is.True);
    }

    [Test]
    public void A_call_that_began_in_a_gap_is_rebuilt_from_the_snapshot()
    {
        var story = new PbxStory().Tell(new SourceLost(PbxStory.Start)).After(60);
        story.Tell(Seen(story, "5.2", "5.1", PartyKind.Trunk, "trunk", LegOrigin.Called, number: "79160000003"))
            .Tell(Seen(story, "5.1", "5.1", PartyKind.Extension, "103", LegOrigin.Calling, dialled: "89160000003"))
            .Tell(new SnapshotTaken(story.Now));

        Assert.That(story.Call.Direction, Is.EqualTo(CallDirection.Outbound));
        Assert.That(story.Call.PlacedBy, Is.EqualTo("103"));
        Assert.That(story.Call.Client!.E164, Is.EqualTo("+79160000003"));
        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.BegunUnseen));
        Assert.That(story.Call.StartedAt, Is.EqualTo(story.Now.AddSeconds(-30)));
        Assert.That(story.Call.AnsweredAt, Is.Not.Null);
    }

    [Test]
    public void An_answer_in_a_gap_is_dated_by_the_PBXs_accounting()
    {
        var story = new PbxStory().ClientCalls().Dials("1.1", "102", "1.2").Rings("1.2").Tell(new SourceLost(PbxStory.Start)).After(20);
        story.Tell(Seen(story, "1.1", "1.1", PartyKind.Trunk, "trunk", LegOrigin.Calling)).After(0.001);
        story.Tell(Seen(story, "1.2", "1.1", PartyKind.Extension, "102", LegOrigin.Called)).After(0.001);
        story.Tell(new SnapshotTaken(story.Now));
        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.AnsweredUnseen));
        Assert.That(story.Call.AnsweredBy, Is.EqualTo("102"));

        // Answered 4 s after the start, ended 30 s after it: 26 s.
        story.After(10).AsksToHangUp("1.1").BelongsTo("1.2", "1.1").Gone("1.2").Gone("1.1").Tell(new LegAccounted(story.Now, "1.1", "1.1", 26));

        Assert.That(story.Call.WaitSeconds, Is.EqualTo(4).Within(0.75));
        Assert.That(story.Call.TalkSeconds, Is.EqualTo(26).Within(0.75));
        Assert.That(story.Call.RingSeconds, Is.EqualTo(4).Within(0.75));
    }

    [Test]
    public void A_phone_that_stopped_ringing_in_a_gap_was_withdrawn_and_the_call_goes_on()
    {
        var story = new PbxStory().ClientCalls().Up("1.1").EntersQueue("1.1", "support").Dials("1.1", "101", "1.2").Rings("1.2").Tell(new SourceLost(PbxStory.Start)).After(20);
        story.Tell(Seen(story, "1.1", "1.1", PartyKind.Trunk, "trunk", LegOrigin.Calling) with { BridgeId = null })
            .Tell(new SnapshotTaken(story.Now))
            .Tell(new QueueEntered(story.Now, "1.1", "", "support") { Since = PbxStory.Start });

        Assert.That(story.Call.IsLive, Is.True);
        Assert.That(story.Call.Uncertain, Is.Null);
        Assert.That(story.Call.Offers.Single().Result, Is.EqualTo(OfferResult.Withdrawn));
        Assert.That(story.Call.QueueVisits, Has.Length.EqualTo(1));
    }

    [Test]
    public void Calls_of_before_a_restart_of_the_PBX_were_stopped_by_it()
    {
        var story = Talking().Tell(new SourceStarted(PbxStory.Start, PbxStory.Start.AddDays(-1)));

        story.Tell(new SourceLost(story.Now)).After(30).Tell(new SourceStarted(story.Now, story.Now.AddSeconds(-10)));

        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.PbxStopped));
        Assert.That(story.Call.HangupBy, Is.EqualTo("pbx"));
        Assert.That(story.Call.EndedAt, Is.EqualTo(story.Now.AddSeconds(-11)), "it stopped before it started");
    }

    [Test]
    public void A_call_that_is_older_than_the_PBX_was_stopped_by_its_restart()
    {
        // The product was restarted too, and does not know since when the PBX ran before.
        var story = Talking();

        story.After(60).Tell(new SourceStarted(story.Now, story.Now.AddSeconds(-20)));

        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.PbxStopped));
    }

    [Test]
    public void A_call_that_a_booting_PBX_took_lives_on()
    {
        var story = new PbxStory().Tell(new SourceStarted(PbxStory.Start, PbxStory.Start.AddDays(-1))).After(60);

        story.ClientCalls().After(5).Tell(new SourceStarted(story.Now, PbxStory.Start.AddSeconds(50)));

        Assert.That(story.Call.IsLive, Is.True);
    }

    [Test]
    public void A_reconnect_to_the_same_PBX_is_no_restart()
    {
        var story = Talking().Tell(new SourceStarted(PbxStory.Start, PbxStory.Start.AddDays(-1)));

        story.Tell(new SourceLost(story.Now)).After(30).Tell(new SourceStarted(story.Now, PbxStory.Start.AddDays(-1).AddSeconds(1)));

        Assert.That(story.Call.IsLive, Is.True);
    }

    [Test]
    public void A_PBX_that_stops_in_good_order_ends_all_calls()
    {
        var story = Talking();

        story.Tell(new SourceStopped(story.Now));

        Assert.That(story.Call.IsLive, Is.False);
        Assert.That(story.Call.Uncertain, Is.EqualTo(CallUncertainty.PbxStopped));
    }

    [Test]
    public void Two_callers_parked_in_one_lot_do_not_talk()
    {
        var story = new PbxStory().ClientCalls("1.1").ClientCalls("2.1", "79160000002")
            .Tell(new LegBridged(PbxStory.Start, "1.1", "1.1", "lot", BridgeKind.Parking)).Tell(new LegBridged(PbxStory.Start, "2.1", "2.1", "lot", BridgeKind.Parking));

        Assert.That(story.Calls.SelectMany(call => call.Talks), Is.Empty);
    }

    [Test]
    public void A_saved_call_reads_back_as_it_was()
    {
        var call = Talking().Call;

        Assert.That(CallText.Write(CallText.Read(CallText.Write(call))!), Is.EqualTo(CallText.Write(call)));
        Assert.That(CallText.Read("{}"), Is.Null);
        Assert.That(CallText.Read("no JSON"), Is.Null);
    }

    private static PbxStory Talking() => new PbxStory().ClientCalls().Dials("1.1", "101", "1.2").Rings("1.2").After(2).PicksUp("1.2", "1.1").After(3);

    private static LegSeen Seen(PbxStory story, string leg, string call, PartyKind kind, string endpoint, LegOrigin origin, string? number = null, string? dialled = null) =>
        new(story.Now, leg, call, kind, endpoint, origin) { StartedAt = story.Now.AddSeconds(-30), IsUp = true, BridgeId = "b1", Number = number, Dialled = dialled };
}
