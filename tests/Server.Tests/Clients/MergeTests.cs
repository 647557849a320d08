using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using ContactCenterCrm.Server.Tests.Tasks;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

/// <summary>What tests of merges share.</summary>
abstract class MergeTestBase(Engine engine) : TaskTestBase(engine)
{
    protected const string OtherNumber = "+79167654321";
    protected const string ThirdNumber = "+79160001122";

    protected static readonly Caller Chief = By(Manager);

    protected MergeStore Merges => new(Database, Test.Ids, ClientParts.All, Clock);
    protected MergeUndo Undoing => new(Database, Test.Ids, ClientParts.All, Clock);
    protected Duplicates Likely => new(Database, Clock);
    protected ClientNotes Notes => new(Database, Test.Ids, Clock);
    protected CallLinks Links => new(Database, Test.Ids, ClientParts.All, Clock);
    protected CardReader Reader => new(Database, Clock);

    protected static Caller By(Access access) => new(access, "person", null);

    /// <summary>With the versions as they are now.</summary>
    protected async Task<MergePlan> Plan(long fromId, long intoId, MergeChoice? choice = null) => new()
    {
        FromId = fromId,
        IntoId = intoId,
        FromVersion = await VersionOf(fromId),
        IntoVersion = await VersionOf(intoId),
        Choice = choice ?? new(),
    };

    /// <summary>Returns the merge's id.</summary>
    protected async Task<long> Merge(long fromId, long intoId, MergeChoice? choice = null)
    {
        Assert.That(await Merges.Merge(Chief, await Plan(fromId, intoId, choice), default), Is.EqualTo(MergeResult.Merged));
        return await Scalar<long>("SELECT id FROM client_merge WHERE from_id = @fromId AND undone_at IS NULL", new { fromId });
    }

    protected async Task Undo(long mergeId) => Assert.That(await Undoing.Undo(Chief, mergeId, default), Is.InstanceOf<UndoResult.Undone>());

    protected Task<int> VersionOf(long clientId) => Scalar<int>("SELECT version FROM client WHERE id = @clientId", new { clientId });

    protected async Task<IReadOnlyList<string>> Kinds(long clientId) =>
        [.. (await Card(clientId)).Timeline.Items.CountBy(entry => entry.Kind).Select(kind => $"{kind.Value} {kind.Key}").Order(StringComparer.Ordinal)];

