using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

sealed class CardTests(Engine engine) : ClientTests(engine)
{
    ClientNotes Notes => new(Database, Test.Ids, TimeProvider.System);
    CallLinks Links => new(Database, Test.Ids, ClientParts.All, TimeProvider.System);

    [Test]
    public async Task The_timeline_holds_calls_notes_and_inquiries_once_each_the_newest_first()
    {
        var client = (await Call(Number)).ClientId!.Value;
        for (var i = 1; i < 12; i++)
            await Call(Number, minute: i / 2);
        for (var i = 0; i < 5; i++)
            await Notes.Add(Manager, client, null, $"note {i}", default);

        List<TimelineEntry> all = [];
        for (Cursor? cursor = Cursor.Start; cursor is { } at;)
        {
            var page = (await Cards.Timeline(Manager, client, null, at, 4, default))!;
            all.AddRange(page.Items);
            cursor = page.Next is null ? null : Cursor.TryParse(page.Next, out var next) ? next : throw new FormatException(page.Next);
        }

        Assert.That(all.CountBy(entry => entry.Kind).ToDictionary(), Is.EquivalentTo(new Dictionary<string, int> { ["call"] = 12, ["note"] = 5, ["inquiry"] = 1 }));
        Assert.That(all.Select(entry => entry.Id).Distinct().Count(), Is.EqualTo(18));
        Assert.That(all.Select(entry => entry.At), Is.Ordered.Descending);
        Assert.That(all, Has.All.Matches<TimelineEntry>(entry => new object?[] { entry.Call, entry.Note, entry.Inquiry }.Count(part => part is not null) == 1));
        Assert.That((await Cards.Timeline(Manager, client, "note", Cursor.Start, 50, default))!.Items.Select(entry => entry.Note!.Text), Has.Exactly(5).Items);
    }

    [Test]
    public async Task A_note_tells_who_wrote_it_and_about_which_call()
    {
        var anna = await Test.AddAgent("Anna", "101");
        var call = await Call(Number, rang: "101");

        await Notes.Add(new(anna, Roles.Agent), call.ClientId!.Value, call.CallId, "call back on Monday", default);
        var foreign = await Notes.Add(Manager, call.ClientId.Value, (await Call(null)).CallId, "wrong call", default);

        var note = (await Card(call.ClientId.Value)).Timeline.Items.Single(entry => entry.Kind == "note").Note!;
        Assert.That((note.Text, note.AuthorName, note.CallId), Is.EqualTo(("call back on Monday", "Anna", (long?)call.CallId)));
        Assert.That(foreign, Is.InstanceOf<NoteResult.NoSuchCall>());
    }

    [Test]
    public async Task A_note_is_corrected_by_its_author_and_what_it_said_before_stays()
    {
        var anna = new Access(await Test.AddAgent("Anna"), Roles.Agent);
        var boris = new Access(await Test.AddAgent("Boris"), Roles.Agent);
        var client = await Create("Clara");
        var note = ((NoteResult.Added)await Notes.Add(anna, client, null, "wants 5 pieces", default)).Note;

        Assert.That(await Notes.Correct(boris, client, note.Id, 1, "wants nothing", default), Is.InstanceOf<NoteResult.NotYours>());
        var first = ((NoteResult.Corrected)await Notes.Correct(anna, client, note.Id, 1, "wants 15 pieces", default)).Note;
        await Notes.Correct(new(await Test.AddAgent("Vera"), Roles.Supervisor), client, note.Id, 2, "wants 50 pieces", default);
        var late = await Notes.Correct(anna, client, note.Id, 2, "wants 500 pieces", default) as NoteResult.ChangedByOther;

        Assert.That((first.Version, first.EditedByName, first.CanEdit), Is.EqualTo((2, "Anna", true)));
        Assert.That((late!.Note.Text, late.Note.Version, late.Note.AuthorName, late.Note.EditedByName), Is.EqualTo(("wants 50 pieces", 3, "Anna", "Vera")));
        Assert.That((await Notes.Versions(boris, client, note.Id, default)).Select(version => (version.Version, version.Text, version.AuthorName)),
            Is.EqualTo(new[] { (2, "wants 15 pieces", "Anna"), (1, "wants 5 pieces", "Anna") }));
        Assert.That((await Cards.Card(boris, client, default))!.Timeline.Items.Single().Note!.CanEdit, Is.False);
        Assert.That((await Cards.Card(anna, client, default))!.Timeline.Items.Single().Note!.CanEdit, Is.True);
    }

