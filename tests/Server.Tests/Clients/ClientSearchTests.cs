using ContactCenterCrm.Server.Platform.Data;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Clients;

sealed class ClientSearchTests(Engine engine) : ClientTests(engine)
{
    [SetUp]
    public async Task Fill()
    {
        await Create("Иванов Пётр", "ООО Ромашка", "p.ivanov@romashka.ru", numbers: "+79161234567");
        await Create("Иванова Мария", "Ромашка", null, numbers: "+79161230000");
        await Create("Юлия Соловьёва", "Завод 1905", "julia@example.com", numbers: ["+74951112233", "+442071838750"]);
        await Create("Андрей Иваненко");
    }

    [TestCase("иванов", "Иванов Пётр", "Иванова Мария")]
    [TestCase("ИВАНОВ", "Иванов Пётр", "Иванова Мария")]
    [TestCase("ivanov", "Иванов Пётр", "Иванова Мария")]
    [TestCase("bdfyjd", "Иванов Пётр", "Иванова Мария")]
    [TestCase("шмфтщм", "Иванов Пётр", "Иванова Мария")]
    [TestCase("иванов петр", "Иванов Пётр")]
    [TestCase("Petr Ivanov", "Иванов Пётр")]
    [TestCase("gtnh bdfyjd", "Иванов Пётр")]
    [TestCase("мария ромашка", "Иванова Мария")]
    [TestCase("solovyeva", "Юлия Соловьёва")]
    [TestCase("соловьева", "Юлия Соловьёва")]
    [TestCase("завод", "Юлия Соловьёва")]
    [TestCase("завод 1905", "Юлия Соловьёва")]
    [TestCase("p.ivanov@romashka.ru", "Иванов Пётр")]
    [TestCase("romashka.ru", "Иванов Пётр")]
    [TestCase("4567", "Иванов Пётр")]
    [TestCase("123-45-67", "Иванов Пётр")]
    [TestCase("8 (916) 123-45-67", "Иванов Пётр")]
    [TestCase("+7 916 123", "Иванов Пётр", "Иванова Мария")]
    [TestCase("8916123", "Иванов Пётр", "Иванова Мария")]
    [TestCase("+44 20 7183 8750", "Юлия Соловьёва")]
    [TestCase("иванов 4567", "Иванов Пётр")]
    [TestCase("никто")]
    [TestCase("%")]
    [TestCase("'; DROP TABLE client; --")]
    public async Task Search_forgives(string typed, params string[] found) =>
        Assert.That((await List.Search(Manager, typed, null, 50, default)).Items.Select(client => client.Name), Is.EquivalentTo(found));

    [TestCase("иванов петр", "name")]
    [TestCase("ромашка", "company")]
    [TestCase("julia@", "email")]
    [TestCase("2233", "number")]
    public async Task Search_says_what_was_found(string typed, string matchedBy) =>
        Assert.That((await List.Search(Manager, typed, null, 50, default)).Items.Select(client => client.MatchedBy).Distinct(), Is.EqualTo(new[] { matchedBy }));

    [Test]
    public async Task Pages_of_a_search_hold_every_client_once([Values("и", "9161", "bdf")] string typed)
    {
        for (var i = 0; i < 30; i++)
            await Create($"Иван Иванов {i}", numbers: [$"+7916155{i:0000}", $"+7916166{i:0000}"]);

        List<long> all = [];
        string? next = null;
        do
        {
            var page = await List.Search(Manager, typed, next, 7, default);
            all.AddRange(page.Items.Select(client => client.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.That(all, Is.Unique);
        Assert.That(all.Count, Is.EqualTo((await List.Search(Manager, typed, null, 200, default)).Items.Count).And.GreaterThanOrEqualTo(30));
    }

    [Test]
    public async Task A_renamed_client_is_found_by_the_new_name_only()
    {
        var id = await Create("Смирнова Ольга");
        await Clients.Change(Manager, id, 1, Fields("Кузнецова Ольга"), false, default);

        Assert.That((await List.Search(Manager, "смирнова", null, 50, default)).Items, Is.Empty);
        Assert.That((await List.Search(Manager, "кузнецова", null, 50, default)).Items.Single().Id, Is.EqualTo(id));
    }
}
