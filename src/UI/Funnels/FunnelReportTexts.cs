using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>How deals went through a funnel, in words and figures.</summary>
public sealed class FunnelReportTexts(Language language) : TextGroup(language)
{
    public string Edit => Say("The funnel", "Воронка");
    public string Period => Say("Period", "Период");
    public string ThisMonth => Say("This month", "Этот месяц");
    public string LastMonth => Say("Last month", "Прошлый месяц");
    public string ThisQuarter => Say("This quarter", "Этот квартал");
    public string From => Say("First day", "Первый день");
    public string To => Say("Last day", "Последний день");
    public string AsOf(string when, string zone) => Say($"As of {when}. Days of the zone {zone}.", $"По состоянию на {when}. Дни по поясу {zone}.");
    public string Figures => Say("Figures", "Показатели");
    public string NotReady => Say("The last day is not before the first one.", "Последний день не раньше первого.");

    public string Created => Say("Created", "Создано");
    public string CreatedNow(FunnelReport report) => report.Created == 0 ? None : Say(
        $"of them {Number(report.CreatedWon)} won ({Share(report.CreatedWon, report.Created)}), {Number(report.CreatedOpen)} still open ({Share(report.CreatedOpen, report.Created)})",
        $"из них успех {Number(report.CreatedWon)} ({Share(report.CreatedWon, report.Created)}), ещё открыто {Number(report.CreatedOpen)} ({Share(report.CreatedOpen, report.Created)})");

    public string Won => Say("Won", "Успех");
    public string Lost => Say("Lost", "Отказ");
    public string Invalid(int count) => count == 0 ? Say("no duplicates, tests or spam", "без дублей, проверок и спама") : Say($"besides {Number(count)} that were no deals", $"кроме {Number(count)}, что не были сделками");
    public string Conversion => Say("Conversion", "Конверсия");
    public string ConversionIs(FunnelReport report) => Say(
        $"won ÷ (won + lost) = {Number(report.Won)} ÷ ({Number(report.Won)} + {Number(report.Lost)})",
        $"успех ÷ (успех + отказ) = {Number(report.Won)} ÷ ({Number(report.Won)} + {Number(report.Lost)})");

    public string AmountConversion => Say("Conversion of money", "Конверсия денег");
    public string AmountConversionIs(FunnelReport report) => Say(
        $"{Money(report.WonAmount)} won ÷ {Money(report.WonAmount + report.LostAmount)} won and lost",
        $"{Money(report.WonAmount)} успеха ÷ {Money(report.WonAmount + report.LostAmount)} успеха и отказа");

    public string NothingClosed => Say("nothing was closed in this period", "за период ничего не закрыто");
    public string Cycle => Say("Cycle of won, days", "Цикл успеха, дней");
    public string CycleIs(FunnelReport report) => report.CycleMedianDays is null ? Say("nothing was won in this period", "за период успеха не было") : Say(
        $"median; mean {Days(report.CycleMeanDays)}, nine of ten within {Days(report.CycleP90Days)}",
        $"медиана; в среднем {Days(report.CycleMeanDays)}, девять из десяти — до {Days(report.CycleP90Days)}");

    public string RealisedProfit => Say("Realised profit", "Полученная прибыль");
    public string RealisedIs => Say("amount − cost of the won", "сумма − себестоимость успеха");
    public string PlannedProfit => Say("Planned profit", "Плановая прибыль");
    public string PlannedIs(FunnelReport report) => Say("of ", "по ") + OpenDeals(report.Open) + (report.OpenWithoutAmount > 0 ? Say($", {Number(report.OpenWithoutAmount)} without an amount", $", без суммы {Number(report.OpenWithoutAmount)}") : "");
    public string WeightedProfit => Say("Weighted profit", "Взвешенная прибыль");
    public string WeightedIs => Say("planned × probability of the stage", "плановая × вероятность этапа");
    public string WithoutNextStep => Say("Without a next step", "Без следующего шага");
    public string OutOfOpen(int open) => Say("of ", "из ") + OpenDealsOf(open);
    public string Overrides => Say("Moved past a gate", "Мимо требований");
    public string OverridesIs => Say("moves with a reason, by the right to", "переходов с причиной, по праву");
    public string Blocked => Say("Stopped by gates", "Не пустили дальше");
    public string BlockedIs(FunnelReport report) => report.BlockedMedianMinutes is { } minutes
        ? Say($"half of those that went on did so within {Minutes(minutes)}", $"половина прошедших потом — за {Minutes(minutes)}")
        : Say("none went on afterwards", "никто потом не прошёл");

    public string ByStages => Say("By stages", "По этапам");
    public string Stage => Say("Stage", "Этап");
    public string Entered => Say("Entered", "Вошло");
    public string WentOn => Say("Went on", "Прошло дальше");
    public string StillHere => Say("Of them still here", "Из них ещё здесь");
    public string MedianTime => Say("Median stay", "Медиана стоянки");
    public string P75Hint => Say("Three of four left within this time: a limit that fits the stage.", "За это время ушли трое из четырёх: подходящий предел для этапа.");
    public string Open => Say("Open now", "Открыто");
    public string TooOld => Say("Too old", "Дольше предела");
    public string BlockedShort => Say("Stopped", "Не пустили");
    public string OverridesShort => Say("Past a gate", "Мимо требований");
    public string ChartIs => Say("Bar: how many entered; the full-coloured part went on.", "Полоса — сколько вошло; яркая часть прошла дальше.");

    public string ByOwners => Say("By employees", "По сотрудникам");
    public string Owner => Say("Employee", "Сотрудник");
    public string NoOwner => Say("Nobody’s", "Ничьи");
    public string NoOwners => Say("Nobody has deals here in this period.", "За период ни у кого здесь нет сделок.");

    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>Hundredths only where there are some.</summary>
    public string Money(decimal money) => money.ToString(decimal.Truncate(money) == money ? "N0" : "N2", Culture);

    /// <summary>— when there is nothing to divide by.</summary>
    public string Share(decimal part, decimal whole) => whole == 0 ? None : string.Create(Culture, $"{100 * part / whole:N1} %");

    public string Days(double? days) => days?.ToString("N1", Culture) ?? None;

    public string Hours(double? hours) => hours switch
    {
        null => None,
        < 1 => Minutes(hours.Value * 60),
        < 48 => string.Create(Culture, $"{hours:N1} ") + Say("h", "ч"),
        _ => string.Create(Culture, $"{hours / 24:N1} ") + Say("d", "дн."),
    };

    public static string None => "—";

    string Minutes(double minutes) => minutes < 120 ? string.Create(Culture, $"{minutes:N0} ") + Say("min", "мин") : string.Create(Culture, $"{minutes / 60:N1} ") + Say("h", "ч");

    // Dative and genitive in Russian.
    string OpenDeals(int count) => Count(count, ("open deal", "open deals"), ("открытой сделке", "открытым сделкам", "открытым сделкам"));

    string OpenDealsOf(int count) => Count(count, ("open deal", "open deals"), ("открытой сделки", "открытых сделок", "открытых сделок"));
}
