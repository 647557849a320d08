using ContactCenterCrm.UI.Pbx;
using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Pbx;

public sealed class LinkDraftTests
{
    static readonly LinkDraft good = new() { Name = "pbx", Host = "pbx.example.com", Username = "crm", Secret = "s" };

    [Test]
    public void A_complete_link_has_no_errors()
    {
        Assert.That(good.Check(isNew: true, Texts.In(Language.English)).Any, Is.False);
    }

    [Test]
    public void A_known_link_keeps_its_secret_without_typing_it_again()
    {
        var draft = good with { Secret = "" };

        Assert.That(draft.Check(isNew: false, Texts.In(Language.English)).Any, Is.False);
        Assert.That(draft.Edit.Secret, Is.Null);
        Assert.That(draft.Check(isNew: true, Texts.In(Language.English))["secret"], Is.Not.Null);
    }

    [TestCase("PBX one")]
    [TestCase("-pbx")]
    [TestCase("")]
    public void A_name_that_cannot_stand_in_a_key_is_refused(string name)
    {
        Assert.That((good with { Name = name }).Check(isNew: true, Texts.In(Language.English))["name"], Is.Not.Null);
    }

    [TestCase("0")]
    [TestCase("65536")]
    [TestCase("five")]
    public void A_port_is_a_number_that_exists(string port)
    {
        Assert.That((good with { Port = port }).Check(isNew: true, Texts.In(Language.English))["port"], Is.Not.Null);
    }

    [Test]
    public void Trunks_are_read_line_by_line()
    {
        Assert.That((good with { Trunks = " trunk \n\nbeeline-1, mts" }).Edit.Trunks, Is.EqualTo(new[] { "trunk", "beeline-1", "mts" }));
    }
}
