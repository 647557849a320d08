using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Telephony.Calls;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

/// <summary>What tests of clients share: short words for calls, cards and lists.</summary>
abstract class ClientTests(Engine engine) : StoreTests(engine)
{
    protected const string Number = "+79161234567";
    protected static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    protected static readonly Access Manager = new(1, Roles.Manager);

    int callsMade;

    protected ClientStore Clients => new(Database, Test.Ids, TimeProvider.System);
    protected ClientList List => new(Database, new());
    protected CardReader Cards => new(Database, TimeProvider.System);

    protected async Task<SavedCall> Call(string? number, CallDirection direction = CallDirection.Inbound, int minute = 0, params string[] rang) =>
        (await new CallStore(Database, Test.Ids).Save([new(NewCall(number, direction, minute) with
        {
            Offers = [.. rang.Select(extension => new Offer(extension, extension, Noon) { RingStartedAt = Noon })],
        })], default)).Single();

    protected Call NewCall(string? number, CallDirection direction = CallDirection.Inbound, int minute = 0) => new()
    {
        Key = new("pbx", $"{Interlocked.Increment(ref callsMade)}"),
        Revision = 1,
        Direction = direction,
        StartedAt = Noon.AddMinutes(minute),
        Client = direction == CallDirection.Internal ? null : new(number, null, number) { IsHidden = number is null },
    };

    protected async Task<long> Create(string name, string? company = null, string? email = null, long? ownerId = null, bool shares = false, params string[] numbers) =>
        ((ClientEditResult.Saved)await Clients.Create(Manager, Fields(name, company, email, ownerId, numbers), shares, default)).ClientId;

    protected static ClientFields Fields(string name, string? company = null, string? email = null, long? ownerId = null, params string[] numbers) => ClientFields.Read(
        new() { Name = name, Company = company, Email = email, OwnerId = ownerId, Numbers = numbers }, new("RU"), known: [], out _);

    protected async Task<ClientCard> Card(long id) => (await Cards.Card(Manager, id, default))!;

    protected Task<int> Count(string table) => Scalar<int>($"SELECT COUNT(*) FROM {table}");
}

sealed class ClientIntakeTests(Engine engine) : ClientTests(engine)
{
    [Test]
    public async Task The_first_ring_of_an_unknown_number_opens_an_inquiry_and_a_card()
    {
        var call = await Call(Number);

        var card = await Card(call.ClientId!.Value);
        Assert.That((card.Status, card.Name), Is.EqualTo(("inquiry", "")));
        Assert.That(card.Numbers.Single(), Is.EqualTo(new ClientNumber { E164 = Number, Display = "+7 916 123-45-67" }));
        Assert.That((card.FirstInquiry!.Channel, card.FirstInquiry.Source), Is.EqualTo(("call", "pbx")));
        Assert.That(card.LastContactAt, Is.EqualTo(Noon));
        Assert.That(card.Timeline.Items.Select(entry => entry.Kind), Is.EquivalentTo(new[] { "call", "inquiry" }));
    }

    [Test]
    public async Task A_second_call_makes_a_contact_of_an_inquiry()
    {
        var first = await Call(Number);
        var second = await Call(Number, minute: 5);

        Assert.That(second.ClientId, Is.EqualTo(first.ClientId));
        var card = await Card(first.ClientId!.Value);
        Assert.That((card.Status, card.LastContactAt), Is.EqualTo(("contact", Noon.AddMinutes(5))));
        Assert.That(await Count("inquiry"), Is.EqualTo(1));
    }

    [Test]
    public async Task Later_versions_of_the_same_call_are_no_second_touch()
    {
        var store = new CallStore(Database, Test.Ids);
        var call = NewCall(Number);
        var saved = (await store.Save([new(call)], default)).Single();
        await store.Save([new(call with { Revision = 2, EndedAt = Noon.AddMinutes(1) }, saved)], default);
        await store.Save([new(call with { Revision = 3 })], default);

        Assert.That((await Card(saved.ClientId!.Value)).Status, Is.EqualTo("inquiry"));
    }

    [Test]
    public async Task What_the_caller_chose_later_completes_the_inquiry()
    {
        var store = new CallStore(Database, Test.Ids);
        var call = NewCall(Number);
        var saved = (await store.Save([new(call)], default)).Single();
        await store.Save([new(call with { Revision = 2, Did = "+74951234567", QueueVisits = [new("sales", Noon)] }, saved)], default);
        await store.Save([new(call with { Revision = 3, Did = "+74951234567", QueueVisits = [new("sales", Noon), new("service", Noon)] })], default);

        var inquiry = (await Card(saved.ClientId!.Value)).FirstInquiry!;
        Assert.That((inquiry.Did, inquiry.Queue), Is.EqualTo(("+74951234567", "sales")));
    }

