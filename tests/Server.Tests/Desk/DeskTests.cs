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