    /// <summary>All that cards are and have, but their versions, which only grow, and that a former number is shared, which says nothing.</summary>
    protected async Task<IReadOnlyList<string>> Everything()
    {
        string[] questions =
        [
            "SELECT id, status, name, company, email, main_number, owner_id, origin_key, created_at, last_contact_at, active_at, merged_into, do_not_call FROM client ORDER BY id",
            $"SELECT client_id, e164, extension, seq, is_former, CASE WHEN is_former = {Database.Dialect.True} THEN {Database.Dialect.False} ELSE is_shared END FROM client_number ORDER BY client_id, e164, extension",
            "SELECT client_id, token, kind FROM client_search ORDER BY client_id, token",
            "SELECT client_id FROM recording_refusal ORDER BY client_id",
            "SELECT id, client_id FROM call ORDER BY id",
            "SELECT id, client_id FROM message ORDER BY id",
            "SELECT id, client_id, body FROM note ORDER BY id",
            "SELECT id, client_id FROM inquiry ORDER BY id",
            "SELECT id, client_id FROM agent_task ORDER BY id",
        ];
        List<string> rows = [];
        await using var session = await Database.Read(default);
        foreach (var question in questions)
        {
            foreach (IDictionary<string, object?> row in await session.Query<dynamic>(new(question), null, default))
                rows.Add(string.Join('|', row.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
        }
        return rows;
    }

    protected async Task Write(string id, string number) => await new MessageStore(Database, Test.Ids).Save([new()
    {
        Source = "cloud",
        ExternalId = id,
        Direction = MessageDirection.Inbound,
        Channel = MessageChannel.Sms,
        PartyNumber = number,
        PartyE164 = number,
        Line = "+74951234567",
        Body = "hello",
        Media = [],
        Status = "received",
        At = Noon,
    }], default);
}

sealed class MergeTests(Engine engine) : MergeTestBase(engine)
{
    [Test]
    public async Task All_that_a_card_has_goes_along_and_comes_back()
    {
        var anna = await Create("Anna", company: "Acme", numbers: Number);
        var form = await Create("", email: "Anna@acme.ru", numbers: OtherNumber);
        await Call(Number);
        await Call(OtherNumber, minute: 1);
        await Write("SM1", OtherNumber);
        await Notes.Add(Manager, form, null, "asks for the price list", default);
        await Add(Manager, Edit("send the list", clientId: form));
        var before = await Everything();

        var merge = await Merge(form, anna);

        var card = await Reader.Card(Manager, form, default);
        Assert.That((card!.Id, card.Name, card.Company, card.Email), Is.EqualTo((anna, "Anna", "Acme", "Anna@acme.ru")), "the old card leads to the one that stays");
        Assert.That(card.Numbers.Select(number => number.E164), Is.EqualTo(new[] { Number, OtherNumber }));
        Assert.That(await Kinds(anna), Is.EqualTo(new[] { "1 message", "1 note", "1 task", "2 call" }));
        Assert.That(card.Merges.Single(), Is.EqualTo(new ClientMergeItem
        {
            Id = merge,
            FromId = form,
            FromNumber = OtherNumber,
            MergedAt = Noon,
            UndoUntil = Noon.AddDays(30),
            CanUndo = true,
        }));
        Assert.That((await List.Search(Manager, "acme", null, 10, default)).Items.Select(client => client.Id), Is.EqualTo(new[] { anna }));

        await Undo(merge);
        Assert.That(await Everything(), Is.EqualTo(before));
    }

    [Test]
    public async Task Each_field_is_of_the_card_that_was_chosen_and_of_two_wishes_the_stricter_counts()
    {
        var olga = await Test.AddAgent("Olga");
        var ivan = await Test.AddAgent("Ivan");
        var one = await Create("Anna", company: "Acme", email: "a@acme.ru", ownerId: olga);
        var other = await Create("Anna Petrova", company: "Acme Ltd", email: "anna@acme.ru", ownerId: ivan);
        await Clients.Change(Manager, other, 1, Fields("Anna Petrova", "Acme Ltd", "anna@acme.ru", ivan) with { DoNotCall = true, DoNotRecord = true }, false, default);

        var open = await Merges.Merge(Chief, await Plan(other, one), default);
        var merge = await Merge(other, one, new() { TakesName = true, TakesCompany = false, TakesEmail = true, TakesOwner = true });

        Assert.That(open, Is.EqualTo(MergeResult.OwnerOpen), "whose client it is must be said");
        var card = await Card(one);
        Assert.That((card.Name, card.Company, card.Email, card.OwnerName), Is.EqualTo(("Anna Petrova", "Acme", "anna@acme.ru", "Ivan")));
        Assert.That((card.DoNotCall, card.DoNotRecord), Is.EqualTo((true, true)));
        await Undo(merge);
        card = await Card(one);
        Assert.That((card.Name, card.Email, card.OwnerName, card.DoNotCall, card.DoNotRecord), Is.EqualTo(("Anna", "a@acme.ru", "Olga", false, false)));
    }

    [Test]
    public async Task What_came_after_the_merge_stays_where_it_came_to()
    {
        var anna = await Create("Anna", numbers: Number);
        var form = await Create("A. Petrova", email: "anna@acme.ru", numbers: OtherNumber);
        await Notes.Add(Manager, form, null, "before", default);
        var merge = await Merge(form, anna, new() { TakesName = true });
        await Notes.Add(Manager, anna, null, "after", default);
        Assert.That((await Call(OtherNumber)).ClientId, Is.EqualTo(anna));
        await Clients.Change(Manager, anna, await VersionOf(anna), Fields("A. Petrova", "Acme", "new@acme.ru", null, Number, OtherNumber, ThirdNumber), false, default);

        await Undo(merge);

        var stays = await Card(anna);
        Assert.That((stays.Name, stays.Company, stays.Email), Is.EqualTo(("Anna", "Acme", "new@acme.ru")), "the name was the merge's, the rest somebody's after it");
        Assert.That(stays.Numbers.Select(number => number.E164), Is.EqualTo(new[] { Number, ThirdNumber }));
        Assert.That(await Kinds(anna), Is.EqualTo(new[] { "1 call", "1 note" }));
        var back = await Card(form);
        Assert.That((back.Id, back.Email, back.Timeline.Items.Single().Note!.Text), Is.EqualTo((form, "anna@acme.ru", "before")));
        Assert.That((await Call(OtherNumber, minute: 9)).ClientId, Is.EqualTo(form));
    }

    [Test]
    public async Task Merges_that_follow_each_other_are_undone_from_the_last_one()
    {
        var (a, b, c) = (await Create("A", numbers: Number), await Create("B", numbers: OtherNumber), await Create("C", numbers: ThirdNumber));
        await Notes.Add(Manager, a, null, "of a", default);
        var before = await Everything();
        var first = await Merge(a, b);
        var second = await Merge(b, c);
        Assert.That((await Reader.Card(Manager, a, default))!.Id, Is.EqualTo(c));

        Assert.That(await Undoing.Undo(Chief, first, default), Is.InstanceOf<UndoResult.LaterMerge>());
        await Undo(second);
        Assert.That((await Reader.Card(Manager, a, default))!.Id, Is.EqualTo(b));
        await Undo(first);

        Assert.That(await Everything(), Is.EqualTo(before));
    }

    [Test]
    public async Task Of_two_cards_that_went_into_one_the_later_comes_out_first()
    {
        var (a, b, c) = (await Create("A"), await Create("B"), await Create("C"));
        var first = await Merge(a, c, new() { TakesName = true });
        var second = await Merge(b, c, new() { TakesName = true });

        Assert.That((await Reader.Card(Manager, c, default))!.Merges.Select(item => (item.Id, item.CanUndo)), Is.EqualTo(new[] { (second, true), (first, false) }));
        Assert.That(await Undoing.Undo(Chief, first, default), Is.InstanceOf<UndoResult.LaterMerge>());
        await Undo(second);
        await Undo(first);

        Assert.That((await Card(c)).Name, Is.EqualTo("C"));
    }

    [Test]
    public async Task A_merge_is_not_undone_when_somebody_else_has_the_number_now_or_a_month_has_passed()
    {
        var anna = await Create("Anna", numbers: Number);
        var form = await Create("A.", numbers: OtherNumber);
        var merge = await Merge(form, anna);
        await Clients.Change(Manager, anna, await VersionOf(anna), Fields("Anna", null, null, null, Number), false, default);
        var third = await Create("Boris", numbers: OtherNumber);

        var taken = await Undoing.Undo(Chief, merge, default) as UndoResult.NumberElsewhere;
        await Clients.Change(Manager, third, 1, Fields("Boris"), false, default);
        Clock.Advance(TimeSpan.FromDays(30));
        var late = await Undoing.Undo(Chief, merge, default);

        Assert.That(taken!.By.Select(client => client.Id), Is.EqualTo(new[] { third }));
        Assert.That(late, Is.InstanceOf<UndoResult.TooLate>());
        Assert.That((await Reader.Card(Manager, anna, default))!.Merges, Is.Empty);
    }

    [Test]
    public async Task Who_shared_the_number_before_is_in_nobodys_way()
    {
        var boris = await Create("Boris", numbers: OtherNumber);
        var carl = await Create("Carl");
        var form = await Create("A.", shares: true, numbers: OtherNumber);
        var anna = await Create("Anna");
        var merge = await Merge(form, anna);
        await Merge(boris, carl);

        await Undo(merge);

        Assert.That((await Card(form)).Numbers.Single().IsShared, Is.True);
    }

    [Test]
    public async Task A_number_that_the_card_gave_away_makes_a_new_card()
    {
        var first = (await Call(OtherNumber)).ClientId!.Value;
        var anna = await Create("Anna", numbers: Number);
        await Merge(first, anna);
        await Clients.Change(Manager, anna, await VersionOf(anna), Fields("Anna", null, null, null, Number), false, default);

        var next = (await Call(OtherNumber, minute: 1)).ClientId;

        Assert.That(next, Is.Not.EqualTo(anna).And.Not.EqualTo(first));
    }

    [Test]
    public async Task What_somebody_changed_meanwhile_is_not_merged_over()
    {
        var (a, b) = (await Create("A"), await Create("B"));
        var plan = await Plan(a, b);
        await Clients.Change(Manager, a, 1, Fields("A changed"), false, default);

        Assert.That(await Merges.Merge(Chief, plan, default), Is.EqualTo(MergeResult.ChangedByOther));
        Assert.That(await Count("client_merge"), Is.Zero);
        Assert.That((await Card(a)).Name, Is.EqualTo("A changed"));
    }

    [Test]
    public async Task Of_two_people_who_merge_the_same_cards_at_once_one_wins()
    {
        var (a, b) = (await Create("A", numbers: Number), await Create("B", numbers: OtherNumber));
        await Notes.Add(Manager, a, null, "of a", default);
        await Notes.Add(Manager, b, null, "of b", default);
        var plans = new[] { await Plan(a, b), await Plan(b, a) };

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Merges.Merge(Chief, plans[i % 2], default))));

