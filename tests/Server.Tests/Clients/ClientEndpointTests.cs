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

    async Task<ClientCard> Created(ClientEdit edit) =>
        (await (await manager.PostAsJsonAsync("/api/clients", edit)).Content.ReadFromJsonAsync<ClientCard>())!;
}
