using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Pbx;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>Comments at moments of a recording: who may play it reads and writes them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class CommentTests
{
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
    public async Task Whoever_may_play_reads_what_the_others_said_and_takes_back_only_the_own_words()
    {
        await using var olga = await stand.Agent("olga", "101");
        await using var ivan = await stand.Agent("ivan", "102");
        await stand.Begin(new()
        {
            Number = "79161234567",
            Line = "74951234501",
            OtherPhones = new(PhoneAct.Answer, 0.2),
            Talk = [new HangUp(1, Party.Client)],
        });
        var card = await olga.Card(card => card.State == DeskCardState.WrapUp, "the call is over");
        var comments = $"/api/recordings/{await stand.Server.Deliver(card.CallId, RecordedSound.Talk(seconds: 6))}/comments";

        Assert.That(await olga.Http.PostAsJsonAsync(comments, new NewRecordingComment { AtSeconds = 4.5, Text = "Second" }).Outcome(), Is.EqualTo("201"));
        Assert.That(await stand.Admin.PostAsJsonAsync(comments, new NewRecordingComment { AtSeconds = 1, Text = "First" }).Outcome(), Is.EqualTo("201"));
        Assert.That(await olga.Http.PostAsJsonAsync(comments, new NewRecordingComment { AtSeconds = 1, Text = "  " }).Outcome(), Is.EqualTo("400 validation"));

        var seen = (await olga.Http.GetFromJsonAsync<RecordingComment[]>(comments))!;
        Assert.That(seen.Select(comment => (comment.AtSeconds, comment.Text, comment.IsOwn)), Is.EqualTo(new[] { (1.0, "First", false), (4.5, "Second", true) }));
        Assert.That(await olga.Http.DeleteAsync($"{comments}/{seen[0].Id}").Outcome(), Is.EqualTo("404 not_found"), "somebody else's words");
        Assert.That(await olga.Http.DeleteAsync($"{comments}/{seen[1].Id}").Outcome(), Is.EqualTo("204"));
        Assert.That(await ivan.Http.GetAsync(comments).Outcome(), Is.EqualTo("404 not_found"), "a talk of somebody else");
        Assert.That(await ivan.Http.PostAsJsonAsync(comments, new NewRecordingComment { AtSeconds = 1, Text = "Me too" }).Outcome(), Is.EqualTo("404 not_found"));

        var call = (await stand.Admin.GetFromJsonAsync<CallStory>($"/api/calls/{card.CallId}"))!.Call;
        Assert.That(call.Recording, Is.EqualTo("ready"));
    }
}
