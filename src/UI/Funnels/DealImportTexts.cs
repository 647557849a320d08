using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>Deals out of a table.</summary>
public sealed class DealImportTexts(Language language) : TextGroup(language)
{
    readonly FieldTexts fields = new(language);

    public string Title => Say("Import deals", "Загрузка сделок");
    public string Funnel => Say("Funnel", "Воронка");
    public string NoFunnel => Say("There is no funnel yet. Make one first.", "Воронок ещё нет. Сначала создайте воронку.");
    public string File => Say("File", "Файл");
    public string FileHint => Say("CSV in UTF-8, up to 900 kB. Its text shows below and can be corrected there.", "CSV в UTF-8, до 900 кБ. Текст появится ниже, там его можно поправить.");
    public string Table => Say("Table", "Таблица");
    public string TableHint => Say("The first line names the columns. Commas or semicolons between them; at most 5,000 rows.", "Первая строка — названия колонок. Между ними запятые или точки с запятой; не больше 5000 строк.");
    public string TooLarge => Say("It is larger than 900 kB. Load it in parts.", "Больше 900 кБ. Загрузите по частям.");
    public string NotUtf8 => Say("This file is not in UTF-8. Save it as “CSV UTF-8” and choose it again.", "Файл не в UTF-8. Сохраните его как «CSV UTF-8» и выберите снова.");
    public string Columns => Say("Which columns there are", "Какие колонки бывают");
    public string Column => Say("Column", "Колонка");
    public string Meaning => Say("What stands in it", "Что в ней");
    public string DealColumn => Say("Number of a deal: this deal is changed. Empty: a new one is made.", "Номер сделки: изменяется она. Пусто: создаётся новая.");
    public string ClientColumn => Say("Phone number or e-mail of a client who is known. A new deal needs it.", "Телефон или почта известного клиента. Нужны новой сделке.");
    public string StageColumn => Say("Name of the stage. Empty: the first one.", "Название этапа. Пусто: первый.");
    public string LossReasonColumn => Say("Reason of refusal, when the stage is the lost one.", "Причина отказа, если этап — отказ.");
    public string ByNameToo(string name) => Say($"“{name}” is understood, too.", $"Можно и «{name}».");
    public string OverrideReason => Say("Reason to pass the gates", "Причина пройти мимо требований");
    public string OverrideHint => Say("At least 10 characters. Rows that lack something are taken anyway, and the reason stays in each deal.", "Не короче 10 символов. Строки, которым чего-то не хватает, всё равно пройдут, а причина останется в каждой сделке.");
    public string Check => Say("Check", "Проверить");
    public string Checking => Say("Checking…", "Проверяем…");
    public string Import => Say("Import", "Загрузить");
    public string Importing => Say("Importing…", "Загружаем…");
    public string CheckFirst => Say("Check first: you see what would become of each row.", "Сначала проверьте: увидите, что станет с каждой строкой.");
    public string WouldBe => Say("What would happen", "Что произойдёт");
    public string Happened => Say("What happened", "Что произошло");
    public string Summary(DealImportAnswer answer) => Say(
        $"New: {Number(answer.Created)}. Changed: {Number(answer.Changed)}. Refused: {Number(answer.Refused)}.",
        $"Новых: {Number(answer.Created)}. Изменённых: {Number(answer.Changed)}. Отклонённых: {Number(answer.Refused)}.");

    public string OnlyRefused => Say("Only refused rows", "Только отклонённые строки");
    public string Line => Say("Line", "Строка");
    public string Result => Say("Result", "Итог");
    public string Why => Say("Why", "Почему");
    public string Deal(long id) => Say($"Deal {id}", $"Сделка {id}");
    public string More(int rows) => Say("and ", "и ещё ") + Count(rows, ("more row", "more rows"), ("строка", "строки", "строк"));
    public string NoRows => Say("No rows.", "Строк нет.");

    public string What(string what, bool isTrial) => (what, isTrial) switch
    {
        ("created", true) => Say("Would be made", "Будет создана"),
        ("created", false) => Say("Made", "Создана"),
        ("changed", true) => Say("Would be changed", "Будет изменена"),
        ("changed", false) => Say("Changed", "Изменена"),
        ("blocked", _) => Say("Stopped by a gate", "Не пускают требования"),
        _ => Say("Not right", "Ошибка"),
    };

    public string Lacks(string what) => Say($"Lacks: {what}", $"Не хватает: {what}");

    public string Field(string? key, IEnumerable<DealField> known) => key switch
    {
        null => "",
        "deal" or "client" or "stage" or "loss_reason" => key,
        "overrideReason" => OverrideReason,
        _ => known.FirstOrDefault(field => field.Key == key)?.Name ?? fields.Name(key),
    };

    /// <summary>The server speaks English; what it says most often has words of its own here.</summary>
    public string Message(string? english) => english switch
    {
        null => "",
        "No client has this number or e-mail." => Say(english, "Нет клиента с таким номером или почтой."),
        "Several clients have this number or e-mail." => Say(english, "Таких клиентов несколько."),
        "There is no such client, or it is not yours to see." => Say(english, "Такого клиента нет, или он вам не виден."),
        "There is no such deal, or it is not yours to see." => Say(english, "Такой сделки нет, или она вам не видна."),
        "This is not the number of a deal." => Say(english, "Это не номер сделки."),
        "Somebody else changed this deal at the same moment." => Say(english, "В этот же момент сделку изменил кто-то другой."),
        "A date such as 2026-03-31." => Say(english, "Нужна дата, например 2026-03-31."),
        "Yes or no." => Say(english, "Нужно да или нет."),
        "One of the choices of this field." => Say(english, "Нужен один из вариантов этого поля."),
        "A phone number." => Say(english, "Нужен номер телефона."),
        "An e-mail address." => Say(english, "Нужен адрес почты."),
        _ when english.StartsWith("The funnel has no stage", StringComparison.Ordinal) => Say(english, "Такого этапа в воронке нет."),
        _ when english.StartsWith("A number", StringComparison.Ordinal) => Say(english, "Нужно число в допустимых пределах."),
        _ => Say(english, "Значение не подходит."),
    };

    public string Fault(string? english) => english switch
    {
        null => Say("This is no table.", "Это не таблица."),
        _ when english.Contains("is no field", StringComparison.Ordinal) && english.Split('"') is [_, var head, ..] => Say(english, $"Колонки «{head}» у сделок этой воронки нет."),
        _ when english.StartsWith("At most", StringComparison.Ordinal) => Say(english, "Не больше 5000 строк за раз."),
        _ => Say(english, "Таблица не читается: нет строки с названиями колонок."),
    };

    string Number(long number) => number.ToString("N0", Culture);
}
