using System.Globalization;
using System.Text.RegularExpressions;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Mail;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// A reminder in words, in the language of whoever gets it. Mail is read by more machines than ours: of the client it tells what the person
/// wrote down to be done, without any phone number.
/// </summary>
internal sealed partial class ReminderMailText(string? language)
{
    const int SubjectLengthMax = 120;

    /// <summary>One mail has one key, however often it is sent.</summary>
    public static OutgoingMail Of(ReminderMail mail, ReminderLetter letter, PublicUrl publicUrl)
    {
        var text = new ReminderMailText(letter.Language);
        var headline = $"{text.Kind(letter.Kind)}: {text.Headline(letter)}";
        var subject = text.Subject(headline);
        return new(
            $"reminder.{mail.ReminderId}.{mail.Round}.{mail.What}.{mail.AgentId}",
            letter.Name,
            letter.Email!,
            subject.Length > SubjectLengthMax ? subject[..SubjectLengthMax] + "…" : subject,
            string.Join('\n', new[]
            {
                headline,
                text.Due(letter),
                mail.IsEscalation ? text.Unanswered(letter.OwnerName) : null,
                publicUrl.Of("/desk") is { } link ? $"\n{text.Open}: {link}" : null,
                $"\n{text.Why}",
            }.OfType<string>()) + "\n");
    }

    /// <summary>Seven digits and more, however they are parted, are a number; days are not.</summary>
    public static string WithoutNumbers(string text) => PhoneNumber().Replace(text, "…");

    string Open => Say("Your day", "Ваш день");

    string Why => Say(
        "You get this because mail reminders are on. You can turn them off in the menu of your account.",
        "Вы получили это письмо, потому что включены напоминания по почте. Отключить их можно в меню учётной записи.");

    string Subject(string headline) => Say($"Reminder · {headline}", $"Напоминание · {headline}");

    string Headline(ReminderLetter letter) => letter.RuleName is null
        ? WithoutNumbers(Spaces().Replace(letter.Subject, " ").Trim())
        : Say("a client called, and nobody answered", "звонил клиент, никто не ответил");

    string Unanswered(string? owner) => owner is null
        ? Say("The task is nobody’s yet.", "Задача пока ничья.")
        : Say($"{owner} has not answered this reminder.", $"{owner}: нет ответа на это напоминание.");

    string Due(ReminderLetter letter)
    {
        var at = TimeZoneInfo.TryFindSystemTimeZoneById(letter.DueZone, out var zone) ? TimeZoneInfo.ConvertTime(letter.DueAt, zone) : letter.DueAt;
        return Say(
            string.Create(CultureInfo.InvariantCulture, $"Due: {at:d MMM yyyy, HH:mm} ({(zone is null ? "UTC" : letter.DueZone)})"),
            string.Create(CultureInfo.InvariantCulture, $"Срок: {at:dd.MM.yyyy, HH:mm} ({(zone is null ? "UTC" : letter.DueZone)})"));
    }

    string Kind(AgentTaskKind kind) => kind switch
    {
        AgentTaskKind.Call => Say("Call", "Звонок"),
        AgentTaskKind.Callback => Say("Call back", "Перезвонить"),
        AgentTaskKind.Message => Say("Message", "Сообщение"),
        AgentTaskKind.Meeting => Say("Meeting", "Встреча"),
        AgentTaskKind.Document => Say("Document", "Документ"),
    };

    string Say(string english, string russian) => language == "ru" ? russian : english;

    // From where neither a digit nor a day's dot stands before it; a day itself (10.03.2026, 2026-03-10) is passed over.
    [GeneratedRegex(@"(?<![\d.+-])(?!(?:(?:0?[1-9]|[12]\d|3[01])[.-](?:0?[1-9]|1[0-2])[.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d.-]))\+?\(?\d(?:[\s().-]{0,3}\d){6,}")]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
