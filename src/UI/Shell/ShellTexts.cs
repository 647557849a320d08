using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Shell;

/// <summary>The frame around the pages: rail, header, menu, strips, keys.</summary>
public sealed class ShellTexts(Language language) : TextGroup(language)
{
    public string SkipToContent => Say("Skip to the content", "К содержимому");
    public string Sections => Say("Sections", "Разделы");
    public string MyDay => Say("My day", "Мой день");
    public string Clients => Say("Clients", "Клиенты");
    public string Deals => Say("Deals", "Сделки");
    public string Funnels => Say("Funnels", "Воронки");
    public string Calls => Say("Calls", "Звонки");
    public string Recordings => Say("Record.", "Записи");
    public string Lost => Say("Lost", "Потери");
    public string Pbx => Say("PBX", "АТС");
    public string Twilio => Say("Twilio", "Twilio");
    public string Phones => Say("Phones", "Номера");
    public string Hours => Say("Hours", "Часы работы");
    public string People => Say("People", "Люди");

    public string SearchLabel => Say("Search clients", "Поиск клиентов");
    public string SearchPlaceholder => Say("Search: name, number, company, e-mail", "Поиск: имя, номер, компания, почта");
    public string AllResults(string wanted) => Say($"All results for “{wanted}”", $"Все результаты по «{wanted}»");

    public string Menu => Say("Settings and sign-out", "Настройки и выход");
    public string Language => Say("Language", "Язык");
    public string Theme => Say("Theme", "Оформление");
    public string ThemeOf(ThemeChoice choice) => choice switch
    {
        ThemeChoice.System => Say("System", "Системное"),
        ThemeChoice.Light => Say("Light", "Светлое"),
        ThemeChoice.Dark => Say("Dark", "Тёмное"),
    };

    public string SingleKeys => Say("Single-letter keys in lists", "Клавиши-буквы в списках");
    public string ShowKeys => Say("Keyboard", "Клавиатура");
    public string SignOut => Say("Sign out", "Выйти");
    public string PhoneOf(string extensions) => Say($"Phone {extensions}", $"Телефон {extensions}");
    public string NoPhone => Say("No phone", "Нет телефона");

    public string Ring => Say("Ring volume", "Громкость звонка");
    public string RingTest => Say("Try the ring", "Проверить звонок");
    public string SoundLocked => Say("Click anywhere to allow the ring sound", "Щёлкните в любом месте, чтобы включить звук звонка");
    public string AllowNotifications => Say("Allow notifications", "Разрешить уведомления");
    public string NotificationsOn => Say("Notifications are on", "Уведомления включены");
    public string NotificationsBlocked => Say("Notifications are blocked in the browser", "Уведомления запрещены в браузере");
    public string OtherTabRings => Say("Another tab of this browser rings", "Звонит другая вкладка этого браузера");

    public string Connections => Say("Connections", "Связь");

    public string LineLost(string length, int attempt) => Say(
        $"Live data stopped {length} ago, reconnecting (attempt {attempt}). Calls are still shown, a few seconds late.",
        $"Связь с сервером прервана {length} назад, восстанавливаем (попытка {attempt}). Звонки видны с задержкой в несколько секунд.");

    public string LineLostBriefly => Say("Live data stopped, reconnecting.", "Связь с сервером прервана, восстанавливаем.");

    public string PbxLost(string pbx, string since) => Say(
        $"Calls of “{pbx}” are not seen since {since}. They will be filled in.",
        $"Звонки АТС «{pbx}» не видны с {since}. Они будут дополнены.");

    public string KeysTitle => Say("Keys", "Клавиши");
    public string KeysNote => Say("Keys are taken by their place on the keyboard: they work in every layout.", "Клавиши действуют по месту на клавиатуре, в любой раскладке.");
    public string KeySearch => Say("Search", "Поиск");
    public string KeySections => Say("Sections of the rail", "Разделы слева");
    public string KeyPop => Say("To the incoming call", "К входящему звонку");
    public string KeyNote => Say("To the note of the call", "К заметке о звонке");
    public string KeyFinish => Say("Save the form; finish the call’s card", "Сохранить форму; завершить карточку звонка");
    public string KeyList => Say("Next, previous row (in a list)", "Следующая, предыдущая строка (в списке)");
    public string KeyBoard => Say("On the board of deals: to the column beside, move the deal", "На доске сделок: к соседней колонке, перенести сделку");
    public string KeyOpen => Say("Open the row (in a list)", "Открыть строку (в списке)");
    public string KeyPlayer => Say("In the player: play, 5 s, 15 s, speed, comment, next", "В плеере: пуск, 5 с, 15 с, скорость, комментарий, следующая");
    public string KeyCall => Say("Call the number of the row (in a list)", "Позвонить по номеру строки (в списке)");
    public string KeyDone => Say("Done, or close (in a list of tasks or lost calls)", "Готово или закрыть (в списке задач или потерянных звонков)");
    public string KeyChoose => Say("Choose a client (when several match)", "Выбрать клиента (если подходят несколько)");
    public string KeyClose => Say("Close the topmost layer", "Закрыть верхний слой");
    public string KeyHelp => Say("This list", "Этот список");
}
