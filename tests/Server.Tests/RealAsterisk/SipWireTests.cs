using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>The test's own tools: that the phones and the provider do what they are told, on the files that an admin copies.</summary>
[Category("RealAsterisk")]
sealed class SipWireTests
{
    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    AsteriskHost pbx = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.Start();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (pbx is not null)
            await pbx.DisposeAsync();
    }

    [Test]
    public async Task Caller_from_outside_speaks_with_the_agent_and_hangs_up()
    {
        var phone = pbx.Phone("101");
        await phone.Register(SipBehaviour.Answer(ring: second));

        var call = await pbx.Trunk.Call(new("74951234501") { Talk = 2 * second });

        Assert.Multiple(() =>
        {
            Assert.That(call.Status, Is.EqualTo(200));
            Assert.That(call.RingSeconds, Is.EqualTo(1).Within(0.3));
            Assert.That(call.TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(call.EndedHere);
            Assert.That(phone.Received.Single().TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(phone.Received.Single().EndedHere, Is.False);
        });
    }
}
