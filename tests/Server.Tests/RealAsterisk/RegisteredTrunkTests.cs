using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>The other kind of trunk that asterisk-config/ offers: with a login at the provider.</summary>
[Category("RealAsterisk")]
[Parallelizable(ParallelScope.All)]
sealed class RegisteredTrunkTests
{
    [Test]
    public async Task Pbx_registers_at_the_provider_and_takes_his_calls()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        await using var pbx = await AsteriskHost.Start(new Dictionary<string, string>
        {
            ["TRUNK_KIND"] = "registration",
            ["TRUNK_USER"] = "74951234500",
            ["TRUNK_SECRET"] = "the-providers-secret",
        });
        await pbx.Trunk.Does(SipBehaviour.LetRegister("74951234500"));
        await pbx.Console("pjsip send register trunk");
        await Until.True(async () => (await pbx.Console("pjsip show registrations")).Contains(" Registered", StringComparison.Ordinal), "the PBX is registered");

        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: TimeSpan.FromSeconds(1)));
        var call = await pbx.Trunk.Call(new("74951234501") { Talk = TimeSpan.FromSeconds(1) });

        Assert.That(call.Status, Is.EqualTo(200));
    }
}