    [Test]
    public async Task Hidden_callers_have_a_card_each_and_internal_calls_none()
    {
        var one = await Call(null);
        var two = await Call(null);
        var colleague = await Call(null, CallDirection.Internal);

        Assert.That(one.ClientId, Is.Not.Null.And.Not.EqualTo(two.ClientId));
        Assert.That(colleague.ClientId, Is.Null);
        Assert.That(await Count("client_number"), Is.Zero);
    }

    [Test]
    public async Task An_agent_who_calls_a_new_number_makes_a_card_and_no_inquiry_and_a_service_number_makes_neither()
    {
        var call = await Call(Number, CallDirection.Outbound);
        var service = (await new CallStore(Database, Test.Ids).Save([new(NewCall("112", CallDirection.Outbound) with { Client = new("112", null, null) })], default)).Single();

        Assert.That((call.ClientId is null, service.ClientId is null), Is.EqualTo((false, true)));
        Assert.That(await Count("inquiry"), Is.Zero);
        Assert.That(await Count("client"), Is.EqualTo(1));
    }

    [Test]
    public async Task Fifty_lines_that_hear_of_an_unknown_number_at_once_make_one_card()
    {
        var nodes = Enumerable.Range(0, 5).Select(_ => new CallStore(Test.AnotherNode().Database, Test.Ids)).ToList();
        var calls = Enumerable.Range(0, 50).Select(i => NewCall($"+7916000000{i % 3}") with { Key = new($"pbx-{i}", "1") }).ToList();

        var saved = await Task.WhenAll(calls.Select((call, i) => Task.Run(() => nodes[i % 5].Save([new(call)], default))));

        Assert.That(await Count("client"), Is.EqualTo(3));
        Assert.That(await Count("client_number"), Is.EqualTo(3));
        Assert.That(await Count("inquiry"), Is.EqualTo(3));
        Assert.That(saved.SelectMany(one => one).Select(one => (one.Call.Client!.E164, one.ClientId)).Distinct().Count(), Is.EqualTo(3));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client WHERE status = 'contact'"), Is.EqualTo(3));
    }

