using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

/// <summary>What programs and pages get over HTTP: statuses, codes, shapes.</summary>
sealed class ClientEndpointTests
{
    RunningServer server = null!;
    HttpClient manager = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        manager = await server.SignInAs(Roles.Manager);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        manager.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task A_client_is_created_found_changed_and_noted()
    {
        var created = await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Анна Петрова", Numbers = ["8 916 123-45-67"] });
        var card = (await created.Content.ReadFromJsonAsync<ClientCard>())!;
        Assert.That((int)created.StatusCode, Is.EqualTo(201));
        Assert.That(created.Headers.Location!.ToString(), Is.EqualTo($"/api/clients/{card.Id}"));

        var found = await manager.GetFromJsonAsync<Page<ClientItem>>("/api/clients?search=fyyf");
        Assert.That(found!.Items.Single().Id, Is.EqualTo(card.Id));

        var matches = await manager.GetFromJsonAsync<List<ClientMatch>>("/api/clients/match?number=89161234567");
        Assert.That(matches!.Single().Reason, Is.EqualTo("exact"));

        var changed = await manager.PutAsJsonAsync($"/api/clients/{card.Id}", new ClientEdit { Version = card.Version, Name = "Анна П.", Numbers = ["+79161234567"] });
        Assert.That((await changed.Content.ReadFromJsonAsync<ClientCard>())!.Name, Is.EqualTo("Анна П."));

        var note = await manager.PostAsJsonAsync($"/api/clients/{card.Id}/notes", new NewNote { Text = "call back" });
        Assert.That(await note.Outcome(), Is.EqualTo("201"));
        var timeline = await manager.GetFromJsonAsync<Page<TimelineEntry>>($"/api/clients/{card.Id}/timeline?kind=note&take=5");
        Assert.That(timeline!.Items.Single().Note!.Text, Is.EqualTo("call back"));
    }

    [Test]
    public void A_number_of_the_card_is_one_even_if_no_plan_knows_it()
    {
        var edit = new ClientEdit { Name = "Zoë", Numbers = ["+44 7700 900123", "+44 7700 900124"] };

        var fields = ClientFields.Read(edit, new NumberPlan("RU"), known: ["+447700900123"], out var notNumbers);

        Assert.That(fields.Numbers, Is.EqualTo(new[] { new CardNumber("+447700900123", "") }));
        Assert.That(notNumbers, Is.EqualTo(new[] { "+44 7700 900124" }));
    }

    [Test]
    public async Task A_conflict_carries_what_the_other_one_saved()
    {
        var card = await Created(new() { Name = "Boris" });
        await manager.PutAsJsonAsync($"/api/clients/{card.Id}", new ClientEdit { Version = 1, Name = "Boris B." });

        var late = await manager.PutAsJsonAsync($"/api/clients/{card.Id}", new ClientEdit { Version = 1, Name = "Bob" });

        var body = await late.Body();
        Assert.That(((int)late.StatusCode, (string?)body["code"]), Is.EqualTo((409, "changed_by_other")));
        Assert.That(((string?)body["current"]!["name"], (int)body["current"]!["version"]!), Is.EqualTo(("Boris B.", 2)));
    }

    [Test]
    public async Task A_number_that_another_client_has_is_refused_with_that_client()
    {
        var card = await Created(new() { Name = "Clara", Numbers = ["+79165550001"] });

        var refused = await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Carl", Numbers = ["8 916 555 00 01"] });
        var shared = await manager.PostAsJsonAsync("/api/clients?sharesNumbers=true", new ClientEdit { Name = "Carl", Numbers = ["8 916 555 00 01"] });

        var body = await refused.Body();
        Assert.That(((int)refused.StatusCode, (string?)body["code"], (long)body["clients"]![0]!["id"]!), Is.EqualTo((409, "number_taken", card.Id)));
        Assert.That(await shared.Outcome(), Is.EqualTo("201"));
    }

    [TestCase("/api/clients?take=0", "400 validation")]
    [TestCase("/api/clients?before=yesterday", "400 validation")]
    [TestCase("/api/clients/999999", "404 not_found")]
    [TestCase("/api/clients/999999/timeline", "404 not_found")]
    [TestCase("/api/clients/match?number=hello", "400 validation")]
    [TestCase("/api/calls?direction=sideways", "400 validation")]
    [TestCase("/api/calls?result=lost", "400 validation")]
    [TestCase("/api/calls/999999", "404 not_found")]
    [TestCase("/api/calls?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00%2B03:00&result=missed&direction=inbound&clientId=1&agentId=1&did=1", "200")]
    public async Task Questions_are_answered_or_refused_in_words(string url, string outcome) =>
        Assert.That(await manager.GetAsync(url).Outcome(), Is.EqualTo(outcome));

    [Test]
    public async Task What_is_no_client_is_refused_and_the_field_is_named()
    {
        var noNumber = await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Dora", Numbers = ["+7916", "x"] });
        var nothing = await manager.PostAsJsonAsync("/api/clients", new ClientEdit());
        var email = await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Dora", Email = "not an address" });
        var owner = await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Dora", OwnerId = 999 });

        Assert.That((await noNumber.Body())["errors"]!["numbers"], Is.Not.Null);
        Assert.That((await nothing.Body())["errors"]!["name"], Is.Not.Null);
        Assert.That((await email.Body())["errors"]!["email"], Is.Not.Null);
        Assert.That((await owner.Body())["errors"]!["ownerId"], Is.Not.Null);
    }

