using System.Collections.Immutable;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Pbx;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Desk;

/// <summary>From the bytes of a (simulated) PBX to the cards on the agents' screens.</summary>
sealed class DeskTests
{
    const string LineOf101 = "74951234501";
    const string LineOf102To104 = "74951234502";

    Stand stand = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await Stand.Start();
        await stand.Connect();
    }

    [TearDown]
    public async Task Stop() => await stand.DisposeAsync();

    [Test]
    public async Task A_call_pops_at_the_ringing_agent_and_nobody_elses_screen_gets_anything()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var ivan = await stand.Agent("ivan", "102");

        await stand.Begin(Call(LineOf101, "101", after: 0.5, talk: 1));
        var ringing = await olga.Card(card => card.State == DeskCardState.Ringing, "it rings at Olga's");
        await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");
        await olga.Card(card => card.State == DeskCardState.WrapUp, "Olga finishes");

        Assert.That(ringing.Kind, Is.EqualTo(PopKind.Unknown));
        Assert.That(ringing.NumberDisplay, Is.EqualTo("+7 916 123-45-67"));
        Assert.That(ringing.Client!.Status, Is.EqualTo("inquiry"));
        Assert.That(ivan.Seen, Is.Empty);
        Assert.That((await ivan.State()).Cards, Is.Empty);
    }

    [Test]
    public async Task When_several_phones_ring_the_others_learn_who_took_it()
    {
        await using var olga = await stand.Agent("olga", "102");
        await using var ivan = await stand.Agent("ivan", "103");

        await stand.Begin(Call(LineOf102To104, "102", after: 0.5, talk: 1));

        await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");
        var withdrawn = await ivan.Card(card => card.State == DeskCardState.Withdrawn, "Ivan's phone stops ringing");
        Assert.That((withdrawn.WithdrawnBecause, withdrawn.TakenBy), Is.EqualTo(("answered_elsewhere", "Olga")));
        Assert.That((await ivan.State()).Cards, Is.Empty);
    }

    [Test]
    public async Task A_caller_who_gives_up_leaves_the_desk_with_the_reason()
    {
        await using var olga = await stand.Agent("olga", "101");

        await stand.Begin(Call(LineOf101, "101", after: 60, talk: 1) with { Patience = 0.5 });

        var withdrawn = await olga.Card(card => card.State == DeskCardState.Withdrawn, "the caller is gone");
        Assert.That(withdrawn.WithdrawnBecause, Is.EqualTo("caller_gone"));
    }

    [Test]
    public async Task A_hidden_number_pops_as_hidden_with_a_card_of_its_own()
    {
        await using var olga = await stand.Agent("olga", "101");

        await stand.Begin(Call(LineOf101, "101", after: 0.5, talk: 1) with { Number = null });

        var ringing = await olga.Card(card => card.State == DeskCardState.Ringing, "it rings");
        Assert.That((ringing.Kind, ringing.NumberDisplay), Is.EqualTo((PopKind.Hidden, (string?)null)));
        Assert.That(ringing.Client, Is.Not.Null);
    }

    [Test]
    public async Task A_transferred_call_comes_with_the_colleagues_name_and_note()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var ivan = await stand.Agent("ivan", "102");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 0) with
        {
            Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add("101", new(PhoneAct.Answer, 0.2)).Add("102", new(PhoneAct.Answer, 1)),
            Talk = [new TransferBlind(2, "102"), new HangUp(2, Party.Client)],
        });
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");

        await olga.Http.PutAsJsonAsync($"/api/desk/{talking.CallId}/note", new NoteDraft { Text = "wants a discount" });

        var ringing = await ivan.Card(card => card.State == DeskCardState.Ringing, "it rings at Ivan's");
        Assert.That((ringing.CallId, ringing.TransferredBy, ringing.TransferredNote), Is.EqualTo((talking.CallId, "Olga", "wants a discount")));
        await olga.Card(card => card.State == DeskCardState.WrapUp, "Olga finishes");
        await ivan.Card(card => card.State == DeskCardState.Talking, "Ivan talks");
    }

    [Test]
    public async Task A_second_call_says_that_it_is_one()
    {
        await using var olga = await stand.Agent("olga", "101", "104");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 30));
        await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");

        await stand.Begin(Call(LineOf102To104, "104", after: 60, talk: 1) with { Number = "79031112233", Patience = 3 });

        var second = await olga.Card(card => card.State == DeskCardState.Ringing && card.NumberDisplay == "+7 903 111-22-33", "another call rings");
        Assert.That(second.IsSecondCall, Is.True);
    }

    [Test]
    public async Task Reload_shows_the_same_desk_with_the_note_that_was_being_typed()
    {
        await using var olga = await stand.Agent("olga", "101");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 30));
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");
        await olga.Http.PutAsJsonAsync($"/api/desk/{talking.CallId}/note", new NoteDraft { Text = "half a sen" });

        await using var reloaded = await DeskWatcher.SitDown(stand.Server, "olga");

        var card = reloaded.Cards.Single();
        Assert.That((card.CallId, card.State, card.NoteDraft), Is.EqualTo((talking.CallId, DeskCardState.Talking, "half a sen")));
        Assert.That((await olga.State()).Cards.Single().NoteDraft, Is.EqualTo("half a sen"));
    }

    [Test]
    public async Task The_desk_survives_a_restart_of_the_server_and_the_call_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-").FullName;
        await using (var own = await Stand.Start(folder))
        {
            await own.Connect();
            var olga = await own.Agent("olga", "101");
            await own.Begin(Call(LineOf101, "101", after: 0.2, talk: 8));
            var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");
            await olga.Http.PutAsJsonAsync($"/api/desk/{talking.CallId}/note", new NoteDraft { Text = "half a sen" });
            await olga.DisposeAsync();

            await own.Restart();

            await using var back = await DeskWatcher.SitDown(own.Server, "olga");
            Assert.That((back.Cards.Single().CallId, back.Cards.Single().NoteDraft), Is.EqualTo((talking.CallId, "half a sen")));
            await back.Card(card => card.State == DeskCardState.WrapUp, "the call ends after the restart");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_call_on_an_extension_of_nobody_pops_nowhere_and_is_a_conflict_for_the_admin()
    {
        await using var ivan = await stand.Agent("ivan", "102");

        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 1));

        await Until.True(async () => (await stand.Admin.GetFromJsonAsync<ExtensionsPage>("/api/pbx/extensions"))!.Conflicts
            .Any(conflict => conflict is { Kind: "nobody_owns", Pbx: Stand.Pbx, Extension: "101" }), "101 is of nobody");
        Assert.That(ivan.Seen, Is.Empty);
    }

    [Test]
    public async Task A_draft_is_saved_only_on_the_own_desk_and_not_without_end()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var ivan = await stand.Agent("ivan", "102");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 30));
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");

        var notHis = await ivan.Http.PutAsJsonAsync($"/api/desk/{talking.CallId}/note", new NoteDraft { Text = "not mine" });
        var tooLong = await olga.Http.PutAsJsonAsync($"/api/desk/{talking.CallId}/note", new NoteDraft { Text = new('x', 10_001) });

        Assert.That(await notHis.Outcome(), Is.EqualTo("404 no_card"));
        Assert.That(await tooLong.Outcome(), Is.EqualTo("400 validation"));
    }

    [Test]
    public async Task A_closed_card_leaves_its_note_on_the_clients_timeline_and_every_screen_of_the_agent()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var otherTab = await DeskWatcher.SitDown(stand.Server, "olga");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 1));
        var card = await olga.Card(card => card.State == DeskCardState.WrapUp, "Olga finishes");
        await olga.Http.PutAsJsonAsync($"/api/desk/{card.CallId}/note", new NoteDraft { Text = "wants a discount " });

        Assert.That(await olga.Http.PostAsync($"/api/desk/{card.CallId}/close", null).Outcome(), Is.EqualTo("204"));
        Assert.That(await olga.Http.PostAsync($"/api/desk/{card.CallId}/close", null).Outcome(), Is.EqualTo("204"), "again");

        await Until.True(() => otherTab.Closed.Contains(card.CallId), "the other tab closes the card, too");
        Assert.That((await olga.State()).Cards, Is.Empty);
        var client = (await olga.Http.GetFromJsonAsync<ClientCard>($"/api/clients/{card.Client!.Id}"))!;
        var note = client.Timeline.Items.Single(entry => entry.Kind == "note").Note!;
        Assert.That((note.Text, note.AuthorName, note.CallId), Is.EqualTo(("wants a discount", "Olga", card.CallId)));
    }

    [Test]
    public async Task A_card_cannot_be_closed_while_its_call_goes_on_and_not_by_a_colleague()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var ivan = await stand.Agent("ivan", "102");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 30));
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");

        Assert.That(await olga.Http.PostAsync($"/api/desk/{talking.CallId}/close", null).Outcome(), Is.EqualTo("409 call_is_live"));
        Assert.That(await ivan.Http.PostAsync($"/api/desk/{talking.CallId}/close", null).Outcome(), Is.EqualTo("404 no_card"));
    }

    [Test]
    public async Task An_agent_says_who_called_and_the_card_shows_it_everywhere()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var otherTab = await DeskWatcher.SitDown(stand.Server, "olga");
        var created = await olga.Http.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Anna Petrova", Numbers = ["+7 495 777-00-11"] });
        var anna = (await created.Content.ReadFromJsonAsync<ClientCard>())!;
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 30));
        var talking = await olga.Card(card => card.State == DeskCardState.Talking, "Olga talks");

        Assert.That(await Link(talking.CallId, 999_999), Is.EqualTo("400 validation"));
        Assert.That(await Link(talking.CallId, anna.Id), Is.EqualTo("204"));

        var linked = await otherTab.Card(card => card.Client?.Id == anna.Id, "the card is Anna's");
        Assert.That((linked.Kind, linked.State), Is.EqualTo((PopKind.Known, DeskCardState.Talking)));

        async Task<string> Link(long callId, long clientId) =>
            await olga.Http.PostAsJsonAsync($"/api/desk/{callId}/client", new LinkCall { ClientId = clientId }).Outcome();
    }

    [Test]
    public async Task A_number_of_several_clients_offers_them_all_and_chooses_none()
    {
        await using var olga = await stand.Agent("olga", "101");
        await olga.Http.PostAsJsonAsync("/api/clients", new ClientEdit { Name = "Anna", Numbers = ["+7 916 123-45-67"] });
        await olga.Http.PostAsJsonAsync("/api/clients?sharesNumbers=true", new ClientEdit { Name = "Boris", Numbers = ["+7 916 123-45-67"] });

        await stand.Begin(Call(LineOf101, "101", after: 0.5, talk: 1));

        var ringing = await olga.Card(card => card.State == DeskCardState.Ringing, "it rings");
        Assert.That((ringing.Kind, ringing.Client), Is.EqualTo((PopKind.SeveralMatches, (ClientItem?)null)));
        Assert.That(ringing.Matches.Select(match => (match.Client.Name, match.Reason)), Is.EquivalentTo(new[] { ("Anna", "company"), ("Boris", "company") }));
    }

    [Test]
    public async Task A_known_client_pops_with_the_last_call_and_the_last_note()
    {
        await using var olga = await stand.Agent("olga", "101");
        await stand.Begin(Call(LineOf101, "101", after: 0.2, talk: 0.5));
        var first = await olga.Card(card => card.State == DeskCardState.WrapUp, "the first call ends");
        await olga.Http.PutAsJsonAsync($"/api/clients/{first.Client!.Id}", new ClientEdit { Version = 1, Name = "Anna", Numbers = ["+79161234567"] });
        await olga.Http.PostAsJsonAsync($"/api/clients/{first.Client.Id}/notes", new NewNote { Text = "likes blue" });

        await stand.Begin(Call(LineOf101, "101", after: 0.5, talk: 1));

        var second = await olga.Card(card => card.CallId != first.CallId && card.State == DeskCardState.Ringing, "it rings again");
        Assert.That((second.Kind, second.Client!.Name, second.MatchReason), Is.EqualTo((PopKind.Known, "Anna", "exact")));
        Assert.That((second.LastCall!.Id, second.LastNote!.Text), Is.EqualTo((first.CallId, "likes blue")));
    }

    [Test]
    public async Task The_live_line_of_a_retired_account_is_cut_within_seconds()
    {
        await using var olga = await stand.Agent("olga", "101");

        await stand.Admin.PutAsJsonAsync($"/api/agents/{olga.AgentId}", new AgentEdit { Login = "olga", Name = "Olga", Role = Roles.Agent, IsActive = false });

        await Until.True(() => !olga.IsConnected, "Olga's line is cut");
    }

    [Test]
    public async Task A_stranger_cannot_listen()
    {
        await using var stranger = DeskWatcher.Connection(stand.Server, new());

        Assert.That(async () => await stranger.StartAsync(), Throws.TypeOf<HttpRequestException>().With.Message.Contains("401"));
    }

    [Test]
    public async Task When_the_pbx_is_gone_every_desk_is_told_and_again_when_it_is_back()
    {
        await using var olga = await stand.Agent("olga", "101");

        await stand.Simulator.SetSilent(true, CancellationToken.None);
        await stand.Simulator.CutLines(CancellationToken.None);
        await Until.True(() => olga.LinksDown.Any(down => down.Pbx == Stand.Pbx), "Olga sees that calls are not seen");
        Assert.That((await olga.State()).LinksDown, Has.Count.EqualTo(1));
        await stand.Simulator.SetSilent(false, CancellationToken.None);

        await Until.True(() => olga.LinksDown.Count == 0, "Olga sees that calls are seen again");
    }

    /// <summary>A client calls this line; this phone answers after so many seconds of ringing; after the talk the client hangs up.</summary>
    static CallScript Call(string line, string phone, double after, double talk) => new()
    {
        Number = "79161234567",
        Line = line,
        Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add(phone, new(PhoneAct.Answer, after)),
        Talk = [new HangUp(talk, Party.Client)],
    };
}
