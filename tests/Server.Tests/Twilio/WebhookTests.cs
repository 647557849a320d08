using System.Diagnostics.Metrics;
using System.Net;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Twilio;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

sealed class WebhookTests
{
    const string Caller = "CallSid=CA00000000000000000000000000000001&CallStatus=ringing&Direction=inbound&From=%2B12025550143&To=%2B12025550100";

    CloudStand stand = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await CloudStand.Start();
        stand.Clock.Now = new(2026, 10, 13, 9, 0, 0, TimeSpan.Zero);
    }

    [TearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [Test]
    public async Task Who_cannot_prove_to_be_Twilio_is_refused_and_leaves_only_a_count()
    {
        using var refusals = new CounterReading("crm.twilio.refused");
        var form = TwilioForm.Parse($"AccountSid={CloudStand.AccountSid}&{Caller}");
        var right = TwilioSignature.Of(CloudStand.Token, $"{CloudStand.PublicUrl}{TwilioUrls.Root}/voice/incoming", form);
        var stranger = TwilioForm.Parse($"AccountSid=AC00000000000000000000000000000009&{Caller}");
        HttpResponseMessage[] responses =
        [
            await stand.Send("voice/incoming", form, signature: right[..^4] + "AAA="),
            await stand.Send("voice/incoming", form, signature: ""),
            await stand.Send("voice/incoming", form, signature: "no signature"),
            await stand.Send("voice/numberStatus", form, signature: right),
            await stand.Send("voice/incoming", form, query: "?to=%2B19005550100", signature: right),
            await stand.Send("voice/incoming", new([.. form.Pairs, new("Digits", "1")]), signature: right),
            await stand.Send("voice/incoming", stranger),
            await stand.Send("voice/incoming", TwilioForm.Parse(Caller)),
            await stand.Send("voice/incoming", new([.. form.Pairs, new("Padding", new string('x', 256 * 1024))])),
            await stand.Outside.GetAsync($"{TwilioUrls.Root}/voice/incoming?{form}"),
        ];

        foreach (var response in responses)
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
        }
        Assert.That(refusals.Value, Is.EqualTo(responses.Length));
        Assert.That(await stand.Scalar<int>("SELECT COUNT(*) FROM inbox"), Is.Zero);
        Assert.That(await stand.Scalar<int>("SELECT COUNT(*) FROM quarantine"), Is.Zero);
    }

    [Test]
    public async Task A_disabled_account_is_nobodys()
    {
        var accounts = stand.Services<TwilioAccountStore>();
        await accounts.Change((await accounts.BySid(CloudStand.AccountSid, default))! with { IsEnabled = false }, default);

        Assert.That((await stand.Ask("voice/incoming", Caller)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task While_the_token_is_rotated_both_are_good()
    {
        var accounts = stand.Services<TwilioAccountStore>();
        var secrets = stand.Services<TwilioSecrets>();
        await accounts.Change((await accounts.BySid(CloudStand.AccountSid, default))! with
        {
            ProtectedAuthToken = secrets.Protect("the new one"),
            ProtectedSecondaryToken = secrets.Protect(CloudStand.Token),
        }, default);

        Assert.That((await stand.Ask("voice/incoming", Caller)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_request_by_GET_is_as_good()
    {
        var target = $"{TwilioUrls.Root}/voice/incoming?AccountSid={CloudStand.AccountSid}&{Caller}";
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(CloudStand.Token, CloudStand.PublicUrl + target, TwilioForm.Empty));

        Assert.That((await stand.Outside.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await stand.WorkedOff();
        Assert.That((await stand.Call("CA00000000000000000000000000000001"))?.Client, Is.EqualTo("+12025550143"));
    }

    [Test]
    public async Task An_address_that_is_none_is_not_found() =>
        Assert.That((await stand.Ask("voice/Incoming", Caller)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task The_same_request_is_the_same_row_and_has_the_same_answer()
    {
        var first = await stand.Twiml("voice/incoming", Caller);
        var second = await stand.Twiml("voice/incoming", Caller);

        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
        Assert.That(await stand.Scalar<int>("SELECT COUNT(*) FROM inbox"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_number_rings_its_phones_together_and_says_what_it_is_set_to()
    {
        await stand.Set(CloudStand.Line with { Language = "ru", GreetingText = "Добрый день!", ConsentText = "Разговор записывается.", Endpoints = ["client:alice", "+12025550199"] });

        var twiml = await stand.Twiml("voice/incoming", Caller);

        Assert.That(twiml.Elements().Select(step => step.Name.LocalName), Is.EqualTo(new[] { "Say", "Say", "Dial" }));
        Assert.That(twiml.Elements("Say").Select(say => (say.Value, say.Attribute("language")!.Value)), Is.EqualTo(new[] { ("Добрый день!", "ru-RU"), ("Разговор записывается.", "ru-RU") }));
        var dial = twiml.Element("Dial")!;
        Assert.That(dial.Attribute("timeout")!.Value, Is.EqualTo("20"));
        Assert.That(dial.Attribute("record")!.Value, Is.EqualTo("record-from-answer-dual"));
        Assert.That(dial.Attribute("action")!.Value, Is.EqualTo($"{CloudStand.PublicUrl}/webhooks/twilio/voice/dialAction#rc=3&rp=ct,rt,5xx"));
        Assert.That(dial.Element("Number")!.Attribute("url")!.Value, Does.StartWith($"{CloudStand.PublicUrl}/webhooks/twilio/voice/whisper?to=%2B12025550100#"));
    }

    [Test]
    public async Task A_client_who_does_not_want_it_is_not_recorded_and_not_asked()
    {
        await stand.Set(CloudStand.Line with { ConsentText = "This call is recorded." });
        await stand.Ask("voice/incoming", Caller);
        await stand.WorkedOff();
        await stand.Admin.RefuseRecording((await stand.Clients()).Single().Id);

        var twiml = await stand.Twiml("voice/incoming", Caller.Replace("0001", "0002", StringComparison.Ordinal));

        Assert.That(twiml.Elements().Select(step => step.Name.LocalName), Is.EqualTo(new[] { "Dial" }));
        Assert.That(twiml.Element("Dial")!.Attribute("record"), Is.Null);
    }

    [Test]
    public async Task A_closed_number_rings_nobody_and_takes_a_message()
    {
        await stand.Set(CloudStand.Line with { IsClosed = true, ClosedText = "We are closed & asleep." });

        var twiml = await stand.Twiml("voice/incoming", Caller);

        Assert.That(twiml.Elements().Select(step => step.Name.LocalName), Is.EqualTo(new[] { "Say", "Record" }));
        Assert.That(twiml.Element("Say")!.Value, Is.EqualTo("We are closed & asleep."));
    }

    [Test]
    public async Task A_number_without_phones_goes_to_its_queue_at_once()
    {
        await stand.Set(CloudStand.Line with { Endpoints = [], AfterRing = AfterRing.Queue, QueueName = "support" });

        var enqueue = (await stand.Twiml("voice/incoming", Caller)).Element("Enqueue")!;

        Assert.That(enqueue.Value, Is.EqualTo("support"));
        Assert.That(enqueue.Attribute("waitUrl")!.Value, Does.Contain("/voice/queueWait?queue=support#"));
    }

    [Test]
    public async Task When_nobody_answers_the_number_says_what_comes_next()
    {
        const string Unanswered = "CallSid=CA00000000000000000000000000000001&CallStatus=in-progress&Direction=inbound&From=%2B12025550143&To=%2B12025550100"
            + "&DialCallStatus=no-answer&DialBridged=false";
        var afterwards = new Dictionary<AfterRing, string> { [AfterRing.Voicemail] = "Say Record", [AfterRing.Queue] = "Enqueue", [AfterRing.HangUp] = "Say Hangup" };
        foreach (var (afterRing, steps) in afterwards)
        {
            await stand.Set(CloudStand.Line with { AfterRing = afterRing, QueueName = "support" });
            Assert.That(Steps(await stand.Twiml("voice/dialAction", Unanswered)), Is.EqualTo(steps));
        }
    }

    [Test]
    public async Task A_softphone_calls_out_only_when_it_is_somebodys_and_only_to_a_number()
    {
        const string Softphone = "CallSid=CA00000000000000000000000000000001&CallStatus=ringing&Direction=inbound&From=client%3Aalice&To=";
        Assert.That(Steps(await stand.Twiml("voice/outboundTwiml", Softphone + "%2B12025550178")), Is.EqualTo("Say Hangup"));

        var alice = await stand.Server.AddAccount("alice");
        await stand.Services<AgentStore>().AssignExtension(CloudStand.Source, "client:alice", alice, default);

        var dial = (await stand.Twiml("voice/outboundTwiml", Softphone + "(202)+555-0178")).Element("Dial")!;
        Assert.That(dial.Element("Number")!.Value, Is.EqualTo("+12025550178"));
        Assert.That(dial.Attribute("callerId")!.Value, Is.EqualTo("+12025550100"));
        Assert.That(Steps(await stand.Twiml("voice/outboundTwiml", Softphone + "client%3Abob")), Is.EqualTo("Say Hangup"));
    }

    [Test]
    public async Task A_number_that_is_not_ours_is_not_taken() =>
        Assert.That(Steps(await stand.Twiml("voice/incoming", Caller.Replace("5550100", "5550101", StringComparison.Ordinal))), Is.EqualTo("Reject"));

    [Test]
    public async Task An_agent_sees_the_call_that_rang_at_the_softphone()
    {
        var alice = await stand.Server.AddAccount("alice");
        await stand.Services<AgentStore>().AssignExtension(CloudStand.Source, "client:alice", alice, default);
        // Browsers have a clock of their own.
        stand.Clock.Now = TimeProvider.System.GetUtcNow();
        await using var desk = await DeskWatcher.SitDown(stand.Server, "alice");

        await stand.Ask("voice/incoming", Caller);
        await stand.Ask("voice/legStatus", "CallSid=CA00000000000000000000000000000002&ParentCallSid=CA00000000000000000000000000000001&CallStatus=ringing"
            + $"&Direction=outbound-dial&From=%2B12025550143&To=client%3Aalice&SequenceNumber=1&Timestamp={Uri.EscapeDataString(TwilioTime.Write(stand.Clock.GetUtcNow())!)}");

        await desk.Card(card => card.State == DeskCardState.Ringing, "the call pops");
    }

    [Test]
    public async Task What_nobody_can_read_goes_to_quarantine_and_does_not_stop_the_others()
    {
        await using (var session = await stand.Services<Database>().Write(default))
        {
            await session.Execute(new("INSERT INTO inbox (id, source, dedup_key, received_at, body) VALUES (-1, 'cloud', 'broken', '2026-10-13T08:00:00.000Z', '{\"Role\":\"voice/unheardOf\"}')"), null, default);
            await session.Commit(default);
        }
        await stand.Ask("voice/incoming", Caller);
        await stand.WorkedOff();

        Assert.That(await stand.Call("CA00000000000000000000000000000001"), Is.Not.Null);
        Assert.That(await stand.Scalar<string>("SELECT error FROM inbox WHERE id = -1"), Is.Not.Null);
        await Until.True(async () => await stand.Scalar<int>("SELECT COUNT(*) FROM quarantine") == 1, "it is shown to the admin");
    }

    [Test]
    public async Task What_came_while_nobody_worked_it_off_is_worked_off_by_the_next_owner()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        await using (var web = await CloudStand.Start(new Dictionary<string, string?> { ["Roles"] = "web" }, folder))
        {
            web.Clock.Now = new(2026, 10, 13, 9, 0, 0, TimeSpan.Zero);
            Assert.That((await web.Ask("voice/incoming", Caller)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await web.Calls(), Is.Empty);
        }
        await using (var next = await CloudStand.Start(folder: folder))
        {
            await next.WorkedOff();
            Assert.That((await next.Call("CA00000000000000000000000000000001"))!.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 10, 13, 9, 0, 0, TimeSpan.Zero)).Within(TimeSpan.FromSeconds(5)));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Calls_are_told_anew_from_what_came()
    {
        await stand.Ask("voice/incoming", Caller);
        await stand.Ask("voice/numberStatus", Caller.Replace("ringing", "completed", StringComparison.Ordinal) + "&CallDuration=5&SequenceNumber=0&Timestamp=Tue%2C+13+Oct+2026+09%3A00%3A05+%2B0000");
        await stand.WorkedOff();
        await using (var session = await stand.Services<Database>().Write(default))
        {
            // As an older story would have told it.
            await session.Execute(new("UPDATE call SET ended_at = NULL, result = NULL, revision = 1"), null, default);
            await session.Commit(default);
        }

        Assert.That(await stand.Services<TwilioInbox>().WorkOnAgain(CloudStand.Source, default), Is.EqualTo(2));
        await stand.WorkedOff();

        Assert.That((await stand.Call("CA00000000000000000000000000000001"))!.Result, Is.EqualTo("missed"));
        Assert.That(await stand.Calls(), Has.Count.EqualTo(1));
        Assert.That(await stand.Clients(), Has.Count.EqualTo(1));
    }

    static string Steps(System.Xml.Linq.XElement twiml) => string.Join(' ', twiml.Elements().Select(step => step.Name.LocalName));
}

/// <summary>What a counter of the product counted since this was made.</summary>
sealed class CounterReading : IDisposable
{
    readonly MeterListener listener = new();
    long value;

    public CounterReading(string name)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == name)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref value, measurement));
        listener.Start();
    }

    public long Value => Interlocked.Read(ref value);

    public void Dispose() => listener.Dispose();
}
