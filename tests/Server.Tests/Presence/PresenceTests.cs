using System.Collections.Immutable;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Server.Tests.Pbx;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Presence;

/// <summary>What agents do, from the calls of a (simulated) PBX and from what they say, over HTTP.</summary>
sealed class PresenceTests
{
    Stand stand = null!;
    DeskWatcher olga = null!;

    [SetUp]
    public async Task Start()
    {
        stand = await Stand.Start();
        await stand.Connect();
        (await stand.Admin.PutAsJsonAsync("/api/presence/rules", new PresenceRules
        {
            Breaks = [new() { Name = "Lunch", Minutes = 30 }],
            WrapUps = [new() { Queue = "", Seconds = 60 }],
        })).EnsureSuccessStatusCode();
        olga = await stand.Agent("olga", "101");
    }

    [TearDown]
    public async Task Stop()
    {
        await olga.DisposeAsync();
        await stand.DisposeAsync();
    }

    [Test]
    public async Task A_day_has_no_gap_and_no_overlap()
    {
        await Becomes(AgentState.Ready);
        await stand.Begin(Call(talk: 1));
        await Becomes(AgentState.WrapUp);
        Assert.That(await Wish("Siesta"), Is.EqualTo("400 validation"));
        Assert.That(await Wish("Lunch"), Is.EqualTo("200"));
        var pending = await Own();
        Assert.That((pending.State, pending.IsPending, pending.PendingBreak), Is.EqualTo((AgentState.WrapUp, true, "Lunch")));
        // Who closes the card has finished with it.
        var card = (await olga.State()).Cards.Single();
        await olga.Http.PostAsync($"/api/desk/{card.CallId}/close", null);
        await Becomes(AgentState.Break);
        Assert.That(await Wish(null), Is.EqualTo("200"));

        var day = await Day();
        Assert.That(day.Select(stretch => stretch.State).SkipWhile(state => state == AgentState.Offline), Is.EqualTo(new[]
        {
            AgentState.Ready, AgentState.Ringing, AgentState.Talking, AgentState.WrapUp, AgentState.Break, AgentState.Ready,
        }));
        Assert.That(day.Skip(1).Select(stretch => stretch.BeganAt), Is.EqualTo(day.SkipLast(1).Select(stretch => stretch.EndedAt)));
        Assert.That(day.Single(stretch => stretch.State == AgentState.Break).Reason, Is.EqualTo("Lunch"));
        Assert.That(day[^1].EndedAt, Is.Null);
    }

    [Test]
    public async Task Wrap_up_can_be_longer_and_is_ended_by_a_button()
    {
        await stand.Begin(Call(talk: 1));
        await Becomes(AgentState.WrapUp);
        var before = await Own();

        var longer = await olga.Http.PostAsJsonAsync($"/api/presence/me/wrap-up/{before.WrapUpCallId}/extend", new WrapUpExtension { Seconds = 30 });
        Assert.That((await longer.Content.ReadFromJsonAsync<PresenceItem>(DeskWatcher.Json))!.WrapUpUntil, Is.EqualTo(before.WrapUpUntil!.Value.AddSeconds(30)));
        await olga.Http.PostAsync($"/api/presence/me/wrap-up/{before.WrapUpCallId}/finish", null);
        await Becomes(AgentState.Ready);
        Assert.That(await olga.Http.PostAsJsonAsync($"/api/presence/me/wrap-up/{before.WrapUpCallId}/extend", new WrapUpExtension()).Outcome(), Is.EqualTo("409 wrap_up_over"));
    }

    [Test]
    public async Task Supervisors_see_everybody_and_agents_themselves()
    {
        await using var ivan = await stand.Agent("ivan", "102");
        using var boss = await stand.Server.SignInAs(Roles.Supervisor, "boss");

        Assert.That((await boss.GetFromJsonAsync<PresenceItem[]>("/api/presence/agents", DeskWatcher.Json))!.Select(item => item.AgentId), Is.SupersetOf(new[] { olga.AgentId, ivan.AgentId }));
        Assert.That((await ivan.Http.GetFromJsonAsync<PresenceItem[]>("/api/presence/agents", DeskWatcher.Json))!.Select(item => item.AgentId), Is.EqualTo(new[] { ivan.AgentId }));
        var url = $"/api/presence/agents/{olga.AgentId}/day?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";
        Assert.That(await ivan.Http.GetAsync(url).Outcome(), Is.EqualTo("403 not_allowed"));
        Assert.That(await boss.GetAsync(url).Outcome(), Is.EqualTo("200"));
    }

    Task Becomes(AgentState state) => Until.True(async () => (await Own()).State == state, $"Olga is {state}");

    async Task<PresenceItem> Own() => (await olga.Http.GetFromJsonAsync<PresenceItem>("/api/presence/me", DeskWatcher.Json))!;

    Task<string> Wish(string? reason) => olga.Http.PutAsJsonAsync("/api/presence/me", new PresenceWish { Break = reason }).Outcome();

    async Task<AgentStretch[]> Day()
    {
        var now = TimeProvider.System.GetUtcNow();
        var url = $"/api/presence/agents/{olga.AgentId}/day?from={now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}";
        return (await olga.Http.GetFromJsonAsync<AgentStretch[]>(url, DeskWatcher.Json))!;
    }

    static CallScript Call(double talk) => new()
    {
        Number = "79161234567",
        Line = "74951234501",
        Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add("101", new(PhoneAct.Answer, 0.5)),
        Talk = [new HangUp(talk, Party.Client)],
    };
}
