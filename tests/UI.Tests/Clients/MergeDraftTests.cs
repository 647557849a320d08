using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Clients;

public sealed class MergeDraftTests
{
    static readonly ClientCard anna = new()
    {
        Id = 1,
        Version = 3,
        Name = "Anna",
        Company = "Acme",
        OwnerId = 7,
        OwnerName = "Olga",
        Status = "contact",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Timeline = new() { Items = [] },
    };

    static readonly ClientCard form = anna with { Id = 2, Version = 5, Name = "A. Petrova", Company = null, Email = "anna@acme.ru", OwnerId = null, OwnerName = null };

    [Test]
    public void What_nobody_chose_is_of_the_card_that_stays_or_of_the_other_where_it_has_nothing()
    {
        var draft = new MergeDraft(Comparison(anna, form), stays: 1);

        Assert.That(draft.Order, Is.EqualTo(new ClientMergeOrder { FromId = 2, FromVersion = 5, Version = 3, NameOf = 1, CompanyOf = 1, EmailOf = 2, OwnerOf = 1 }));
        draft.Stays = 2;
        Assert.That(draft.Order, Is.EqualTo(new ClientMergeOrder { FromId = 1, FromVersion = 3, Version = 5, NameOf = 2, CompanyOf = 1, EmailOf = 2, OwnerOf = 1 }));
    }

    [Test]
    public void A_choice_stays_when_the_other_card_is_kept_or_a_card_has_changed()
    {
        var draft = new MergeDraft(Comparison(anna, form), stays: 1);
        draft.Choose(MergeField.ClientName, 2);

        draft.Stays = 2;
        draft.Stays = 1;
        draft.Renew(Comparison(anna with { Version = 4 }, form));

        Assert.That((draft.Order.NameOf, draft.Order.Version), Is.EqualTo(((long?)2, 4)));
    }

    [Test]
    public void Of_two_owners_one_must_be_chosen()
    {
        var draft = new MergeDraft(Comparison(anna, form with { OwnerId = 8, OwnerName = "Olga" }), stays: 1);
        Assert.That((draft.IsComplete, MergeField.Owner.Differs(draft.Cards)), Is.EqualTo((false, true)), "two people may have one name");

        draft.Choose(MergeField.Owner, 2);

        Assert.That((draft.IsComplete, draft.Order.OwnerOf), Is.EqualTo((true, (long?)2)));
    }

    static ClientComparison Comparison(ClientCard one, ClientCard other) => new() { One = new() { Card = one, Parts = [] }, Other = new() { Card = other, Parts = [] } };
}
