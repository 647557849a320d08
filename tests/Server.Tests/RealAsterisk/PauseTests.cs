using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>Queues of a real Asterisk ring whoever takes calls, and nobody else.</summary>
[Category("RealAsterisk")]
sealed class PauseTests
{
    [Test]
    public async Task An_agent_at_a_break_is_not_rung_by_a_queue_and_is_again_afterwards()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        await using var pbx = await AsteriskHost.Start();
        await using var server = await RunningServer.Start();
        using var admin = await server.SignInAs(Roles.Admin);
        await admin.ConnectTo(pbx, "office");
        (await admin.PutAsJsonAsync("/api/presence/rules", new PresenceRules { Breaks = [new() { Name = "Обед" }] })).EnsureSuccessStatusCode();
        await server.AddPerson("olga", "office", "101");
        await using var olga = await DeskWatcher.SitDown(server, "olga");
        await pbx.Phone("101").Register(SipBehaviour.KeepRinging);
        await pbx.Phone("102").Register(SipBehaviour.Answer(ring: TimeSpan.FromSeconds(1)));
        await Until.True(async () => !(await Member(pbx)).Contains("paused", StringComparison.Ordinal), "101 is rung");

        (await olga.Http.PutAsJsonAsync("/api/presence/me", new PresenceWish { Break = "Обед" })).EnsureSuccessStatusCode();
        await Until.True(async () => (await Member(pbx)).Contains("paused", StringComparison.Ordinal), "101 is paused");
        Assert.That(await Member(pbx), Does.Contain("Обед"));
        await pbx.Trunk.Call(new("74951234503") { From = "79161119001", Talk = TimeSpan.FromSeconds(2) });
        var call = await admin.EndedCall("+79161119001");
        Assert.That(call.Rang, Is.EqualTo(new[] { "102" }));

        (await olga.Http.PutAsJsonAsync("/api/presence/me", new PresenceWish())).EnsureSuccessStatusCode();
        await Until.True(async () => !(await Member(pbx)).Contains("paused", StringComparison.Ordinal), "101 is rung again");
    }

    static async Task<string> Member(AsteriskHost pbx) =>
        (await pbx.Console("queue show support")).Split('\n').Single(line => line.Contains("PJSIP/101", StringComparison.Ordinal));
}
