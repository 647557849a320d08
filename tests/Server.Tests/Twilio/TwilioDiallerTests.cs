using System.Globalization;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Testing;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>An agent whose phone is at Twilio calls a client with a click.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class TwilioDiallerTests : IDisposable
{
    const string Ordered = "CA00000000000000000000000000000007";
    const string Wanted = "?to=%2B12025550177&from=%2B12025550100";

    // The real time, to the second as Twilio tells it: a browser drops cookies that have expired by its own clock.
    static readonly DateTimeOffset started = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    readonly WireMockServer twilio = WireMockServer.Start();
    CloudStand stand = null!;
    HttpClient alice = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await CloudStand.Start(new Dictionary<string, string?> { ["Twilio:Api:Base"] = twilio.Url, ["Twilio:Api:RetryDelay"] = "00:00:00.001" });
        var id = await stand.Server.AddAccount("alice");
        await stand.Services<AgentStore>().AssignExtension(CloudStand.Source, "client:alice", id, default);
        alice = await stand.Server.SignIn("alice");
        await Until.True(() => stand.Services<TwilioIntakes>().Owns(CloudStand.Source), "the account is ours");
    }

    [TearDown]
    public async Task Stop()
    {
        alice.Dispose();
        await stand.DisposeAsync();
    }

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task Her_phone_rings_then_the_client_is_called_and_the_call_is_known_even_if_no_webhook_comes()
    {
        TwilioAnswers(201, Call("queued"));

        Assert.That(await alice.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = "+1 202-555-0177" }).Outcome(), Is.EqualTo("202"));

        await Until.True(async () => await stand.Call(Ordered) is not null, "the call is known");
        var order = Uri.UnescapeDataString(twilio.LogEntries.Single().RequestMessage.Body!);
        Assert.That(order, Does.StartWith("To=client:alice&From=+12025550100&").And.Contain($"{CloudStand.PublicUrl}{TwilioUrls.Root}/voice/outboundTwiml?to=%2B12025550177"));
        var call = (await stand.Call(Ordered))!;
        // Nobody outside has been called yet.
        Assert.That((call.Direction, call.Agent, call.EndedAt), Is.EqualTo(("internal", "client:alice", (DateTimeOffset?)null)));

        // She picks up.
        var twiml = await stand.Twiml("voice/outboundTwiml", $"CallSid={Ordered}&CallStatus=in-progress&Direction=outbound-api&From=%2B12025550100&To=client:alice", Wanted);
        Assert.That(twiml.Element("Dial")!.Attribute("callerId")!.Value, Is.EqualTo("+12025550100"));
        Assert.That(twiml.Element("Dial")!.Element("Number")!.Value, Is.EqualTo("+12025550177"));
    }

    [Test]
    public async Task The_end_of_her_call_is_found_when_nobody_tells_it()
    {
        TwilioAnswers(201, Call("queued"));
        await alice.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = "+12025550177" });
        await Until.True(async () => await stand.Call(Ordered) is not null, "the call is known");
        twilio.Given(Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{CloudStand.AccountSid}/Calls/{Ordered}.json"))
            .RespondWith(Json(200, Call("no-answer")));
        twilio.Given(Request.Create().UsingGet().WithPath($"/2010-04-01/Accounts/{CloudStand.AccountSid}/Calls.json"))
            .RespondWith(Json(200, """{"calls": [], "next_page_uri": null}"""));

        stand.Clock.Now = started.AddMinutes(5);
        await stand.Services<TwilioReconciliation>().OpenCalls((await stand.Services<TwilioAccountStore>().ByName(CloudStand.Source, default))!, default);
        await Until.True(async () => (await stand.Call(Ordered))!.EndedAt is not null, "the call is over");

        var call = (await stand.Call(Ordered))!;
        Assert.That((call.Direction, call.Result, call.Reason), Is.EqualTo(("outbound", "failed", "agent_no_answer")));
    }

    [TestCase(400, "pbx_refused")]
    [TestCase(401, "dialling_denied")]
    [TestCase(500, "line_lost")]
    public async Task Why_no_call_came_of_it_stands_on_her_desk(int status, string problem)
    {
        TwilioAnswers(status, """{"code": 21211, "message": "Invalid 'To' Phone Number"}""");
        twilio.Given(Request.Create().UsingGet()).RespondWith(Json(200, """{"calls": [], "next_page_uri": null}"""));

        await alice.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = "+12025550177" });

        await Until.True(async () => (await alice.GetFromJsonAsync<DeskState>("/api/desk"))!.Dials.SingleOrDefault()?.Problem == problem, $"the desk says {problem}");
        Assert.That(await stand.Calls(), Is.Empty);
    }

    [Test]
    public async Task Without_a_number_that_the_client_could_see_nothing_is_asked_of_Twilio()
    {
        var numbers = stand.Services<TwilioNumberStore>();
        await numbers.Remove((await numbers.List(default)).Single().Id, default);

        Assert.That(await alice.PostAsJsonAsync("/api/calls/dial", new DialRequest { Number = "+12025550177" }).Outcome(), Is.EqualTo("409 line_down"));
        Assert.That(twilio.LogEntries, Is.Empty);
    }

    static string Call(string status) => $$"""
        {"sid": "{{Ordered}}", "account_sid": "{{CloudStand.AccountSid}}", "from": "+12025550100", "to": "client:alice", "status": "{{status}}",
         "direction": "outbound-api", "date_created": "{{Started}}", "start_time": null, "end_time": null, "duration": null}
        """;

    static string Started => started.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";

    void TwilioAnswers(int status, string body) => twilio.Given(Request.Create().UsingPost()).RespondWith(Json(status, body));

    static IResponseBuilder Json(int status, string body) => Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);
}
