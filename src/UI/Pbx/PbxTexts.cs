using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Pbx;

/// <summary>Links to PBXs, extensions, the number test bench: what an administrator of telephony reads.</summary>
public sealed class PbxTexts(Language language) : TextGroup(language)
{
    public string Title => Say("PBX links", "Связь с АТС");
    public string NewLink => Say("New link", "Новая связь");
    public string EditLink(string name) => Say($"Link “{name}”", $"Связь «{name}»");
    public string NoLinks => Say("No PBX is linked yet", "АТС ещё не подключена");
    public string NoLinksBody => Say("Calls are seen as soon as one is. The folder asterisk-config holds what to put on the PBX.", "Звонки появятся после подключения. Что настроить на АТС, описано в папке asterisk-config.");

    public string Status(string status) => status switch
    {
        "up" => Say("Connected", "На связи"),
        "connecting" => Say("Connecting", "Соединяемся"),
        "down" => Say("Not connected", "Нет связи"),
        "disabled" => Say("Switched off", "Отключена"),
        "elsewhere" => Say("Connected from another node", "Подключена с другого узла"),
        _ => status,
    };

    public string Problem(PbxLinkItem link) => link.State.Problem switch
    {
        "refused" => Say($"{link.Host} refuses connections on port {link.Port}.", $"{link.Host} не принимает соединения на порту {link.Port}."),
        "unreachable" => Say($"{link.Host} cannot be reached.", $"{link.Host} недоступен."),
        "wrong_secret" => Say($"The PBX does not accept the user “{link.Username}” with this secret.", $"АТС не принимает пользователя «{link.Username}» с этим секретом."),
        "not_allowed" => Say("The PBX does not let this server in.", "АТС не пускает этот сервер."),
        "tls_mismatch" => Say("One side wants TLS, the other does not, or the certificate is not trusted.", "Одна сторона требует TLS, другая нет, либо сертификату нет доверия."),
        "not_asterisk" => Say("What answers there is no Asterisk manager.", "По этому адресу отвечает не интерфейс Asterisk."),
        "timeout" => Say("The PBX does not answer in time.", "АТС не отвечает вовремя."),
        "missing_privilege" => Say("The user lacks privileges: calls would be seen incompletely.", "Пользователю не хватает прав: звонки будут видны не полностью."),
        "dropped" => Say("The PBX closed the connection.", "АТС закрыла соединение."),
        null => "",
        var other => other,
    };

    /// <summary>What the administrator can do about a problem.</summary>
    public string Advice(PbxLinkItem link) => link.State.Problem switch
    {
        "refused" => Say(
            "Is Asterisk running, and does manager.conf say “enabled = yes” with this port and a bindaddr that this server can reach? Reload with “manager reload”.",
            "Запущен ли Asterisk? Есть ли в manager.conf «enabled = yes», этот порт и bindaddr, доступный этому серверу? Примените командой «manager reload»."),
        "unreachable" => Say("Check the name or address, the network between the two servers and the firewalls.", "Проверьте имя или адрес, сеть между серверами и межсетевые экраны."),
        "wrong_secret" => Say(
            "Compare the section name and “secret” in manager.conf with what is entered here; enter the secret again.",
            "Сверьте имя раздела и «secret» в manager.conf с введённым здесь; введите секрет заново."),
        "not_allowed" => Say("Add this server’s address to “permit” of the user in manager.conf, then “manager reload”.", "Добавьте адрес этого сервера в «permit» пользователя в manager.conf и выполните «manager reload»."),
        "tls_mismatch" => Say(
            "Compare the TLS switch here with “tlsenable” and the port (usually 5039) in manager.conf; check the certificate.",
            "Сверьте переключатель TLS с «tlsenable» и портом (обычно 5039) в manager.conf; проверьте сертификат."),
        "not_asterisk" => Say("Check host and port: the manager usually listens on 5038.", "Проверьте адрес и порт: обычно это 5038."),
        "timeout" => Say("The PBX may be overloaded or the network slow. It is tried again by itself.", "Возможно, АТС перегружена или сеть медленная. Попытки продолжаются сами."),
        "missing_privilege" => Say(
            $"Add to “read” of the user in manager.conf: {string.Join(", ", link.State.MissingPrivileges)}. Then “manager reload”.",
            $"Добавьте в «read» пользователя в manager.conf: {string.Join(", ", link.State.MissingPrivileges)}. Затем «manager reload»."),
        "dropped" => Say("It is tried again by itself. If this repeats, look into the PBX’s log at that time.", "Попытки продолжаются сами. Если повторяется, посмотрите журнал АТС за это время."),
        _ => Say("It is tried again by itself.", "Попытки продолжаются сами."),
    };

    public string Since(string time) => Say($"since {time}", $"с {time}");
    public string LastEvent => Say("Last event", "Последнее событие");
    public string RoundTrip => Say("Round trip", "Время ответа");
    public string LiveCalls => Say("Live calls", "Идёт звонков");
    public string EventsSeen => Say("Events seen", "Получено событий");
    public string Quarantined => Say("Not understood", "Не понято");
    public string Version => Say("PBX", "АТС");
    public string Address => Say("Address", "Адрес");
    public string MissingPrivileges(string list) => Say($"The user has no privilege: {list}. Calls may be seen incompletely.", $"У пользователя нет прав: {list}. Звонки могут быть видны не полностью.");

