using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Calls;

sealed class CallListTests(Engine engine) : StoreTests(engine)
{
    static readonly DateTimeOffset Noon = RandomCalls.Noon;
    static readonly Access Manager = new(1, Roles.Manager);

    CallList List => new(Database);

    [Test]
    public async Task A_missed_call_tells_who_rang_and_why_nobody_answered()
    {
        var anna = await Test.AddAgent("Anna", "101");
        await Save(Inbound(1) with
        {
            Result = CallResult.Missed,
            Reason = CallReason.NoAnswer,
            Offers =
            [
                new("101", "a", Noon) { RingStartedAt = Noon.AddSeconds(1), EndedAt = Noon.AddSeconds(16.5), Result = OfferResult.RangOut, Queue = "sales" },
                new("102", "b", Noon) { EndedAt = Noon.AddSeconds(1), Result = OfferResult.Unreachable },
            ],
            QueueVisits = [new("sales", Noon) { LeftAt = Noon.AddSeconds(20), Exit = QueueExit.Timeout }],
        });

        var item = (await Page()).Items.Single();
        var story = (await List.Story(new(anna, Roles.Agent), item.Id, default))!;

        Assert.That(item.Rang, Is.EqualTo(new[] { "101" }));
        Assert.That((item.Result, item.Reason, item.Queue), Is.EqualTo(("missed", "no_answer", "sales")));
        Assert.That(story.Offers.Select(offer => (offer.Extension, offer.AgentName, offer.RingSeconds, offer.Result)),
            Is.EqualTo(new[] { ("101", "Anna", (double?)15.5, "rang_out"), ("102", null, null, "unreachable") }));
        Assert.That(story.QueueVisits.Single().Exit, Is.EqualTo("timeout"));
    }

    [Test]
    public async Task An_answered_call_names_its_agent_its_times_and_its_transfers()
    {
        var anna = await Test.AddAgent("Anna", "101");
        await Save(Inbound(1) with
        {
            StartedAt = Noon,
            AnsweredAt = Noon.AddSeconds(8),
            EndedAt = Noon.AddSeconds(60),
            AnsweredBy = "101",
            LastAgent = "102",
            Result = CallResult.Answered,
            HangupBy = "caller",
            RingSeconds = 3,
            Talks = [new("101", Noon.AddSeconds(8)) { EndedAt = Noon.AddSeconds(20) }, new("102", Noon.AddSeconds(20)) { EndedAt = Noon.AddSeconds(60) }],
            Transfers = [new(TransferType.Attended, "101", "102", Noon.AddSeconds(20)) { Answered = true }],
        });

        var item = (await Page()).Items.Single();

        Assert.That((item.AgentId, item.AgentName, item.AnsweredBy, item.LastAgent), Is.EqualTo((anna, "Anna", "101", "102")));
        Assert.That((item.WaitSeconds, item.RingSeconds, item.TalkSeconds), Is.EqualTo((8.0, 3.0, 52.0)));
        Assert.That(item.Transfers.Single(), Is.EqualTo(new TransferItem { Type = "attended", By = "101", To = "102", Answered = true }));
        Assert.That((item.StartedAt, item.EndedAt), Is.EqualTo((Noon, Noon.AddSeconds(60))));
    }

    [Test]
    public async Task Pages_hold_every_call_once_the_newest_first_though_several_began_in_the_same_millisecond()
    {
        await Save([.. Enumerable.Range(0, 25).Select(i => Inbound(i) with { StartedAt = Noon.AddMilliseconds(i / 4) })]);

        List<CallItem> all = [];
        Cursor? cursor = Cursor.Start;
        while (cursor is { } at)
        {
            var page = await List.Page(Manager, new(), at, take: 4, default);
            all.AddRange(page.Items);
            cursor = page.Next is null ? null : Cursor.TryParse(page.Next, out var next) ? next : throw new FormatException(page.Next);
        }

        Assert.That(all.Select(call => call.Id).Distinct().Count(), Is.EqualTo(25));
        Assert.That(all, Has.Count.EqualTo(25));
        Assert.That(all.Select(call => call.StartedAt), Is.Ordered.Descending);
    }

    [Test]
    public async Task An_agent_sees_the_calls_that_an_own_phone_rang_for_talked_in_or_placed()
    {
        var anna = await Test.AddAgent("Anna", "101", "111");
        var boris = await Test.AddAgent("Boris", "102");
        await Save(
            Inbound(1) with { Offers = [new("101", "a", Noon) { RingStartedAt = Noon }, new("111", "b", Noon)] },
            Inbound(2) with { Talks = [new("101", Noon)] },
            Inbound(3) with { Direction = CallDirection.Outbound, PlacedBy = "111" },
            Inbound(4) with { Offers = [new("102", "a", Noon)] },
            Inbound(5));

        var hers = await List.Page(new(anna, Roles.Agent), new(), Cursor.Start, 50, default);
        var all = await Page();

        Assert.That(hers.Items.Select(call => call.ExternalId), Is.EquivalentTo(new[] { "1", "2", "3" }));
        Assert.That(all.Items, Has.Count.EqualTo(5));
        Assert.That(await List.Story(new(boris, Roles.Agent), hers.Items[0].Id, default), Is.Null);
        Assert.That((await Page(new() { AgentId = boris })).Items.Single().ExternalId, Is.EqualTo("4"));
    }

    [Test]
    public async Task Filters_narrow_the_list()
    {
        await Save(
            Inbound(1) with { Result = CallResult.Missed, Did = "+74950000001" },
            Inbound(2) with { Result = CallResult.Answered, Did = "+74950000002" },
            Inbound(3) with { Direction = CallDirection.Outbound, Did = null, Result = CallResult.Busy });
        var all = (await Page()).Items;

        Assert.That(await Ids(new() { Direction = "outbound" }), Is.EqualTo(new[] { "3" }));
        Assert.That(await Ids(new() { Result = "missed" }), Is.EqualTo(new[] { "1" }));
        Assert.That(await Ids(new() { Did = "+74950000002" }), Is.EqualTo(new[] { "2" }));
        Assert.That(await Ids(new() { From = Noon.AddMinutes(2) }), Is.EqualTo(new[] { "3", "2" }));
        Assert.That(await Ids(new() { From = Noon.AddMinutes(1), To = Noon.AddMinutes(3) }), Is.EqualTo(new[] { "2", "1" }));
        Assert.That(await Ids(new() { ClientId = all[0].ClientId, Direction = "outbound", Result = "busy" }), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task A_call_that_became_a_part_of_another_one_is_not_listed()
    {
        await Save(Inbound(1), Inbound(2) with { MergedInto = new("pbx", "1") });

        Assert.That(await Ids(new()), Is.EqualTo(new[] { "1" }));
    }

    static Call Inbound(int number) => new()
    {
        Key = new("pbx", $"{number}"),
        Revision = 1,
        Direction = CallDirection.Inbound,
        StartedAt = Noon.AddMinutes(number),
        Client = new("8916", null, $"+7916000{number:0000}"),
    };

    Task Save(params Call[] calls) => new CallStore(Database, Test.Ids).Save([.. calls.Select(call => new CallToSave(call))], default);

    Task<Page<CallItem>> Page(CallFilter? filter = null) => List.Page(Manager, filter ?? new(), Cursor.Start, 50, default);

    async Task<IEnumerable<string>> Ids(CallFilter filter) => (await Page(filter)).Items.Select(call => call.ExternalId);
}
