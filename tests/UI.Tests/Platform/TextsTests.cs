using System.Reflection;
using System.Text.RegularExpressions;
using ContactCenterCrm.UI.Platform;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Platform;

/// <summary>The compiler sees to it that each text stands in both languages. These look at what stands there.</summary>
public sealed partial class TextsTests
{
    // Names and abbreviations that Russian writes in Latin letters too.
    static readonly string[] latinOnly = ["TLS", "SMS", "Twilio", "—"];

    [Test]
    public void No_text_is_empty_in_any_language([Values] Language language)
    {
        Assert.That(AllOf(language).Where(text => string.IsNullOrWhiteSpace(text.Words)).Select(text => text.Name), Is.Empty);
    }

    [Test]
    public void No_English_text_holds_Cyrillic_letters()
    {
        Assert.That(AllOf(Language.English).Where(text => Cyrillic().IsMatch(text.Words)).Select(text => text.Name), Is.Empty);
    }

    [Test]
    public void Every_Russian_text_is_written_in_Russian()
    {
        var foreign = AllOf(Language.Russian).Where(text => !Cyrillic().IsMatch(text.Words) && !latinOnly.Contains(text.Words));

        Assert.That(foreign.Select(text => $"{text.Name}: {text.Words}"), Is.Empty);
    }

    [Test]
    public void There_are_as_many_texts_in_Russian_as_in_English()
    {
        Assert.That(AllOf(Language.Russian).Select(text => text.Name), Is.EqualTo(AllOf(Language.English).Select(text => text.Name)));
        Assert.That(AllOf(Language.English).Count(), Is.GreaterThan(250));
    }

    [TestCase(1, "1 клиент с этим номером")]
    [TestCase(2, "2 клиента с этим номером")]
    [TestCase(4, "4 клиента с этим номером")]
    [TestCase(5, "5 клиентов с этим номером")]
    [TestCase(11, "11 клиентов с этим номером")]
    [TestCase(12, "12 клиентов с этим номером")]
    [TestCase(21, "21 клиент с этим номером")]
    [TestCase(22, "22 клиента с этим номером")]
    [TestCase(111, "111 клиентов с этим номером")]
    public void Russian_numbers_take_their_form_of_the_noun(int number, string words)
    {
        Assert.That(Texts.In(Language.Russian).Desk.NumberOfClients(number), Is.EqualTo(words));
    }

    [TestCase(1, "1 client shares this number")]
    [TestCase(2, "2 clients share this number")]
    [TestCase(21, "21 clients share this number")]
    public void English_numbers_take_their_form_of_the_noun(int number, string words)
    {
        Assert.That(Texts.In(Language.English).Desk.NumberOfClients(number), Is.EqualTo(words));
    }

    static IEnumerable<(string Name, string Words)> AllOf(Language language)
    {
        var texts = Texts.In(language);
        return typeof(Texts).GetProperties().Where(group => group.PropertyType.IsAssignableTo(typeof(TextGroup)))
            .SelectMany(group => group.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(text => text.PropertyType == typeof(string))
                .Select(text => ($"{group.Name}.{text.Name}", (string)text.GetValue(group.GetValue(texts))!)));
    }

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();
}
