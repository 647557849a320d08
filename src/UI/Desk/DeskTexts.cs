using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Desk;

/// <summary>The desk, its cards and the pop.</summary>
public sealed class DeskTexts(Language language) : TextGroup(language)
{
    public string Now => Say("Now", "Сейчас");
    public string RecentCalls => Say("Your last calls", "Ваши последние звонки");
    public string AllCalls => Say("All calls", "Все звонки");

    public string NothingRings => Say("Nothing rings", "Звонков нет");
    public string NothingRingsBody(string extensions) => Say(
        $"When phone {extensions} rings, the caller’s card opens here.",
        $"Когда зазвонит телефон {extensions}, здесь откроется карточка звонящего.");
    public string NoPhoneTitle => Say("No phone is assigned to you", "Вам не назначен телефон");
    public string NoPhoneBody => Say(
        "Calls cannot pop here. Ask an administrator to give you an extension.",
        "Карточки звонков не появятся. Попросите администратора назначить вам внутренний номер.");

    public string State(DeskCardState state) => state switch
    {
        DeskCardState.Ringing => Say("Ringing", "Звонит"),
        DeskCardState.Dialling => Say("Calling", "Вызов"),
        DeskCardState.Talking => Say("Talking", "Разговор"),
        DeskCardState.OnHold => Say("On hold", "Удержание"),
        DeskCardState.WrapUp => Say("To finish", "Завершить"),
        DeskCardState.Withdrawn => Say("Gone", "Ушёл"),
    };

    /// <summary>A sign for the browser tab, where no picture fits.</summary>
    public static string StateSign(DeskCardState state) => state switch
    {
        DeskCardState.Ringing => "◉",
        DeskCardState.Dialling => "↗",
        DeskCardState.Talking => "●",
        DeskCardState.OnHold => "❚❚",
        DeskCardState.WrapUp => "✎",
        DeskCardState.Withdrawn => "○",
    };

    public string HiddenNumber => Say("Hidden number", "Скрытый номер");
    public string NumberOfClients(int number) => Count(number, ("client shares this number", "clients share this number"), ("клиент с этим номером", "клиента с этим номером", "клиентов с этим номером"));

    /// <summary>Who calls, as well as is known.</summary>
    public string Who(DeskCard card)
    {
        if (card.Kind == PopKind.SeveralMatches && card.Client is null)
            return card.NumberDisplay ?? NumberOfClients(card.Matches.Count);
        if (card.Client is { Name.Length: > 0 } client)
            return client.Name;
        // PBXs send a name like "Anonymous" along with a hidden number: that is nobody's name.
        if (card.Kind == PopKind.Hidden)
            return HiddenNumber;
        // A colleague has no card: the name of who owns the extension came with the call.
        return (card.IsWithClient() ? null : card.CallerName) ?? card.NumberDisplay ?? card.CallerName ?? HiddenNumber;
    }

    public string Announcement(DeskCard card) => string.Join(", ", new[]
    {
        card.Direction switch
        {
            "outbound" => Say("Outgoing call", "Исходящий звонок"),
            "internal" => Say("Call from a colleague", "Звонок коллеги"),
            _ => Say("Incoming call", "Входящий звонок"),
        },
        Who(card),
        card.Client?.Company,
        card.Line is null ? null : LineOf(card.Line),
        card.TransferredBy is null ? null : FromColleague(card.TransferredBy),
    }.Where(part => !string.IsNullOrEmpty(part)));

    public string SecondCall => Say("Second call", "Второй звонок");
    public string LineOf(string line) => Say($"line {line}", $"линия {line}");
    public string QueueOf(string queue) => Say($"queue {queue}", $"очередь {queue}");
    public string CallerName => Say("Name on the phone", "Имя на телефоне");
    public string FromColleague(string name) => Say($"from {name}", $"от {name}");
    public string TransferredBy(string name) => Say($"Transferred by {name}", $"Звонок передал(а) {name}");
    public string NeverCalled => Say("Never called before", "Раньше не звонил");
    public string Owner(string name) => Say($"owner {name}", $"ведёт {name}");
    public string LastCall => Say("Last call", "Прошлый звонок");
    public string LastNote => Say("Last note", "Прошлая заметка");
    public string Silence => Say("Silence", "Без звука");
    public string Silenced => Say("Silenced", "Звук выключен");
    public string OpenCard => Say("Open the card", "Открыть карточку");
    public string Open => Say("Open", "Открыть");
    public string OpenCall => Say("Open the call", "Открыть звонок");
    public string OpenClient => Say("Client’s card", "Карточка клиента");
    public string CallCard => Say("The call’s card", "Карточка звонка");
    public string CallBar => Say("Current call", "Текущий звонок");

    public string Withdrawn(DeskCard card) => card.WithdrawnBecause switch
    {
        "answered_elsewhere" => card.TakenBy is { } name ? Say($"Taken by {name}", $"Ответил(а) {name}") : Say("Answered by somebody else", "Ответили на другом телефоне"),
        "caller_gone" => Say("The caller hung up: a missed call", "Клиент положил трубку: пропущенный звонок"),
        "rang_out" => Say("Your phone was not picked up", "На вашем телефоне не ответили"),
        "rejected" => Say("You declined the call", "Вы отклонили звонок"),
        _ => Say("The call is gone", "Звонка больше нет"),
    };

    public string Matched(string reason) => reason switch
    {
        "exact" => Say("found by this number", "найден по этому номеру"),
        "extension" => Say("found by number and extension", "найден по номеру и добавочному"),
        "company" => Say("a number of the company", "номер компании"),
        "former" => Say("a former number of this client", "прежний номер этого клиента"),
        _ => reason,
    };

    public string ChooseTitle => Say("Who is it?", "Кто это?");
    public string ChooseHint => Say("Several clients have this number. Choose one, or press its figure here.", "Этот номер есть у нескольких клиентов. Выберите или нажмите цифру.");
    public string Choose(string name) => Say($"It is {name}", $"Это {name}");

    public string Note => Say("Note", "Заметка");
    public string NotePlaceholder => Say("What was it about? Saved as you type.", "О чём говорили? Сохраняется само.");
    public string NoteSaved(string time) => Say($"Saved {time}", $"Сохранено в {time}");
    public string NoteSaving => Say("Saving…", "Сохраняем…");
    public string NoteKept => Say("Not at the server yet. Kept in this browser, tried again by itself.", "Пока не на сервере. Хранится в браузере, отправится само.");
    public string NoteRefused => Say("The server does not take this note any more: copy it if you need it.", "Сервер больше не принимает эту заметку: скопируйте, если нужна.");

    public string Finish => Say("Finish", "Завершить");
    public string FinishLater => Say("Possible when the call is over.", "Можно после окончания звонка.");
    public string FinishHint => Say("The note goes to the client’s history.", "Заметка попадёт в историю клиента.");
    public string Finished => Say("The call is finished.", "Звонок завершён.");

    public string QuickCard => Say("Who called?", "Кто звонил?");
    public string QuickCardHint => Say("A name is enough, the rest can wait.", "Достаточно имени, остальное потом.");
    public string QuickCardSaved => Say("The client is saved.", "Клиент сохранён.");
    public string LinkTitle => Say("Already a client?", "Уже есть такой клиент?");
    public string LinkOther => Say("Not this client?", "Это другой клиент?");
    public string LinkLabel => Say("Find and link", "Найти и связать");
    public string Linked(string name) => Say($"The call is linked to {name}.", $"Звонок связан с клиентом {name}.");
    public string History => Say("History", "История");
}
