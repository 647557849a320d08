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
            Assert.That(phone.Received[^1].TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(phone.Received[^1].EndedHere, Is.False);
        });
    }

    [Test]
    public async Task Caller_gives_up_while_the_phone_rings()
    {
        var phone = pbx.Phone("102");
        await phone.Register(SipBehaviour.KeepRinging);

        var call = await pbx.Trunk.Call(new("74951234521") { Patience = 2 * second });

        Assert.Multiple(() =>
        {
            Assert.That(call.Status, Is.EqualTo(487));
            Assert.That(call.EndedHere);
            Assert.That(call.RingSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(phone.Received[^1].Status, Is.EqualTo(487));
        });
    }

    [TestCase(486, "Busy Here", 486)]
    [TestCase(603, "Decline", 480)]
    public async Task Phone_refuses(int status, string reason, int heard)
    {
        await pbx.Phone("104").Register(SipBehaviour.Refuse(status, reason));

        var call = await pbx.Trunk.Call(new("74951234522"));

        Assert.That(call.Status, Is.EqualTo(heard));
    }

    [Test]
    public async Task Agent_calls_out_through_the_trunk()
    {
        await pbx.Trunk.Does(SipBehaviour.Answer(ring: second, talk: 2 * second), CancellationToken.None);

        var call = await pbx.Phone("103").Call(new("89161112233"));

        Assert.Multiple(() =>
        {
            Assert.That(call.Status, Is.EqualTo(200));
            Assert.That(call.RingSeconds, Is.EqualTo(1).Within(0.3));
            Assert.That(call.TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(call.EndedHere, Is.False);
        });
    }

    [Test]
    public async Task Agent_transfers_by_the_phone_and_by_keys()
    {
        var first = pbx.Phone("101");
        var second = pbx.Phone("102");
        await second.Register(SipBehaviour.Answer(ring: SipWireTests.second, talk: 2 * SipWireTests.second));

        foreach (var deed in (SipDeed[])[new BlindTransfer(SipWireTests.second, "102"), new PressKeys(SipWireTests.second, "##102")])
        {
            await first.Register(SipBehaviour.Answer(SipWireTests.second, talk: null, deed));
            var before = second.Received.Count;

            var call = await pbx.Trunk.Call(new("74951234501"));

            Assert.That(second.Received, Has.Count.EqualTo(before + 1), $"{deed}");
            Assert.That(second.Received[^1].TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(call.EndedHere, Is.False);
        }
    }

    [Test]
    public async Task Agent_consults_a_colleague_and_puts_the_caller_through()
    {
        var (first, colleague) = (pbx.Phone("101"), pbx.Phone("102"));
        await first.Register(SipBehaviour.Answer(ring: second));
        await colleague.Register(SipBehaviour.Answer(ring: second));

        var customer = pbx.Trunk.Call(new("74951234501") { Talk = 7 * second });
        var consultation = await first.TransferAttended("102", consultation: 2 * second);
        var call = await customer;

        Assert.Multiple(() =>
        {
            Assert.That(call.TalkSeconds, Is.EqualTo(7).Within(0.3));
            Assert.That(consultation.TalkSeconds, Is.EqualTo(2).Within(0.3));
            Assert.That(colleague.Received[^1].EndedAt, Is.EqualTo(call.EndedAt).Within(0.3 * second));
        });
    }

    [Test]
    public async Task Caller_chooses_from_the_menu_by_keys()
    {
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: second, talk: second));

        var call = await pbx.Trunk.Call(new("74951234505") { Deeds = [new PressKeys(2 * second, "1")] });

        Assert.That(pbx.Phone("101").Received[^1].TalkSeconds, Is.EqualTo(1).Within(0.3));
        Assert.That(call.EndedHere, Is.False);
    }

    [Test]
    public async Task Killed_and_started_again_it_takes_calls_again()
    {
        await using var other = await AsteriskHost.Start();
        await other.Phone("101").Register(SipBehaviour.Answer(ring: second, talk: second));

        await other.Kill();
        await other.Boot();
        await other.Phone("101").Register(SipBehaviour.Answer(ring: second, talk: second));
        var call = await other.Trunk.Call(new("74951234501"));

        Assert.That(call.TalkSeconds, Is.EqualTo(1).Within(0.3));
    }
}
