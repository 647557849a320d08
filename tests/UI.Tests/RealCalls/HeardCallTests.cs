using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.RealCalls;

/// <summary>From two people who speak over a real Asterisk to the ears of the supervisor, in a real browser.</summary>
[Category("RealAsterisk")]
public sealed class HeardCallTests : BrowserTests
{
    const string PbxName = "office";

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    AsteriskHost? pbx;
    RelayScript? relay;
    HttpClient? admin;

    protected override async Task<RunningServer> StartServer()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.StartWithRelay();
        var server = await RunningServer.Start();
        admin = await server.SignInAs(Roles.Admin, "chief");
        await admin.ConnectTo(pbx, PbxName);
        relay = await pbx.Relay(server, admin, PbxName);
        await relay.Start();
        foreach (var (login, role, team) in new[] { ("olga", Roles.Agent, "Sales"), ("sonja", Roles.Supervisor, "Sales"), ("pavel", Roles.Agent, "Support") })
            (await server.Hire(admin, login, role, team)).Dispose();
        await server.GivePhone("olga", PbxName, "101");
        await server.GivePhone("pavel", PbxName, "102");
        return server;
    }

    [OneTimeTearDown]
    public async Task StopPbx()
    {
        admin?.Dispose();
        if (relay is not null)
            await relay.DisposeAsync();
        if (pbx is not null)
            await pbx.DisposeAsync();
    }

    [Test]
    public async Task What_two_people_said_is_heard_by_the_supervisor_and_by_nobody_of_another_team()
    {
        await pbx!.Phone("101").Register(SipBehaviour.AnswerAndSpeak(ring: Second));
        await pbx.Trunk.Call(new("74951234501") { From = "79161110009", Talk = 5 * Second, Speaks = true });
        var call = await admin!.EndedCall("+79161110009");

        var sonja = await VisitAs("sonja", $"/calls/{call.Id}");
        await sonja.Locator(".recordings [data-play]").ClickAsync();
        await Until.True(async () => await Position(sonja) > 1, "the sound goes on");
        await Expect(sonja.Locator(".player .player-time")).ToContainTextAsync(new Regex("/ 0:0[45]"));
        var loudness = await sonja.EvaluateAsync<double[]>("""
            async () => {
                const bytes = await (await fetch(document.querySelector('[data-player] audio').currentSrc)).arrayBuffer();
                const sound = await new OfflineAudioContext(2, 8000, 8000).decodeAudioData(bytes);
                return [0, 1].map(channel => sound.getChannelData(channel).reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0));
            }
            """);
        // On the caller's side somebody speaks four times as loud as on the agent's.
        Assert.That(loudness[0], Is.EqualTo(0.5).Within(0.1));
        Assert.That(loudness[1], Is.EqualTo(0.125).Within(0.05));

        using var pavel = await Server.SignIn("pavel");
        var recording = (await admin!.GetFromJsonAsync<RecordingItem[]>($"/api/calls/{call.Id}/recordings"))!.Single();
        Assert.That((await pavel.PostAsync($"/api/recordings/{recording.Id}/play", null)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        var uses = (await admin!.GetFromJsonAsync<Page<AuditEvent>>($"/api/audit?subject=recording&subjectId={recording.Id}"))!.Items;
        Assert.That(uses.Select(use => (use.ActorName, use.Action, use.Outcome)), Is.EquivalentTo(new[] { ("sonja", "play", "done"), ("pavel", "play", "refused") }));
        await sonja.ReloadAsync();
        await sonja.Locator(".listeners summary").ClickAsync();
        await Expect(sonja.Locator(".listeners li")).ToContainTextAsync(["pavel", "sonja"]);
    }

    static Task<double> Position(IPage page) => page.EvaluateAsync<double>("() => document.querySelector('[data-player] audio').currentTime");
}
