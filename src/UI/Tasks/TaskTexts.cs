using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Tasks;

/// <summary>What is to be done, by whom and when.</summary>
public sealed class TaskTexts(Language language) : TextGroup(language)
{
    readonly TimeTexts time = new(language);

    public string Title => Say("Tasks", "Задачи");
    public string Due => Say("Due", "На сегодня");
    public string Later => Say("Later", "Позже");
    public string Mine => Say("Mine", "Мои");
    public string Team => Say("Team", "Команда");
    public string Whose => Say("Whose tasks", "Чьи задачи");
    public string New => Say("New task", "Новая задача");
    public string Edit => Say("Task", "Задача");
    public string NothingDue => Say("Nothing is due.", "На сегодня задач нет.");
    public string NothingLater => Say("Nothing is planned for later.", "На потом ничего не запланировано.");
    public string More => Say("There are more, later ones.", "Есть и более поздние.");
    public string Done => Say("Done", "Готово");
    public string DoneOf(string subject) => Say($"Done: {subject}", $"Готово: {subject}");
    public string Closed => Say("The task is done.", "Задача выполнена.");
    public string CancelTask => Say("Cancel the task", "Отменить задачу");
    public string Cancelled => Say("The task is cancelled.", "Задача отменена.");
    public string Saved => Say("The task is saved.", "Задача сохранена.");
    public string NextStep => Say("Next step", "Следующий шаг");
    public string NoNextStep => Say("No next step is planned.", "Следующий шаг не запланирован.");
    public string What => Say("What", "Вид");
    public string Subject => Say("What is to be done", "Что сделать");
    public string When => Say("When", "Когда");
    public string NoTime => Say("Choose a day and a time.", "Выберите день и время.");
    public string Owner => Say("Who", "Кто");
    public string Deputy => Say("Deputy", "Заместитель");
    public string NobodysYet => Say("Nobody yet", "Пока никто");
    public string NoDeputy => Say("Without", "Без заместителя");
    public string Priority => Say("Priority", "Важность");
    public string Remind => Say("Remind", "Напомнить");
    public string StandIn(string? owner) => Say($"deputy for {owner}", $"за {owner}");
    public string OwnerIs(string? owner) => owner ?? Say("nobody’s", "ничья");
    public string Proposed(string when) => Say($"You spoke with the client at {when}. Is it done?", $"Вы говорили с клиентом в {when}. Задача выполнена?");
    public string NotDone => Say("Not yet", "Ещё нет");

    public string Bell => Say("Reminders", "Напоминания");
    public string BellCount(int count) => Count(count, ("reminder", "reminders"), ("напоминание", "напоминания", "напоминаний"));
    public string NoReminders => Say("No reminders.", "Напоминаний нет.");
    public string Acknowledge => Say("Got it", "Принято");
    public string Snooze => Say("In 10 min", "Через 10 мин");
    public string Unanswered(string? owner) => owner is null ? Say("nobody’s task", "задача ничья") : Say($"{owner} did not answer", $"{owner}: нет ответа");

    public string Log => Say("What became of the reminders", "Что стало с напоминаниями");

    /// <summary>Who was told, and how, or what somebody did then.</summary>
    public string Delivery(ReminderDelivery delivery)
    {
        var who = delivery.AgentName ?? "—";
        var isMail = delivery.Channel == "mail";
        return delivery.What switch
        {
            "sent" => isMail ? Say($"mailed to {who}", $"письмо: {who}") : Say($"shown to {who}", $"на экране: {who}"),
            "escalated" => isMail ? Say($"unanswered, mailed to {who}", $"нет ответа, письмо: {who}") : Say($"unanswered, shown to {who}", $"нет ответа, на экране: {who}"),
            "not_sent" or "not_escalated" => Say($"not mailed to {who}", $"без письма: {who}"),
            "seen" => Say($"{who} saw it", $"{who}: увидено"),
            "snoozed" => Say($"{who} put it off", $"{who}: отложено"),
            "done" => Say($"{who} took care of it", $"{who}: принято"),
            var other => $"{other}: {who}",
        };
    }

    public string Kind(AgentTaskKind kind) => kind switch
    {
        AgentTaskKind.Call => Say("Call", "Звонок"),
        AgentTaskKind.Callback => Say("Call back", "Перезвонить"),
        AgentTaskKind.Message => Say("Message", "Сообщение"),
        AgentTaskKind.Meeting => Say("Meeting", "Встреча"),
        AgentTaskKind.Document => Say("Document", "Документ"),
    };

    public string PriorityOf(AgentTaskPriority priority) => priority switch
    {
        AgentTaskPriority.Low => Say("Low", "Низкая"),
        AgentTaskPriority.Normal => Say("Normal", "Обычная"),
        AgentTaskPriority.High => Say("High", "Высокая"),
    };

    /// <summary>Minutes before the time; empty: not at all.</summary>
    public string RemindOf(int? minutesBefore) => minutesBefore switch
    {
        null => Say("Do not remind", "Не напоминать"),
        0 => Say("At the time", "В срок"),
        < 60 => Say($"{minutesBefore} min before", $"За {minutesBefore} мин"),
        60 => Say("An hour before", "За час"),
        _ => Say("A day before", "За день"),
    };

    /// <summary>in 6 min, late 14 min; a day and time when it is far.</summary>
    public string DueIn(DateTimeOffset due, DateTimeOffset now)
    {
        var left = due - now;
        if (left >= TimeSpan.FromHours(12))
            return due.ToLocalTime().ToString("d MMM ", Culture) + time.Clock(due);
        if (left >= TimeSpan.FromMinutes(1))
            return Say("in ", "через ") + Roughly(left);
        return left > -TimeSpan.FromMinutes(1) ? Say("now", "сейчас") : Say("late ", "опоздание ") + Roughly(-left);
    }

    /// <summary>What is to be done, or why: a lost call's task says it in the reader's language.</summary>
    public string Headline(AgentTaskItem task) => task.Rule == "lost_call" ? Say("Called, nobody answered", "Звонил, никто не ответил") : task.Subject;

    /// <summary>Who the task is about; null when it is about nobody.</summary>
    public string? Client(AgentTaskItem task) => task.ClientName is { Length: > 0 } name ? name
        : task.ClientNumber is { } number ? ReadableNumber.Of(number)
        : task.ClientId is null && task.Rule is null ? null
        : Say("Without name and number", "Без имени и номера");

    /// <summary>Where it stands: to whom, by when, or how it ended.</summary>
    public string Story(AgentTaskItem task) => task.State switch
    {
        AgentTaskState.Open => $"{OwnerIs(task.OwnerName)} · {time.Day(task.DueAt)} {time.Clock(task.DueAt)}",
        AgentTaskState.Done => Ended(Say("done", "выполнена"), task),
        AgentTaskState.Cancelled => Ended(Say("cancelled", "отменена"), task),
    };

    string Ended(string how, AgentTaskItem task) => string.Join(" · ", new[]
    {
        how, task.ClosedAt is { } at ? $"{time.Day(at)} {time.Clock(at)}" : null, task.ClosedByName, task.ClosingNote,
    }.Where(part => part is { Length: > 0 }));

    string Roughly(TimeSpan length) => length switch
    {
        { TotalMinutes: < 60 } => Say($"{(int)length.TotalMinutes} min", $"{(int)length.TotalMinutes} мин"),
        { TotalHours: < 24 } => Say($"{(int)length.TotalHours} h", $"{(int)length.TotalHours} ч"),
        _ => Count((long)length.TotalDays, ("day", "days"), ("день", "дня", "дней")),
    };
}