    [Test]
    public async Task Two_cards_are_proposed_compared_merged_and_separated()
    {
        var one = await Created(new() { Name = "Eva", Email = "eva@acme.ru", Numbers = ["+79165550011"] });
        var other = await Created(new() { Name = "E. Smirnova", Email = "EVA@acme.ru", DoNotCall = true });
        await manager.PostAsJsonAsync($"/api/clients/{other.Id}/notes", new NewNote { Text = "call back" });

        var proposed = (await manager.GetFromJsonAsync<List<ClientDuplicate>>($"/api/clients/{one.Id}/duplicates"))!.Single();
        Assert.That((proposed.Client.Id, proposed.Reasons), Is.EqualTo((other.Id, new[] { "email" })));

        var compared = await manager.GetFromJsonAsync<ClientComparison>($"/api/clients/{one.Id}/merge/{other.Id}");
        Assert.That(compared!.Other.Parts, Is.EqualTo(new[] { new ClientPartCount { Kind = "note", Count = 1 } }));
        Assert.That(compared.Other.Card.DoNotCall, Is.True);

        var order = new ClientMergeOrder { FromId = other.Id, Version = compared.One.Card.Version, FromVersion = compared.Other.Card.Version, NameOf = other.Id };
        var merged = await manager.PostAsJsonAsync($"/api/clients/{one.Id}/merge", order);
        var card = (await merged.Content.ReadFromJsonAsync<ClientCard>())!;
        Assert.That((card.Id, card.Name, card.DoNotCall, card.Merges.Single().CanUndo), Is.EqualTo((one.Id, "E. Smirnova", true, true)));
        Assert.That((await manager.GetFromJsonAsync<ClientCard>($"/api/clients/{other.Id}"))!.Id, Is.EqualTo(one.Id));
        Assert.That(await manager.PostAsJsonAsync($"/api/clients/{one.Id}/merge", order).Outcome(), Is.EqualTo("409 changed_by_other"));

        var undone = await manager.PostAsync($"/api/client-merges/{card.Merges.Single().Id}/undo", null);
        Assert.That((await undone.Content.ReadFromJsonAsync<ClientCard>())!.Timeline.Items.Single().Note!.Text, Is.EqualTo("call back"));
        Assert.That(await manager.PostAsync($"/api/clients/{one.Id}/duplicates/{other.Id}/dismiss", null).Outcome(), Is.EqualTo("204"));
        Assert.That(await manager.GetFromJsonAsync<List<ClientDuplicate>>($"/api/clients/{one.Id}/duplicates"), Is.Empty);
    }

    [Test]
    public async Task A_merge_that_makes_no_sense_is_refused_in_words()
    {
        var owner = await server.AddAccount("owner-of-one");
        var one = await Created(new() { Name = "Fedor", OwnerId = owner });
        var other = await Created(new() { Name = "Fyodor", OwnerId = await server.AddAccount("owner-of-other") });
        var order = new ClientMergeOrder { FromId = other.Id, Version = 1, FromVersion = 1 };

        async Task<string> Outcome(long id, ClientMergeOrder asked) => await manager.PostAsJsonAsync($"/api/clients/{id}/merge", asked).Outcome();

        Assert.That(await Outcome(one.Id, order), Is.EqualTo("400 validation"), "whose client is it?");
        Assert.That(await Outcome(one.Id, order with { OwnerOf = one.Id, NameOf = 1 }), Is.EqualTo("400 validation"));
        Assert.That(await Outcome(other.Id, order), Is.EqualTo("400 validation"));
        Assert.That(await Outcome(one.Id, order with { FromId = 999999 }), Is.EqualTo("404 not_found"));
        Assert.That(await manager.GetAsync($"/api/clients/{one.Id}/merge/{one.Id}").Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await manager.PostAsync("/api/client-merges/999999/undo", null).Outcome(), Is.EqualTo("404 not_found"));
        Assert.That(await Outcome(one.Id, order with { OwnerOf = other.Id }), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_note_is_corrected_over_HTTP_by_who_may()
    {
        using var agent = await server.SignInAs(Roles.Agent, "corrects-notes");
        var card = await Created(new() { Name = "Gleb" });
        var note = (await (await manager.PostAsJsonAsync($"/api/clients/{card.Id}/notes", new NewNote { Text = "first" })).Content.ReadFromJsonAsync<NoteItem>())!;
        var path = $"/api/clients/{card.Id}/notes/{note.Id}";

        Assert.That(await agent.PutAsJsonAsync(path, new NoteEdit { Version = 1, Text = "mine" }).Outcome(), Is.EqualTo("403 not_your_note"));
        Assert.That(await manager.PutAsJsonAsync(path, new NoteEdit { Version = 1, Text = "" }).Outcome(), Is.EqualTo("400 validation"));
        Assert.That(await manager.PutAsJsonAsync(path, new NoteEdit { Version = 1, Text = "second" }).Outcome(), Is.EqualTo("200"));
        Assert.That(await manager.PutAsJsonAsync(path, new NoteEdit { Version = 1, Text = "third" }).Outcome(), Is.EqualTo("409 changed_by_other"));
        Assert.That((await agent.GetFromJsonAsync<List<NoteVersion>>($"{path}/versions"))!.Single().Text, Is.EqualTo("first"));
    }

    async Task<ClientCard> Created(ClientEdit edit) =>
        (await (await manager.PostAsJsonAsync("/api/clients", edit)).Content.ReadFromJsonAsync<ClientCard>())!;
}
