using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>What holds for all funnels: fields of the company's own, reasons of refusal, rights at gates, currencies.</summary>
public sealed class FunnelRuleTexts(Language language) : TextGroup(language)
{
    public string Fields => Say("Fields", "Поля");
    public string FieldsHint => Say("Fields of your own, beside those that every deal has: title, owner, amount, cost, currency, expected close, source, items.", "Ваши поля — вдобавок к тем, что есть у каждой сделки: название, ответственный, сумма, себестоимость, валюта, ожидаемое закрытие, источник, позиции.");
    public string NewField => Say("New field", "Новое поле");
    public string NoFields => Say("No fields of your own yet", "Своих полей пока нет");
    public string NoFieldsBody => Say("Make one, and the stages of a funnel can ask it.", "Создайте поле, и этапы воронки смогут его требовать.");
    public string Name => Say("Name", "Название");
    public string Kind => Say("Kind", "Вид");
    public string KindHint => Say("It cannot be changed later: what was filled in would no longer fit.", "Потом его не изменить: заполненное перестало бы подходить.");
    public string Of => Say("Stands on", "Где находится");
    public string OfDeal => Say("The deal", "Сделка");
    public string OfClient => Say("The client’s card", "Карточка клиента");
    public string Funnel => Say("Funnel", "Воронка");
    public string AllFunnels => Say("All funnels", "Все воронки");
    public string Help => Say("Help", "Подсказка");
    public string HelpHint => Say("Shows under the field.", "Показывается под полем.");
    public string Options => Say("Choices", "Варианты");
    public string OptionsHint => Say("One a line.", "По одному в строке.");
    public string NoOptions => Say("At least one choice.", "Хотя бы один вариант.");
    public string Twice => Say("Each one once.", "Каждый только один раз.");
    public string Min => Say("Least", "Наименьшее");
    public string Max => Say("Most", "Наибольшее");
    public string NoNumber => Say("A number, or nothing.", "Число или пусто.");
    public string MaxBelowMin => Say("It is below the least.", "Это меньше наименьшего.");
    public string Position => Say("Position", "Место");
    public string PositionHint => Say("Smaller stands first.", "Меньшее стоит раньше.");
    public string IsArchived => Say("Archived", "В архиве");
    public string IsArchivedHint => Say("No longer asked and shown. What was filled in stays.", "Больше не спрашивается и не показывается. Заполненное останется.");
    public string InUse => Say("In use", "Работает");
    public string State => Say("State", "Состояние");
    public string FieldSaved => Say("The field is saved.", "Поле сохранено.");
    public string FieldChangedMeanwhile => Say("Somebody else saved this field meanwhile. What you typed is still here; save again to put it over theirs.", "Тем временем это поле сохранил кто-то другой. Введённое вами осталось; сохраните ещё раз, чтобы записать его поверх.");

    public string Reasons => Say("Reasons of refusal", "Причины отказа");
    public string ReasonsHint => Say("A branch of a tree: Price › Too high. What does not count is in no rate: a duplicate, a mistake, a test, spam.", "Ветвь дерева: Цена › Дорого. Что не считается сделкой, не входит ни в один показатель: дубль, ошибка, проверка, спам.");
    public string Reason => Say("Reason", "Причина");
    public string ReasonAt(int place) => Say($"Reason {place}", $"Причина {place}");
    public string Counts => Say("Counts as a deal", "Считается сделкой");
    public string CountsAt(string reason) => Say($"Counts as a deal: {reason}", $"Считается сделкой: {reason}");
    public string AddReason => Say("Add a reason", "Добавить причину");
    public string UsualReasons => Say("Begin with usual ones", "Начать с обычных");
    public string NoReasons => Say("No reasons yet: deals cannot be refused with one.", "Причин пока нет: отказать по сделке с причиной нельзя.");
    public string Up(string reason) => Say($"Move up: {reason}", $"Выше: {reason}");
    public string Down(string reason) => Say($"Move down: {reason}", $"Ниже: {reason}");
    public string Remove(string reason) => Say($"Remove: {reason}", $"Убрать: {reason}");
    public string Actions => Say("Actions", "Действия");
    public string ReasonsSaved => Say("The reasons are saved. Deals keep what was chosen for them.", "Причины сохранены. В сделках остаётся выбранное раньше.");

    public IReadOnlyList<LossReason> Usual =>
    [
        new() { Name = Say("Price › Too high", "Цена › Дорого") },
        new() { Name = Say("Price › No budget", "Цена › Нет бюджета") },
        new() { Name = Say("Went to a competitor", "Ушёл к конкуренту") },
        new() { Name = Say("No longer needed", "Больше не нужно") },
        new() { Name = Say("Does not answer", "Не отвечает") },
        new() { Name = Say("No deal › Duplicate", "Не сделка › Дубль"), IsValid = false },
        new() { Name = Say("No deal › Mistake or test", "Не сделка › Ошибка или проверка"), IsValid = false },
        new() { Name = Say("No deal › Spam", "Не сделка › Спам"), IsValid = false },
    ];

    public string Rights => Say("Rights at gates", "Права на переходах");
    public string RightsHint => Say("Beside moving deals that have all that their stages ask. Each use needs a reason, stays in the deal and is counted.", "Помимо перевода сделок, в которых есть всё нужное. Каждый случай требует причины, остаётся в сделке и считается.");
    public string Role => Say("Role", "Роль");
    public string MayOverride => Say("May move a deal although something is missing", "Может провести сделку, хотя чего-то не хватает");
    public string MayExcuse => Say("May excuse from a required task", "Может снять обязательную задачу");
    public string RightsSaved => Say("The right is saved.", "Право сохранено.");

    public string Currencies => Say("Currencies", "Валюты");
    public string CurrenciesHint => Say("What one unit is worth in the currency of the workspace. A deal keeps the rate that held when its amount was written.", "Сколько стоит единица в валюте рабочего пространства. В сделке остаётся курс, который был, когда записали сумму.");
    public string Currency => Say("Currency", "Валюта");
    public string CurrencyHint => Say("Three letters, as EUR", "Три буквы: EUR");
    public string Rate => Say("Rate", "Курс");
    public string RateOf(string currency) => Say($"Rate of {currency}", $"Курс {currency}");
    public string AddCurrency => Say("Add", "Добавить");
    public string NoCurrency => Say("Three Latin letters.", "Три латинские буквы.");
    public string NoRate => Say("A number from 0.000001 to 1,000,000.", "Число от 0,000001 до 1 000 000.");
    public string RateSaved(string currency) => Say($"The rate of {currency} is saved.", $"Курс {currency} сохранён.");
}