        Assert.That(results.Count(result => result == MergeResult.Merged), Is.EqualTo(1));
        Assert.That(results.Where(result => result != MergeResult.Merged), Is.All.EqualTo(MergeResult.ChangedByOther));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM note n JOIN client k ON k.id = n.client_id WHERE k.merged_into IS NULL"), Is.EqualTo(2));

        var merge = await Scalar<long>("SELECT id FROM client_merge");
        var undone = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Undoing.Undo(Chief, merge, default))));
        Assert.That(undone, Is.All.InstanceOf<UndoResult.Undone>(), "to undo it twice is to undo it");
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM audit_event WHERE action = 'undo_merge'"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_written_while_cards_are_merged_is_on_the_card_that_stays()
    {
        var (a, b) = (await Create("A", numbers: Number), await Create("B", numbers: OtherNumber));
        var plan = await Plan(a, b);

        var notes = Enumerable.Range(0, 8).Select(i => Task.Run(() => Notes.Add(Manager, a, null, $"note {i}", default)));
        var tasks = Enumerable.Range(0, 8).Select(i => Task.Run(() => Tasks.Create(Manager, Edit($"task {i}", clientId: a), default)));
        var calls = Enumerable.Range(0, 8).Select(i => Task.Run(() => Call(Number, minute: i)));
        await Task.WhenAll([.. notes, .. tasks, .. calls, Task.Run(() => Merges.Merge(Chief, plan, default))]);

        foreach (var table in new[] { "note", "agent_task", "call" })
        {
            Assert.That(await Scalar<int>($"SELECT COUNT(*) FROM {table} n JOIN client k ON k.id = n.client_id WHERE k.merged_into IS NOT NULL"), Is.Zero, table);
            Assert.That(await Scalar<int>($"SELECT COUNT(*) FROM {table} n WHERE n.client_id IS NULL"), Is.Zero, table);
        }
        Assert.That(await Count("call"), Is.EqualTo(8));
        Assert.That(await Count("client"), Is.EqualTo(2));
    }

    [Test]
    public async Task An_agent_merges_and_undoes_only_what_is_open_to_them()
    {
        var olga = await Test.AddAgent("Olga", "101");
        var ivan = await Test.AddAgent("Ivan", "102");
        var hers = await Create("Hers", ownerId: olga);
        var his = await Create("His", ownerId: ivan);
        var nobodys = await Create("Nobody's");

        Assert.That(await Merges.Merge(By(new(olga, Roles.Agent)), await Plan(his, hers, new() { TakesOwner = false }), default), Is.EqualTo(MergeResult.NotFound));
        Assert.That(await Merges.Merge(By(new(olga, Roles.Agent)), await Plan(nobodys, hers), default), Is.EqualTo(MergeResult.Merged));
        var merge = await Scalar<long>("SELECT id FROM client_merge");
        Assert.That(await Undoing.Undo(By(new(ivan, Roles.Agent)), merge, default), Is.InstanceOf<UndoResult.NotFound>());
        Assert.That(await Undoing.Undo(By(new(olga, Roles.Agent)), merge, default), Is.InstanceOf<UndoResult.Undone>());
        Assert.That(await Scalar<string>("SELECT detail FROM audit_event WHERE action = 'merge' AND subject = 'client' AND subject_id = @hers AND actor_id = @olga", new { hers, olga }),
            Is.EqualTo($"from {nobodys}"));
    }

    [Test]
    public async Task A_number_that_turns_out_to_be_somebody_takes_the_wish_not_to_be_called_along()
    {
        var call = await Call(Number);
        await Clients.Change(Manager, call.ClientId!.Value, 1, Fields("", null, null, null, Number) with { DoNotCall = true }, false, default);
        var anna = await Create("Anna");

        await Links.Link(Manager, call.CallId, anna, default);

        Assert.That((await Card(anna)).DoNotCall, Is.True);
    }
}

