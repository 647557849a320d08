using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Calendars;

/// <summary>When we are open, and how soon a client is answered.</summary>
public sealed class CalendarTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Working hours", "Рабочее время");
    public string New => Say("New calendar", "Новый календарь");
    public string None => Say("No calendars yet", "Календарей пока нет");
    public string NoneBody => Say("Until there is one, we are open around the clock.", "Пока их нет, мы работаем круглосуточно.");
    public string Name => Say("Name", "Название");
    public string Zone => Say("Time zone", "Часовой пояс");
    public string ZoneHint => Say("IANA name: Europe/Moscow", "Имя IANA: Europe/Moscow");
    public string From => Say("Counts from", "Действует с");
    public string FromHint => Say("Hours before this day stay as they were.", "Часы до этого дня не изменятся.");
    public string Week => Say("Week", "Неделя");
    public string WeekHint => Say("A line each: days (1 is Monday) and hours. 1-5 09:00-18:00", "По строке: дни (1 — понедельник) и часы. 1-5 09:00-18:00");
    public string SpecialDays => Say("Holidays and special days", "Праздники и особые дни");
    public string SpecialHint => Say("2026-01-01 New Year is closed; 2026-12-31 10:00-15:00 has hours of its own.", "2026-01-01 Новый год — закрыто; 2026-12-31 10:00-15:00 — свои часы.");
    public string Unreadable(string line) => Say($"This line is not clear: {line}", $"Непонятная строка: {line}");
    public string Saved => Say("Saved.", "Сохранено.");
    public string OpenNow => Say("Open now", "Сейчас открыто");
    public string ClosedUntil(string when) => Say($"Closed, opens {when}", $"Закрыто, откроется {when}");
    public string Since(string day) => Say($"from {day}", $"с {day}");
    public string Uses => Say("Where they count", "Где действуют");
    public string Kind => Say("For", "Для");
    public string Calendar => Say("Calendar", "Календарь");
    public string Minutes => Say("Answer within, minutes", "Ответить за, минут");
    public string Default => Say("Everything else", "Всё остальное");
    public string AroundTheClock => Say("Around the clock", "Круглосуточно");
    public string AsDefault => Say("As everything else", "Как всё остальное");
    public string Actions => Say("Actions", "Действия");
    public string Remove(string target) => Say($"Remove what is said of: {target}", $"Убрать назначение: {target}");
    public string Removed => Say("Removed: the default counts there again.", "Убрано: снова действует общее.");
    public string Target(CalendarUse use) => use.Kind switch
    {
        CalendarUseKinds.Queue => Say($"Queue {use.Target}", $"Очередь {use.Target}"),
        CalendarUseKinds.Did => Say($"Line {ReadableNumber.OfLine(use.Target)}", $"Линия {ReadableNumber.OfLine(use.Target)}"),
        _ => Default,
    };
}
