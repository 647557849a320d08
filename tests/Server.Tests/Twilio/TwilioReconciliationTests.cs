using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Calls;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>What webhooks should have told and did not.</summary>
sealed class TwilioReconciliationTests(Engine engine) : StoreTests(engine), IDisposable
{
    const string Times = """, "start_time": "Mon, 12 Oct 2026 11:10:00 +0000", "end_time": "Mon, 12 Oct 2026 11:11:00 +0000" """;

    static readonly DateTimeOffset noon = new(2026, 10, 12, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider time = new(noon);
    readonly TwilioStub twilio = new();
    readonly List<string> told = [];
    TwilioAccount account = null!;

    [SetUp]
    public async Task AddAccount()
    {
        var accounts = new TwilioAccountStore(Database, Test.Ids);
        var (_, id) = await accounts.Add(twilio.Account, default);
        account = (await accounts.ById(id, default))!;
        await new TwilioNumberStore(Database, Test.Ids).Add(new() { AccountId = id, E164 = "+12025550100", LineName = "Sales", Language = "en" }, default);
    }

    public void Dispose() => twilio.Dispose();

    [Test]
    public async Task The_end_of_a_call_that_nobody_told_is_found()
    {
        await Save("CA1", noon.AddMinutes(-10), endedAt: null);
        Twilio(Calls("CA1"), TwilioStub.Call("CA1"));
        TwilioHas(Leg("CA2", parent: "CA1", "completed", 30), parent: "CA1");

        await Reconciliation.OpenCalls(account, default);

        Assert.That(told, Is.EqualTo(new[] { "CA1 CA2" }));
        Assert.That(twilio.Asked[1].RequestMessage.Url, Does.Contain("ParentCallSid=CA1"));
    }

    [TestCase("in-progress")]
    [TestCase("ringing")]
    public async Task A_call_that_goes_on_at_Twilio_goes_on(string status)
    {
        await Save("CA1", noon.AddMinutes(-10), endedAt: null);
        Twilio(Calls("CA1"), TwilioStub.Call("CA1", status));

        await Reconciliation.OpenCalls(account, default);

        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task A_call_that_Twilio_does_not_show_yet_and_one_that_has_just_begun_wait_for_the_next_time()
    {
        await Save("CA1", noon.AddMinutes(-3), endedAt: null);
        await Save("CA2", noon.AddMinutes(-1), endedAt: null);
        await Save("CA3", noon.AddMinutes(-9), endedAt: noon.AddMinutes(-8));
        twilio.Server.Given(TwilioStub.Get("Calls/*")).RespondWith(TwilioStub.Mistake(404, 20404, "Not found"));

        await Reconciliation.OpenCalls(account, default);

        Assert.That(twilio.Asked.Select(asked => asked.RequestMessage.Path), Is.EqualTo(new[] { TwilioStub.PathOf("Calls/CA1.json") }));
        Assert.That(told, Is.Empty);
        Assert.That((await Account()).ReconcileProblem, Is.Null);
    }

    [Test]
    public async Task A_client_who_called_while_nobody_listened_is_found_and_others_calls_are_left_alone()
    {
        TwilioHas(
            TwilioStub.Call("CA1", "no-answer"),
            Leg("CA2", parent: "CA1", "no-answer", 0),
            TwilioStub.Call("CA3", "in-progress"),
            TwilioStub.Call("CA4").Replace("+12025550100", "+12025550199"),
            TwilioStub.Call("CA5").Replace("inbound", "outbound-api"));

        await Reconciliation.Day(account, default);

        Assert.That(told, Is.EqualTo(new[] { "CA1 CA2" }));
        Assert.That(Uri.UnescapeDataString(twilio.Asked[0].RequestMessage.Url), Does.Contain("StartTime>=2026-10-11"));
    }

    [Test]
    public async Task What_is_known_is_told_again_only_where_it_is_known_wrongly()
    {
        await Save("CA1", noon.AddMinutes(-50), endedAt: noon.AddMinutes(-49));
        await Save("CA2", noon.AddMinutes(-40), endedAt: noon.AddMinutes(-39), answeredAt: noon.AddMinutes(-40).AddSeconds(9));
        await Save("CA3", noon.AddMinutes(-30), endedAt: noon.AddMinutes(-29));
        await Save("CA4", noon.AddMinutes(-20), endedAt: null);
        TwilioHas(
            TwilioStub.Call("CA4", more: Times).Replace("inbound", "outbound-api"),
            TwilioStub.Call("CA3", more: Times), Leg("CA31", parent: "CA3", "completed", 20),
            TwilioStub.Call("CA2", more: Times), Leg("CA21", parent: "CA2", "completed", 20),
            TwilioStub.Call("CA1", more: Times), Leg("CA11", parent: "CA1", "no-answer", 0));

        await Reconciliation.Day(account, default);

        Assert.That(told, Is.EqualTo(new[] { "CA3 CA31 CA4" }), "the oldest first");
        Assert.That(await new CallDiary(Database).Completeness(noon.AddDays(-1), noon.AddDays(1), default), Is.EqualTo(new CallCompleteness { Calls = 4, Completed = 2 }));
    }

    [Test]
    public async Task Recordings_of_known_calls_are_fetched_and_heard_of_once()
    {
        await Save("CA1", noon.AddMinutes(-50), endedAt: noon.AddMinutes(-49));
        TwilioHas();
        Twilio("Recordings.json", """
            {"recordings": [
                {"sid": "RE1", "call_sid": "CA1", "status": "completed"},
                {"sid": "RE2", "call_sid": "CA1", "status": "processing"},
                {"sid": "RE3", "call_sid": "CA9", "status": "completed"}
            ], "next_page_uri": null}
            """);

        await Reconciliation.Day(account, default);
        await Reconciliation.Day(account, default);

        var due = await Recordings.Due(noon, 10, default);
        Assert.That(due.Select(recording => (recording.RecordingSid, recording.CallSid)), Is.EqualTo(new[] { ("RE1", "CA1") }));
        Assert.That((await Recordings.Waiting(default))[account.Id], Is.EqualTo(1));
    }

    [Test]
    public async Task The_admin_is_told_why_it_failed_until_it_succeeds()
    {
        twilio.Server.Given(TwilioStub.Get("Calls.json")).RespondWith(TwilioStub.Mistake(401, 20003, "Authenticate"));
        await Reconciliation.Day(account, default);
        Assert.That(((await Account()).ReconcileProblem, (await Account()).ReconciledAt), Is.EqualTo(("Authenticate", (DateTimeOffset?)null)));

        twilio.Server.Reset();
        TwilioHas();
        await Reconciliation.Day(account, default);
        Assert.That(((await Account()).ReconcileProblem, (await Account()).ReconciledAt), Is.EqualTo(((string?)null, (DateTimeOffset?)noon)));
    }

    TwilioReconciliation Reconciliation => new(
        new(Database, Test.Ids), new(Database, Test.Ids), new(Database), Recordings, twilio.Api, (_, calls, _) =>
        {
            told.Add(string.Join(' ', calls.Select(call => call.Sid)));
            return Task.CompletedTask;
        }, time);

    TwilioRecordingStore Recordings => new(Database);

    async Task<TwilioAccount> Account() => (await new TwilioAccountStore(Database, Test.Ids).ById(account.Id, default))!;

    Task Save(string sid, DateTimeOffset startedAt, DateTimeOffset? endedAt, DateTimeOffset? answeredAt = null) => new CallStore(Database, Test.Ids).Save(
        [
            new(new Call
            {
                Key = new("cloud", sid),
                Revision = 1,
                Direction = CallDirection.Inbound,
                StartedAt = startedAt,
                AnsweredAt = answeredAt,
                EndedAt = endedAt,
                Result = endedAt is null ? null : answeredAt is null ? CallResult.Missed : CallResult.Answered,
            }),
        ], default);

    void TwilioHas(params string[] calls)
    {
        Twilio("Calls.json", $$"""{"calls": [{{string.Join(',', calls)}}], "next_page_uri": null}""");
        Twilio("Recordings.json", """{"recordings": [], "next_page_uri": null}""");
    }

    void TwilioHas(string leg, string parent) => twilio.Server.Given(TwilioStub.Get("Calls.json").WithParam("ParentCallSid", parent))
        .RespondWith(TwilioStub.Json(200, $$"""{"calls": [{{leg}}], "next_page_uri": null}"""));

    void Twilio(string resource, string body) => twilio.Server.Given(TwilioStub.Get(resource)).RespondWith(TwilioStub.Json(200, body));

    static string Calls(string sid) => $"Calls/{sid}.json";

    static string Leg(string sid, string parent, string status, int seconds) => TwilioStub.Call(sid, status, $$""", "parent_call_sid": "{{parent}}", "duration": "{{seconds}}" """);
}
