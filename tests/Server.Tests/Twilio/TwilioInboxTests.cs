using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Telephony.Tests.Twilio;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Twilio;

sealed class TwilioInboxTests(Engine engine) : StoreTests(engine)
{
    const string Source = "cloud";
    const int All = 1_000;

    TwilioInbox Inbox => new(Database, Test.Ids);

    [Test]
    public async Task The_same_request_is_one_row_and_the_first_arrival_counts()
    {
        var request = TwilioFlow.All.First().Requests[0];
        await Inbox.Put(Source, [request], default);
        await Inbox.Put(Source, [request with { ArrivedAt = request.ArrivedAt.AddSeconds(9) }], default);

        var (waiting, _) = await Inbox.Waiting(Source, All, default);
        Assert.That(waiting.Single().Request.ArrivedAt, Is.EqualTo(request.ArrivedAt));
        Assert.That(waiting.Single().Request.Form.Pairs, Is.EqualTo(request.Form.Pairs));
        Assert.That(waiting.Single().Request.Role, Is.EqualTo(request.Role));
    }

    [Test]
    public async Task What_came_for_another_account_is_not_mixed_in()
    {
        var request = TwilioFlow.All.First().Requests[0];
        await Inbox.Put(Source, [request], default);
        await Inbox.Put("other", [request], default);

        Assert.That((await Inbox.Waiting(Source, All, default)).Requests, Has.Count.EqualTo(1));
        Assert.That((await Inbox.Groups(Source, [request], default)).Single(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_done_waits_no_more_and_its_failure_is_noted()
    {
        var requests = TwilioFlow.All.First().Requests;
        await Inbox.Put(Source, requests, default);
        var (waiting, _) = await Inbox.Waiting(Source, All, default);

        await Inbox.Done(waiting.Skip(1).Select(one => one.Id), new Dictionary<long, string> { [waiting[1].Id] = "It broke." }, requests[0].ArrivedAt, default);

        Assert.That((await Inbox.Waiting(Source, All, default)).Requests.Select(one => one.Id), Is.EqualTo(new[] { waiting[0].Id }));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM inbox WHERE error = 'It broke.'"), Is.EqualTo(1));
    }

    // From any one of its requests, a call is found whole: through the agent's own call, the queue, the conference.
    [Test]
    public async Task All_that_belongs_to_a_call_is_found_from_each_of_its_requests_and_nothing_else()
    {
        foreach (var flow in TwilioFlow.All)
            await Inbox.Put(Source, flow.Requests, default);

        foreach (var flow in TwilioFlow.All.Where(flow => flow.Calls.Count == 1))
        {
            var expected = flow.Requests.Select(request => request.ContentKey).Distinct().Order(StringComparer.Ordinal).ToList();
            foreach (var request in flow.Requests)
            {
                var group = (await Inbox.Groups(Source, [request], default)).Single();
                Assert.That(group.Select(found => found.ContentKey).Order(StringComparer.Ordinal), Is.EqualTo(expected), flow.Name);
            }
        }
    }

    [Test]
    public async Task Calls_that_have_nothing_to_do_with_each_other_are_apart()
    {
        var flows = TwilioFlow.All.Where(flow => flow.Calls.Count > 0).ToList();
        foreach (var flow in flows)
            await Inbox.Put(Source, flow.Requests, default);
        var (waiting, _) = await Inbox.Waiting(Source, All, default);

        var groups = await Inbox.Groups(Source, waiting.Select(one => one.Request), default);

        Assert.That(groups, Has.Count.EqualTo(flows.Sum(flow => flow.Calls.Count)));
        Assert.That(groups.Sum(group => group.Count), Is.EqualTo(waiting.Count));
    }
}
