using ContactCenterCrm.Contracts;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Server.Demo;

/// <summary>The people and clients of the demo. All of them are invented.</summary>
internal static class DemoOffice
{
    public const string Pbx = "demo";

    /// <summary>The same for all accounts, and shown on the sign-in page.</summary>
    public const string Password = "try the demo";

    public static readonly IReadOnlyList<Person> People =
    [
        new("olga", "Olga Demidova", Roles.Agent, "101"),
        new("ivan", "Иван Пробный", Roles.Agent, "102"),
        new("maria", "Maria Sample", Roles.Agent, "103"),
        new("pavel", "Павел Образцов", Roles.Agent, "104"),
        new("svetlana", "Светлана Примерова", Roles.Supervisor, null),
        new("dmitry", "Dmitry Probin", Roles.Manager, null),
        new("admin", "PBX Admin", Roles.Admin, null),
    ];

    public static readonly IReadOnlyList<DemoClient> Clients =
    [
        new("Анна Вымыслова", "ООО «Лада-Тест»", "olga", ["+7 916 123-45-12"]) { Note = "Просит счёт на двадцать коробок, перезвонить во вторник." },
        new("Пётр Небылицын", null, "ivan", ["8 903 555-01-02"]) { Note = "Сравнивает цены, важна доставка до субботы." },
        new("Emma Fielding", "Northwind Sample Ltd", "maria", ["+44 20 7183 8750"]) { Note = "Prefers e-mail; call before 17:00 London time." },
        new("Сергей Выдумкин", "АО «Пример»", "pavel", ["+7 905 555-12-13", "+7 495 555-12-14"]),
        new("Ольга Придумкина", "АО «Пример»", "pavel", ["+7 921 555-22-23"]),
        new("Lukas Muster", "Muster GmbH", "maria", ["+49 30 901820-11"]) { Note = "Wants the catalogue in German." },
        new("Ирина Сказкина", null, "olga", ["+7 926 555-33-34"]) { Note = "Довольна прошлым заказом, предложить новинки." },
        new("Алексей Фантазёров", "ИП Фантазёров", "ivan", ["+7 985 555-44-45"]),
        new("Марина Иллюзорова", null, null, ["+7 999 555-55-56"]),
        new("Андрей Мнимый", "ООО «Образец»", null, ["+7 812 555-66-67"]),
        new("Наталья Условная", "ООО «Образец»", null, ["+7 812 555-66-67"]) { Shares = true },
        new("Виктор Тестов", null, "olga", ["+7 910 555-77-78"]) { Note = "Ждёт звонка о скидке." },
        new("Jane Placeholder", "Example Inc", "maria", ["+1 202 555 0143"]),
        new("Тимур Гипотезов", null, null, ["+7 701 555 88 89"]),
        new("Елена Макетова", "Студия «Эскиз»", "ivan", ["+7 915 555-90-91"]) { Note = "Интересует оптовый договор." },
        new("Роман Черновиков", null, "pavel", ["+7 343 555-10-11"]),
    ];

    /// <summary>Numbers that called and that nobody has given a name yet.</summary>
    public static readonly IReadOnlyList<string> Strangers = ["+79165550022", "+79255550033", "+79675550044", "+74995550055", "+79095550066"];

    public static IReadOnlyList<DemoAccount> Accounts =>
        [.. People.Select(person => new DemoAccount { Login = person.Login, Password = Password, Role = person.Role, Extension = person.Extension })];

    public static SimulatedOffice Office =>
        SimulatedOffice.Of([.. People.Where(person => person.Extension is not null).Select(person => new SimulatedExtension(person.Extension!, person.Name))]);

    public sealed record Person(string Login, string Name, string Role, string? Extension);

    /// <param name="Owner">The login of the agent whose client it is; null: nobody's yet.</param>
    /// <param name="Numbers">As people write them.</param>
    public sealed record DemoClient(string Name, string? Company, string? Owner, IReadOnlyList<string> Numbers)
    {
        public string? Note { get; init; }

        /// <summary>Its number is also that of another client.</summary>
        public bool Shares { get; init; }
    }
}
