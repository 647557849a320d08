using System.Globalization;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Any number of invented clients, their ids from 1: one in nine hundred shares a surname, one in fifty a first name, two in five have a company, every other one an
/// e-mail address, each a number. Nine in ten are some agent's, the others nobody's.
/// </summary>
internal static class Crowd
{
    static readonly string[] firstNames =
    [
        "Анна", "Пётр", "Мария", "Сергей", "Ольга", "Иван", "Юлия", "Алексей", "Ирина", "Дмитрий", "Наталья", "Андрей", "Марина", "Виктор", "Елена", "Роман", "Тимур",
        "Светлана", "Павел", "Ксения", "Фёдор", "Жанна", "Щукарь", "Эмма", "Лев", "Яна", "Глеб", "Вера", "Артём", "Зоя", "Максим", "Лидия", "Егор", "Полина", "Никита", "Дарья",
        "Jane", "Lukas", "Emma", "Oliver", "Sofia", "Noah", "Mia", "Liam", "Hugo", "Nina", "Otto", "Clara", "Felix", "Ida",
    ];

    static readonly string[] surnameStems =
    [
        "Иван", "Петр", "Сидор", "Смирн", "Кузнец", "Поп", "Васил", "Сокол", "Михайл", "Нов", "Фёдор", "Мороз", "Волк", "Алексе", "Лебед", "Семён", "Егор", "Павл", "Козл",
        "Степан", "Никола", "Орл", "Андре", "Макар", "Никит", "Захар", "Зайц", "Соловь", "Борис", "Яковл", "Григор", "Роман", "Воробь", "Серге", "Кузьм", "Фрол", "Жук",
        "Щербак", "Чайк", "Юрь",
    ];

    static readonly string[] surnameEnds = ["ов", "ев", "ин", "енко", "ский", "ец", "ук", "ян", "ых", "иков", "ченко", "аев", "ушкин", "овский", "ник", "айло", "унов", "еньков", "ищев", "онин", "ашов", "югин", "аров"];
    static readonly string[] companyWords = ["Лада", "Север", "Пример", "Образец", "Эскиз", "Muster", "Northwind", "Вектор", "Заря", "Атлант", "Гранит", "Парус", "Orion", "Delta", "Факел"];

    public static string E164(long id) => string.Create(CultureInfo.InvariantCulture, $"+7916{id * 7_919_777 % 10_000_000:0000000}");

    /// <summary>Writes the cards, numbers and words of so many clients, whose owners are the agents with these ids.</summary>
    public static async Task Fill(DatabaseOptions database, int count, IReadOnlyList<long> agents, DateTimeOffset now)
    {
        var clients = Clients(count).ToList();
        await Filling.Fill(database, "client", "id, status, name, company, email, main_number, owner_id, origin_key, created_at, last_contact_at, active_at, version", clients.Select(client =>
        {
            var at = now.AddMinutes(client.Id - count);
            return new object?[]
            {
                client.Id, ClientStatus.Contact, client.Name, client.Company, client.Email, E164(client.Id), client.Id % 10 == 0 ? null : agents[(int)(client.Id % agents.Count)],
                ClientIntake.OriginOfNumber(E164(client.Id)), at, at, at, 1,
            };
        }));
        await Filling.Fill(database, "client_number", "client_id, e164, extension, seq, e164_reversed, is_shared, is_former", clients.Select(client =>
            new object?[] { client.Id, E164(client.Id), "", 0, ClientNumbers.Reversed(E164(client.Id)), false, false }));
        // In the order of the key: a tree that is filled from left to right has no half-empty pages.
        await Filling.Fill(database, "client_search", "token, client_id, kind", clients
            .SelectMany(client => ClientWords.Of(client.Name, client.Company, client.Email).Select(word => (word.Word, client.Id, word.Kind)))
            .OrderBy(word => word.Word, StringComparer.Ordinal).ThenBy(word => word.Id)
            .Select(word => new object?[] { word.Word, word.Id, word.Kind }));
    }

    static IEnumerable<Person> Clients(int count)
    {
        var random = new Random(7);
        for (long id = 1; id <= count; id++)
        {
            var first = Pick(firstNames, random);
            var last = Pick(surnameStems, random) + Pick(surnameEnds, random);
            yield return new(
                id,
                $"{first} {last}",
                random.Next(5) < 2 ? $"ООО «{Pick(companyWords, random)}-{random.Next(5_000)}»" : null,
                random.Next(2) == 0 ? $"{SearchText.Fold(first)[..1]}.{SearchText.Fold(last)}{id % 10_000}@example.com" : null);
        }
    }

    static string Pick(string[] from, Random random) => from[random.Next(from.Length)];

    sealed record Person(long Id, string Name, string? Company, string? Email);
}
