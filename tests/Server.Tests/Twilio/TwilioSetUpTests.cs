using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using WireMock.RequestBuilders;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>An admin connects an account and its numbers, and is told what is wrong at Twilio.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class TwilioSetUpTests : IDisposable
{
    const string Home = "https://crm.example.com/webhooks/twilio";
    const string Retries = "#rc=3&rp=ct,rt,5xx";

    static readonly TwilioAccountEdit cloud = new() { Name = "cloud", AccountSid = TwilioStub.Sid, AuthToken = TwilioStub.Token, Region = "US" };

    static readonly TwilioNumberEdit sales = new()
    {
        E164 = "+12025550100",
        LineName = "Sales",
        Endpoints = ["client:alice", "sip:6001@pbx.example.com", "+12025550199"],
        AfterRing = AfterRing.Queue,
        QueueName = "sales",
        QueueMembers = ["client:bob"],
    };

    readonly TwilioStub twilio = new();
    RunningServer server = null!;
    HttpClient admin = null!;

    [SetUp]
    public async Task Start()
    {
        server = await RunningServer.Start(Settings("https://crm.example.com/"));
        admin = await server.SignInAs(Roles.Admin);
    }

    [TearDown]
    public async Task Stop()
    {
        admin.Dispose();
        await server.DisposeAsync();
    }

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task Secrets_go_in_and_never_out()
    {
        var id = await Add(cloud with { SecondaryToken = "second-token", ApiKeySid = "SK00000000000000000000000000000001", ApiKeySecret = "key-secret" });
        Assert.That(await admin.PutAsJsonAsync($"/api/twilio/accounts/{id}", cloud with { AuthToken = null, ApiKeySid = "SK00000000000000000000000000000001", Region = "DE" }).Outcome(),
            Is.EqualTo("200"));

        var shown = await admin.GetStringAsync("/api/twilio/accounts");
        Assert.That(shown, Does.Not.Contain("token\":\"").And.Not.Contain("secret").And.Not.Contain(TwilioStub.Token));
        var account = (await Page()).Accounts.Single();
        Assert.That((account.Region, account.HasSecondaryToken, account.ApiKeySid), Is.EqualTo(("DE", true, "SK00000000000000000000000000000001")));
        var stored = (await server.Services.GetRequiredService<TwilioAccountStore>().ById(id, default))!;
        var secrets = server.Services.GetRequiredService<TwilioSecrets>();
        Assert.That(stored.ProtectedAuthToken, Does.Not.Contain(TwilioStub.Token));
        Assert.That(stored.AuthTokens(secrets), Is.EqualTo(new[] { TwilioStub.Token, "second-token" }));
        Assert.That(secrets.Unprotect(stored.ProtectedApiKeySecret!), Is.EqualTo("key-secret"));
    }

    [Test]
    public async Task A_rotated_token_takes_the_place_of_the_first_one()
    {
        var id = await Add(cloud with { SecondaryToken = "second-token" });

        await admin.PutAsJsonAsync($"/api/twilio/accounts/{id}", cloud with { AuthToken = "second-token", SecondaryToken = "" });

        var stored = (await server.Services.GetRequiredService<TwilioAccountStore>().ById(id, default))!;
        Assert.That(stored.AuthTokens(server.Services.GetRequiredService<TwilioSecrets>()), Is.EqualTo(new[] { "second-token" }));
    }

    [TestCase("name")]
    [TestCase("accountSid")]
    [TestCase("authToken")]
    [TestCase("apiKeySid")]
    [TestCase("apiKeySecret")]
    [TestCase("region")]
    public async Task A_field_of_an_account_that_cannot_be_is_refused_by_its_name(string field)
    {
        var edit = field switch
        {
            "name" => cloud with { Name = "Not a name" },
            "accountSid" => cloud with { AccountSid = "AC1" },
            "authToken" => cloud with { AuthToken = null },
            "apiKeySid" => cloud with { ApiKeySid = "AC1" },
            "apiKeySecret" => cloud with { ApiKeySid = "SK00000000000000000000000000000001" },
            _ => cloud with { Region = "XX" },
        };

        Assert.That(await RefusedField(admin.PostAsJsonAsync("/api/twilio/accounts", edit)), Is.EqualTo(field));
    }

    [TestCase("e164")]
    [TestCase("lineName")]
    [TestCase("language")]
    [TestCase("endpoints")]
    [TestCase("endpoints", true)]
    [TestCase("ringSeconds")]
    [TestCase("queueName")]
    [TestCase("queueMembers")]
    [TestCase("takesVoicemail")]
    [TestCase("accountId")]
    public async Task A_field_of_a_number_that_cannot_be_is_refused_by_its_name(string field, bool isTooMuch = false)
    {
        var number = sales with { AccountId = await Add(cloud) };
        var edit = field switch
        {
            "e164" => number with { E164 = "202 555 0100" },
            "lineName" => number with { LineName = "" },
            "language" => number with { Language = "tlh" },
            "endpoints" => number with { Endpoints = isTooMuch ? [.. Enumerable.Range(0, 11).Select(i => $"client:a{i}")] : ["client:alice<Hangup/>"] },
            "ringSeconds" => number with { RingSeconds = 2 },
            "queueName" => number with { QueueName = null },
            "queueMembers" => number with { QueueMembers = [] },
            "takesVoicemail" => number with { AfterRing = AfterRing.Voicemail, TakesVoicemail = false },
            _ => number with { AccountId = 999_999 },
        };

        Assert.That(await RefusedField(admin.PostAsJsonAsync("/api/twilio/numbers", edit)), Is.EqualTo(field));
    }

    [Test]
    public async Task Names_and_numbers_stand_once_and_an_account_with_numbers_stays()
    {
        var id = await Add(cloud);
        var number = await AddNumber(id);

        Assert.That(await admin.PostAsJsonAsync("/api/twilio/accounts", cloud with { AccountSid = "AC00000000000000000000000000000002" }).Outcome(), Is.EqualTo("409 name_taken"));
        Assert.That(await admin.PostAsJsonAsync("/api/twilio/accounts", cloud with { Name = "other" }).Outcome(), Is.EqualTo("409 account_sid_taken"));
        Assert.That(await admin.PutAsJsonAsync($"/api/twilio/accounts/{id}", cloud with { Name = "other" }).Outcome(), Is.EqualTo("409 name_fixed"));
        Assert.That(await admin.PostAsJsonAsync("/api/twilio/numbers", sales with { AccountId = id }).Outcome(), Is.EqualTo("409 twilio_number_taken"));
        Assert.That(await admin.DeleteAsync($"/api/twilio/accounts/{id}").Outcome(), Is.EqualTo("409 has_numbers"));

        Assert.That(await admin.DeleteAsync($"/api/twilio/numbers/{number}").Outcome(), Is.EqualTo("204"));
        Assert.That(await admin.DeleteAsync($"/api/twilio/accounts/{id}").Outcome(), Is.EqualTo("204"));
        Assert.That(await admin.DeleteAsync($"/api/twilio/accounts/{id}").Outcome(), Is.EqualTo("404 not_found"));
    }

    [TestCase(401, "wrong_credentials")]
    [TestCase(500, "unreachable")]
    public async Task An_account_that_Twilio_does_not_let_in_is_named(int status, string code)
    {
        var id = await Add(cloud);
        twilio.Server.Given(Request.Create().UsingGet()).RespondWith(TwilioStub.Mistake(status, 20003, "Authenticate"));

        var check = await Check($"accounts/{id}/check");

        Assert.That(check.Findings.Select(finding => (finding.Code, finding.Found)), Is.EqualTo(new[] { (code, "Authenticate") }));
        Assert.That((await Page()).Accounts.Single().Check!.Findings.Single().Code, Is.EqualTo(code), "and it stays to be seen");
    }

    [TestCase("active", null)]
    [TestCase("suspended", "account_suspended")]
    [TestCase("closed", "account_closed")]
    public async Task The_state_of_an_account_at_Twilio_is_told(string status, string? code)
    {
        var id = await Add(cloud);
        AccountIs(status);
        TwilioHas(Right.Replace($"{Home}/voice/incoming", "https://elsewhere.example.com", StringComparison.Ordinal));

        Assert.That((await Check($"accounts/{id}/check")).Findings.SingleOrDefault()?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_number_that_Twilio_asks_us_for_and_nobody_has_described_is_named()
    {
        var id = await Add(cloud);
        AccountIs("active");
        TwilioHas(Right);
        Assert.That((await Check($"accounts/{id}/check")).Findings.Select(finding => (finding.Code, finding.Found)), Is.EqualTo(new[] { ("number_not_described", "+12025550100") }));

        await AddNumber(id);
        Assert.That((await Check($"accounts/{id}/check")).Findings, Is.Empty);
    }

    [Test]
    public async Task A_key_that_may_do_nothing_is_named_though_the_token_is_right()
    {
        var id = await Add(cloud with { ApiKeySid = "SK00000000000000000000000000000001", ApiKeySecret = "key-secret" });
        AccountIs("active");
        twilio.Server.Given(TwilioStub.Get("IncomingPhoneNumbers.json")).RespondWith(TwilioStub.Mistake(403, 20403, "Forbidden"));

        Assert.That((await Check($"accounts/{id}/check")).Findings.Single().Code, Is.EqualTo("not_allowed"));
    }

    [Test]
    public async Task A_number_that_is_set_as_it_must_be_has_no_findings()
    {
        var number = await AddNumber(await Add(cloud));
        TwilioHas(Right);

        Assert.That((await Check($"numbers/{number}/check")).Findings, Is.Empty);
    }

    [TestCase("\"voice_url\": \"\"", "voice_url_empty")]
    [TestCase("\"voice_url\": \"https://demo.twilio.com/welcome\"", "voice_url_elsewhere")]
    [TestCase("\"voice_method\": \"GET\"", "voice_method")]
    [TestCase("\"voice_fallback_url\": \"\"", "fallback_url")]
    [TestCase("\"status_callback\": \"\"", "status_callback_empty")]
    [TestCase("\"status_callback\": \"https://old.example.com\"", "status_callback_elsewhere")]
    [TestCase("\"status_callback_method\": \"GET\"", "status_callback_method")]
    [TestCase("\"sms_url\": \"\"", "message_url")]
    [TestCase("\"voice_application_sid\": \"AP1\"", "overridden_by_app")]
    [TestCase("\"trunk_sid\": \"TK1\"", "overridden_by_trunk")]
    [TestCase("\"phone_number\": \"+120255501009\"", "not_at_twilio")]
    public async Task What_is_wrong_with_a_number_at_Twilio_is_named(string wrong, string code)
    {
        var number = await AddNumber(await Add(cloud));
        // The last one of two equal names counts.
        TwilioHas($"{Right}, {wrong}");

        var finding = (await Check($"numbers/{number}/check")).Findings.Single();

        Assert.That((finding.Code, finding.CanBeSet), Is.EqualTo((code, code != "not_at_twilio")));
    }

    [Test]
    public async Task The_product_sets_what_is_wrong_and_looks_again()
    {
        var number = await AddNumber(await Add(cloud));
        TwilioHas("""
            "sid": "PN1", "phone_number": "+12025550100", "trunk_sid": "TK1"
            """, "before", "after");
        twilio.Server.Given(TwilioStub.Post("IncomingPhoneNumbers/PN1.json")).RespondWith(TwilioStub.Json(200, $$"""{{{Right}}}"""));
        TwilioHas(Right, "after", "after");

        var response = await admin.PostAsync($"/api/twilio/numbers/{number}/webhooks", null);

        Assert.That((await response.Content.ReadFromJsonAsync<TwilioCheck>())!.Findings, Is.Empty);
        var set = twilio.Asked.Single(asked => asked.RequestMessage.Method == "POST").RequestMessage.Body!;
        Assert.That(Uri.UnescapeDataString(set), Is.EqualTo(
            $"VoiceUrl={Home}/voice/incoming&VoiceMethod=POST&VoiceFallbackUrl={Home}/voice/incomingFallback&VoiceFallbackMethod=POST"
            + $"&StatusCallback={Home}/voice/numberStatus{Retries}&StatusCallbackMethod=POST&SmsUrl={Home}/message/incoming&SmsMethod=POST"
            + "&VoiceApplicationSid=&SmsApplicationSid=&TrunkSid="));
    }

    [Test]
    public async Task What_Twilio_does_not_let_us_set_is_told_in_its_words()
    {
        var number = await AddNumber(await Add(cloud));
        TwilioHas(Right);
        twilio.Server.Given(TwilioStub.Post("IncomingPhoneNumbers/PN1.json")).RespondWith(TwilioStub.Mistake(400, 21502, "Invalid Url."));

        var response = await admin.PostAsync($"/api/twilio/numbers/{number}/webhooks", null);

        Assert.That(await response.Outcome(), Is.EqualTo("502 twilio_refused"));
        Assert.That((string?)(await response.Body())["detail"], Is.EqualTo("Twilio did not do it: Invalid Url."));
    }

    [Test]
    public async Task Without_a_public_address_nothing_is_asked_and_the_page_says_what_is_missing()
    {
        await using var hidden = await RunningServer.Start(Settings(null));
        using var its = await hidden.SignInAs(Roles.Admin);
        await its.PostAsJsonAsync("/api/twilio/accounts", cloud);
        var page = (await its.GetFromJsonAsync<TwilioAccountsPage>("/api/twilio/accounts"))!;

        var check = (await (await its.PostAsync($"/api/twilio/accounts/{page.Accounts.Single().Id}/check", null)).Content.ReadFromJsonAsync<TwilioCheck>())!;

        Assert.That((page.PublicUrl, check.Findings.Single().Code), Is.EqualTo(((string?)null, "public_url_missing")));
        Assert.That(twilio.Asked, Is.Empty);
    }

    [Test]
    public async Task Enabled_accounts_are_checked_when_the_server_starts()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        await using (var first = await RunningServer.Start(Settings("https://crm.example.com"), folder: folder))
        using (var its = await first.SignInAs(Roles.Admin))
            await its.PostAsJsonAsync("/api/twilio/accounts", cloud);
        twilio.Server.Given(Request.Create().UsingGet()).RespondWith(TwilioStub.Mistake(401, 20003, "Authenticate"));

        await using (var second = await RunningServer.Start(Settings("https://crm.example.com"), folder: folder))
        {
            var store = second.Services.GetRequiredService<TwilioAccountStore>();
            await Until.True(async () => (await store.List(default)).Single().Check?.Findings.SingleOrDefault()?.Code == "wrong_credentials", "the account is checked");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task An_extension_may_be_written_as_Twilio_names_it()
    {
        await Add(cloud);
        var alice = await server.AddAccount("alice");

        foreach (var extension in new[] { "client:alice", "sip:6001@pbx.example.com", "+12025550199" })
        {
            Assert.That(await admin.PutAsJsonAsync("/api/pbx/extensions", new ExtensionAssignment { Pbx = "cloud", Extension = extension, AgentId = alice }).Outcome(),
                Is.EqualTo("204"));
        }
    }

    static readonly string Right = $$"""
        "sid": "PN1", "phone_number": "+12025550100", "voice_url": "{{Home}}/voice/incoming", "voice_method": "POST",
        "voice_fallback_url": "{{Home}}/voice/incomingFallback", "voice_fallback_method": "POST", "status_callback": "{{Home}}/voice/numberStatus{{Retries}}",
        "status_callback_method": "POST", "sms_url": "{{Home}}/message/incoming", "sms_method": "POST", "voice_application_sid": "",
        "sms_application_sid": "", "trunk_sid": null
        """;

    Dictionary<string, string?> Settings(string? publicUrl) => new()
    {
        ["PublicUrl"] = publicUrl,
        ["Twilio:Api:Base"] = twilio.Server.Url,
        ["Twilio:Api:RetryDelay"] = "00:00:00.001",
    };

    void AccountIs(string status) => twilio.Server.Given(Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{TwilioStub.Sid}.json"))
        .RespondWith(TwilioStub.Json(200, $$"""{"sid": "{{TwilioStub.Sid}}", "friendly_name": "Office", "status": "{{status}}"}"""));

    void TwilioHas(string number) => twilio.Server.Given(TwilioStub.Get("IncomingPhoneNumbers.json"))
        .RespondWith(TwilioStub.Json(200, $$"""{"incoming_phone_numbers": [{{{number}}}], "next_page_uri": null}"""));

    void TwilioHas(string number, string state, string next)
    {
        var numbers = twilio.Server.Given(TwilioStub.Get("IncomingPhoneNumbers.json")).InScenario("numbers");
        (state == "before" ? numbers : numbers.WhenStateIs(state)).WillSetStateTo(next)
            .RespondWith(TwilioStub.Json(200, $$"""{"incoming_phone_numbers": [{{{number}}}], "next_page_uri": null}"""));
    }

    async Task<long> Add(TwilioAccountEdit edit)
    {
        var response = await admin.PostAsJsonAsync("/api/twilio/accounts", edit);
        Assert.That(await response.Outcome(), Is.EqualTo("201"));
        return (await Page()).Accounts.Single(account => account.Name == edit.Name).Id;
    }

    async Task<long> AddNumber(long accountId)
    {
        var response = await admin.PostAsJsonAsync("/api/twilio/numbers", sales with { AccountId = accountId });
        Assert.That(await response.Outcome(), Is.EqualTo("201"));
        return (long)(await response.Body())["id"]!;
    }

    async Task<TwilioAccountsPage> Page() => (await admin.GetFromJsonAsync<TwilioAccountsPage>("/api/twilio/accounts"))!;

    async Task<TwilioCheck> Check(string what)
    {
        var response = await admin.PostAsync($"/api/twilio/{what}", null);
        Assert.That(await response.Outcome(), Is.EqualTo("200"));
        return (await response.Content.ReadFromJsonAsync<TwilioCheck>())!;
    }

    static async Task<string> RefusedField(Task<HttpResponseMessage> request)
    {
        var response = await request;
        Assert.That(await response.Outcome(), Is.EqualTo("400 validation"));
        return (await response.Body())["errors"]!.AsObject().Single().Key;
    }
}
