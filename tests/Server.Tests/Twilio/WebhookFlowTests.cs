using System.Net;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Tests.Twilio;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>How the requests of a flow come.</summary>
enum Arrival { InOrder, Twice, Shuffled }

/// <summary>Every flow, sent to the running product as Twilio sends it, ends in its truth.</summary>
[TestFixture(Arrival.InOrder), TestFixture(Arrival.Twice), TestFixture(Arrival.Shuffled)]
sealed class WebhookFlowTests(Arrival arrival)
{
    CloudStand stand = null!;

    static IEnumerable<TwilioFlow> Flows => TwilioFlow.All;

    [OneTimeSetUp]
    public async Task Start()
    {
        stand = await CloudStand.Start();
        var alice = await stand.Server.AddAccount("alice");
        await stand.Services<AgentStore>().AssignExtension(CloudStand.Source, "client:alice", alice, default);
    }

    [OneTimeTearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [TestCaseSource(nameof(Flows))]
    public async Task A_flow_ends_in_its_truth(object sent)
    {
        var flow = (TwilioFlow)sent;
        await stand.Set(flow.Name.Contains("queue", StringComparison.Ordinal)
            ? CloudStand.Line with { Endpoints = [], AfterRing = AfterRing.Queue, QueueName = "support" }
            : CloudStand.Line);
        foreach (var request in Arranged(flow))
            await Send(flow, request);
        await stand.WorkedOff();

        foreach (var truth in flow.Calls)
            Assert.That(Differences(truth, (await stand.Call(truth.Id))!), Is.Empty);
        await MustHaveCards(flow);
        await MustHaveMessages(flow);
        Assert.That(await stand.Scalar<int>("SELECT COUNT(*) FROM quarantine"), Is.Zero);
    }

    IEnumerable<SentRequest> Arranged(TwilioFlow flow) => arrival switch
    {
        Arrival.InOrder => flow.Sent,
        Arrival.Twice => flow.Sent.SelectMany(request => request.IsFault ? [request] : new[] { request, request }),
        Arrival.Shuffled => Shuffled(flow.Sent),
    };

    // What Twilio only tells comes in any order. A question is asked when it is time for it: Twilio waits for the answer.
    static SentRequest[] Shuffled(IReadOnlyList<SentRequest> sent)
    {
        var random = new Random(sent.Count);
        int[] news = [.. Enumerable.Range(0, sent.Count).Where(i => sent[i].Expect == "204")];
        var places = news.ToArray();
        random.Shuffle(places);
        SentRequest[] shuffled = [.. sent];
        for (var i = 0; i < news.Length; i++)
            shuffled[news[i]] = sent[places[i]];
        return shuffled;
    }

    async Task Send(TwilioFlow flow, SentRequest request)
    {
        // What we write into addresses ourselves.
        var query = (flow.Name[..2], request.Path) switch
        {
            ("10", "voice/outboundTwiml") => "?to=%2B12025550177",
            ("16", "voice/dequeueTwiml") => "?queue=support",
            _ => "",
        };
        await using var held = request.IsFault ? await HoldDatabase() : null;
        using var response = await stand.Send(request, query);
        var answer = await response.Content.ReadAsStringAsync();
        if (request.Expect is "500" or "204")
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(int.Parse(request.Expect, System.Globalization.CultureInfo.InvariantCulture)), request.Path);
            Assert.That(answer, Is.Empty, request.Path);
            return;
        }
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), request.Path);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
        Assert.That(Steps(answer), Does.Match(Expected(flow, request)), request.Path);
    }

    // A second phone is not rung after the first by this number's settings: voicemail comes instead.
    static string Expected(TwilioFlow flow, SentRequest request) => (flow.Name[..2], request.Expect) switch
    {
        ("07", "twiml-dial") => "Record",
        (_, "twiml" or "twiml-any") => "",
        (_, "twiml-record") => "Record",
        (_, "twiml-dial") => "Dial",
        (_, "twiml-dial-queue") => "Dial Queue",
        (_, "twiml-hangup") => "Hangup",
        (_, "twiml-empty" or "twiml-empty-or-hangup") => "^(Hangup)?$",
        var (_, unknown) => throw new ArgumentException($"The flow expects {unknown}, which nobody knows."),
    };

    static string Steps(string twiml)
    {
        var root = System.Xml.Linq.XDocument.Parse(twiml).Root!;
        Assert.That(root.Name.LocalName, Is.EqualTo("Response"));
        return string.Join(' ', root.Descendants().Select(step => step.Name.LocalName));
    }

    async Task<HeldDatabase> HoldDatabase()
    {
        var database = new Database(new() { ConnectionString = $"Data Source={Path.Combine(stand.Server.DataFolder, "crm.db")}" });
        return new(database, await database.Write(default));
    }

    static IEnumerable<string> Differences(CallTruth truth, CallItem call)
    {
        (string Field, object? Expected, object? Actual)[] exact =
        [
            ("direction", truth.IsInbound ? "inbound" : "outbound", call.Direction),
            ("client", truth.Client, call.Client),
            ("did", truth.Did, call.Did),
            ("agent", truth.PlacedBy, call.Agent),
            ("answeredBy", truth.AnsweredBy, call.AnsweredBy),
            ("result", truth.Result, call.Result),
            ("reason", truth.Reason, call.Reason),
            ("startedAt", true, CallTruth.IsNear(truth.StartedAt, call.StartedAt)),
            ("answeredAt", true, CallTruth.IsNear(truth.AnsweredAt, call.AnsweredAt)),
            ("endedAt", true, CallTruth.IsNear(truth.EndedAt, call.EndedAt)),
            ("ringSeconds", true, CallTruth.IsNear(truth.Ring, call.RingSeconds)),
            ("talkSeconds", true, CallTruth.IsNear(truth.Talk, call.TalkSeconds)),
        ];
        return exact.Where(field => !Equals(field.Expected, field.Actual))
            .Select(field => $"{truth.Id} {field.Field}: expected {field.Expected}, was {field.Actual}; {call}");
    }

    async Task MustHaveCards(TwilioFlow flow)
    {
        var clients = await stand.Clients();
        foreach (var card in flow.Cards)
        {
            if (card.GetProperty("key").GetString() is not { } number)
                continue;
            var found = clients.Where(client => client.MainNumber == number).ToList();
            Assert.That(found, Has.Count.EqualTo(1), number);
            if (card.TryGetProperty("name", out var name))
                Assert.That(found[0].Name, Is.EqualTo(name.GetString()));
        }
        var hidden = flow.Calls.Where(call => call.Client is null).Select(call => call.Id).ToList();
        var theirs = (await stand.Calls()).Where(call => hidden.Contains(call.ExternalId)).Select(call => call.ClientId).ToList();
        Assert.That(theirs, Is.All.Not.Null);
        Assert.That(theirs, Is.Unique, "a hidden caller has a card of the call's own");
        Assert.That(clients.Select(client => client.MainNumber), Has.None.StartsWith("client:").And.None.EqualTo("+12025550100"), "no card of our own phones and numbers");
    }

    async Task MustHaveMessages(TwilioFlow flow)
    {
        if (!flow.Messages.Any())
            return;
        var number = flow.Cards.Single().GetProperty("key").GetString();
        var client = (await stand.Clients()).Single(client => client.MainNumber == number);
        var timeline = (await stand.Admin.GetFromJsonAsync<Page<TimelineEntry>>($"/api/clients/{client.Id}/timeline?kind=message"))!;
        Assert.That(timeline.Items.Select(entry => (entry.Message!.Direction, entry.Message.Status, entry.Message.Text ?? "", entry.Message.ErrorCode)), Is.EquivalentTo(
            flow.Messages.Select(message => (
                message.GetProperty("direction").GetString()!,
                message.GetProperty("status").GetString()!,
                message.TryGetProperty("body", out var body) ? body.GetString()! : "",
                message.TryGetProperty("errorCode", out var code) ? code.GetInt32() : (int?)null))));
    }

    /// <summary>Somebody else writes to the database and does not come to an end.</summary>
    sealed class HeldDatabase(Database database, DbSession session) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            database.Dispose();
        }
    }
}
