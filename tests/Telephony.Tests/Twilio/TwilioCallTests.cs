using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

/// <summary>What becomes of single words of Twilio's; whole calls are in the flows.</summary>
public sealed class TwilioCallTests
{
    private const string Client = "From=%2B12025550143&To=%2B12025550100";

    private static readonly DateTimeOffset Nine = new(2026, 10, 13, 9, 0, 0, TimeSpan.Zero);

    private readonly List<TwilioRequest> _said = [];

    [SetUp]
    public void BeginAnew() => _said.Clear();

    [TestCase("canceled")]
    [TestCase("no-answer")]
    [TestCase("busy")]
    public void A_phone_that_another_one_was_faster_than_is_withdrawn_whatever_Twilio_calls_it(string status)
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing", 6, status);
        Leg("bob", 0, "initiated", 1, "ringing", 6, "in-progress", 16, "completed&CallDuration=10");
        DialOver(16, "bob", "completed", isBridged: true);

        var call = Told("caller");
        Assert.That(call.AnsweredBy, Is.EqualTo("client:bob"));
        Assert.That(call.Offers.Select(offer => $"{offer.Extension} {offer.Result}"), Is.EqualTo(new[] { "client:alice Withdrawn", "client:bob Answered" }));
    }

    [Test]
    public void A_phone_that_refused_before_another_one_answered_refused()
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing", 3, "busy");
        Leg("bob", 0, "initiated", 1, "ringing", 6, "in-progress", 16, "completed&CallDuration=10");

        Assert.That(Told("caller").Offers[0].Result, Is.EqualTo(OfferResult.Busy));
    }

    [Test]
    public void A_phone_that_still_rings_when_another_one_answers_rings_no_more()
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing");
        Leg("bob", 0, "initiated", 1, "ringing", 6, "in-progress");

        Assert.That(Told("caller").Offers[0], Has.Property(nameof(Offer.Result)).EqualTo(OfferResult.Withdrawn).And.Property(nameof(Offer.EndedAt)).EqualTo(Nine.AddSeconds(6)));
        Assert.That(Told("caller").IsLive, Is.True);
    }

    [Test]
    public void A_caller_who_hung_up_abandoned_the_call_even_where_Twilio_says_no_answer()
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing", 8, "no-answer");
        DialOver(8, "alice", "no-answer", isBridged: false, callStatus: "completed");

        var call = Told("caller");
        Assert.That($"{call.Result} {call.Reason} {call.HangupBy}", Is.EqualTo("Missed CallerAbandoned caller"));
    }

    [TestCase("in-progress", "agent")]
    [TestCase("completed", "caller")]
    public void Who_is_still_there_when_the_Dial_is_over_did_not_hang_up(string callStatus, string hangupBy)
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing", 6, "in-progress", 16, "completed&CallDuration=10");
        DialOver(16, "alice", "completed", isBridged: true, callStatus);
        Say(TwilioRole.NumberStatus, 17, $"CallSid=caller&CallStatus=completed&Direction=inbound&{Client}&CallDuration=17&SequenceNumber=0&Timestamp={Stamp(17)}");

        Assert.That(Told("caller").HangupBy, Is.EqualTo(hangupBy));
    }

    [Test]
    public void A_phone_that_picked_up_and_was_not_connected_answered_nothing()
    {
        Incoming();
        Leg("%2B12025550199", 0, "initiated", 1, "ringing", 6, "in-progress", 14, "completed&CallDuration=8");
        DialOver(14, "%2B12025550199", "completed", isBridged: false);
        Say(TwilioRole.NumberStatus, 20, $"CallSid=caller&CallStatus=completed&Direction=inbound&{Client}&CallDuration=20&SequenceNumber=0&Timestamp={Stamp(20)}");

        var call = Told("caller");
        Assert.That($"{call.Result} {call.Reason} {call.AnsweredBy}", Is.EqualTo("Missed NoAnswer "));
        Assert.That(call.TalkSeconds, Is.Zero);
    }

    [Test]
    public void Nobody_is_told_of_a_call_before_it_is_known_who_calls()
    {
        Leg("alice", 0, "initiated", 1, "ringing");
        Say(TwilioRole.RecordingStatus, 5, $"CallSid=caller&RecordingSid=RE1&RecordingStatus=in-progress&RecordingStartTime={Stamp(5)}");
        Assert.That(Tell(), Is.Empty);

        Incoming();
        Assert.That(Told("caller").Client!.E164, Is.EqualTo("+12025550143"));
    }

    [Test]
    public void An_agents_leg_that_was_called_for_nobody_known_is_a_call_until_it_is_part_of_one()
    {
        Say(TwilioRole.ApiCallStatus, 0, $"CallSid=agent&CallStatus=initiated&Direction=outbound-api&From=%2B12025550100&To=client%3Aalice&SequenceNumber=0&Timestamp={Stamp(0)}");
        Assert.That(Told("agent").PlacedBy, Is.EqualTo("client:alice"));

        Incoming();
        Say(TwilioRole.QueueConnect, 9, $"CallSid=caller&CallStatus=in-progress&Direction=inbound&{Client}&QueueSid=QU1&QueueTime=9&DequeingCallSid=agent");

        Assert.That(Told("agent").MergedInto, Is.EqualTo(new CallKey("cloud", "caller")));
        Assert.That(Told("caller").AnsweredBy, Is.EqualTo("client:alice"));
    }

    [Test]
    public void An_agents_leg_that_was_called_for_a_caller_is_never_a_call_of_its_own()
    {
        Incoming();
        Say(TwilioRole.QueueWait, 1, $"CallSid=caller&CallStatus=in-progress&Direction=inbound&{Client}&QueueSid=QU1&QueueTime=0", "queue=support");
        Say(TwilioRole.ApiCallStatus, 2, $"CallSid=agent&CallStatus=ringing&Direction=outbound-api&From=%2B12025550100&To=client%3Aalice&SequenceNumber=1&Timestamp={Stamp(2)}", "queue=support&caller=caller");

        var call = Tell().Single();
        Assert.That(call.QueueVisits.Single().Queue, Is.EqualTo("support"));
        Assert.That(call.Offers.Single(), Has.Property(nameof(Offer.Extension)).EqualTo("client:alice").And.Property(nameof(Offer.Queue)).EqualTo("support").And.Property(nameof(Offer.Result)).Null);
    }

    [Test]
    public void Who_took_somebody_else_from_the_queue_is_part_of_that_call()
    {
        Incoming();
        Say(TwilioRole.QueueWait, 1, $"CallSid=caller&CallStatus=in-progress&Direction=inbound&{Client}&QueueSid=QU1&QueueTime=0", "queue=support");
        Say(TwilioRole.ApiCallStatus, 2, $"CallSid=agent&CallStatus=ringing&Direction=outbound-api&From=%2B12025550100&To=client%3Aalice&SequenceNumber=1&Timestamp={Stamp(2)}", "caller=caller");
        Say(TwilioRole.Incoming, 0, "CallSid=other&CallStatus=ringing&Direction=inbound&From=%2B12025550144&To=%2B12025550100");
        Say(TwilioRole.QueueConnect, 9, "CallSid=other&CallStatus=in-progress&Direction=inbound&From=%2B12025550144&To=%2B12025550100&QueueSid=QU1&QueueTime=9&DequeingCallSid=agent");

        Assert.That(Told("other").AnsweredBy, Is.EqualTo("client:alice"));
        Assert.That(Told("caller").Offers, Is.Empty);
    }

    [Test]
    public void A_softphone_of_an_agent_that_was_not_picked_up_failed_to_reach_the_client()
    {
        foreach (var (number, at, status) in new[] { (0, 0, "initiated"), (1, 1, "ringing"), (2, 20, "no-answer&CallDuration=0") })
            Say(TwilioRole.ApiCallStatus, at, $"CallSid=agent&CallStatus={status}&Direction=outbound-api&From=%2B12025550100&To=client%3Aalice&SequenceNumber={number}&Timestamp={Stamp(at)}", "to=%2B12025550178");

        var call = Told("agent");
        Assert.That($"{call.Direction} {call.Result} {call.Reason} {call.Client?.E164}", Is.EqualTo("Outbound Failed AgentNoAnswer +12025550178"));
    }

    [Test]
    public void A_call_that_is_sent_on_was_transferred_by_the_one_who_talked()
    {
        Incoming();
        Leg("alice", 0, "initiated", 1, "ringing", 5, "in-progress", 20, "completed&CallDuration=15");
        Say(TwilioRole.TransferTwiml, 20, $"CallSid=caller&CallStatus=in-progress&Direction=inbound&{Client}", "to=client%3Abob");
        Leg("bob", 20, "initiated", 21, "ringing", 25, "in-progress", 40, "completed&CallDuration=15");
        DialOver(40, "bob", "completed", isBridged: true);

        var call = Told("caller");
        Assert.That(call.Transfers.Single(), Is.EqualTo(new Transfer(TransferType.Blind, "client:alice", "client:bob", Nine.AddSeconds(20)) { Answered = true }));
        Assert.That((call.AnsweredBy, call.LastAgent, call.TalkSeconds), Is.EqualTo(("client:alice", "client:bob", 30.0)));
        Assert.That(call.Offers[^1].TransferredBy, Is.EqualTo("client:alice"));
    }

    [Test]
    public void A_supervisor_answers_nothing_by_coaching_and_talks_by_barging_in()
    {
        Incoming();
        Participant(1, "caller", "participant-join", 1, "customer");
        Participant(2, "agent", "participant-join", 8, "agent:alice");
        Participant(3, "boss", "participant-join", 12, "supervisor:sue", isCoaching: true);
        Assert.That(Told("caller").Talks.Select(talk => talk.Extension), Is.EqualTo(new[] { "client:alice" }));

        Participant(4, "boss", "participant-modify", 20, "supervisor:sue");
        var call = Told("caller");
        Assert.That(call.Talks.Where(talk => talk.EndedAt is null).Select(talk => (talk.Extension, talk.Kind)), Is.EquivalentTo(new[]
        {
            ("client:alice", TalkKind.Conference), ("client:sue", TalkKind.Conference),
        }));
        Assert.That(call.AnsweredBy, Is.EqualTo("client:alice"));
    }

    [Test]
    public void Music_for_the_client_is_the_agents_hold()
    {
        Incoming();
        Participant(1, "caller", "participant-join", 1, "customer");
        Participant(2, "agent", "participant-join", 8, "agent:alice");
        Participant(3, "caller", "participant-hold", 20, "customer");
        Participant(4, "caller", "participant-unhold", 35, "customer");

        var hold = Told("caller").Holds.Single();
        Assert.That((hold.By, hold.StartedAt, hold.EndedAt), Is.EqualTo(("client:alice", Nine.AddSeconds(20), (DateTimeOffset?)Nine.AddSeconds(35))));
    }

    [TestCase("")]
    [TestCase("anonymous")]
    [TestCase("Anonymous")]
    [TestCase("Restricted")]
    [TestCase("unknown")]
    [TestCase("unavailable")]
    [TestCase("sip:anonymous@anonymous.invalid")]
    [TestCase("+266696687")]
    [TestCase("+7378742833")]
    [TestCase("+2562533")]
    [TestCase("+8656696")]
    [TestCase("+86282452253")]
    public void A_withheld_number_is_hidden_however_it_is_written(string from)
    {
        Say(TwilioRole.Incoming, 0, $"CallSid=caller&CallStatus=ringing&Direction=inbound&From={Uri.EscapeDataString(from)}&To=%2B12025550100");

        Assert.That(Told("caller").Client, Has.Property(nameof(OutsideParty.IsHidden)).True.And.Property(nameof(OutsideParty.E164)).Null);
    }

    [TestCase("sip:+12025550188@pbx.example.test", "+12025550188")]
    [TestCase("sip:6001@pbx.example.test", null)]
    [TestCase("+12025550188", "+12025550188")]
    public void The_number_of_a_SIP_caller_is_in_its_user_part(string from, string? e164)
    {
        Say(TwilioRole.Incoming, 0, $"CallSid=caller&CallStatus=ringing&Direction=inbound&From={Uri.EscapeDataString(from)}&To=sip%3A%2B12025550100%40crm.sip.twilio.com");

        Assert.That((Told("caller").Client!.E164, Told("caller").Client!.IsHidden, Told("caller").Did), Is.EqualTo((e164, false, "+12025550100")));
    }

    private void Incoming() => Say(TwilioRole.Incoming, 0, $"CallSid=caller&CallStatus=ringing&Direction=inbound&{Client}");

    /// <param name="statuses">Seconds and status by turns.</param>
    private void Leg(string who, params object[] statuses)
    {
        var to = who.StartsWith('%') ? who : $"client%3A{who}";
        for (var i = 0; i < statuses.Length; i += 2)
        {
            var at = (int)statuses[i];
            Say(TwilioRole.LegStatus, at, $"CallSid=leg-{who}&ParentCallSid=caller&CallStatus={statuses[i + 1]}&Direction=outbound-dial&From=%2B12025550143&To={to}&SequenceNumber={i / 2}&Timestamp={Stamp(at)}");
        }
    }

    private void DialOver(int at, string who, string status, bool isBridged, string callStatus = "in-progress") => Say(
        TwilioRole.DialAction, at, $"CallSid=caller&CallStatus={callStatus}&Direction=inbound&{Client}&DialCallSid=leg-{who}&DialCallStatus={status}&DialBridged={(isBridged ? "true" : "false")}");

    private void Participant(int number, string leg, string word, int at, string label, bool isCoaching = false) => Say(
        TwilioRole.ConferenceStatus, at,
        $"ConferenceSid=CF1&CallSid={leg}&StatusCallbackEvent={word}&ParticipantLabel={label}&Coaching={(isCoaching ? "true" : "false")}&Muted=false&SequenceNumber={number}&Timestamp={Stamp(at)}");

    private void Say(TwilioRole role, int at, string form, string query = "") =>
        _said.Add(new(role, TwilioForm.Parse(form), Nine.AddSeconds(at)) { Query = TwilioForm.Parse(query) });

    private static string Stamp(int at) => Uri.EscapeDataString(TwilioTime.Write(Nine.AddSeconds(at))!);

    private IReadOnlyList<Call> Tell() => TwilioStory.Tell("cloud", new NumberPlan("US"), _said);

    private Call Told(string sid) => Tell().Single(call => call.Key.ExternalId == sid);
}
