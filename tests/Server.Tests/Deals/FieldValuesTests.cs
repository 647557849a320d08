using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Deals;

/// <summary>What people and files write, and what is kept of it.</summary>
sealed class FieldValuesTests
{
    [TestCase(FieldKind.Text, "  two words ", ExpectedResult = "two words")]
    [TestCase(FieldKind.Text, "   ", ExpectedResult = null)]
    [TestCase(FieldKind.Number, "1 234,50", ExpectedResult = "1234.5")]
    [TestCase(FieldKind.Number, "-3", ExpectedResult = "-3")]
    [TestCase(FieldKind.Money, "120\u00a0000.5", ExpectedResult = "120000.5")]
    [TestCase(FieldKind.Date, "31.3.2026", ExpectedResult = "2026-03-31")]
    [TestCase(FieldKind.Date, "2026-03-31", ExpectedResult = "2026-03-31")]
    [TestCase(FieldKind.YesNo, "Да", ExpectedResult = "true")]
    [TestCase(FieldKind.Choice, "BLUE", ExpectedResult = "blue")]
    [TestCase(FieldKind.Choices, "red\nblue", ExpectedResult = "blue\nred", Description = "in the order of the options")]
    [TestCase(FieldKind.Phone, "+7 (916) 123-45-67", ExpectedResult = "+7 (916) 123-45-67")]
    [TestCase(FieldKind.Email, "anna@acme.ru", ExpectedResult = "anna@acme.ru")]
    [TestCase(FieldKind.Link, "https://acme.ru/x", ExpectedResult = "https://acme.ru/x")]
    public string? Is_kept(FieldKind kind, string text)
    {
        var value = FieldValues.Read(Field(kind), text, out var fault);
        Assert.That(fault, Is.Null);
        return value;
    }

    [TestCase(FieldKind.Number, "12a")]
    [TestCase(FieldKind.Money, "1.234")]
    [TestCase(FieldKind.Money, "-1")]
    [TestCase(FieldKind.Money, "99999999999")]
    [TestCase(FieldKind.Date, "2026-02-30")]
    [TestCase(FieldKind.Date, "03/04/2026", Description = "a day and a month that nobody can tell apart")]
    [TestCase(FieldKind.YesNo, "maybe")]
    [TestCase(FieldKind.Choice, "green")]
    [TestCase(FieldKind.Choices, "blue\ngreen")]
    [TestCase(FieldKind.Phone, "call me")]
    [TestCase(FieldKind.Email, "Anna <anna@acme.ru>")]
    [TestCase(FieldKind.Link, "javascript:alert(1)")]
    [TestCase(FieldKind.Agent, "olga")]
    public void Is_refused_in_words(FieldKind kind, string text)
    {
        Assert.That(FieldValues.Read(Field(kind), text, out var fault), Is.Null);
        Assert.That(fault, Does.EndWith("."));
    }

    [Test]
    public void Texts_and_numbers_have_limits()
    {
        Assert.That(FieldValues.Read(Field(FieldKind.Text), new('x', 201), out _), Is.Null);
        Assert.That(FieldValues.Read(Field(FieldKind.LongText), new('x', 201), out _), Has.Length.EqualTo(201));
        FieldValues.Read(Field(FieldKind.Number) with { Min = 1, Max = 5 }, "6", out var fault);
        Assert.That(fault, Is.EqualTo("A number from 1 up to 5."));
    }

    static DealField Field(FieldKind kind) => new() { Key = "f1", Kind = kind, Options = ["blue", "red"] };
}
