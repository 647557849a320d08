using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tests.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Channels;

sealed class MessageStoreTests(Engine engine) : StoreTests(engine)
{
    static readonly DateTimeOffset noon = new(2026, 10, 13, 12, 0, 0, TimeSpan.Zero);

    static readonly Message hello = new()
    {
        Source = "cloud",
        ExternalId = "SM1",
        Direction = MessageDirection.Inbound,
        Channel = MessageChannel.Sms,
        PartyNumber = "+12025550190",
        PartyE164 = "+12025550190",
        Line = "+12025550100",
        Body = " Call me 🙏 & thanks ",
        Status = "received",
        At = noon,
    };

    MessageStore Messages => new(Database, Test.Ids);

    [Test]
    public async Task Who_writes_for_the_first_time_becomes_a_card_with_an_inquiry()
    {
        await Messages.Save([hello with { Channel = MessageChannel.Whatsapp, PartyName = "Zoë Ångström" }], default);

        Assert.That(await Scalar<string>("SELECT name FROM client WHERE main_number = '+12025550190' AND status = 'inquiry'"), Is.EqualTo("Zoë Ångström"));
        Assert.That(await Scalar<string>("SELECT channel FROM inquiry WHERE did = '+12025550100' AND call_id IS NULL"), Is.EqualTo("messenger"));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client_search WHERE kind = 'name'"), Is.EqualTo(2));
        Assert.That(await Scalar<string>("SELECT m.body FROM message m JOIN client c ON c.id = m.client_id"), Is.EqualTo(hello.Body));
    }

    [Test]
    public async Task A_message_that_is_saved_again_is_the_same_message_brought_up_to_date()
    {
        var sent = hello with { ExternalId = "SM2", Direction = MessageDirection.Outbound, Status = "sent", Body = null };
        await Messages.Save([hello, sent], default);
        await Messages.Save([hello, sent with { Status = "failed", ErrorCode = 63016 }], default);

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM message"), Is.EqualTo(2));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client"), Is.EqualTo(1));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM inquiry"), Is.EqualTo(1));
        Assert.That(await Scalar<int>("SELECT error_code FROM message WHERE external_id = 'SM2' AND status = 'failed'"), Is.EqualTo(63016));
    }

    [Test]
    public async Task Many_at_once_from_one_number_have_one_card()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(async () =>
        {
            using var other = node % 2 == 0 ? null : new IdBlocks(Database);
            await new MessageStore(Database, other ?? Test.Ids).Save([hello with { ExternalId = $"SM{node}" }], default);
        })));

        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM message"), Is.EqualTo(8));
        Assert.That(await Scalar<int>("SELECT COUNT(*) FROM client"), Is.EqualTo(1));
    }

    [Test]
    public async Task Somebody_without_a_public_number_has_a_card_of_the_messages_own()
    {
        await Messages.Save([hello with { PartyNumber = "ACME", PartyE164 = null }, hello with { ExternalId = "SM2", PartyNumber = "ACME", PartyE164 = null }], default);

        Assert.That(await Scalar<int>("SELECT COUNT(DISTINCT client_id) FROM message"), Is.EqualTo(2));
    }
}
