using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Clients;

/// <summary>Clients: the list, the card, the timeline.</summary>
public sealed class ClientTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Clients", "Клиенты");
    public string NewClient => Say("New client", "Новый клиент");
    public string SearchLabel => Say("Search", "Поиск");
    public string SearchHint => Say("Name, company, e-mail, number in any form, or its last digits", "Имя, компания, почта, номер в любом виде или его последние цифры");
    public string NobodyYet => Say("No clients yet", "Клиентов пока нет");
    public string NobodyYetBody => Say("Each call makes one by itself. You can also add one by hand.", "Каждый звонок создаёт карточку сам. Можно добавить и вручную.");
    public string NobodyFound(string wanted) => Say($"Nobody fits “{wanted}”", $"По запросу «{wanted}» никого нет");
    public string NobodyFoundBody => Say("Only clients that are open to you are searched. Try fewer letters or the last digits of the number.", "Поиск идёт по доступным вам клиентам. Попробуйте меньше букв или последние цифры номера.");
    public string ClearSearch => Say("Clear the search", "Очистить поиск");

    public string Name => Say("Name", "Имя");
    public string Company => Say("Company", "Компания");
    public string Email => Say("E-mail", "Почта");
    public string Number => Say("Number", "Номер");
    public string Numbers => Say("Numbers", "Номера");
    public string NumberAt(int position) => Say($"Number {position}", $"Номер {position}");
    public string NumbersHint => Say("In any usual form", "В любом привычном виде");
    public string AddNumber => Say("Add a number", "Добавить номер");
    public string RemoveNumber(int position) => Say($"Remove number {position}", $"Убрать номер {position}");
    public string Owner => Say("Owner", "Ответственный");
    public string NoOwner => Say("Nobody", "Никто");
    public string Recording => Say("Recording", "Запись разговоров");
    public string DoNotRecord => Say("Do not record", "Не записывать");
    public string DoNotRecordHint => Say("Calls with this client are not recorded, whatever the line is set to.", "Звонки с этим клиентом не записываются, что бы ни было настроено для линии.");
    public string RecordingOf(bool refused) => refused ? DoNotRecord : Say("May be recorded", "Можно записывать");
    public string LastContact => Say("Last contact", "Последний контакт");
    public string NextContact => Say("Next contact", "Следующий контакт");
    public string Created => Say("Since", "С нами с");
    public string CameFrom => Say("Came from", "Откуда");
    public string Status => Say("Status", "Статус");

    public string StatusOf(string status) => status switch
    {
        "inquiry" => Say("Inquiry", "Обращение"),
        "contact" => Say("Contact", "Контакт"),
        _ => status,
    };

    public string StatusHint(string status) => status switch
    {
        "inquiry" => Say("Only heard of so far: nobody confirmed who it is", "Пока только обратился: никто не подтвердил, кто это"),
        "contact" => Say("Somebody confirmed who it is, or they came again", "Кто-то подтвердил, кто это, или обратился повторно"),
        _ => "",
    };

    public string MatchedBy(string field) => field switch
    {
        "name" => Say("by name", "по имени"),
        "company" => Say("by company", "по компании"),
        "number" => Say("by number", "по номеру"),
        "email" => Say("by e-mail", "по почте"),
        _ => field,
    };

    /// <summary>The name, or what stands for it.</summary>
    public string NameOf(ClientItem client) => NameOf(client.Name, client.MainNumber is { } number ? ReadableNumber.Of(number) : null);

    public string NameOf(ClientCard client) => NameOf(client.Name, client.Numbers.Count > 0 ? client.Numbers[0].Display : null);

    public string NameOf(string name, string? number) => name.Length > 0 ? name : number ?? Say("Without name and number", "Без имени и номера");

    public string Calling => Say("Calling", "Звонки клиенту");
    public string DoNotCall => Say("Do not call", "Не звонить");
    public string DoNotCallHint => Say("Nobody can call this client’s numbers from here.", "Отсюда никто не сможет позвонить на номера этого клиента.");

    public string SaveClient => Say("Save client", "Сохранить клиента");
    public string EditClient => Say("Edit client", "Изменить клиента");
    public string ClientSaved => Say("The client is saved.", "Клиент сохранён.");
    public string SharedNumber => Say("shared", "общий");
    public string FormerNumber => Say("former", "прежний");
    public string ExtensionOf(string extension) => Say($"ext. {extension}", $"доб. {extension}");
    public string NeedsSomething => Say("Give at least a name, a company, an e-mail address or a number.", "Укажите хотя бы имя, компанию, почту или номер.");
    public string NumberTaken => Say("Another client has one of these numbers. Is it the same person?", "Один из этих номеров уже есть у другого клиента. Может быть, это он и есть?");
    public string ShareNumber => Say("No, they share the number: save", "Нет, номер общий: сохранить");

    public string ConflictTitle => Say("Somebody else changed this client meanwhile", "Тем временем клиента изменил кто-то другой");
    public string ConflictBody => Say("What you typed is kept. Choose for each field, then save.", "Введённое вами сохранено. Выберите по каждому полю и сохраните.");
    public string ConflictMerged => Say("Your changes and theirs do not touch the same fields. Look and save again.", "Ваши и чужие изменения в разных полях. Проверьте и сохраните ещё раз.");
    public string Mine => Say("Yours", "Ваше");
    public string Theirs => Say("Theirs", "Чужое");
    public string Nothing => Say("(empty)", "(пусто)");

    public string Timeline => Say("History", "История");
    public string TimelineFilter => Say("Show in the history", "Показать в истории");
    public string All => Say("All", "Всё");
    public string Calls => Say("Calls", "Звонки");
    public string Messages => Say("Messages", "Сообщения");
    public string Notes => Say("Notes", "Заметки");
    public string NothingYet => Say("Nothing here yet", "Пока ничего нет");
    public string ShowOlder => Say("Show older", "Показать раньше");
    public string NewNote => Say("New note", "Новая заметка");
    public string AddNote => Say("Add note", "Добавить заметку");
    public string NoteAdded => Say("The note is added.", "Заметка добавлена.");
    public string NoteBy(string author) => Say($"Note by {author}", $"Заметка: {author}");
    public string InquiryBy(string channel) => Say("Inquiry", "Обращение") + " · " + Channel(channel);

    public string MessageOf(MessageItem message) => message.Direction == "inbound"
        ? Say("Message from the client", "Сообщение от клиента")
        : Say("Message to the client", "Сообщение клиенту");

    /// <summary>How it came and where, as far as known.</summary>
    public string WayOf(MessageItem message) => string.Join(" · ", new[]
    {
        message.Channel == "whatsapp" ? "WhatsApp" : "SMS",
        message.Line is { } line ? Say($"line {ReadableNumber.OfLine(line)}", $"линия {ReadableNumber.OfLine(line)}") : null,
        message.Attachments.Count > 0 ? Count(message.Attachments.Count, ("attachment", "attachments"), ("вложение", "вложения", "вложений")) : null,
    }.OfType<string>());

    public string TextUnknown => Say("The provider does not tell what was written.", "Провайдер не сообщает текст.");

    /// <summary>What became of a message that we sent.</summary>
    public string DeliveryOf(MessageItem message) => message.Status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => Say("on its way", "отправляется"),
        "sent" => Say("sent", "отправлено"),
        "delivered" => Say("delivered", "доставлено"),
        "read" => Say("read", "прочитано"),
        "canceled" => Say("cancelled", "отменено"),
        _ => message.ErrorCode is { } code ? Say($"not delivered: error {code}", $"не доставлено: ошибка {code}") : Say("not delivered", "не доставлено"),
    };

    public string Channel(string channel) => channel switch
    {
        "call" => Say("call", "звонок"),
        "form" => Say("web form", "форма на сайте"),
        "email" => Say("e-mail", "письмо"),
        "sms" => "SMS",
        "messenger" => Say("messenger", "мессенджер"),
        _ => channel,
    };

    /// <summary>Where somebody came from: the channel, then the number dialled and the queue, as far as known.</summary>
    public string Origin(InquiryItem inquiry) => string.Join(" · ", new[]
    {
        Channel(inquiry.Channel),
        inquiry.Did is { } did ? Say($"line {ReadableNumber.OfLine(did)}", $"линия {ReadableNumber.OfLine(did)}") : null,
        inquiry.Queue is { } queue ? Say($"queue {queue}", $"очередь {queue}") : null,
    }.OfType<string>());

    public string FinderNobody => Say("Nobody found", "Никого не нашлось");
    public string FinderFound(int number) => Count(number, ("client found", "clients found"), ("клиент найден", "клиента найдено", "клиентов найдено"));
}
