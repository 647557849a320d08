using ContactCenterCrm.Server.Clients;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

sealed class MatchRuleTests
{
    static readonly NumberMatch Anna = new() { E164 = "+79161234567", ClientId = 1 };
    static readonly NumberMatch Boris = Anna with { ClientId = 2 };

    [Test]
    public void A_number_of_nobody_finds_nobody() => Assert.That(MatchRule.Choose([]).Kind, Is.EqualTo(FoundKind.Nobody));

    [Test]
    public void A_number_of_one_card_finds_it() => Assert.That(MatchRule.Choose([Anna]), Is.EqualTo(new Found(FoundKind.One, 1)));

    [Test]
    public void The_same_card_with_two_extensions_is_one_card() =>
        Assert.That(MatchRule.Choose([Anna, Anna with { Extension = "105" }]), Is.EqualTo(new Found(FoundKind.One, 1)));

    [Test]
    public void A_number_of_several_cards_finds_none_of_them_by_itself() =>
        Assert.That(MatchRule.Choose([Anna, Boris]), Is.EqualTo(new Found(FoundKind.Several, null)));

    [Test]
    public void A_shared_number_never_finds_a_card_by_itself() =>
        Assert.That(MatchRule.Choose([Anna with { IsShared = true }]), Is.EqualTo(new Found(FoundKind.Several, null)));

    [Test]
    public void A_former_number_is_no_longer_a_key()
    {
        Assert.That(MatchRule.Choose([Anna with { IsFormer = true }]).Kind, Is.EqualTo(FoundKind.Nobody));
        Assert.That(MatchRule.Choose([Anna with { IsFormer = true }, Boris]), Is.EqualTo(new Found(FoundKind.One, 2)));
    }

    [Test]
    public void The_reason_of_a_match_is_told()
    {
        Assert.That(MatchRule.ReasonOf(Anna), Is.EqualTo(MatchReason.Exact));
        Assert.That(MatchRule.ReasonOf(Anna with { Extension = "105" }), Is.EqualTo(MatchReason.Extension));
        Assert.That(MatchRule.ReasonOf(Anna with { Extension = "105" }, "105"), Is.EqualTo(MatchReason.Exact));
        Assert.That(MatchRule.ReasonOf(Anna with { IsShared = true }), Is.EqualTo(MatchReason.Company));
        Assert.That(MatchRule.ReasonOf(Anna with { IsShared = true, IsFormer = true }), Is.EqualTo(MatchReason.Former));
    }
}