sealed class DuplicateTests(Engine engine) : MergeTestBase(engine)
{
    [Test]
    public async Task Cards_with_an_equal_number_or_address_are_proposed_with_the_reason()
    {
        var anna = await Create("Anna", email: "Anna.P@acme.ru", numbers: Number);
        var mail = await Create("A. Petrova", email: "anna.p@ACME.ru");
        var number = await Create("Boris", numbers: OtherNumber);
        await Clients.Change(Manager, number, 1, Fields("Boris"), false, default);
        await Clients.Change(Manager, anna, 1, Fields("Anna", null, "Anna.P@acme.ru", null, Number, OtherNumber), false, default);
        await Create("Anna", email: "annap@acme.ru", numbers: ThirdNumber);

        var found = await Likely.Of(Manager, anna, default);

        Assert.That(found.Select(one => (one.Client.Id, string.Join(' ', one.Reasons))), Is.EquivalentTo(new[] { (mail, "email"), (number, "number") }), "a former number counts, a name does not");
        Assert.That((await Likely.Of(Manager, mail, default)).Single().Client.Id, Is.EqualTo(anna));
    }

    [Test]
    public async Task A_switchboard_is_no_likeness()
    {
        for (var i = 0; i < 11; i++)
            await Create($"Colleague {i}", shares: true, numbers: Number);
        var client = await Scalar<long>("SELECT MIN(id) FROM client");

        Assert.That(await Likely.Of(Manager, client, default), Is.Empty);
    }

