using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Twilio;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>A caller waits in a queue of the running product, and Twilio's REST is asked to ring its members.</summary>
sealed class QueueRingerTests
{
    const string Caller = "CA00000000000000000000000000000001";
    const string Waiting = $"CallSid={Caller}&CallStatus=in-progress&Direction=inbound&From=%2B12025550143&To=%2B12025550100";
    const string Queue = "QU00000000000000000000000000000001";

    [Test]
    public async Task The_free_members_are_rung_for_a_caller_and_stopped_when_he_is_gone()
    {
        using var twilio = WireMock.Server.WireMockServer.Start();
        string[] legs = ["CA00000000000000000000000000000011", "CA00000000000000000000000000000012"];
        var made = 0;
        twilio.Given(WireMock.RequestBuilders.Request.Create().UsingPost().WithPath($"/2010-04-01/Accounts/{CloudStand.AccountSid}/Calls.json"))
            .RespondWith(WireMock.ResponseBuilders.Response.Create().WithStatusCode(201).WithBody(_ => $$"""{"sid": "{{legs[made++]}}", "status": "queued"}"""));
        foreach (var leg in legs)
        {
            twilio.Given(WireMock.RequestBuilders.Request.Create().UsingPost().WithPath($"/2010-04-01/Accounts/{CloudStand.AccountSid}/Calls/{leg}.json"))
                .RespondWith(WireMock.ResponseBuilders.Response.Create().WithStatusCode(200).WithBody($$"""{"sid": "{{leg}}", "status": "completed"}"""));
        }
        await using var stand = await CloudStand.Start(new Dictionary<string, string?> { ["Twilio:Api:Base"] = twilio.Url });
        await stand.Set(CloudStand.Line with { Endpoints = [], AfterRing = AfterRing.Queue, QueueName = "support", QueueMembers = ["client:alice", "client:bob"] });

        await stand.Ask("voice/incoming", Waiting);
        await stand.Ask("voice/queueWait", $"{Waiting}&QueueSid={Queue}&QueueTime=0", "?queue=support");
        await Until.True(() => Asked().Count == 2, "both members are rung");

        Assert.That(Asked().Select(order => order["To"]), Is.EquivalentTo(new[] { "client:alice", "client:bob" }));
        Assert.That(Asked().Select(order => order["From"]), Is.All.EqualTo("+12025550100"));
        Assert.That(Asked().Select(order => order["Url"]), Is.All.Contains($"/voice/dequeueTwiml?queue=support&caller={Caller}"));
        Assert.That(Asked().Select(order => order["StatusCallback"]), Is.All.Contains($"caller={Caller}"));

        await stand.Ask("voice/queueAction", $"{Waiting.Replace("in-progress", "completed", StringComparison.Ordinal)}&QueueSid={Queue}&QueueTime=3&QueueResult=hangup", "?queue=support");

        await Until.True(() => legs.All(leg => twilio.LogEntries.Any(entry => entry.RequestMessage!.Path.EndsWith($"{leg}.json", StringComparison.Ordinal))), "both are stopped");

        List<TwilioForm> Asked() =>
            [.. twilio.LogEntries.Where(entry => entry.RequestMessage!.Path.EndsWith("/Calls.json", StringComparison.Ordinal)).Select(entry => TwilioForm.Parse(entry.RequestMessage!.Body!))];
    }
}
