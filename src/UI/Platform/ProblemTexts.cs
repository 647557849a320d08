namespace ContactCenterCrm.UI.Platform;

/// <summary>Why something was refused, in words; what a code means and what can be done.</summary>
public sealed class ProblemTexts(Language language) : TextGroup(language)
{
    public string Words(Problem problem) => problem.Code switch
    {
        "offline" => Say("The server does not answer. Check your network; what you typed is still here.", "Сервер не отвечает. Проверьте сеть; введённое сохранено на экране."),
        "wrong_credentials" => Say("The login or the password is wrong.", "Неверный логин или пароль."),
        "locked_out" => Say("Too many wrong passwords. The account is locked for a while.", "Слишком много неверных паролей. Учётная запись временно заблокирована."),
        "wrong_set_up_code" => Say("This is not the set-up code. The server prints it to its console and log when it starts.", "Код установки неверен. Сервер выводит его в консоль и журнал при запуске."),
        "already_set_up" => Say("The administrator exists already. Please sign in.", "Администратор уже создан. Войдите в систему."),
        "login_taken" => Say("Somebody has this login already.", "Этот логин уже занят."),
        "team_has_members" => Say("Somebody is in this team. Give them another one first.", "В этой команде есть люди. Сначала переведите их в другую."),
        "last_admin" => Say("This is the last active administrator: nobody could manage accounts any more.", "Это последний действующий администратор: управлять учётными записями стало бы некому."),
        "name_taken" => Say("There is one with this name already.", "Такое имя уже есть."),
        "name_fixed" => Say("Calls are known by the name of their PBX, so it stays. Make a new link for another PBX.", "По имени АТС различаются звонки, поэтому оно не меняется. Для другой АТС создайте новую связь."),
        "account_sid_taken" => Say("This Twilio account is connected already.", "Этот аккаунт Twilio уже подключён."),
        "twilio_number_taken" => Say("This number is here already.", "Этот номер уже есть."),
        "has_numbers" => Say("The account still has numbers. Delete them first.", "У аккаунта ещё есть номера. Сначала удалите их."),
        "twilio_refused" => Say(problem.Detail ?? "Twilio did not do it.", "Twilio не выполнил запрос. Проверьте аккаунт и повторите."),
        "no_card" => Say("This call is not on your desk any more.", "Этого звонка больше нет на вашем столе."),
        "number_unreadable" => Say("This is no phone number that can be called.", "На такой номер позвонить нельзя: это не телефонный номер."),
        "no_extension" => Say("No phone is assigned to you. Ask an administrator to give you an extension.", "Вам не назначен телефон. Попросите администратора назначить внутренний номер."),
        "line_down" => Say("The PBX of your phone is not connected now.", "АТС вашего телефона сейчас не на связи."),
        "do_not_call" => Say("This client does not want to be called.", "Этот клиент просил не звонить."),
        "already_dialling" => Say("Your phone is being called already.", "Вашему телефону уже звонят."),
        "unplayable" => Say("This browser cannot play the recording, or it does not arrive.", "Браузер не может воспроизвести запись, или она не приходит."),
        "may_not_listen" => Say("You may not listen to this: your role does not cover it. An administrator can change that.", "Вам нельзя слушать эту запись: на это нет права. Его может дать администратор."),
        "recording_expected" => Say("The recording has not arrived yet. It usually takes a minute.", "Запись ещё не пришла. Обычно это занимает минуту."),
        "recording_missing" => Say("There is no sound of this call: the PBX made no file. Tell an administrator.", "Звука этого звонка нет: АТС не сделала файл. Сообщите администратору."),
        "recording_deleted" => Say("The recording was deleted by rule.", "Запись удалена по правилу хранения."),
        "recording_gone" => Say("The sound is not in the storage any more. Tell an administrator.", "Звука больше нет в хранилище. Сообщите администратору."),
        "no_mail_server" => Say("No mail server is set up.", "Почтовый сервер не задан."),
        "lost_is_settled" => Say("The client was reached meanwhile, or a colleague closed it.", "С клиентом уже поговорили, или коллега закрыл звонок."),
        "claimed_by_other" => Say("A colleague is calling this client back.", "Этому клиенту уже перезванивает коллега."),
        "database_away" => Say("The database does not answer. Nothing that you typed is lost; try again.", "База данных не отвечает. Введённое не потеряно; повторите попытку."),
        "number_taken" => Say("Another client has one of these numbers.", "Один из этих номеров уже есть у другого клиента."),
        "undo_too_late" => Say("This merge is too long ago to be undone.", "Это объединение слишком давнее, отменить его уже нельзя."),
        "later_merge" => Say("One of the cards was merged again later. Undo that first.", "Одну из карточек позже объединили ещё раз. Сначала отмените то объединение."),
        "not_your_note" => Say("A note is corrected by its author or by a supervisor.", "Заметку исправляет её автор или руководитель."),
        "changed_by_other" => Say("Somebody else changed this meanwhile.", "Тем временем это изменил кто-то другой."),
        "gate" => Say("The stage asks more than the deal has.", "Этап требует больше, чем есть в сделке."),
        "field_in_use" => Say("A stage asks this field: take it off there first.", "Это поле требует один из этапов воронки: сначала уберите его там."),
        "override_not_allowed" => Say("You may not move deals past their gates. An administrator can give that right.", "У вас нет права переносить сделки в обход требований. Его может дать администратор."),
        "excuse_not_allowed" => Say("You may not excuse deals from tasks. An administrator can give that right.", "У вас нет права освобождать сделки от задач. Его может дать администратор."),
        "validation" => Say("Something is missing or not right. See the fields.", "Что-то не заполнено или заполнено неверно. Посмотрите поля."),
        _ => ByStatus(problem),
    };

