using System.Text;
using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

public sealed class AsteriskSignalsTests
{
    private static readonly DateTimeOffset Arrived = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [TestCase("PJSIP/trunk-00000217", PartyKind.Trunk, "trunk")]
    [TestCase("PJSIP/beeline-1-00000217", PartyKind.Trunk, "beeline-1")]
    [TestCase("PJSIP/101-00000218", PartyKind.Extension, "101")]
    [TestCase("SIP/agent-two-0000000a", PartyKind.Extension, "agent-two")]
    [TestCase("Local/101@agents-local-00000000;1", PartyKind.Local, "101")]
    [TestCase("CBAnn/500-00000000;1", PartyKind.Application, "500")]
    [TestCase("nonsense", PartyKind.Application, "nonsense")]
    public void Whose_leg_it_is_stands_in_the_channels_name(string channel, PartyKind kind, string endpoint)
    {
        var started = Read<LegStarted>($"Event: Newchannel|Channel: {channel}|ChannelState: 4|CallerIDNum: 101|Exten: 74951234501|Uniqueid: 1.1|Linkedid: 1.1");

        Assert.That((started.Kind, started.Endpoint, started.Origin), Is.EqualTo((kind, endpoint, LegOrigin.Calling)));
    }

    [TestCase("0", LegOrigin.Called)]
    [TestCase("4", LegOrigin.Calling)]
    public void Who_began_the_leg_stands_in_its_first_state(string state, LegOrigin origin) =>
        Assert.That(Read<LegStarted>($"Event: Newchannel|Channel: PJSIP/101-1|ChannelState: {state}|Exten: s|Uniqueid: 1.1|Linkedid: 1.1").Origin, Is.EqualTo(origin));