    public string QuarantineTitle => Say("Not understood", "Не понято");
    public string QuarantineBody => Say(
        "What came from a PBX and could not be understood or saved. Nothing of it is lost; send it along when you report a problem.",
        "Пришло с АТС, но не удалось понять или сохранить. Ничего не потеряно; приложите это к сообщению о проблеме.");
    public string QuarantineEmpty => Say("All was understood", "Всё понято");
    public string QuarantineEmptyBody => Say("Every message from the PBXs could be read and saved.", "Все сообщения АТС прочитаны и сохранены.");
    public string Arrived => Say("Arrived", "Пришло");
    public string Why => Say("Why", "Почему");
    public string RawBegin => Say("How it begins", "Начало");

    public string Name => Say("Name", "Имя");
    public string NameHint => Say("Short, Latin letters, figures and hyphens. Part of every call’s key: never reuse it for another PBX.", "Коротко: латинские буквы, цифры, дефис. Входит в ключ каждого звонка: не переносите на другую АТС.");
    public string NameForm => Say("Small Latin letters, figures and hyphens; a letter or figure first.", "Строчные латинские буквы, цифры и дефис; в начале буква или цифра.");
    public string Host => Say("Host", "Сервер");
    public string Port => Say("Port", "Порт");
    public string PortForm => Say("A number from 1 to 65535.", "Число от 1 до 65535.");
    public string Username => Say("User", "Пользователь");
    public string Secret => Say("Secret", "Секрет");
    public string KeepSecret => Say("Empty: the stored one stays. It is never shown.", "Пусто: сохранённый останется. Он никогда не показывается.");
    public string UseTls => Say("TLS", "TLS");
    public string UseTlsHint => Say("Encrypted connection, usually on port 5039", "Шифрованное соединение, обычно порт 5039");
    public string Certificate => Say("Certificate’s SHA-256", "SHA-256 сертификата");
    public string CertificateHint => Say(
        "For a PBX that signed its certificate itself: openssl x509 -noout -fingerprint -sha256 -in asterisk.pem. Empty: only what an authority signed is trusted.",
        "Для АТС с самоподписанным сертификатом: openssl x509 -noout -fingerprint -sha256 -in asterisk.pem. Пусто: доверие только сертификатам центров.");
    public string CertificateForm => Say("64 hexadecimal digits, with or without colons.", "64 шестнадцатеричные цифры, с двоеточиями или без.");
    public string Region => Say("Country of short numbers", "Страна коротких номеров");
    public string RegionHint => Say("Two letters (RU, KZ, DE): numbers without a country code belong there", "Две буквы (RU, KZ, DE): к этой стране относятся номера без кода страны");
    public string RegionForm => Say("Two Latin letters.", "Две латинские буквы.");
    public string Trunks => Say("Trunks", "Транки");
    public string TrunksHint => Say("Endpoint names, one a line: what comes from them is a call from outside", "Имена endpoint, по одному в строке: всё, что приходит с них, — звонок извне");
    public string Rewrites => Say("Rewrite rules", "Правила замены");
    public string RewritesHint => Say("Regular expressions, tried in this order on the number as it came, before it is read as a phone number", "Регулярные выражения: применяются по порядку к номеру как он пришёл, до разбора");
    public string Pattern => Say("Pattern", "Шаблон");
    public string PatternAt(int position) => Say($"Pattern {position}", $"Шаблон {position}");
    public string Replacement => Say("Replacement", "Замена");
    public string ReplacementAt(int position) => Say($"Replacement {position}", $"Замена {position}");
    public string AddRule => Say("Add a rule", "Добавить правило");
    public string RemoveRule(int position) => Say($"Remove rule {position}", $"Убрать правило {position}");
    public string ClickToCall => Say("Calling from here", "Звонки из программы");
    public string DialChannel => Say("An agent’s phone", "Телефон оператора");
    public string DialChannelHint => Say("As the PBX dials it, with {extension} in it: PJSIP/{extension}", "Как его набирает АТС, с {extension} внутри: PJSIP/{extension}");
    public string DialChannelForm => Say("Latin letters, figures and / @ . _ : -, with {extension} in it.", "Латинские буквы, цифры и / @ . _ : -, с {extension} внутри.");
    public string DialContext => Say("Context", "Контекст");
    public string DialContextHint => Say("Where in the dialplan the number is dialled", "Где в диалплане набирается номер");
    public string DialContextForm => Say("Latin letters, figures, hyphens and underscores.", "Латинские буквы, цифры, дефис и подчёркивание.");
    public string DialNumber => Say("Outside number", "Внешний номер");
    public string DialNumberHint => Say("As that context wants it: +{number}, 00{number}, 9{number}", "Как его ждёт контекст: +{number}, 00{number}, 9{number}");
    public string DialNumberForm => Say("Figures, *, # and +, with {number} in it.", "Цифры, *, # и +, с {number} внутри.");
    public string IsEnabled => Say("Switched on", "Включена");
    public string Saved => Say("The link is saved.", "Связь сохранена.");
    public string Deleted => Say("The link is deleted.", "Связь удалена.");
    public string DeleteQuestion(string name) => Say($"Delete the link “{name}”? Its calls stay in the history.", $"Удалить связь «{name}»? Звонки останутся в истории.");