    [Test]
    public async Task Who_was_said_to_be_two_people_is_not_proposed_again_even_after_a_merge()
    {
        var (a, b, c) = (await Create("A", email: "x@acme.ru"), await Create("B", email: "x@acme.ru"), await Create("C"));

        for (var time = 0; time < 2; time++)
            Assert.That(await Likely.Dismiss(Manager, a, b, default), Is.True);
        await Merge(a, c);

        foreach (var card in new[] { b, c })
            Assert.That(await Likely.Of(Manager, card, default), Is.Empty);
        Assert.That(await Count("client_distinction"), Is.EqualTo(2));
    }

    [Test]
    public async Task Nobody_hears_of_cards_that_are_not_theirs_to_see()
    {
        var olga = await Test.AddAgent("Olga", "101");
        var ivan = await Test.AddAgent("Ivan", "102");
        var hers = await Create("Hers", email: "x@acme.ru", ownerId: olga);
        var his = await Create("His", email: "x@acme.ru", ownerId: ivan);

        Assert.That(await Likely.Of(new(olga, Roles.Agent), hers, default), Is.Empty);
        Assert.That(await Likely.Of(new(olga, Roles.Agent), his, default), Is.Empty);
        Assert.That(await Likely.Dismiss(new(olga, Roles.Agent), hers, his, default), Is.False);
        Assert.That(await Likely.Of(Manager, hers, default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_card_that_went_into_another_is_proposed_to_nobody()
    {
        var (a, b, c) = (await Create("A", email: "x@acme.ru"), await Create("B", email: "x@acme.ru"), await Create("C", email: "x@acme.ru"));
        await Merge(a, b);

        Assert.That((await Likely.Of(Manager, c, default)).Single().Client.Id, Is.EqualTo(b));
        Assert.That(await Likely.Of(Manager, a, default), Is.Empty);
    }
}