    [Test]
    public async Task A_note_of_a_client_that_is_not_theirs_is_nobodys_to_read_or_correct()
    {
        var anna = new Access(await Test.AddAgent("Anna"), Roles.Agent);
        var boris = await Test.AddAgent("Boris");
        var client = await Create("Clara");
        var note = ((NoteResult.Added)await Notes.Add(anna, client, null, "hers", default)).Note;
        await Clients.Change(Manager, client, 1, Fields("Clara", ownerId: boris), false, default);

        Assert.That(await Notes.Correct(anna, client, note.Id, 1, "changed", default), Is.InstanceOf<NoteResult.NoSuchNote>());
        Assert.That(await Notes.Correct(Manager, await Create("Dora"), note.Id, 1, "changed", default), Is.InstanceOf<NoteResult.NoSuchNote>());
        Assert.That(await Notes.Versions(anna, client, note.Id, default), Is.Empty);
    }

    [Test]
    public async Task A_number_that_turns_out_to_be_a_known_client_goes_there_with_all_its_calls_and_is_remembered()
    {
        var anna = await Create("Anna", numbers: "+79160000000");
        var first = await Call(Number);
        var second = await Call(Number, minute: 1);
        await Notes.Add(Manager, first.ClientId!.Value, second.CallId, "wants a discount", default);

        Assert.That(await Links.Link(Manager, second.CallId, anna, default), Is.EqualTo(LinkResult.Done));

        var card = await Card(anna);
        Assert.That(card.Timeline.Items.CountBy(entry => entry.Kind).ToDictionary(), Is.EquivalentTo(new Dictionary<string, int> { ["call"] = 2, ["note"] = 1, ["inquiry"] = 1 }));
        Assert.That(card.Numbers.Select(number => (number.E164, number.IsShared)), Is.EqualTo(new[] { ("+79160000000", false), (Number, false) }));
        Assert.That((await Call(Number, minute: 2)).ClientId, Is.EqualTo(anna));
        Assert.That((await Card(first.ClientId.Value)).Id, Is.EqualTo(anna), "the old card leads to the new one");
        Assert.That((await List.Page(Manager, Cursor.Start, 50, default)).Items.Select(client => client.Id), Is.EqualTo(new[] { anna }));
        Assert.That(await Scalar<long>("SELECT from_client_id FROM call_link"), Is.EqualTo(first.ClientId));
    }

    [Test]
    public async Task A_call_of_a_contact_that_was_somebody_else_goes_there_alone_and_the_number_is_shared()
    {
        var anna = await Create("Anna", numbers: Number);
        var boris = await Create("Boris");
        await Call(Number);
        var his = await Call(Number, minute: 1);

        await Links.Link(Manager, his.CallId, boris, default);

        Assert.That((await Card(anna)).Timeline.Items.Count(entry => entry.Kind == "call"), Is.EqualTo(1));
        Assert.That((await Card(boris)).Timeline.Items.Count(entry => entry.Kind == "call"), Is.EqualTo(1));
        Assert.That((await Call(Number)).ClientId, Is.Null, "the next time, somebody has to choose");
        Assert.That((await Card(boris)).LastContactAt, Is.EqualTo(Noon.AddMinutes(1)));
    }

    [Test]
    public async Task Later_versions_of_a_call_leave_the_client_that_a_person_chose()
    {
        var anna = await Create("Anna");
        var call = await Call(Number);
        await Links.Link(Manager, call.CallId, anna, default);

        var later = await new Server.Calls.CallStore(Database, Test.Ids).Save([new(call.Call with { Revision = 2 }, call)], default);

        Assert.That(later.Single().ClientId, Is.EqualTo(anna));
        Assert.That(await Scalar<long>("SELECT client_id FROM call"), Is.EqualTo(anna));
    }

    [Test]
    public async Task Nobody_links_a_call_or_a_client_that_is_not_for_them_to_see()
    {
        var anna = await Test.AddAgent("Anna", "101");
        var boris = await Test.AddAgent("Boris", "102");
        var his = await Create("His", ownerId: boris);
        var hers = await Create("Hers", ownerId: anna);
        var call = await Call(Number, rang: "101");
        var foreign = await Call(null, rang: "102");
        var access = new Access(anna, Roles.Agent);

        Assert.That(await Links.Link(access, call.CallId, his, default), Is.EqualTo(LinkResult.NoSuchClient));
        Assert.That(await Links.Link(access, foreign.CallId, hers, default), Is.EqualTo(LinkResult.NoSuchCall));
        Assert.That(await Links.Link(access, call.CallId, hers, default), Is.EqualTo(LinkResult.Done));
    }
}