    [Test]
    public async Task Batches_of_several_nodes_with_the_same_numbers_in_any_order_end_in_one_card_for_each()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => new CallStore(Test.AnotherNode().Database, Test.Ids)).ToList();
        var random = new Random(1);

        await Task.WhenAll(nodes.Select((node, i) => Task.Run(async () =>
        {
            for (var round = 0; round < 5; round++)
            {
                var batch = Enumerable.Range(0, 30).Select(j => NewCall($"+791600000{random.Next(20):00}") with { Key = new($"pbx-{i}", $"{round}-{j}") });
                await node.Save([.. batch.Select(call => new CallToSave(call))], default);
            }
        })));

        Assert.That(await Count("call"), Is.EqualTo(600));
        Assert.That(await Count("client"), Is.EqualTo(await Scalar<int>("SELECT COUNT(DISTINCT party_e164) FROM call")));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM call c JOIN client_number n ON n.client_id = c.client_id AND n.e164 = c.party_e164"), Is.EqualTo(600));
    }

    [Test]
    public async Task A_call_of_a_known_number_finds_its_card_and_a_shared_one_leaves_the_choice()
    {
        var anna = await Create("Anna", numbers: Number);
        Assert.That((await Call(Number)).ClientId, Is.EqualTo(anna));

        await Create("Boris", shares: true, numbers: Number);

        Assert.That((await Call(Number)).ClientId, Is.Null);
        Assert.That((await List.Match(Manager, "8 916 123-45-67", default))!.Select(match => match.Reason), Is.EqualTo(new[] { "company", "company" }));
        Assert.That(await Count("client"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_number_that_was_given_away_is_a_new_caller_for_the_next_who_has_it()
    {
        var first = (await Call(Number)).ClientId!.Value;
        await Clients.Change(Manager, first, 1, Fields("Anna", numbers: "+79160000000"), false, default);

        var next = (await Call(Number)).ClientId;

        Assert.That(next, Is.Not.Null.And.Not.EqualTo(first));
        Assert.That((await List.Match(Manager, Number, default))!.Select(match => (match.Client.Id, match.Reason)),
            Is.EqualTo(new[] { (next!.Value, "exact"), (first, "former") }));
    }
}

sealed class ClientEditTests(Engine engine) : ClientTests(engine)
{
    [Test]
    public async Task A_card_that_a_person_saves_is_a_contact_with_all_that_was_typed()
    {
        var id = await Create("Анна Петрова", "Ромашка", "anna@example.ru", numbers: ["8 (916) 123-45-67", "+7 495 123-45-67 доб. 105"]);

        var card = await Card(id);

        Assert.That((card.Status, card.Name, card.Company, card.Email, card.Version), Is.EqualTo(("contact", "Анна Петрова", "Ромашка", "anna@example.ru", 1)));
        Assert.That(card.Numbers.Select(number => (number.E164, number.Extension)), Is.EqualTo(new[] { (Number, null), ("+74951234567", "105") }));
        Assert.That(card.FirstInquiry, Is.Null);
    }

    [Test]
    public async Task Of_two_who_edit_the_same_version_the_second_is_told()
    {
        var id = await Create("Anna");

        var first = await Clients.Change(Manager, id, 1, Fields("Anna P."), false, default);
        var second = await Clients.Change(Manager, id, 1, Fields("Anya"), false, default);

        Assert.That(first, Is.InstanceOf<ClientEditResult.Saved>());
        Assert.That(second, Is.InstanceOf<ClientEditResult.ChangedByOther>());
        Assert.That(((await Card(id)).Name, (await Card(id)).Version), Is.EqualTo(("Anna P.", 2)));
    }

    [Test]
    public async Task A_number_of_another_card_is_refused_unless_it_is_said_to_be_shared()
    {
        var anna = await Create("Anna", numbers: Number);

        var taken = await Clients.Create(Manager, Fields("Boris", numbers: Number), false, default);
        Assert.That(((ClientEditResult.NumberTaken)taken).By.Single().Id, Is.EqualTo(anna));
        Assert.That(await Count("client"), Is.EqualTo(1));

        var boris = await Create("Boris", shares: true, numbers: Number);
        Assert.That((await Card(anna)).Numbers.Single().IsShared && (await Card(boris)).Numbers.Single().IsShared, Is.True);

        await Clients.Change(Manager, boris, 1, Fields("Boris"), false, default);
        Assert.That((await Card(anna)).Numbers.Single().IsShared, Is.False, "it is hers alone again");
        Assert.That((await Card(boris)).Numbers.Single().IsFormer, Is.True);
    }

    [Test]
    public async Task A_card_typed_in_while_the_number_calls_for_the_first_time_is_not_made_twice()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            i % 2 == 0 ? (await Call(Number)).ClientId : (await Clients.Create(Manager, Fields($"Anna {i}", numbers: Number), false, default) as ClientEditResult.Saved)?.ClientId)));

        Assert.That(results.Where(id => id is not null).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await Count("client"), Is.EqualTo(1));
    }

    [Test]
    public async Task An_agent_sees_own_clients_those_of_nobody_and_those_who_called_an_own_phone()
    {
        var anna = await Test.AddAgent("Anna", "101");
        var boris = await Test.AddAgent("Boris", "102");
        var hers = await Create("Hers", ownerId: anna);
        var his = await Create("His", ownerId: boris);
        var nobodys = await Create("Nobodys");
        var called = await Create("Called", ownerId: boris, numbers: Number);
        await Call(Number, rang: "101");
        var access = new Access(anna, Roles.Agent);

        var seen = (await List.Page(access, Cursor.Start, 50, default)).Items.Select(client => client.Id);
        var found = (await List.Search(access, "h", null, 50, default)).Items.Select(client => client.Id);

        Assert.That(seen, Is.EquivalentTo(new[] { hers, nobodys, called }));
        Assert.That(found, Is.EqualTo(new[] { hers }));
        Assert.That(await Cards.Card(access, his, default), Is.Null);
        Assert.That(await Clients.Change(access, his, 1, Fields("Mine now"), false, default), Is.InstanceOf<ClientEditResult.NotFound>());
        Assert.That((await List.Page(Manager, Cursor.Start, 50, default)).Items, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task An_owner_who_does_not_exist_is_refused() =>
        Assert.That(await Clients.Create(Manager, Fields("Anna", ownerId: 999), false, default), Is.InstanceOf<ClientEditResult.NoSuchOwner>());

    [Test]
    public async Task Pages_hold_every_client_once_those_with_the_latest_contact_first()
    {
        for (var i = 0; i < 12; i++)
            await Call($"+791600000{i:00}", minute: i / 3);

        List<ClientItem> all = [];
        for (Cursor? cursor = Cursor.Start; cursor is { } at;)
        {
            var page = await List.Page(Manager, at, 5, default);
            all.AddRange(page.Items);
            cursor = page.Next is null ? null : Cursor.TryParse(page.Next, out var next) ? next : throw new FormatException(page.Next);
        }

        Assert.That(all.Select(client => client.Id).Distinct().Count(), Is.EqualTo(12));
        Assert.That(all.Select(client => client.LastContactAt), Is.Ordered.Descending);
    }
}
