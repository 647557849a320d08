using System.Collections.Immutable;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Pbx;
using ContactCenterCrm.Telephony.Simulation;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Outcomes;

/// <summary>An agent says how a call ended.</summary>
sealed class OutcomeTests
{
    [Test]
    public async Task After_a_talk_the_card_wants_the_outcome_that_its_queue_requires()
    {
        await using var stand = await Stand.Start();
        await stand.Connect();
        Assert.That(await Set(stand, new OutcomeList { IsRequired = true }), Is.EqualTo("400 validation"), "nothing to choose");
        Assert.That(await Set(stand, new OutcomeList { Queue = "sales", Outcomes = ["Sale"] }, new OutcomeList { IsRequired = true, Outcomes = ["Helped", "Refused › Price"] }), Is.EqualTo("204"));
        await using var olga = await stand.Agent("olga", "101");

        await stand.Begin(new()
        {
            Number = "79161234567",
            Line = "74951234501",
            Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add("101", new(PhoneAct.Answer, 0.5)),
            Talk = [new HangUp(1, Party.Client)],
        });
        var card = await olga.Card(card => card.State == DeskCardState.WrapUp, "Olga finishes");
        var finish = $"/api/desk/{card.CallId}/close";

        Assert.That(await olga.Http.PostAsync(finish, null).Outcome(), Is.EqualTo("422 outcome_required"));
        Assert.That(await olga.Http.PostAsJsonAsync(finish, new FinishCall { Outcome = "Sale" }).Outcome(), Is.EqualTo("400 validation"), "another queue's");
        Assert.That((await olga.State()).Cards, Has.Count.EqualTo(1), "the card stays");
        Assert.That(await olga.Http.PostAsJsonAsync(finish, new FinishCall { Outcome = "Refused › Price" }).Outcome(), Is.EqualTo("204"));
        Assert.That((await olga.Http.GetFromJsonAsync<CallStory>($"/api/calls/{card.CallId}"))!.Call.Outcome, Is.EqualTo("Refused › Price"));
    }

    static Task<string> Set(Stand stand, params OutcomeList[] lists) => stand.Admin.PutAsJsonAsync("/api/outcomes", lists).Outcome();
}
