using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Twilio;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Twilio;

public sealed class DraftTests
{
    static readonly Texts english = Texts.In(Language.English);

    static readonly AccountDraft account = new() { Name = "cloud", AccountSid = "AC00000000000000000000000000000001", AuthToken = "t" };

    static readonly NumberDraft number = new() { AccountId = 1, E164 = "+1 (202) 555-01.00", LineName = "Sales", Endpoints = "client:alice\nsip:6001@pbx.example.com, +12025550199" };

    static readonly TwilioAccountItem stored = new() { Id = 1, Name = "cloud", AccountSid = account.AccountSid, Region = "US", ApiKeySid = "SK00000000000000000000000000000001" };

    [Test]
    public void Complete_drafts_have_no_errors_and_say_what_was_typed()
    {
        Assert.That(account.Check(before: null, english).Any, Is.False);
        Assert.That(number.Check(english).Any, Is.False);
        Assert.That(number.Edit.E164, Is.EqualTo("+12025550100"));
        Assert.That(number.Edit.Endpoints, Is.EqualTo(new[] { "client:alice", "sip:6001@pbx.example.com", "+12025550199" }));
    }

    [Test]
    public void A_stored_account_keeps_its_secrets_without_typing_them_again()
    {
        var draft = AccountDraft.Of(stored);

        Assert.That(draft.Check(stored, english).Any, Is.False);
        Assert.That((draft.Edit.AuthToken, draft.Edit.SecondaryToken, draft.Edit.ApiKeySecret), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
        Assert.That((draft with { RemovesSecondaryToken = true }).Edit.SecondaryToken, Is.Empty);
        Assert.That((draft with { ApiKeySid = "SK00000000000000000000000000000002" }).Check(stored, english)["apiKeySecret"], Is.Not.Null, "another key has another secret");
    }

    [Test]
    public void What_an_account_cannot_be_is_named_at_its_field()
    {
        Assert.That((account with { Name = "My cloud" }).Check(null, english)["name"], Is.Not.Null);
        Assert.That((account with { AccountSid = "SK00000000000000000000000000000001" }).Check(null, english)["accountSid"], Is.Not.Null);
        Assert.That((account with { AuthToken = "" }).Check(null, english)["authToken"], Is.Not.Null);
        Assert.That((account with { ApiKeySid = "AC1" }).Check(null, english)["apiKeySid"], Is.Not.Null);
        Assert.That((account with { Region = "U1" }).Check(null, english)["region"], Is.Not.Null);
    }

    [Test]
    public void What_a_number_cannot_be_is_named_at_its_field()
    {
        Assert.That((number with { E164 = "555-0100" }).Check(english)["e164"], Is.Not.Null);
        Assert.That((number with { LineName = " " }).Check(english)["lineName"], Is.Not.Null);
        Assert.That((number with { Endpoints = "client:alice\nbob" }).Check(english)["endpoints"], Does.Contain("bob"));
        Assert.That((number with { RingSeconds = "soon" }).Check(english)["ringSeconds"], Is.Not.Null);
        Assert.That((number with { TakesVoicemail = false }).Check(english)["takesVoicemail"], Is.Not.Null);
        var queue = number with { AfterRing = AfterRing.Queue, TakesVoicemail = false };
        Assert.That((queue.Check(english)["queueName"], queue.Check(english)["queueMembers"]), Is.Not.EqualTo(((string?)null, (string?)null)));
        Assert.That((queue with { QueueName = "sales", QueueMembers = "client:bob" }).Check(english).Any, Is.False);
    }
}
