using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Clients;

public sealed class ClientDraftTests
{
    [Test]
    public void What_only_the_other_changed_is_taken_over()
    {
        var draft = new ClientDraft(Card("Anna", "Lada", version: 1));
        draft.Fields = draft.Fields with { Name = "Anna Petrova" };

        var conflicts = draft.Rebase(Card("Anna", "Lada Plus", version: 2));

        Assert.That(conflicts, Is.Empty);
        Assert.That(draft.Edit.Name, Is.EqualTo("Anna Petrova"));
        Assert.That(draft.Edit.Company, Is.EqualTo("Lada Plus"));
        Assert.That(draft.Edit.Version, Is.EqualTo(2));
    }

    [Test]
    public void What_both_changed_keeps_what_was_typed_here_and_is_named()
    {
        var draft = new ClientDraft(Card("Anna", "Lada", version: 1));
        draft.Fields = draft.Fields with { Name = "Anna P.", Numbers = draft.Fields.Numbers.Plus("8 916 000-00-00") };

        var conflicts = draft.Rebase(Card("Anna Sidorova", "Lada", version: 2));

        Assert.That(conflicts.Select(conflict => conflict.Field), Is.EqualTo(new[] { ClientField.ClientName }));
        Assert.That(draft.Fields.Name, Is.EqualTo("Anna P."));
        Assert.That(draft.Edit.Numbers, Has.Count.EqualTo(2));
    }

    [Test]
    public void Theirs_can_be_taken_and_given_back()
    {
        var draft = new ClientDraft(Card("Anna", "Lada", version: 1));
        draft.Fields = draft.Fields with { Name = "Anna P." };
        var conflict = draft.Rebase(Card("Anna Sidorova", "Lada", version: 2))[0];

        draft.Fields = conflict.Field.Copy(conflict.Theirs, draft.Fields);
        Assert.That(draft.Fields.Name, Is.EqualTo("Anna Sidorova"));

        draft.Fields = conflict.Field.Copy(conflict.Mine, draft.Fields);
        Assert.That(draft.Fields.Name, Is.EqualTo("Anna P."));
    }

    [Test]
    public void A_draft_that_was_typed_back_is_clean()
    {
        var draft = new ClientDraft(Card("Anna", "Lada", version: 1));
        draft.Fields = draft.Fields with { Numbers = draft.Fields.Numbers.With(0, "101") };
        Assert.That(draft.IsDirty, Is.True);

        draft.Fields = draft.Fields with { Numbers = draft.Fields.Numbers.With(0, "+7 916 123-45-67") };

        Assert.That(draft.IsDirty, Is.False);
    }

    [TestCase("+79161234567", "+7 916 123-45-67")]
    [TestCase("+12125550100", "+1 212 555-0100")]
    [TestCase("+4930901820", "+49 309 018 20")]
    [TestCase("101", "101")]
    [TestCase("anonymous", "anonymous")]
    public void Numbers_are_grouped_for_reading(string number, string shown)
    {
        Assert.That(ReadableNumber.Of(number), Is.EqualTo(shown));
    }

    static ClientCard Card(string name, string company, int version) => new()
    {
        Id = 1,
        Status = "contact",
        Name = name,
        Company = company,
        Numbers = [new ClientNumber { E164 = "+79161234567", Display = "+7 916 123-45-67" }],
        CreatedAt = DateTimeOffset.UnixEpoch,
        Timeline = new() { Items = [] },
        Version = version,
    };
}
