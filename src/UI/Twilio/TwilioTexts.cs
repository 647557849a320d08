using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Twilio;

/// <summary>Twilio accounts and numbers: what an administrator of telephony reads.</summary>
public sealed class TwilioTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Twilio", "Twilio");
    public string NewAccount => Say("New account", "Новый аккаунт");
    public string EditAccount(string name) => Say($"Account “{name}”", $"Аккаунт «{name}»");
    public string NoAccounts => Say("No Twilio account is connected", "Аккаунт Twilio не подключён");
    public string NoAccountsBody => Say("Connect one to take calls on numbers in the cloud. Its SID and token stand on the first page of console.twilio.com.", "Подключите его, чтобы принимать звонки на облачные номера. SID и токен — на первой странице console.twilio.com.");
    public string NoPublicUrl => Say("Twilio does not know where this server is", "Twilio не знает, где этот сервер");
    public string NoPublicUrlBody => Say("Set PublicUrl to the https address at which the internet reaches this server, for example https://crm.example.com, and start the server again.", "Укажите в настройке PublicUrl адрес https, по которому сервер доступен из интернета, например https://crm.example.com, и перезапустите сервер.");

    public string Name => Say("Name", "Имя");
    public string NameHint => Say("Short, Latin letters, figures and hyphens. Part of every call’s key, so it stays for ever.", "Коротко: латинские буквы, цифры, дефис. Входит в ключ каждого звонка, поэтому не меняется.");
    public string AccountSid => Say("Account SID", "SID аккаунта");
    public string AccountSidForm => Say("AC and 32 characters 0–9, a–f.", "AC и 32 знака 0–9, a–f.");
    public string AuthToken => Say("Auth token", "Токен (auth token)");
    public string AuthTokenHint => Say("The primary one: Twilio signs with it what it sends here.", "Основной: им Twilio подписывает свои запросы.");
    public string KeepSecret => Say("Empty: the stored one stays. It is never shown.", "Пусто: сохранённый останется. Он никогда не показывается.");
    public string SecondaryToken => Say("Secondary token", "Второй токен");
    public string SecondaryTokenHint => Say("While the token is being changed at Twilio: both are accepted.", "На время смены токена в Twilio: принимаются оба.");
    public string HasSecondaryToken => Say("One is stored. Empty: it stays.", "Сохранён. Пусто: останется.");
    public string RemoveSecondaryToken => Say("Forget the secondary token", "Забыть второй токен");
    public string ApiKeySid => Say("API key SID", "SID ключа API");
    public string ApiKeySidHint => Say("Empty: the auth token is used for everything. A key can be withdrawn alone.", "Пусто: для всего используется токен. Ключ можно отозвать отдельно.");
    public string ApiKeySidForm => Say("SK and 32 characters 0–9, a–f.", "SK и 32 знака 0–9, a–f.");
    public string ApiKeySecret => Say("API key secret", "Секрет ключа API");
    public string Region => Say("Country of short numbers", "Страна коротких номеров");
    public string RegionHint => Say("Two letters (US, DE, RU): numbers without a country code belong there", "Две буквы (US, DE, RU): к этой стране относятся номера без кода страны");
    public string RegionForm => Say("Two Latin letters, as in DE.", "Две латинские буквы, например DE.");
    public string DeletesRecordings => Say("Delete recordings at Twilio when they are stored here", "Удалять записи в Twilio, когда они сохранены здесь");
    public string DeletesRecordingsHint => Say("Only after the stored sound was checked. Twilio bills storage by the minute.", "Только после проверки сохранённого звука. Twilio берёт плату за хранение поминутно.");
    public string IsEnabled => Say("Switched on", "Включён");
    public string Saved => Say("Saved", "Сохранено");
    public string Deleted => Say("Deleted", "Удалено");
    public string DeleteAccount(string name) => Say($"Delete the account “{name}”? Its calls stay.", $"Удалить аккаунт «{name}»? Его звонки останутся.");

    public string Check => Say("Check", "Проверить");
    public string Checking => Say("Checking…", "Проверяем…");
    public string NotChecked => Say("Not checked", "Не проверен");
    public string Works => Say("Works", "Работает");
    public string SwitchedOff => Say("Switched off", "Отключён");
    public string Wrong(int findings) => Count(findings, ("problem", "problems"), ("проблема", "проблемы", "проблем"));
    public string CheckedAt(string time) => Say($"checked {time}", $"проверено {time}");
    public string LastCheck => Say("Last check", "Последняя проверка");
    public string Credentials => Say("REST signs in with", "Вход в REST");
    public string WithToken => Say("the auth token", "токеном");
    public string WithKey => Say("an API key", "ключом API");
    public string Reconciled => Say("Lost webhooks looked for", "Поиск потерянных вебхуков");
    public string Never => Say("never", "никогда");
    public string ReconcileFailed(string why) => Say($"Twilio could not be asked for lost webhooks: {why}", $"Не удалось запросить в Twilio потерянные вебхуки: {why}");
    public string RecordingsWaiting => Say("Recordings not fetched", "Незабранных записей");

    public string Numbers => Say("Numbers", "Номера");
    public string NewNumber => Say("New number", "Новый номер");
    public string EditNumber(string number) => Say($"Number {number}", $"Номер {number}");
    public string NoNumbers => Say("No numbers yet", "Номеров пока нет");
    public string NoNumbersBody => Say("Describe here what callers meet on each number that you have at Twilio.", "Опишите здесь, что слышат звонящие на каждый ваш номер в Twilio.");
    public string Number => Say("Number", "Номер");
    public string NumberHint => Say("With + and the country code", "С + и кодом страны");
    public string NumberForm => Say("Like +12025550100.", "Например, +12025550100.");
    public string Account => Say("Account", "Аккаунт");
    public string LineName => Say("Line name", "Название линии");
    public string LineNameHint => Say("What agents see when it rings", "Что видят сотрудники при звонке");
    public string LanguageOfTexts => Say("Language of the voice", "Язык голоса");
    public string InLanguage(string language) => language == "ru" ? Say("Russian", "Русский") : Say("English", "Английский");
    public string Greeting => Say("Greeting", "Приветствие");
    public string GreetingHint => Say("Spoken first. Empty: nothing is said.", "Звучит первым. Пусто: ничего не говорится.");
    public string Endpoints => Say("Ring these, all at once", "Звонить одновременно");
    public string EndpointsHint => Say("One a line, at most ten: client:alice, sip:6001@pbx.example.com or +12025550100. Empty: nobody is rung.", "По одному в строке, до десяти: client:alice, sip:6001@pbx.example.com или +12025550100. Пусто: никому.");
    public string EndpointForm(string line) => Say($"“{line}” is none of client:alice, sip:6001@pbx.example.com, +12025550100.", $"«{line}» — не client:alice, не sip:6001@pbx.example.com и не +12025550100.");
    public string TooManyEndpoints(int most) => Say($"At most {most}.", $"Не более {most}.");
    public string RingSeconds => Say("Seconds to ring", "Сколько секунд звонить");
    public string RingSecondsForm => Say("A number from 5 to 600.", "Число от 5 до 600.");
    public string Then => Say("If nobody answers", "Если не ответили");
    public string After(AfterRing then) => then switch
    {
        AfterRing.Voicemail => Say("voicemail", "голосовая почта"),
        AfterRing.Queue => Say("queue", "очередь"),
        AfterRing.HangUp => Say("hang up", "положить трубку"),
    };

    public string QueueName => Say("Queue", "Очередь");
    public string QueueNameForm => Say("Latin letters, figures, _ and hyphens.", "Латинские буквы, цифры, _ и дефис.");
    public string QueueMembers => Say("Members of the queue", "Участники очереди");
    public string QueueMembersHint => Say("Rung for callers who wait; one a line", "Им звонят, пока клиент ждёт; по одному в строке");
    public string QueueNeedsMembers => Say("A queue that nobody answers keeps callers for ever.", "Очередь, в которой некому ответить, держит звонящих вечно.");
    public string TakesVoicemail => Say("Callers may leave a message", "Можно оставить сообщение");
    public string TakesVoicemailHint => Say("When nobody answered, and when the number is closed", "Если не ответили и если номер закрыт");
    public string VoicemailMustBeOn => Say("Callers go to voicemail here, so it must be on.", "Звонки здесь уходят на голосовую почту: включите её.");
    public string IsRecorded => Say("Calls are recorded", "Звонки записываются");
    public string Consent => Say("Announcement of the recording", "Сообщение о записи");
    public string ConsentHint => Say("Spoken before a recorded call. Ask what your law wants here.", "Звучит перед записываемым звонком. Проверьте, чего требует закон.");
    public string IsClosed => Say("Closed: nobody is rung", "Закрыто: никому не звонить");
    public string ClosedText => Say("What callers hear when it is closed", "Что слышат, когда закрыто");
    public string Rings => Say("Rings", "Звонит");
    public string Options => Say("Options", "Режим");
    public string SetUp => Say("At Twilio", "В Twilio");
    public string Nobody => Say("nobody", "никому");
    public string Closed => Say("Closed", "Закрыто");
    public string Recorded => Say("Recorded", "Запись");
    public string VoicemailOn => Say("Voicemail", "Голосовая почта");
    public string Seconds(int seconds) => Say($"{seconds} s", $"{seconds} с");
    public string QueueOf(string? name) => Say($"queue {name}", $"очередь {name}");
    public string DeleteNumber(string number) => Say($"Delete {number}? Twilio goes on asking this server for it, and callers will hear an error.", $"Удалить {number}? Twilio продолжит обращаться к серверу, и звонящие услышат ошибку.");
    public string WhatCallersHear => Say("What callers hear", "Что слышат звонящие");
    public string WhoIsRung => Say("Who is rung", "Кому звонить");
    public string RecordingAndMessages => Say("Recording and messages", "Запись и сообщения");

    public string SetForMe => Say("Set it for me", "Настроить за меня");
    public string SetDone(string number) => Say($"Twilio now asks this server for {number}.", $"Twilio теперь обращается к этому серверу по номеру {number}.");
    public string SetQuestion(string number) => Say($"Calls to {number} go elsewhere at Twilio now. Let this server take them instead?", $"Сейчас звонки на {number} в Twilio идут в другое место. Направить их на этот сервер?");
    public string WrongAtTwilio(string number) => Say($"{number} is not set up at Twilio", $"{number} не настроен в Twilio");
    public string Found(string what) => Say($"Now: {what}", $"Сейчас: {what}");
    public string Wanted(string what) => Say($"Must be: {what}", $"Должно быть: {what}");
    public string SaysTwilio(string what) => Say($"Twilio says: {what}", $"Ответ Twilio: {what}");

    public string Problem(TwilioFinding finding) => finding.Code switch
    {
        "public_url_missing" => Say("The setting PublicUrl is missing: Twilio cannot be told where this server is.", "Не задана настройка PublicUrl: Twilio нельзя сообщить, где этот сервер."),
        "secret_unreadable" => Say("The stored secret cannot be read with the keys of this installation.", "Сохранённый секрет не читается ключами этой установки."),
        "wrong_credentials" => Say("Twilio does not accept the SID with this token or key.", "Twilio не принимает SID с этим токеном или ключом."),
        "not_allowed" => Say("The API key lacks permissions.", "У ключа API не хватает прав."),
        "refused" or "too_many" or "not_found" => Say("Twilio refused the question.", "Twilio отклонил запрос."),
        "unreachable" => Say("Twilio does not answer.", "Twilio не отвечает."),
        "not_twilio" => Say("What answers there is not Twilio.", "По этому адресу отвечает не Twilio."),
        "account_suspended" => Say("Twilio has suspended the account: no call comes through.", "Twilio приостановил аккаунт: звонки не проходят."),
        "account_closed" => Say("The account is closed at Twilio.", "Аккаунт в Twilio закрыт."),
        "number_not_described" => Say($"Calls to {finding.Found} come here, but nobody has described the number.", $"Звонки на {finding.Found} приходят сюда, но номер не описан."),
        "not_at_twilio" => Say("The account has no such number.", "В аккаунте нет такого номера."),
        "voice_url_empty" => Say("Twilio does not know whom to ask about calls: each call fails at once.", "Twilio не знает, к кому обращаться о звонках: каждый звонок сразу обрывается."),
        "voice_url_elsewhere" => Say("Twilio asks another server about calls.", "О звонках Twilio спрашивает другой сервер."),
        "voice_method" => Say("Twilio asks about calls by GET; it must be POST.", "О звонках Twilio спрашивает методом GET, нужен POST."),
        "fallback_url" => Say("There is no second way for calls when the first one fails.", "Нет запасного пути для звонков, если основной откажет."),
        "status_callback_empty" => Say("Twilio does not tell when calls end.", "Twilio не сообщает о конце звонков."),
        "status_callback_elsewhere" => Say("Twilio tells another server when calls end.", "О конце звонков Twilio сообщает другому серверу."),
        "status_callback_method" => Say("Twilio tells the end of calls by GET; it must be POST.", "О конце звонков Twilio сообщает методом GET, нужен POST."),
        "message_url" => Say("Messages to this number do not come here.", "Сообщения на этот номер сюда не приходят."),
        "overridden_by_app" => Say("A TwiML app takes the calls: what the number says is ignored.", "Звонки забирает приложение TwiML: настройки номера не действуют."),
        "overridden_by_trunk" => Say("A SIP trunk takes the calls: nobody is asked.", "Звонки уходят в SIP-транк: сервер не спрашивают."),
        var other => other,
    };

    /// <summary>What the administrator can do about it.</summary>
    public string Advice(TwilioFinding finding) => finding.Code switch
    {
        "public_url_missing" => NoPublicUrlBody,
        "secret_unreadable" or "wrong_credentials" => Say("Open the account here and enter the token or the key again, as console.twilio.com shows it.", "Откройте аккаунт здесь и введите токен или ключ заново, как на console.twilio.com."),
        "not_allowed" => Say("Use a standard key, or give the restricted one calls, recordings, numbers and messages.", "Возьмите ключ Standard или дайте ограниченному права на звонки, записи, номера и сообщения."),
        "unreachable" or "not_twilio" => Say("Check whether this server reaches api.twilio.com by https, and a proxy between them. It is tried again by itself.", "Проверьте, доступен ли с этого сервера api.twilio.com по https, и прокси между ними. Попытки продолжаются сами."),
        "account_suspended" or "account_closed" => Say("See the balance and the messages in console.twilio.com.", "Посмотрите баланс и сообщения на console.twilio.com."),
        "number_not_described" => Say("Add it below: until then its callers are turned away.", "Добавьте его ниже: пока звонящим отказывают."),
        "not_at_twilio" => Say("Compare with “Phone Numbers” in console.twilio.com; it may belong to another (sub)account.", "Сверьте с «Phone Numbers» на console.twilio.com; номер может быть в другом (под)аккаунте."),
        "refused" or "too_many" or "not_found" => Say("See its words below, then check again.", "Прочтите ответ ниже и проверьте снова."),
        _ when finding.CanBeSet => Say("“Set it for me” puts this right at Twilio.", "«Настроить за меня» исправит это в Twilio."),
        _ => "",
    };
}