    public string LockedUntil(string time) => Say($"You can try again at {time}.", $"Повторить можно в {time}.");

    public string WrongPassword => Say("This is not your current password.", "Это не ваш текущий пароль.");
    public string Required => Say("Please fill this in.", "Заполните это поле.");

    public string TooShort(int least) => Say("At least ", "Не короче ") + Characters(least) + ".";

    public string TooLong(int most) => Say("At most ", "Не длиннее ") + Characters(most) + ".";


    public string NoEmail => Say("This is no e-mail address.", "Это не адрес электронной почты.");
    public string NoNumber => Say("This is no phone number.", "Это не телефонный номер.");
    /// <summary>What the server said of a field. It speaks English only.</summary>
    public string Field(string? english) => Say(english ?? "The server does not take this value.", "Сервер не принимает это значение.");

    public string Trace(string id) => Say($"Error id for the administrator: {id}", $"Код ошибки для администратора: {id}");

    public string BrokenTitle => Say("This page broke", "На странице произошёл сбой");

    public string BrokenBody => Say(
        "That is our fault, not yours. Notes that you typed during calls are kept.",
        "Это наша ошибка, не ваша. Заметки, введённые во время звонков, сохранены.");

    // Genitive in Russian: "не короче 12 символов".
    string Characters(int number) => Count(number, ("character", "characters"), ("символа", "символов", "символов"));

    string ByStatus(Problem problem) => problem.Status switch
    {
        400 => Say(problem.Detail ?? "The server did not understand this.", "Сервер не понял запрос."),
        401 => Say("You are signed out. Please sign in again.", "Сеанс завершён. Войдите снова."),
        403 => Say("You have no right to do this. An administrator can give it.", "У вас нет на это права. Его может дать администратор."),
        404 => Say("This is not there, or not open to you.", "Этого нет, или оно вам недоступно."),
        409 => Say(problem.Detail ?? "This does not fit what is stored now. Reload the page.", "Это противоречит сохранённым данным. Обновите страницу."),
        429 => Say("Too many requests. Wait a little and try again.", "Слишком много запросов. Подождите немного и повторите."),
        >= 500 => Say("The server failed. Nothing that you typed is lost; try again.", "Сбой на сервере. Введённое не потеряно; повторите попытку."),
        _ => Say(problem.Detail ?? "That did not work.", "Не получилось."),
    };
}
