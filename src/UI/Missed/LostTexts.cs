using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Missed;

/// <summary>Lost calls: who waits, why, and who calls back.</summary>
public sealed class LostTexts(Language language) : TextGroup(language)
{
    readonly TimeTexts time = new(language);

    public string Title => Say("Lost calls", "Потерянные звонки");
    public string Unreturned(int number) => Say($"Unreturned {number}", $"Не перезвонили {number}");
    public string Late(int number) => Say($"{number} late", $"просрочено {number}");
    public string Filters => Say("Which lost calls", "Какие потерянные звонки");
    public string StateLabel => Say("State", "Состояние");
    public string CauseLabel => Say("Cause", "Причина");
    public string Line => Say("Line", "Линия");
    public string WhoseLabel => Say("Whose", "Чьи");
    public string Everybodys => Say("All that I see", "Все, что видны мне");
    public string Mine => Say("Mine", "Мои");
    public string AnyState => Say("Whatever became of them", "С любым итогом");
    public string Waiting => Say("Client waits", "Клиент ждёт");
    public string Client => Say("Client", "Клиент");
    public string When => Say("Lost", "Потерян");
    public string Waited => Say("Waited", "Ждал");
    public string Attempts => Say("Attempts", "Попытки");
    public string Owner => Say("Calls back", "Перезванивает");
    public string Take => Say("Take on", "Взять");
    public string GiveBack => Say("Give back", "Вернуть");
    public string Close => Say("Close…", "Закрыть…");
    public string TakeOf(string who) => Say($"Take on: {who}", $"Взять: {who}");
    public string GiveBackOf(string who) => Say($"Give back: {who}", $"Вернуть: {who}");
    public string CloseOf(string who) => Say($"Close…: {who}", $"Закрыть…: {who}");
    public string CloseTitle => Say("Nobody calls back. Why?", "Перезванивать не нужно. Почему?");
    public string CloseHint => Say("All lost calls that this client waits for are closed. It does not count as returned.", "Закроются все потерянные звонки этого клиента. Это не считается за «перезвонили».");
    public string ReasonLabel => Say("Reason", "Причина");
    public string Note => Say("Note", "Примечание");
    public string CloseIt => Say("Close", "Закрыть");
    public string Closed => Say("Closed.", "Закрыто.");
    public string Taken => Say("You have it for a while: call back now.", "Звонок за вами: перезвоните сейчас.");
    public string NobodyWaits => Say("Nobody waits", "Никто не ждёт");
    public string NobodyWaitsBody => Say("Every client who could not get through was reached, or it was closed with a reason.", "Со всеми, кто не дозвонился, поговорили или закрыли звонок с причиной.");
    public string NoneFit => Say("No lost calls fit these filters", "Под эти фильтры потерянных звонков нет");
    public string NoneFitBody => Say("Clear the filters to see who waits.", "Сбросьте фильтры, чтобы увидеть, кто ждёт.");
    public string Nobodys => Say("nobody yet", "пока никто");
    public string Escalated => Say("supervisors know", "видно руководителям");

    public string Cause(string cause) => cause switch
    {
        "no_agents" => Say("Nobody was there", "Никого не было на месте"),
        "rang_out" => Say("Rang, not picked up", "Не сняли трубку"),
        "abandoned" => Say("Gave up waiting", "Не дождался"),
        "ivr_exit" => Say("Left in the voice menu", "Ушёл из голосового меню"),
        "busy" => Say("Busy or declined", "Занято или отклонено"),
        "after_hours" => Say("After hours", "В нерабочее время"),
        "trunk_failure" => Say("Line or PBX failed", "Сбой линии или АТС"),
        "voicemail" => Say("Voicemail", "Голосовая почта"),
        _ => cause,
    };

    public string State(string state) => state switch
    {
        "open" => Say("Open", "Открыт"),
        "claimed" => Say("Taken on", "Взят"),
        "attempted" => Say("Tried, not reached", "Звонили, не дозвонились"),
        "returned_by_us" => Say("We called back", "Мы перезвонили"),
        "returned_by_client" => Say("The client got through", "Клиент дозвонился сам"),
        "closed" => Say("Closed", "Закрыт"),
        _ => state,
    };

    public string Reason(string reason) => reason switch
    {
        LostCloseReasons.ReachedOtherwise => Say("Reached in another way", "Связались иначе"),
        LostCloseReasons.NotReachable => Say("Cannot be reached", "Не удаётся связаться"),
        LostCloseReasons.NoNeed => Say("No need any more", "Уже не нужно"),
        LostCloseReasons.WrongNumber => Say("Wrong number", "Ошиблись номером"),
        LostCloseReasons.Spam => Say("Spam", "Спам"),
        _ => reason,
    };

    public string Who(LostItem item) => item.ClientName is { Length: > 0 } name ? name
        : item.Client is { } number ? Clients.ReadableNumber.Of(number)
        : Say("Hidden number", "Номер скрыт");

    /// <summary>Why the client was lost, and who calls back.</summary>
    public string OfCall(LostItem item) => Cause(item.Cause) + (item.SettledAt is null ? Say(". Calls back: ", ". Перезванивает: ") + (item.OwnerName ?? Nobodys) : "");

    public string DueIn(DateTimeOffset due, DateTimeOffset now) => due >= now
        ? Say("in ", "через ") + Rough(due - now)
        : Say("late ", "опоздание ") + Rough(now - due);

    /// <summary>“Called 12 min ago, nobody answered”, and what we did since.</summary>
    public string Before(LostBefore before, DateTimeOffset now) =>
        Say($"Called {time.Ago(before.LostAt, now)}, nobody answered", $"Звонил {time.Ago(before.LostAt, now)}, никто не ответил")
        + (before.Calls > 1 ? Say($" ({before.Calls} times)", $" ({Count(before.Calls, ("time", "times"), ("раз", "раза", "раз"))})") : "");

    public string Tried(LostBefore before) => string.Join(". ", new[]
    {
        before.Attempts > 0 ? Say("We tried ", "Мы звонили ") + Count(before.Attempts, ("time", "times"), ("раз", "раза", "раз")) : null,
        before.ClaimedByName is { } name ? Say($"{name} was about to call back", $"Собирался перезвонить: {name}") : null,
    }.OfType<string>());

    string Rough(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => Say("less than a minute", "меньше минуты"),
        { TotalMinutes: < 90 } => Say($"{(int)span.TotalMinutes} min", $"{(int)span.TotalMinutes} мин"),
        { TotalHours: < 36 } => Say($"{(int)span.TotalHours} h", $"{(int)span.TotalHours} ч"),
        _ => Count((long)span.TotalDays, ("day", "days"), ("день", "дня", "дней")),
    };
}
