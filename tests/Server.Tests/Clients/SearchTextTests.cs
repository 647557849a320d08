using ContactCenterCrm.Server.Clients;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

sealed class SearchTextTests
{
    [TestCase("Юлия", "Yulia", "Iuliia", "JULIJA", "юлия")]
    [TestCase("Алёна", "Алена", "Alyona", "Alena", "АЛЁНА")]
    [TestCase("Щукин", "Shchukin", "Schukin", "Shukin")]
    [TestCase("Дмитрий", "Dmitry", "Dmitrii", "Dmitriy", "Дмитрии")]
    [TestCase("Хабаров", "Khabarov", "Habarov")]
    [TestCase("Соловьёв", "Solovyov", "Soloviev", "Соловьев")]
    [TestCase("Анна", "Anna", "Ana")]
    [TestCase("José", "Jose", "jose")]
    [TestCase("Ковальчук", "Koval'chuk", "Kovalchuk")]
    public void All_spellings_of_a_word_are_one(params string[] spellings) =>
        Assert.That(spellings.Select(spelling => SearchText.Words(spelling).Single()).Distinct(), Has.Exactly(1).Items);

    [Test]
    public void Different_names_stay_different() =>
        Assert.That(new[] { "Иванов", "Иванова", "Ивлев", "Петров", "Сидоров" }.Select(SearchText.Fold).Distinct().Count(), Is.EqualTo(5));

    [TestCase("bdfyjd", "иванов")]
    [TestCase("[f,fhjd", "хабаров")]
    [TestCase("шмфтщм", "ivanov")]
    public void A_word_typed_in_the_other_layout_is_recognised(string typed, string meant) =>
        Assert.That(SearchText.OtherLayout(typed), Is.EqualTo(meant));

    [Test]
    public void Words_are_what_stands_between_punctuation() =>
        Assert.That(SearchText.Words("ООО «Ромашка-2», О'Нил (д. 44)"), Is.EqualTo(new[] { "o", "romashka", "2", "onil", "d", "44" }));

    [Test]
    public void The_beginning_of_a_word_folds_to_the_beginning_of_the_folded_word()
    {
        foreach (var name in new[] { "Александр", "Константинопольский", "Мария", "Наталья", "Ромашка", "Владимир" })
        {
            for (var length = 3; length < name.Length; length++)
                Assert.That(SearchText.Fold(name), Does.StartWith(SearchText.Fold(name[..length])), name[..length]);
        }
    }
}
