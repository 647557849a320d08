using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>Deals on the board, in the list and on their page.</summary>
public sealed class DealTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Deals", "Сделки");
    public string Funnel => Say("Funnel", "Воронка");
    public string View => Say("Show as", "Показать как");
    public string BoardView => Say("Board", "Доска");
    public string ListView => Say("List", "Список");
    public string NewDeal => Say("New deal", "Новая сделка");
    public string Deal => Say("Deal", "Сделка");
    public string ImportDeals => Say("Import", "Импорт");
    public string Export => Say("Export CSV", "Выгрузить CSV");

    public string Filters => Say("Which deals", "Какие сделки");
    public string Owner => Say("Owner", "Ответственный");
    public string Search => Say("Search", "Поиск");
    public string SearchHint => Say("Title or client", "Название или клиент");
    public string Attention => Say("Attention", "Внимание");
    public string WithoutNextStep => Say("Without next step", "Без следующего шага");
    public string TooOld => Say("Too long in the stage", "Слишком долго на этапе");
    public string StateLabel => Say("State", "Состояние");
    public string Stage => Say("Stage", "Этап");
    public string Field => Say("Field", "Поле");
    public string FieldValue => Say("Value", "Значение");

    public string StateOf(string state) => state switch
    {
        "open" => Say("Open", "Открыта"),
        "won" => Say("Won", "Выиграна"),
        "lost" => Say("Lost", "Проиграна"),
        _ => state,
    };

    public string NoFunnels => Say("There is no funnel yet", "Воронок ещё нет");
    public string NoFunnelsBody => Say("A manager makes the first one: its stages, and what each of them asks.", "Первую создаёт менеджер: её этапы и что каждый из них требует.");
    public string MakeFunnel => Say("To the funnels", "К воронкам");
    public string NoDeals => Say("No deals yet", "Сделок ещё нет");
    public string NoDealsBody => Say("Make the first one here, or on a client’s card.", "Создайте первую здесь или в карточке клиента.");
    public string NoneFit => Say("No deals fit", "Подходящих сделок нет");
    public string NoneFitBody => Say("You see the deals that are open to you. Change the filters to see others.", "Показаны доступные вам сделки. Измените фильтры, чтобы увидеть другие.");

    public string Board(string funnel) => Say($"Board of {funnel}", $"Доска: {funnel}");
    public string Deals(int number) => Count(number, ("deal", "deals"), ("сделка", "сделки", "сделок"));
    public string Amount => Say("Amount", "Сумма");
    public string Profit => Say("Planned profit", "Плановая прибыль");
    public string ProfitOf(string money) => Say($"profit {money}", $"прибыль {money}");
    public string NoAmount => Say("no amount", "без суммы");
    public string ManyTooOld(int number) => Say($"{number} too long", $"{number} слишком долго");
    public string ManyWithoutStep(int number) => Say($"{number} without next step", $"{number} без шага");
    public string EmptyColumn => Say("No deals here", "Здесь сделок нет");
    public string MoreOf(int left) => Say($"Show more ({left})", $"Показать ещё ({left})");
    public string ClosedOnes => Say("Show in the list", "Показать в списке");
    public string BoardKeys => Say("Keys on a card: J K H L go, Enter opens, M moves.", "Клавиши на карточке: J K H L — переход, Enter — открыть, M — перенести.");

    public string NoNextStep => Say("No next step", "Нет следующего шага");
    public string NextStep => Say("Next step", "Следующий шаг");
    public string AgeInStage(string age) => Say($"{age} in the stage", $"на этапе {age}");
    public string AgeTooLong(string age) => Say($"{age}, too long", $"{age}, слишком долго");
    public string NoOwner => Say("Nobody’s", "Ничья");
    public string OwnerIs(string name) => Say($"Owner: {name}", $"Ответственный: {name}");
    public string Created => Say("Created", "Создана");
    public string MoveTo => Say("Move to", "Перенести");
    public string MoveOf(string deal) => Say($"Move to another stage: {deal}", $"Перенести на другой этап: {deal}");
    public string Here => Say("it is here", "сейчас здесь");
    public string Moving => Say("Moving…", "Переносим…");
    public string Moved(string stage) => Say($"Moved to {stage}", $"Перенесена: {stage}");
    public string Blocked(string what) => Say($"Blocked: {what}", $"Не пускает: {what}");
    public string NotMoved => Say("Not moved", "Не перенесена");

    public string NameOf(DealItem deal) => deal.Title.Length > 0 ? deal.Title : ClientOf(deal);

    public string ClientOf(DealItem deal) =>
        deal.ClientName.Length > 0 ? deal.ClientName : deal.ClientNumber is { } number ? ReadableNumber.Of(number) : Say("Without name and number", "Без имени и номера");

    /// <summary>An amount with its currency's sign, in whole units where it is whole.</summary>
    public string Money(decimal amount, string currency) => $"{amount.ToString(amount == decimal.Truncate(amount) ? "N0" : "N2", Culture)}\u00a0{SignOf(currency)}";

    public string Money(decimal? amount, string currency) => amount is { } money ? Money(money, currency) : NoAmount;

    public string Number(decimal number) => number.ToString("#,0.######", Culture);

    public string Date(DateOnly day) => day.ToString("d MMM yyyy", Culture);

    /// <summary>When the next step is due, as short as is clear.</summary>
    public string Due(DateTimeOffset due, DateTimeOffset now)
    {
        var local = due.ToLocalTime();
        var days = (local.Date - now.ToLocalTime().Date).Days;
        var clock = local.ToString("HH:mm", Culture);
        return days switch
        {
            0 => Say($"today {clock}", $"сегодня {clock}"),
            1 => Say($"tomorrow {clock}", $"завтра {clock}"),
            -1 => Say($"yesterday {clock}", $"вчера {clock}"),
            _ => local.ToString(local.Year == now.ToLocalTime().Year ? "d MMM" : "d MMM yyyy", Culture),
        };
    }

    public string Overdue(string due) => Say($"late: {due}", $"просрочено: {due}");

    /// <summary>How long something has been so: 12 min, 5 h, 3 days.</summary>
    public string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 60 } => Say($"{Math.Max(1, (int)age.TotalMinutes)} min", $"{Math.Max(1, (int)age.TotalMinutes)} мин"),
        { TotalHours: < 48 } => Say($"{(int)age.TotalHours} h", $"{(int)age.TotalHours} ч"),
        _ => Count((long)age.TotalDays, ("day", "days"), ("день", "дня", "дней")),
    };

    public string Empty => Say("(empty)", "(пусто)");

    static string SignOf(string currency) => currency switch
    {
        "RUB" => "₽",
        "USD" => "$",
        "EUR" => "€",
        "KZT" => "₸",
        _ => currency,
    };

    // The page of one deal.
    public string Stages => Say("Stages", "Этапы");
    public string Facts => Say("Facts", "Данные");
    public string OfClient => Say("On the client’s card", "В карточке клиента");
    public string Client => Say("Client", "Клиент");
    public string InStage => Say("In this stage for", "На этапе");
    public string ClosedOn => Say("Closed", "Закрыта");
    public string SaveDeal => Say("Save deal", "Сохранить сделку");
    public string DealSaved => Say("The deal is saved.", "Сделка сохранена.");
    public string DealCreated => Say("The deal is created.", "Сделка создана.");
    public string Discard => Say("Discard", "Отменить ввод");
    public string AskedHere => Say("asked by this stage or one before it", "нужно на этом этапе или раньше");
    public string Items => Say("Items", "Позиции");
    public string ItemsHint => Say("With items, amount and cost are their sums.", "Если есть позиции, сумма и себестоимость считаются по ним.");
    public string NoItems => Say("No items.", "Позиций нет.");
    public string AddItem => Say("Add an item", "Добавить позицию");
    public string RemoveItem(int line) => Say($"Remove item {line}", $"Убрать позицию {line}");
    public string ItemName => Say("Name", "Название");
    public string Quantity => Say("Quantity", "Количество");
    public string Price => Say("Price", "Цена");
    public string Cost => Say("Cost", "Себестоимость");
    public string Sum => Say("Sum", "Итого");
    public string OfLine(string what, int line) => Say($"{what}, item {line}", $"{what}, позиция {line}");
    public string ItemFault => Say("Each item needs a name, a quantity above zero, and numbers.", "У каждой позиции нужны название, количество больше нуля и числа.");
    public string Tasks => Say("Tasks", "Задачи");
    public string NoTasks => Say("No tasks.", "Задач нет.");
    public string Required => Say("required", "обязательна");
    public string ExcusedBy(string name, string? reason) => Say($"excused by {name}: {reason}", $"освобождение, {name}: {reason}");
    public string Loss => Say("Why it was lost", "Почему проиграна");
    public string History => Say("History", "История");

    public string Happened(DealEvent what, Func<long?, string> stage) => what.What switch
    {
        "created" => Say($"Created in {stage(what.ToStageId)}", $"Создана на этапе «{stage(what.ToStageId)}»"),
        "imported" => Say($"Imported into {stage(what.ToStageId)}", $"Импортирована на этап «{stage(what.ToStageId)}»"),
        "moved" => what.Unmet.Count > 0
            ? Say($"Moved past its gate: {stage(what.FromStageId)} → {stage(what.ToStageId)}", $"Перенесена в обход требований: {stage(what.FromStageId)} → {stage(what.ToStageId)}")
            : Say($"Moved: {stage(what.FromStageId)} → {stage(what.ToStageId)}", $"Перенесена: {stage(what.FromStageId)} → {stage(what.ToStageId)}"),
        "blocked" => Say($"Could not go to {stage(what.ToStageId)}", $"Не пустили на этап «{stage(what.ToStageId)}»"),
        "excused" => Say("Excused from a task", "Освобождена от задачи"),
        "changed" => Say("Changed", "Изменена"),
        var other => other,
    };

    public string ByRule => Say("rule of the funnel", "правило воронки");
    public string ReasonWas(string reason) => Say($"Reason: {reason}", $"Причина: {reason}");

    // Making one.
    public string ChooseClient => Say("Find the client", "Найдите клиента");
    public string ClientMissing => Say("Choose the client first.", "Сначала выберите клиента.");
    public string OtherClient => Say("Another client", "Другой клиент");
    public string CreateDeal => Say("Create deal", "Создать сделку");
    public string BeginsIn => Say("Begins in", "Начать с этапа");
    public string NotYetComplete => Say("This stage asks more before a deal may be in it:", "Чтобы сделка была на этом этапе, нужно ещё:");

    // The list and many at once.
    public string Views => Say("Saved views", "Сохранённые виды");
    public string ChooseView => Say("Choose a view", "Выберите вид");
    public string SaveView => Say("Save view", "Сохранить вид");
    public string EditView => Say("Edit view", "Изменить вид");
    public string ViewName => Say("Name", "Название");
    public string ViewShared => Say("Everybody sees it", "Видят все");
    public string ViewSaved => Say("The view is saved.", "Вид сохранён.");
    public string ViewRemoved => Say("The view is removed.", "Вид удалён.");
    public string OthersView(string name) => Say($"{name} (shared)", $"{name} (общий)");
    public string SelectAll => Say("Choose all that are shown", "Выбрать все показанные");
    public string Select(string deal) => Say($"Choose {deal}", $"Выбрать: {deal}");
    public string Chosen(int number) => Say($"{number} chosen", $"Выбрано: {number}");
    public string MoveChosen => Say("Move…", "Перенести…");
    public string MoveMany(int number) => Say("Move ", "Перенести: ") + Deals(number);
    public string MoveThem => Say("Move them", "Перенести");
    public string ManyMoved(int moved, int refused) => Say($"Moved {moved}, not moved {refused}", $"Перенесено: {moved}, не перенесено: {refused}");
    public string Answer => Say("What became of it", "Что получилось");

    public string AnswerOf(string what) => what switch
    {
        "moved" => Say("moved", "перенесена"),
        "blocked" => Say("blocked", "не пустили требования"),
        "changed_by_other" => Say("somebody else changed it meanwhile", "тем временем изменил кто-то другой"),
        "not_found" => Say("it is not there, or not open to you", "её нет, или она вам недоступна"),
        _ => Say("the server does not take it", "сервер не принял"),
    };

    /// <summary>What is wrong with a value that does not fit its field.</summary>
    public string FaultOf(DealField field) => field.Kind switch
    {
        FieldKind.Number or FieldKind.Money => Say("A number", "Число")
            + (field.Min is { } min ? Say($" from {min.ToString(CultureInfo.InvariantCulture)}", $" от {min.ToString(CultureInfo.InvariantCulture)}") : "")
            + (field.Max is { } max ? Say($" up to {max.ToString(CultureInfo.InvariantCulture)}", $" до {max.ToString(CultureInfo.InvariantCulture)}") : "")
            + (field.Kind == FieldKind.Money ? Say(", at most two digits after the point.", ", не больше двух знаков после запятой.") : "."),
        FieldKind.Date => Say("A date.", "Дата."),
        FieldKind.Phone => Say("This is no phone number.", "Это не телефонный номер."),
        FieldKind.Email => Say("This is no e-mail address.", "Это не адрес электронной почты."),
        FieldKind.Link => Say("An address that begins with http:// or https://.", "Адрес, который начинается с http:// или https://."),
        FieldKind.Choice or FieldKind.Choices => Say("One of the choices.", "Один из вариантов."),
        FieldKind.Text or FieldKind.LongText => field.Key == DealFields.Currency
            ? Say("A currency with a rate, such as RUB.", "Валюта, для которой есть курс, например RUB.") : Say("This is too long.", "Слишком длинно."),
        FieldKind.YesNo => Say("Yes or no.", "Да или нет."),
        FieldKind.Agent => Say("One of us.", "Один из наших сотрудников."),
    };
}
