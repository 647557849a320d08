using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Asterisk;

/// <summary>The line to a PBX: what it says about itself, and that it comes back whatever happened to it.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class AmiConnectionTests
{
    private static readonly CallScript talk = new()
    {
        Number = "79161234567",
        Line = "74951234501",
        OtherPhones = new PhoneReaction(PhoneAct.Answer, 1),
        Talk = [new HangUp(600, Party.Client)],
    };

    private static readonly AmiOrigination wanted = new()
    {
        Id = "crm-5f1d",
        Channel = "PJSIP/101",
        Context = "click-to-call",
        Number = "+79161234567",
        CallerId = "<+79161234567>",
        RingTime = TimeSpan.FromSeconds(20),
    };

    [Test]
    public async Task A_call_in_progress_is_known_after_the_login()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.Server!.Do(pbx => pbx.Begin(talk), bench.Impatience);
        await bench.SignalsUntil<LegBridged>();
        await bench.Server.CutLines(bench.Impatience);

        await bench.SignalsUntil<SourceLost>();
        var snapshot = await bench.SignalsUntil<SnapshotTaken>();

        var legs = snapshot.OfType<LegSeen>().DistinctBy(leg => leg.LegId).ToList();
        Assert.That(legs.Select(leg => leg.Endpoint), Is.EquivalentTo(["trunk", "101"]));
        Assert.That(legs.Select(leg => leg.BridgeId).Distinct().Single(), Is.Not.Null);
    }

    [Test]
    public async Task The_state_tells_version_and_round_trip_of_the_PBX()
    {
        await using var bench = AmiBench.WithSimulator();
        var up = await bench.UntilUp();
        var pinged = await bench.Until(state => state.RoundTripMs is not null);

        Assert.That(up.PbxVersion, Does.StartWith("22."));
        Assert.That(up.MissingPrivileges, Is.Empty);
        Assert.That(pinged.Problem, Is.Null);
    }

    [Test]
    public async Task A_wrong_secret_is_called_so_and_does_not_show()
    {
        await using var bench = AmiBench.WithSimulator(change: options => options with { Secret = "hunter2" });
        var down = await bench.UntilDown();

        Assert.That(down.Problem, Is.EqualTo(AmiProblem.WrongSecret));
        Assert.That(down.ToString(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task A_plain_login_is_used_where_the_challenge_is_refused()
    {
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { AllowsChallenge = false });
        Assert.That((await bench.UntilUp()).Problem, Is.Null);
    }

    [Test]
    public async Task A_closed_port_is_refused()
    {
        int port;
        await using (var closed = new ScriptedPort())
            port = closed.Port;
        await using var bench = AmiBench.WithPort(port);
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Refused));
    }

    [Test]
    public async Task A_host_that_nobody_knows_is_unreachable()
    {
        // A name that is never given to anybody (RFC 2606).
        await using var bench = AmiBench.WithPort(5038, options => options with { Host = "pbx.invalid" });
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Unreachable));
    }

    [Test]
    public async Task Something_else_on_the_port_is_not_Asterisk()
    {
        await using var port = new ScriptedPort("SSH-2.0-OpenSSH_9.2\r\n");
        await using var bench = AmiBench.WithPort(port.Port);
        var down = await bench.UntilDown();

        Assert.That(down.Problem, Is.EqualTo(AmiProblem.NotAsterisk));
        Assert.That(down.Detail, Does.Contain("SSH-2.0-OpenSSH_9.2"));
    }

    [Test]
    public async Task A_port_that_says_nothing_times_out()
    {
        await using var port = new ScriptedPort(greeting: "");
        await using var bench = AmiBench.WithPort(port.Port, Hasty);
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Timeout));
    }

    [Test]
    public async Task A_PBX_that_greets_and_then_says_nothing_times_out()
    {
        await using var port = new ScriptedPort(answers: false);
        await using var bench = AmiBench.WithPort(port.Port, Hasty);
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Timeout));
    }

    [Test]
    public async Task A_user_without_rights_hears_which_ones_are_missing()
    {
        var user = new SimulatedUser("crm", "crm-secret") { Read = ["system"], Write = ["system"] };
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { Users = [user] });
        await bench.Server!.Do(pbx => pbx.BeginAfter(1, talk with { Talk = [new HangUp(1_000_000, Party.Client)] }), bench.Impatience);
        var state = await bench.Until(state => state.MissingPrivileges.Contains("read=call"));

        Assert.That(state.Status, Is.EqualTo(AmiLinkStatus.Up));
        Assert.That(state.Problem, Is.EqualTo(AmiProblem.MissingPrivilege));
        Assert.That(state.MissingPrivileges, Is.EqualTo(["read=call"]));
    }

    [Test]
    public async Task An_old_PBX_without_event_filters_is_heard_all_the_same()
    {
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { AllowsFilters = false });
        var state = await bench.Until(state => state.Detail is not null);

        Assert.That(state.Status, Is.EqualTo(AmiLinkStatus.Up));
        Assert.That(state.Problem, Is.Null);
        Assert.That(state.Detail, Does.Contain("filter"));
    }

    [Test]
    public async Task The_event_filters_keep_back_what_nobody_needs()
    {
        await using var filtered = AmiBench.WithSimulator();
        await using var unfiltered = AmiBench.WithSimulator(new SimulatorOptions { AllowsFilters = false });
        foreach (var bench in (AmiBench[])[filtered, unfiltered])
        {
            await bench.UntilUp();
            await bench.Server!.Do(pbx => pbx.Begin(talk with { Talk = [new HangUp(5, Party.Client)] }), bench.Impatience);
            await bench.SignalsUntil<LegEnded>();
            await bench.SignalsUntil<LegEnded>();
        }

        Assert.That(filtered.Connection.State.EventsSeen, Is.LessThan(unfiltered.Connection.State.EventsSeen * 3 / 4));
    }

    [Test]
    public async Task A_line_cut_in_the_middle_of_a_message_comes_back_with_a_snapshot()
    {
        await using var port = new ScriptedPort();
        await using var bench = AmiBench.WithPort(port.Port);
        await bench.UntilUp();
        await port.Say("Event: Newchannel\r\nUniqueid: 1.1\r\nChan", bench.Impatience);
        port.Cut();

        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Dropped));
        Assert.That(await bench.SignalsUntil<SourceLost>(), Has.None.InstanceOf<LegStarted>());
        await bench.UntilUp();
    }

    [Test]
    public async Task A_PBX_that_was_restarted_says_so()
    {
        await using var bench = AmiBench.WithSimulator();
        var before = (SourceStarted)(await bench.SignalsUntil<SourceStarted>())[^1];
        await bench.UntilUp();
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Server!.Do(pbx => pbx.Restart(), bench.Impatience);

        await bench.SignalsUntil<SourceStopped>();
        await bench.SignalsUntil<SourceLost>();
        var after = (SourceStarted)(await bench.SignalsUntil<SourceStarted>())[^1];
        Assert.That(after.RunningSince - before.RunningSince, Is.GreaterThan(TimeSpan.FromMinutes(4)));
    }

    [Test]
    public async Task A_restart_is_noticed_by_a_user_who_may_not_hear_of_it()
    {
        var user = new SimulatedUser("crm", "crm-secret") { Read = ["call"] };
        await using var bench = AmiBench.WithSimulator(new SimulatorOptions { Users = [user] });
        await bench.UntilUp();
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        await bench.Server!.Do(pbx => pbx.Kill(), bench.Impatience);

        Assert.That((await bench.SignalsUntil<SourceStarted>())[..^1], Has.Some.InstanceOf<SourceLost>());
    }

    [Test]
    public async Task A_message_of_a_megabyte_is_quarantined_and_the_next_one_is_heard()
    {
        await using var port = new ScriptedPort();
        await using var bench = AmiBench.WithPort(port.Port);
        await bench.UntilUp();
        await port.Say($"Event: VarSet\r\nValue: {new string('x', 1 << 20)}\r\n\r\n", bench.Impatience);
        await port.Say("Event: Hangup\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\nCause: 16\r\n\r\n", bench.Impatience);

        await bench.SignalsUntil<LegEnded>();
        Assert.That(bench.Connection.State.Quarantined, Is.EqualTo(1));
        Assert.That((await bench.Connection.Unreadable.ReadAsync(bench.Impatience)).Fault, Is.EqualTo(AmiFault.TooLong));
    }

    [Test]
    public async Task A_line_whose_signals_nobody_takes_is_dropped_and_begins_anew()
    {
        await using var port = new ScriptedPort();
        await using var bench = AmiBench.WithPort(port.Port, options => options with { Backlog = 100 });
        await bench.UntilUp();
        var flood = string.Concat(Enumerable.Range(0, 2000).Select(call => $"Event: Hangup\r\nUniqueid: 1.{call}\r\nLinkedid: 1.{call}\r\nCause: 16\r\n\r\n"));
        await port.Say(flood, bench.Impatience);

        var down = await bench.UntilDown();
        Assert.That(down.Problem, Is.EqualTo(AmiProblem.Dropped));
        Assert.That(bench.Connection.Signals.Count, Is.LessThanOrEqualTo(100));
        var heard = await bench.SignalsUntil<SourceLost>();
        Assert.That(heard, Has.Count.LessThanOrEqualTo(101));
        await bench.UntilUp();
    }

    [Test]
    public async Task A_PBX_that_stops_answering_pings_is_given_up_and_found_again()
    {
        await using var bench = AmiBench.WithSimulator(change: options => options with { AnswerTimeout = TimeSpan.FromMinutes(1) });
        await bench.UntilUp();
        await bench.Server!.SetSilent(true, bench.Impatience);
        Assert.That((await bench.UntilDown()).Problem, Is.EqualTo(AmiProblem.Timeout));

        await bench.Server.SetSilent(false, bench.Impatience);
        await bench.UntilUp();
    }

    [Test]
    public async Task Attempts_become_rarer_up_to_a_limit()
    {
        int port;
        await using (var closed = new ScriptedPort())
            port = closed.Port;
        await using var bench = AmiBench.WithPort(port);
        var waits = new List<double>();
        while (waits.Count < 10)
        {
            var down = await bench.UntilDown();
            var next = await bench.Until(state => state.Status is AmiLinkStatus.Connecting);
            waits.Add((next.Since - down.Since).TotalSeconds);
        }

        // Without a limit the tenth wait would be four minutes.
        Assert.That(waits[0], Is.GreaterThan(0.2));
        Assert.That(waits[5], Is.GreaterThan(7));
        Assert.That(waits.TakeLast(3), Has.All.InRange(14, 100));
    }

    [Test]
    public async Task A_command_is_answered_and_its_effect_comes_as_signals()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.Server!.Do(pbx => pbx.Begin(talk), bench.Impatience);
        await bench.SignalsUntil<LegBridged>();

        var channels = await bench.Connection.Send(new AmiAction("CoreShowChannels"), bench.Impatience);
        var trunk = channels.Items.First(item => item[AmiKey.Channel].StartsWith("PJSIP/trunk", StringComparison.Ordinal));
        var answer = await bench.Connection.Send(new AmiAction("Hangup").Add("Channel", trunk[AmiKey.Channel]), bench.Impatience);

        Assert.That(answer.IsSuccess, Is.True);
        Assert.That(channels.Items, Has.Count.EqualTo(2));
        await bench.SignalsUntil<HangupCommanded>();
        await bench.SignalsUntil<LegEnded>();
    }

    [Test]
    public async Task A_redirected_client_rings_at_the_colleague()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.Server!.Do(pbx => pbx.Begin(talk), bench.Impatience);
        await bench.SignalsUntil<LegBridged>();
        var channels = await bench.Connection.Send(new AmiAction("CoreShowChannels"), bench.Impatience);
        var trunk = channels.Items.First(item => item[AmiKey.Channel].StartsWith("PJSIP/trunk", StringComparison.Ordinal));
        await bench.Connection.Send(new AmiAction("Redirect").Add("Channel", trunk[AmiKey.Channel])
            .Add("Context", "from-internal").Add("Exten", "102").Add("Priority", "1"), bench.Impatience);

        var dialled = (LegStarted)(await bench.SignalsUntil<LegStarted>())[^1];
        Assert.That(dialled.Endpoint, Is.EqualTo("102"));
        Assert.That((await bench.Server.Ask(pbx => pbx.Truths, bench.Impatience))[0].Result, Is.Null, "the call goes on");
    }

    [Test]
    public async Task A_list_that_a_command_asks_for_does_not_pass_for_a_snapshot()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.SignalsUntil<SnapshotTaken>();
        await bench.Connection.Send(new AmiAction("CoreShowChannels"), bench.Impatience);
        await bench.Server!.Do(pbx => pbx.Begin(talk), bench.Impatience);

        Assert.That(await bench.SignalsUntil<LegBridged>(), Has.None.InstanceOf<SnapshotTaken>());
    }

    [Test]
    public async Task A_click_to_call_rings_the_agent_first()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.Connection.Send(new AmiAction("Originate").Add("Channel", "PJSIP/101").Add("Exten", "89161234567")
            .Add("Context", "from-internal").Add("Priority", "1").Add("Async", "true"), bench.Impatience);

        var begun = (await bench.SignalsUntil<LegBridged>()).OfType<LegStarted>().Select(leg => leg.Endpoint);
        Assert.That(begun, Is.EqualTo(["101", "trunk"]).AsCollection);
    }

    [Test]
    public async Task A_call_that_we_ask_for_bears_the_name_that_we_gave_it()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        var asking = bench.Connection.Originate(wanted, bench.Impatience);

        Assert.That((await bench.SignalsUntil<LegBridged>()).OfType<LegStarted>().Select(leg => leg.CallId), Is.All.EqualTo(wanted.Id));
        Assert.That(await bench.Passing(() => asking), Is.EqualTo(AmiOriginated.PickedUp));
    }

    [TestCase("101", PhoneAct.RingOut, AmiOriginated.NotPickedUp)]
    [TestCase("101", PhoneAct.Decline, AmiOriginated.NotPickedUp)]
    [TestCase("105", PhoneAct.Answer, AmiOriginated.Unreachable)]
    [TestCase("199", PhoneAct.Answer, AmiOriginated.Unreachable)]
    public async Task A_phone_that_cannot_be_had_for_a_call_is_told(string phone, PhoneAct act, AmiOriginated told)
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        await bench.Server!.Do(pbx => pbx.ClickToCall = (agent, number) => new() { Agent = agent, Number = number, OtherPhones = new(act, 2) }, bench.Impatience);

        var outcome = await bench.Passing(() => bench.Connection.Originate(wanted with { Channel = $"PJSIP/{phone}" }, bench.Impatience));

        Assert.That(outcome, Is.EqualTo(told));
    }

    [Test]
    public async Task An_account_that_may_not_dial_is_told_so()
    {
        await using var bench = AmiBench.WithSimulator(new() { Users = [new("crm", "crm-secret") { Write = ["reporting", "system"] }] });
        await bench.UntilUp();

        Assert.That(await bench.Connection.Originate(wanted, bench.Impatience), Is.EqualTo(AmiOriginated.Denied));
    }

    [Test]
    public async Task A_line_that_breaks_while_the_phone_rings_leaves_nobody_waiting()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        var asking = bench.Connection.Originate(wanted, bench.Impatience);
        await bench.SignalsUntil<LegRinging>();
        await bench.Server!.CutLines(bench.Impatience);

        Assert.That(() => bench.Passing(() => asking), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Many_commands_at_once_each_get_their_own_answer()
    {
        await using var bench = AmiBench.WithSimulator();
        await bench.UntilUp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => bench.Connection.Send(new AmiAction("Ping"), bench.Impatience)));

        Assert.That(answers.Select(answer => answer.ActionId).Distinct().Count(), Is.EqualTo(100));
        Assert.That(answers.Select(answer => answer.Response.ActionId), Is.EqualTo(answers.Select(answer => answer.ActionId)).AsCollection);
    }

    [TestCase("", "crm")]
    [TestCase("127.0.0.1", "crm\r\nSecret: x")]
    public async Task A_setting_that_cannot_be_used_is_a_state_and_no_crash(string host, string username)
    {
        await using var bench = AmiBench.WithSimulator(change: options => options with { Host = host, Username = username });
        Assert.That((await bench.UntilDown()).Detail, Is.Not.Empty);
        await bench.Until(state => state.Status is AmiLinkStatus.Connecting);
    }

    [Test]
    public async Task A_command_without_a_line_says_so()
    {
        await using var port = new ScriptedPort(answers: false);
        await using var bench = AmiBench.WithPort(port.Port, Hasty);
        await bench.UntilDown();
        Assert.That(() => bench.Connection.Send(new AmiAction("Ping"), bench.Impatience), Throws.InstanceOf<IOException>());
    }

    [TestCase("79161234567\r\nAction: Originate")]
    [TestCase("79161234567\nApplication: System")]
    [TestCase("7916\0")]
    public void A_value_that_smuggles_in_another_action_is_refused(string value) =>
        Assert.That(() => new AmiAction("Originate").Add("Exten", value), Throws.ArgumentException);

    [Test]
    public async Task Two_PBXs_at_once_do_not_know_of_each_other()
    {
        await using var first = AmiBench.WithSimulator();
        await using var second = AmiBench.WithSimulator();
        await first.UntilUp();
        await second.UntilUp();
        await first.Server!.CutLines(first.Impatience);
        await first.UntilDown();

        Assert.That(second.Connection.State.Status, Is.EqualTo(AmiLinkStatus.Up));
    }

    private static AmiOptions Hasty(AmiOptions options) =>
        options with { StepTimeout = TimeSpan.FromSeconds(5), AnswerTimeout = TimeSpan.FromSeconds(5) };
}