    [Test]
    public void The_PBXs_time_dates_a_signal_and_arrival_dates_what_has_none()
    {
        var signals = new AsteriskSignals(Trunks);
        var dated = signals.Read(Message("Event: Hangup|Timestamp: 1795427441.5|Uniqueid: 1.1|Linkedid: 1.1"), Arrived)!;
        var undated = signals.Read(Message("Event: CoreShowChannelsComplete"), Arrived.AddSeconds(3))!;

        Assert.That(dated.At, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1795427441500)));
        Assert.That(undated.At, Is.EqualTo(dated.At.AddSeconds(3)), "by the PBX's clock as far as it is known");
        Assert.That(Read<SnapshotTaken>("Event: CoreShowChannelsComplete").At, Is.EqualTo(Arrived));
    }

    [TestCase("NOANSWER", DialOutcome.NoAnswer)]
    [TestCase("BUSY", DialOutcome.Busy)]
    [TestCase("CONGESTION", DialOutcome.Congested)]
    [TestCase("CANCEL", DialOutcome.Cancelled)]
    [TestCase("ANSWER", DialOutcome.Answered)]
    [TestCase("CHANUNAVAIL", DialOutcome.Unavailable)]
    [TestCase("SOMETHING NEW", DialOutcome.Cancelled)]
    public void Every_end_of_a_dial_has_an_outcome(string status, DialOutcome outcome) =>
        Assert.That(Read<DialEnded>($"Event: DialEnd|Uniqueid: 1.1|DestUniqueid: 1.2|DestLinkedid: 1.1|DialStatus: {status}").Outcome, Is.EqualTo(outcome));

    [Test]
    public void A_dial_by_command_has_no_dialler() =>
        Assert.That(Read<LegDialled>("Event: DialBegin|DestChannel: PJSIP/101-1|DestUniqueid: 1.2|DestLinkedid: 1.2|DialString: 101").DiallerId, Is.Null);

    [TestCase("79161234567@trunk", "<unknown>", "79161234567")]
    [TestCase("trunk/sip:79161234567@10.0.0.1", "<unknown>", "sip:79161234567")]
    [TestCase("79161234567@trunk", "79990000000", "79990000000")]
    public void The_number_that_was_dialled_is_known(string dialString, string callerId, string number) =>
        Assert.That(Read<LegDialled>($"Event: DialBegin|DestUniqueid: 1.2|DestLinkedid: 1.1|DestCallerIDNum: {callerId}|DialString: {dialString}").Number, Is.EqualTo(number));

    [Test]
    public void Ringing_is_told_by_the_state_and_by_the_dial()
    {
        Assert.That(Read<LegRinging>("Event: Newstate|ChannelState: 5|Uniqueid: 1.2|Linkedid: 1.1").LegId, Is.EqualTo("1.2"));
        Assert.That(Read<LegRinging>("Event: DialState|DialStatus: RINGING|DestUniqueid: 1.2|DestLinkedid: 1.1").LegId, Is.EqualTo("1.2"));
        Assert.That(Read<LegRinging>("Event: DialState|DialStatus: PROGRESS|DestUniqueid: 1.2|DestLinkedid: 1.1").IsProgress, Is.True);
        Assert.That(Read("Event: DialState|DialStatus: PROCEEDING|DestUniqueid: 1.2|DestLinkedid: 1.1"), Is.Null);
    }

    [TestCase("MIXMONITOR_FILENAME", "/var/spool/a.wav", typeof(RecordingStarted))]
    [TestCase("DIALSTATUS", "CHANUNAVAIL", typeof(DialFailed))]
    [TestCase("VMSTATUS", "SUCCESS", typeof(VoicemailLeft))]
    [TestCase("QUEUESTATUS", "JOINEMPTY", typeof(QueueExitTold))]
    [TestCase("DIALSTATUS", "ANSWER", null)]
    [TestCase("QUEUESTATUS", "CONTINUE", null)]
    [TestCase("CDR(x)", "y", null)]
    public void Of_the_variables_four_are_worth_hearing(string variable, string value, Type? signal) =>
        Assert.That(Read($"Event: VarSet|Uniqueid: 1.1|Linkedid: 1.1|Variable: {variable}|Value: {value}")?.GetType(), Is.EqualTo(signal));

    [TestCase("Event: AgentRingNoAnswer|RingTime: 3000|Uniqueid: 1.1")]
    [TestCase("Event: AgentComplete|TalkTime: 5|Uniqueid: 1.1")]
    [TestCase("Event: QueueMemberStatus|Queue: sales")]
    [TestCase("Event: Newexten|Application: Dial|Uniqueid: 1.1")]
    [TestCase("Event: Newstate|ChannelState: 4|Uniqueid: 1.1")]
    [TestCase("Event: OriginateResponse|Response: Success|Channel: PJSIP/101-1|Exten: 102")]
    [TestCase("Event: BlindTransfer|Result: Fail|TransfererUniqueid: 1.2|TransfereeUniqueid: 1.1")]
    [TestCase("Event: Cdr|Disposition: NO ANSWER|BillableSeconds: 5|UniqueID: 1.1")]
    [TestCase("Event: Hangup2|Uniqueid: 1.1")]
    [TestCase("Response: Success|Message: Originate successfully queued")]
    [TestCase("Response: Goodbye")]
    public void What_says_nothing_about_calls_is_nothing(string text) => Assert.That(Read(text), Is.Null);

    [Test]
    public void A_command_that_failed_names_the_endpoint_and_the_number()
    {
        var failed = Read<OriginationFailed>("Event: OriginateResponse|Response: Failure|Channel: PJSIP/101|Exten: 89161234567|Reason: 3|Uniqueid: <unknown>");

        Assert.That((failed.Endpoint, failed.Dialled), Is.EqualTo(("101", "89161234567")));
    }

    [Test]
    public void An_obeyed_command_to_hang_up_is_heard() => Read<HangupCommanded>("Response: Success|ActionID: hu-1|Message: Channel Hungup");

    [Test]
    public void The_uptime_tells_since_when_the_PBX_runs() =>
        Assert.That(Read<SourceStarted>("Event: FullyBooted|Uptime: 376|LastReload: 376").RunningSince, Is.EqualTo(Arrived.AddSeconds(-376)));

    [Test]
    public void A_list_of_channels_tells_who_is_called_and_since_when()
    {
        var id = Arrived.ToUnixTimeSeconds() - 7;
        var seen = Read<LegSeen>($"Event: CoreShowChannel|Channel: PJSIP/102-1|ChannelState: 5|CallerIDNum: 102|Exten: 7495|Uniqueid: pbx1-{id}.3|Linkedid: pbx1-{id}.2|Application: AppDial|ApplicationData: (Outgoing Line)|Duration: 00:00:08|BridgeId: ");

        Assert.That((seen.Origin, seen.IsRinging, seen.IsUp, seen.BridgeId), Is.EqualTo((LegOrigin.Called, true, false, (string?)null)));
        Assert.That(seen.StartedAt, Is.EqualTo(Arrived.AddSeconds(-7)), "the id knows the second; the age agrees");
    }

    [TestCase("crm-7f3c2a90", "Duration: 01:02:03", 3723)]
    [TestCase("crm-7f3c2a90", "Duration: 30:00:00", 108000)]
    [TestCase("1.5", "Seconds: 12", 12)]
    [TestCase("99999999999999999999.5", "Seconds: 12", 12)]
    [TestCase("", "Duration: nonsense", 0)]
    public void A_channel_whose_id_is_no_time_is_as_old_as_it_says(string id, string age, int seconds) =>
        Assert.That(Read<LegSeen>($"Event: Status|Channel: PJSIP/102-1|ChannelState: 6|Uniqueid: {id}|Linkedid: {id}|{age}").StartedAt, Is.EqualTo(Arrived.AddSeconds(-seconds)));

    [Test]
    public void A_status_tells_what_is_recorded_and_where_the_caller_is()
    {
        var seen = Read<LegSeen>("Event: Status|Channel: PJSIP/trunk-1|ChannelState: 6|Exten: s|DNID: 74951234507|Uniqueid: 1.1|Linkedid: 1.1|Application: ConfBridge|Data: 500,profile|Variable: REC=(null)|Variable: MIXMONITOR_FILENAME=/a.wav");

        Assert.That((seen.Recording, seen.Conference, seen.Dialled), Is.EqualTo(("/a.wav", "500", "74951234507")));
    }

    [Test]
    public void A_waiting_caller_is_dated_by_how_long_he_has_waited() =>
        Assert.That(Read<QueueEntered>("Event: QueueEntry|Queue: support|Position: 1|Uniqueid: 1.1|Wait: 8").Since, Is.EqualTo(Arrived.AddSeconds(-8)));

    [TestCaseSource(nameof(KnownEvents))]
    public void An_event_that_lacks_all_its_fields_does_no_harm(AmiEvent known)
    {
        var tracker = new CallTracker("pbx", new Telephony.Numbers.NumberPlan("RU"));
        var signal = Read($"Event: {known}");
        if (signal is not null)
            Assert.That(() => tracker.Apply(signal), Throws.Nothing);
        Assert.That(tracker.RememberedCount, Is.Zero);
    }

    private static IEnumerable<AmiEvent> KnownEvents => Enum.GetValues<AmiEvent>();

    private static readonly HashSet<string> Trunks = ["trunk", "beeline-1"];

    private static T Read<T>(string text)
        where T : CallSignal
    {
        Assert.That(Read(text), Is.TypeOf<T>());
        return (T)Read(text)!;
    }

    private static CallSignal? Read(string text) => new AsteriskSignals(Trunks).Read(Message(text), Arrived);

    private static AmiMessage Message(string text) =>
        ByteFeed.Read(Encoding.UTF8.GetBytes("Asterisk Call Manager/11.0.0\r\n" + text.Replace("|", "\r\n") + "\r\n\r\n"), [])[1];
}