    public string BenchTitle => Say("Number test bench", "Проверка номеров");
    public string BenchBody => Say("What becomes of a number from this PBX, by the rules that are saved.", "Что станет с номером с этой АТС по сохранённым правилам.");
    public string BenchNumbers => Say("Numbers, one a line", "Номера, по одному в строке");
    public string BenchRun => Say("Test", "Проверить");
    public string Raw => Say("As it came", "Как пришёл");
    public string Rewritten => Say("After the rules", "После правил");
    public string Read => Say("Read as", "Прочитан как");
    public string Verdict => Say("Verdict", "Вывод");
    public string Fits => Say("Fits clients", "Подходит клиентам");

    public string VerdictOf(string verdict) => verdict switch
    {
        "valid" => Say("Phone number", "Телефонный номер"),
        "hidden" => Say("Hidden: never a key", "Скрыт: ключом не будет"),
        "short" => Say("Service or internal number", "Служебный или внутренний"),
        "invalid" => Say("No phone number", "Не телефонный номер"),
        _ => verdict,
    };

    public string ExtensionsTitle => Say("Extensions", "Внутренние номера");
    public string ExtensionsBody => Say("A call pops at whoever owns the extension that rings.", "Карточка звонка открывается у владельца номера, который звонит.");
    public string Extension => Say("Extension", "Номер");
    public string OwnerOf(string extension) => Say($"Owner of {extension}", $"Владелец {extension}");
    public string OwnerColumn => Say("Owner", "Владелец");
    public string LastSeen => Say("Last on a call", "Последний звонок");
    public string NeverSeen => Say("never", "никогда");
    public string Nobody => Say("Nobody", "Никто");
    public string Conflicts => Say("What keeps calls from popping", "Что мешает карточкам открываться");
    public string NoExtensions => Say("No extensions yet", "Внутренних номеров пока нет");
    public string NoExtensionsBody => Say("They appear here when they ring. You can also assign one beforehand.", "Они появятся здесь, как только зазвонят. Можно назначить и заранее.");
    public string AssignTitle => Say("Assign an extension", "Назначить номер");
    public string Assign => Say("Assign", "Назначить");
    public string AssignedTo(string extension, string? name) => name is null
        ? Say($"{extension} belongs to nobody now.", $"Номер {extension} теперь ничей.")
        : Say($"{extension} belongs to {name} now.", $"Номер {extension} теперь у: {name}.");
    public string PbxName => Say("PBX", "АТС");

    public string Conflict(ExtensionConflict conflict) => conflict.Kind switch
    {
        "nobody_owns" => Say(
            $"Phone {conflict.Extension} on {conflict.Pbx} rang, but belongs to nobody: its calls pop nowhere. Give it an owner below.",
            $"Телефон {conflict.Extension} на {conflict.Pbx} звонил, но он ничей: карточки не открываются. Назначьте владельца ниже."),
        "agent_without_phone" => Say($"{conflict.AgentName} has no extension: no call can pop there.", $"У сотрудника {conflict.AgentName} нет номера: карточки не откроются."),
        "inactive_owner" => Say(
            $"Phone {conflict.Extension} on {conflict.Pbx} belongs to {conflict.AgentName}, whose account is switched off.",
            $"Телефон {conflict.Extension} на {conflict.Pbx} у сотрудника {conflict.AgentName}, чья учётная запись отключена."),
        _ => conflict.Kind,
    };

    public string Relay => Say("Recordings from this PBX", "Записи с этой АТС");
    public string RelayHint => Say(
        "The relay on the PBX brings recordings here. It signs in with a token; see asterisk-config/README.md.",
        "Записи привозит программа relay на АТС. Она входит по токену; см. asterisk-config/README.md.");
    public string NewToken => Say("New token", "Новый токен");
    public string TokenOnce => Say("Put it into CRM_TOKEN of the PBX’s settings now: it is shown this once.", "Впишите его сейчас в CRM_TOKEN настроек АТС: больше он показан не будет.");
    public string TokenMade(string when) => Say($"Made {when}", $"Создан {when}");
    public string TokenUsed(string ago) => Say($"last used {ago}", $"использован {ago}");
    public string TokenUnused => Say("not used yet", "ещё не использован");
    public string RevokeToken => Say("Revoke", "Отозвать");
    public string RevokeQuestion => Say("Revoke this token? A relay that uses it brings nothing any more; what it has stays in its spool.", "Отозвать токен? Relay с этим токеном больше ничего не привезёт; записи останутся у него в очереди.");
    public string TokenRevoked => Say("The token is revoked.", "Токен отозван.");
}
