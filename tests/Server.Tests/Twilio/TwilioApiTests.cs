using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Twilio.Rest;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>What the product says to Twilio, and what it makes of the answers.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class TwilioApiTests : IDisposable
{
    static readonly NewTwilioCall ring = new()
    {
        To = "client:alice",
        From = "+12025550100",
        TwimlUrl = "https://crm.example.com/webhooks/twilio/voice/outboundTwiml",
        StatusUrl = "https://crm.example.com/webhooks/twilio/voice/apiCallStatus#rc=3&rp=ct,rt,5xx",
    };

    readonly TwilioStub twilio = new();

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task A_call_is_asked_for_as_the_account_and_told_of_in_every_state()
    {
        twilio.Server.Given(TwilioStub.Post("Calls.json")).RespondWith(TwilioStub.Json(201, TwilioStub.Call(status: "queued")));

        var call = await twilio.Api.CreateCall(twilio.Account, ring, default);

        Assert.That((call.Sid, call.Status, call.IsOver), Is.EqualTo((TwilioStub.CallSid, "queued", false)));
        var asked = twilio.Asked.Single();
        Assert.That(TwilioStub.HeaderOf(asked, "Authorization"), Is.EqualTo(TwilioStub.Basic(TwilioStub.Sid, TwilioStub.Token)));
        Assert.That(Uri.UnescapeDataString(asked.RequestMessage.Body!), Is.EqualTo(
            "To=client:alice&From=+12025550100&Url=https://crm.example.com/webhooks/twilio/voice/outboundTwiml&Method=POST"
            + "&StatusCallback=https://crm.example.com/webhooks/twilio/voice/apiCallStatus#rc=3&rp=ct,rt,5xx&StatusCallbackMethod=POST"
            + "&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing&StatusCallbackEvent=answered&StatusCallbackEvent=completed&Timeout=30"));
    }

    [Test]
    public async Task An_api_key_signs_in_where_there_is_one_but_the_account_is_shown_to_the_token_alone()
    {
        var key = "SK00000000000000000000000000000001";
        var account = twilio.Account with { ApiKeySid = key, ProtectedApiKeySecret = twilio.Secrets.Protect("the-key-secret") };
        twilio.Server.Given(TwilioStub.Get($"Calls/{TwilioStub.CallSid}.json")).RespondWith(TwilioStub.Json(200, TwilioStub.Call()));
        twilio.Server.Given(WireMock.RequestBuilders.Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{TwilioStub.Sid}.json"))
            .RespondWith(TwilioStub.Json(200, """{"sid": "AC1", "friendly_name": "Office", "status": "active", "type": "Full"}"""));

        await twilio.Api.Call(account, TwilioStub.CallSid, default);
        Assert.That((await twilio.Api.Account(account, default)).Status, Is.EqualTo("active"));

        Assert.That(twilio.Asked.Select(asked => TwilioStub.HeaderOf(asked, "Authorization")), Is.EqualTo(new[]
        {
            TwilioStub.Basic(key, "the-key-secret"), TwilioStub.Basic(TwilioStub.Sid, TwilioStub.Token),
        }));
    }

    [Test]
    public async Task A_call_is_read_with_its_times_and_its_length()
    {
        twilio.Server.Given(TwilioStub.Get($"Calls/{TwilioStub.CallSid}.json")).RespondWith(TwilioStub.Json(200, TwilioStub.Call(more: """
            , "parent_call_sid": null, "start_time": "Mon, 12 Oct 2026 09:00:00 +0000", "end_time": "Mon, 12 Oct 2026 09:01:15 +0000", "duration": "75"
            """)));

        var call = await twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default);

        Assert.That((call!.StartTime, call.EndTime, call.Seconds, call.IsOver), Is.EqualTo((
            new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 12, 9, 1, 15, TimeSpan.Zero), 75, true)));
    }

    [TestCase(400, 21211, TwilioProblem.Refused)]
    [TestCase(401, 20003, TwilioProblem.WrongCredentials)]
    [TestCase(403, 20403, TwilioProblem.NotAllowed)]
    [TestCase(404, 20404, TwilioProblem.NotFound)]
    public void A_refusal_is_told_once_with_Twilios_code_and_words(int status, int code, TwilioProblem problem)
    {
        twilio.Server.Given(TwilioStub.Post("Calls.json")).RespondWith(TwilioStub.Mistake(status, code, "This will not do."));

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.CreateCall(twilio.Account, ring, default));

        Assert.That((error!.Problem, error.Status, error.Code, error.Message), Is.EqualTo((problem, status, code, "This will not do.")));
        Assert.That(twilio.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_refusal_in_the_form_of_the_newer_APIs_is_told_too()
    {
        twilio.Server.Given(TwilioStub.Post("Calls.json")).RespondWith(TwilioStub.Json(400, """{"type": "https://x", "title": "Bad", "detail": "To is missing.", "status": 400}"""));

        Assert.That(Assert.ThrowsAsync<TwilioException>(() => twilio.Api.CreateCall(twilio.Account, ring, default))!.Message, Is.EqualTo("To is missing."));
    }

    [Test]
    public async Task What_is_not_there_is_null()
    {
        twilio.Server.Given(TwilioStub.Get($"Calls/{TwilioStub.CallSid}.json")).RespondWith(TwilioStub.Mistake(404, 20404, "The requested resource was not found"));

        Assert.That(await twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default), Is.Null);
        Assert.That(twilio.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Too_many_requests_are_repeated_even_one_that_makes_a_call_because_Twilio_did_nothing()
    {
        twilio.Server.Given(TwilioStub.Post("Calls.json")).InScenario("busy").WillSetStateTo("free")
            .RespondWith(TwilioStub.Mistake(429, 20429, "Too many requests").WithHeader("Retry-After", "0"));
        twilio.Server.Given(TwilioStub.Post("Calls.json")).InScenario("busy").WhenStateIs("free").RespondWith(TwilioStub.Json(201, TwilioStub.Call(status: "queued")));

        Assert.That((await twilio.Api.CreateCall(twilio.Account, ring, default)).Sid, Is.EqualTo(TwilioStub.CallSid));
        Assert.That(twilio.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public void Too_many_requests_without_an_end_are_given_up()
    {
        twilio.Server.Given(TwilioStub.Get("Calls/*")).RespondWith(TwilioStub.Mistake(429, 20429, "Too many requests"));

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default));

        Assert.That((error!.Problem, error.Code), Is.EqualTo((TwilioProblem.TooMany, 20429)));
        Assert.That(twilio.Asked, Has.Count.EqualTo(4), "one try and three more");
    }

    [Test]
    public async Task A_question_is_asked_again_after_an_error_of_Twilios_own()
    {
        twilio.Server.Given(TwilioStub.Get("Calls/*")).InScenario("ill").WillSetStateTo("well").RespondWith(Response.Create().WithStatusCode(503));
        twilio.Server.Given(TwilioStub.Get("Calls/*")).InScenario("ill").WhenStateIs("well").RespondWith(TwilioStub.Json(200, TwilioStub.Call()));

        Assert.That(await twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default), Is.Not.Null);
    }

    [Test]
    public void After_an_error_Twilio_is_asked_whether_it_makes_the_call_and_it_is_not_made_twice()
    {
        twilio.Server.Given(TwilioStub.Post("Calls.json")).RespondWith(Response.Create().WithStatusCode(500));
        twilio.Server.Given(TwilioStub.Get("Calls.json")).RespondWith(TwilioStub.Json(200, """{"calls": [], "next_page_uri": null}"""));

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.CreateCall(twilio.Account, ring, default));

        Assert.That(error!.Problem, Is.EqualTo(TwilioProblem.Unreachable));
        Assert.That(twilio.Asked.Select(asked => asked.RequestMessage.Method), Is.EqualTo(new[] { "POST", "GET" }));
        Assert.That(Uri.UnescapeDataString(twilio.Asked[1].RequestMessage.Url), Does.EndWith("?To=client:alice&From=+12025550100&PageSize=20"));
    }

    [Test]
    public async Task A_call_that_was_made_though_the_answer_was_lost_is_found()
    {
        var now = TimeProvider.System.GetUtcNow();
        twilio.Server.Given(TwilioStub.Post("Calls.json")).RespondWith(Response.Create().WithStatusCode(502));
        twilio.Server.Given(TwilioStub.Get("Calls.json")).RespondWith(TwilioStub.Json(200, $$"""
            {"calls": [
                {"sid": "CA2", "direction": "outbound-api", "status": "queued", "date_created": "{{now:R}}"},
                {"sid": "CA1", "direction": "outbound-api", "status": "completed", "date_created": "{{now.AddMinutes(-5):R}}"}
            ], "next_page_uri": null}
            """));

        Assert.That((await twilio.Api.CreateCall(twilio.Account, ring, default)).Sid, Is.EqualTo("CA2"));
        Assert.That(twilio.Asked.Count(asked => asked.RequestMessage.Method == "POST"), Is.EqualTo(1));
    }

    [Test]
    public void Silence_is_told_after_a_few_tries()
    {
        using var slow = new TwilioStub(attemptTime: TimeSpan.FromMilliseconds(500));
        slow.Server.Given(TwilioStub.Get("Calls/*")).RespondWith(TwilioStub.Json(200, TwilioStub.Call()).WithDelay(TimeSpan.FromSeconds(20)));

        var error = Assert.ThrowsAsync<TwilioException>(() => slow.Api.Call(slow.Account, TwilioStub.CallSid, default));

        Assert.That(error!.Problem, Is.EqualTo(TwilioProblem.Unreachable));
    }

    [Test]
    public void A_server_that_is_not_there_is_told()
    {
        twilio.Server.Stop();

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default));

        Assert.That((error!.Problem, error.Status), Is.EqualTo((TwilioProblem.Unreachable, (int?)null)));
    }

    [Test]
    public async Task A_list_goes_on_as_long_as_a_page_names_the_next_one()
    {
        var second = TwilioStub.PathOf("Calls.json") + "?PageSize=1000&Page=1&PageToken=PACA9";
        twilio.Server.Given(TwilioStub.Get("Calls.json")).InScenario("pages").WillSetStateTo("second")
            .RespondWith(TwilioStub.Json(200, $$"""{"calls": [{{TwilioStub.Call("CA1")}}, {{TwilioStub.Call("CA2")}}], "next_page_uri": "{{second}}"}"""));
        twilio.Server.Given(TwilioStub.Get("Calls.json").WithParam("PageToken", "PACA9")).InScenario("pages").WhenStateIs("second")
            .RespondWith(TwilioStub.Json(200, $$"""{"calls": [{{TwilioStub.Call("CA3")}}], "next_page_uri": null}"""));

        var calls = await twilio.Api.CallsSince(twilio.Account, new(2026, 10, 12), default).ToListAsync();

        Assert.That(calls.Select(call => call.Sid), Is.EqualTo(new[] { "CA1", "CA2", "CA3" }));
        Assert.That(twilio.Asked.Select(asked => new Uri(asked.RequestMessage.Url).Query), Is.EqualTo(new[]
        {
            "?StartTime%3E=2026-10-12&PageSize=1000", "?PageSize=1000&Page=1&PageToken=PACA9",
        }));
    }

    [TestCase("https://evil.example.com/2010-04-01/Accounts/AC1/Calls.json")]
    [TestCase("//evil.example.com/Calls.json")]
    public void A_next_page_on_another_server_is_not_asked_for(string next)
    {
        twilio.Server.Given(TwilioStub.Get("Calls.json")).RespondWith(TwilioStub.Json(200, $$"""{"calls": [], "next_page_uri": "{{next}}"}"""));

        var error = Assert.ThrowsAsync<TwilioException>(async () => await twilio.Api.CallsSince(twilio.Account, new(2026, 10, 12), default).ToListAsync());

        Assert.That((error!.Problem, error.Message), Is.EqualTo((TwilioProblem.NotTwilio, "The next page is said to be at evil.example.com.")));
    }

    [TestCase("<html>Sign in to the hotel's network</html>")]
    [TestCase("""{"something": "else"}""")]
    [TestCase("""{"calls": [{"sid": "CA1", "start_time": "yesterday"}]}""")]
    public void What_Twilio_would_not_say_is_named(string body)
    {
        twilio.Server.Given(TwilioStub.Get("Calls.json")).RespondWith(TwilioStub.Json(200, body));

        var error = Assert.ThrowsAsync<TwilioException>(async () => await twilio.Api.CallsSince(twilio.Account, new(2026, 10, 12), default).ToListAsync());

        Assert.That(error!.Problem, Is.EqualTo(TwilioProblem.NotTwilio));
    }

    [Test]
    public async Task A_recording_comes_in_two_channels_where_it_has_them()
    {
        twilio.Server.Given(TwilioStub.Get($"Recordings/{TwilioStub.RecordingSid}.wav").WithParam("RequestedChannels", "2")).RespondWith(Sound("two"));

        using var sound = await twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default);

        Assert.That((sound!.Content.Headers.ContentType!.MediaType, await sound.Content.ReadAsStringAsync()), Is.EqualTo(("audio/x-wav", "two")));
    }

    [Test]
    public async Task A_recording_of_one_channel_comes_in_one()
    {
        var wav = $"Recordings/{TwilioStub.RecordingSid}.wav";
        twilio.Server.Given(TwilioStub.Get(wav).WithParam("RequestedChannels", "2")).RespondWith(TwilioStub.Mistake(400, 21220, "Requested channels not available"));
        twilio.Server.Given(TwilioStub.Get(wav).WithParam("RequestedChannels", "1")).RespondWith(Sound("one"));

        using var sound = await twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default);

        Assert.That(await sound!.Content.ReadAsStringAsync(), Is.EqualTo("one"));
    }

    [Test]
    public async Task A_recording_that_is_not_there_is_null()
    {
        twilio.Server.Given(TwilioStub.Get("Recordings/*")).RespondWith(TwilioStub.Mistake(404, 20404, "Not found"));

        Assert.That(await twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default), Is.Null);
    }

    [Test]
    public async Task A_store_to_which_Twilio_sends_for_a_recording_gets_no_credentials()
    {
        using var store = WireMockServer.Start();
        store.Given(WireMock.RequestBuilders.Request.Create().UsingGet().WithPath("/bucket/sound.wav")).RespondWith(Sound("from the store"));
        twilio.Server.Given(TwilioStub.Get("Recordings/*")).RespondWith(Response.Create().WithStatusCode(307).WithHeader("Location", $"{store.Url}/bucket/sound.wav?X-Amz-Signature=1"));

        using var sound = await twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default);

        Assert.That(await sound!.Content.ReadAsStringAsync(), Is.EqualTo("from the store"));
        Assert.That(TwilioStub.HeaderOf(store.LogEntries.Single(), "Authorization"), Is.Empty);
        Assert.That(TwilioStub.HeaderOf(twilio.Asked.Single(), "Authorization"), Is.Not.Empty);
    }

    [Test]
    public void Nothing_but_a_recording_is_fetched_from_another_server()
    {
        using var other = WireMockServer.Start();
        twilio.Server.Given(TwilioStub.Get("Calls/*")).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", $"{other.Url}/calls"));

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Call(twilio.Account, TwilioStub.CallSid, default));

        Assert.That(error!.Problem, Is.EqualTo(TwilioProblem.NotTwilio));
        Assert.That(other.LogEntries, Is.Empty);
    }

    [Test]
    public void A_circle_of_redirects_and_one_without_TLS_have_an_end()
    {
        twilio.Server.Given(TwilioStub.Get("Recordings/*")).RespondWith(Response.Create().WithStatusCode(302)
            .WithHeader("Location", TwilioStub.PathOf($"Recordings/{TwilioStub.RecordingSid}.wav")));
        Assert.That(Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default))!.Problem, Is.EqualTo(TwilioProblem.NotTwilio));

        twilio.Server.Reset();
        twilio.Server.Given(TwilioStub.Get("Recordings/*")).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", "ftp://store.example.com/sound.wav"));
        Assert.That(Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Sound(twilio.Account, TwilioStub.RecordingSid, default))!.Message,
            Is.EqualTo("A file is said to be at ftp://store.example.com."));
    }

    [Test]
    public async Task A_recording_is_deleted_whether_it_was_there_or_not()
    {
        var recording = WireMock.RequestBuilders.Request.Create().UsingDelete().WithPath(TwilioStub.PathOf($"Recordings/{TwilioStub.RecordingSid}.json"));
        twilio.Server.Given(recording).InScenario("once").WillSetStateTo("gone").RespondWith(Response.Create().WithStatusCode(204));
        twilio.Server.Given(recording).InScenario("once").WhenStateIs("gone").RespondWith(TwilioStub.Mistake(404, 20404, "Not found"));

        await twilio.Api.DeleteRecording(twilio.Account, TwilioStub.RecordingSid, default);
        await twilio.Api.DeleteRecording(twilio.Account, TwilioStub.RecordingSid, default);

        Assert.That(twilio.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_message_is_sent_once()
    {
        var now = TimeProvider.System.GetUtcNow();
        twilio.Server.Given(TwilioStub.Post("Messages.json")).RespondWith(Response.Create().WithStatusCode(500));
        twilio.Server.Given(TwilioStub.Get("Messages.json")).RespondWith(TwilioStub.Json(200, $$"""
            {"messages": [{"sid": "SM1", "body": "Hello", "status": "queued", "error_code": null, "date_created": "{{now:R}}"}], "next_page_uri": null}
            """));

        var message = await twilio.Api.SendMessage(twilio.Account, "+12025550100", "+12025550111", "Hello", "https://crm.example.com/status", default);

        Assert.That(message.Sid, Is.EqualTo("SM1"));
        Assert.ThrowsAsync<TwilioException>(() => twilio.Api.SendMessage(twilio.Account, "+12025550100", "+12025550111", "Other", "https://crm.example.com/status", default));
    }

    [Test]
    public async Task A_supervisor_coaches_one_and_then_speaks_to_all()
    {
        twilio.Server.Given(TwilioStub.Post("Conferences/CF1/Participants/CA7.json"))
            .RespondWith(TwilioStub.Json(200, """{"call_sid": "CA7", "conference_sid": "CF1", "muted": false, "coaching": true, "call_sid_to_coach": "CA8"}"""));

        var participant = await twilio.Api.ChangeParticipant(twilio.Account, "CF1", "CA7", isMuted: false, callSidToCoach: "CA8", default);
        await twilio.Api.ChangeParticipant(twilio.Account, "CF1", "CA7", isMuted: false, callSidToCoach: null, default);

        Assert.That(participant.CallSidToCoach, Is.EqualTo("CA8"));
        Assert.That(twilio.Asked.Select(asked => asked.RequestMessage.Body), Is.EqualTo(new[]
        {
            "Muted=false&Coaching=true&CallSidToCoach=CA8", "Muted=false&Coaching=false",
        }));
    }

    [Test]
    public void A_secret_of_another_installation_is_not_sent_anywhere()
    {
        var foreign = new EphemeralDataProtectionProvider().CreateProtector("Twilio.Secret").Protect(TwilioStub.Token);

        var error = Assert.ThrowsAsync<TwilioException>(() => twilio.Api.Call(twilio.Account with { ProtectedAuthToken = foreign }, TwilioStub.CallSid, default));

        Assert.That(error!.Problem, Is.EqualTo(TwilioProblem.SecretUnreadable));
        Assert.That(twilio.Asked, Is.Empty);
    }

    [TestCase("http://api.twilio.com")]
    [TestCase("api.twilio.com")]
    public void Credentials_go_only_over_TLS(string address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Twilio:Api:Base", address)]).Build();

        Assert.That(() => TwilioApiSettings.Of(configuration), Throws.TypeOf<SettingException>());
    }

    static IResponseBuilder Sound(string body) => Response.Create().WithStatusCode(200).WithHeader("Content-Type", "audio/x-wav").WithBody(body);
}
