using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Funnels;

/// <summary>Funnels as a manager makes them: stages, what each asks, and who would be stuck by it.</summary>
public sealed class FunnelTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Funnels", "Воронки");
    public string Sections => Say("Funnels and their settings", "Воронки и их настройки");
    public string New => Say("New funnel", "Новая воронка");
    public string NewIsFrom => Say("The stages below are a beginning. Change them to the way your deals go.", "Этапы ниже — заготовка. Измените их под то, как идут ваши сделки.");
    public string All => Say("All funnels", "Все воронки");
    public string None => Say("No funnels yet", "Воронок пока нет");
    public string NoneBody => Say("A funnel is the way of your deals: its stages, and what must be known and done before a deal goes on.", "Воронка — это путь сделок: этапы и то, что нужно знать и сделать, прежде чем сделка пойдёт дальше.");
    public string OnlyManagers => Say("Managers and administrators change funnels. You can read them.", "Воронки меняют руководители и администраторы. Вы можете их смотреть.");
    public string Name => Say("Name", "Название");
    public string Stages => Say("Stages", "Этапы");
    public string Teams => Say("Teams", "Команды");
    public string EveryTeam => Say("Everybody", "Все");
    public string TeamsHint => Say("None chosen: everybody sees this funnel.", "Ничего не выбрано: воронку видят все.");
    public string SomeTeams(int count) => Count(count, ("team", "teams"), ("команда", "команды", "команд"));
    public string TeamNamesClosed => Say("Only an administrator may choose teams.", "Выбрать команды может только администратор.");
    public string State => Say("State", "Состояние");
    public string InUse => Say("In use", "Работает");
    public string Archived => Say("Archived", "В архиве");
    public string IsArchived => Say("Archived", "В архиве");
    public string IsArchivedHint => Say("No new deals. Those that are in it stay.", "Новых сделок не будет. Те, что есть, останутся.");
    public string Report => Say("Report", "Отчёт");
    public string ReportOf(string funnel) => Say($"Report: {funnel}", $"Отчёт: {funnel}");
    public string Import => Say("Import deals", "Загрузить сделки");
    public string Actions => Say("Actions", "Действия");

    public string StageNew => Say("New", "Новая");
    public string StageQualified => Say("Qualified", "Квалификация");
    public string StageOffer => Say("Offer", "Предложение");
    public string Won => Say("Won", "Успех");
    public string Lost => Say("Lost", "Отказ");

    public string StagesHint => Say("To be in a stage, a deal has what this stage and all before it ask.", "Чтобы быть на этапе, в сделке должно быть всё, что требуют этот этап и все предыдущие.");
    public string AddStage => Say("Add a stage", "Добавить этап");
    public string RemoveStage(string stage) => Say($"Remove the stage “{stage}”", $"Убрать этап «{stage}»");
    public string RemoveStageQuestion(string stage) => Say($"Remove the stage “{stage}” with all that it asks?", $"Убрать этап «{stage}» со всем, что он требует?");
    public string Up(string stage) => Say($"Move up: {stage}", $"Выше: {stage}");
    public string Down(string stage) => Say($"Move down: {stage}", $"Ниже: {stage}");
    public string Moved(string stage, int place, int of) => Say($"{stage} is number {place} of {of} now.", $"{stage}: теперь {place}-й из {of}.");
    public string NoName => Say("(no name)", "(без названия)");
    public string Color => Say("Colour", "Цвет");
    public string Probability => Say("Probability, %", "Вероятность, %");
    public string ProbabilityHint => Say("Of the deals here, to be won.", "Доходит до успеха.");
    public string LimitHours => Say("Limit, hours", "Предел, часов");
    public string LimitHint => Say("Empty: a deal may stay for ever.", "Пусто: без предела.");
    public string OwnerOnEntry => Say("Who gets the deal here", "Кто получает сделку здесь");
    public string KeepsOwner => Say("It stays with its owner", "Остаётся у своего ответственного");
    public string GoesOn => Say("Goes on by itself", "Идёт дальше сама");
    public string GoesOnHint => Say("When everything that this stage requires is done, the deal goes to the next stage, if it may.", "Когда сделано всё, что требует этап, сделка переходит на следующий, если ей можно.");
    public string Between(int least, int most) => Say($"A whole number from {least} to {most}.", $"Целое число от {least} до {most}.");

    public string AskedFields => Say("Filled in before a deal comes here", "Заполнено, прежде чем сделка придёт сюда");
    public string OfDeal => Say("Of the deal", "Из сделки");
    public string OfClient => Say("Of the client", "Из карточки клиента");
    public string AskedBefore(string stage) => Say($"asked in “{stage}” already", $"уже требует «{stage}»");
    public string SetBy(string? name, string day) => Say($"set by {name} on {day}", $"задано: {name}, {day}");
    public string UnknownField(string key) => Say($"A field that is archived now ({key})", $"Поле, которое теперь в архиве ({key})");

    public string StageTasks => Say("To be done here", "Сделать на этом этапе");
    public string StageTasksHint => Say("Every deal that comes here gets these tasks.", "Эти задачи получает каждая сделка, которая пришла на этап.");
    public string AddTask => Say("Add a task", "Добавить задачу");
    public string Task(int number) => Say($"Task {number}", $"Задача {number}");
    public string RemoveTask(int number) => Say($"Remove task {number}", $"Убрать задачу {number}");
    public string Kind => Say("Kind", "Вид");
    public string Subject => Say("What is to be done", "Что сделать");
    public string DueHours => Say("Due after, hours", "Срок, часов");
    public string TaskOwner => Say("Who", "Кто");
    public string DealOwner => Say("The deal’s owner", "Ответственный за сделку");
    public string Required => Say("Required", "Обязательна");
    public string RequiredHint => Say("A deal does not leave the stage before it is done or excused.", "Сделка не уйдёт с этапа, пока задача не сделана или не снята.");
    public string NothingAfter => Say("Nothing comes after this stage, so nothing is required before that.", "После этого этапа ничего нет, поэтому обязательных задач здесь не бывает.");
    public string CallSeconds => Say("Only with a call of at least, seconds", "Только со звонком не короче, секунд");
    public string CallSecondsHint => Say("Empty: the word of the employee is enough.", "Пусто: достаточно слова сотрудника.");
    public string NeedsMessage => Say("Only with a message that was sent to the client", "Только с сообщением, отправленным клиенту");

    public string DueIn(int hours) => hours == 0 ? Say("at once", "сразу") : Say("within ", "срок ") + Hours(hours);
    public string WithCall(int seconds) => Say($"with a call of at least {seconds} s", $"со звонком не короче {seconds} с");
    public string WithMessage => Say("with a sent message", "с отправленным сообщением");

    public string Ways => Say("Where a deal may go from here", "Куда сделка может уйти отсюда");
    public string UsualWay(string stages) => Say($"The usual way: {stages}", $"Обычный путь: {stages}");
    public string OwnWay => Say("Only to the stages chosen here", "Только на выбранные этапы");
    public string NoWay => Say("Choose at least one stage.", "Выберите хотя бы один этап.");

    public string BeforeSave => Say("Before you save", "Перед сохранением");
    public string HoldsForNew => Say("What a stage asks holds for moves from now on. Nobody is moved back by it.", "Требования этапа действуют для будущих переходов. Назад никого не вернут.");
    public string ShowStuck => Say("Show who would be stuck", "Показать, кто застрянет");
    public string Looking => Say("Looking…", "Проверяем…");
    public string NoDeals => Say("No open deals in this funnel.", "Открытых сделок в воронке нет.");
    public string NobodyStuck(int open) => Say("None of ", "Не застрянет ни одна из ") + Count(open, ("open deal would be stuck.", "open deals would be stuck."), ("открытой сделки.", "открытых сделок.", "открытых сделок."));
    public string Stuck(int stuck, int open) => Say($"{Number(stuck)} of {Number(open)} open deals would be stuck by what is new.", $"Из-за нового застрянут: {Number(stuck)} из {Number(open)} открытых сделок.");
    public string StuckInStages => Say("By stages", "По этапам");
    public string OpenDeals => Say("Open", "Открыто");
    public string StuckDeals => Say("Stuck", "Застрянет");
    public string Stage => Say("Stage", "Этап");
    public string FirstStuck => Say("The first of them, and what they lack", "Первые из них и чего им не хватает");
    public string MoreStuck(int more) => Say($"and {Number(more)} more", $"и ещё {Number(more)}");
    public string PreviewOld => Say("You changed the funnel since.", "С тех пор вы изменили воронку.");
    public string DealOf(DealItem deal) => deal.Title.Length > 0 ? deal.Title : deal.ClientName.Length > 0 ? deal.ClientName : Say($"Deal {deal.Id}", $"Сделка {deal.Id}");
    public string Saved => Say("The funnel is saved. It holds for moves from now on.", "Воронка сохранена. Она действует для переходов с этого момента.");
    public string NotRight(string stages) => Say($"Not saved. See: {stages}", $"Не сохранено. Посмотрите: {stages}");
    public string StageInUse(string stage) => Say($"Deals are in the stage “{stage}”. Move them to another one first, or keep the stage.", $"На этапе «{stage}» есть сделки. Сначала переведите их на другой или оставьте этап.");

    public string ConflictTitle(string? name, string at) => name is null
        ? Say("Somebody else saved this funnel meanwhile", "Тем временем воронку сохранил кто-то другой")
        : Say($"{name} saved this funnel meanwhile ({at})", $"Тем временем воронку сохранил(а) {name} ({at})");

    public string ConflictBody => Say("What you typed is still here.", "Введённое вами осталось на странице.");
    public string TheyChanged => Say("What is different there:", "Что там иначе:");
    public string Takes => Say("Take theirs", "Взять чужую версию");
    public string SaveOver => Say("Save mine over it", "Сохранить мою поверх");
    public string DifferentName(string name) => Say($"Name: {name}", $"Название: {name}");
    public string DifferentTeams => Say("Teams or archive", "Команды или архив");
    public string StageThere(string stage) => Say($"There is a stage “{stage}”", $"Есть этап «{stage}»");
    public string StageNotThere(string stage) => Say($"There is no stage “{stage}”", $"Нет этапа «{stage}»");
    public string StageDifferent(string stage) => Say($"Stage “{stage}”", $"Этап «{stage}»");
    public string OrderDifferent => Say("The order of the stages", "Порядок этапов");

    public string Versions => Say("Versions", "Версии");
    public string Version(int version) => Say($"Version {version}", $"Версия {version}");
    public string IsCurrent => Say("now", "сейчас");
    public string VersionBy(string name, string when) => Say($"Saved by {name}, {when}", $"Сохранил(а) {name}, {when}");
    public string NoFields => Say("No fields", "Полей нет");
    public string NoTasks => Say("No tasks", "Задач нет");

    public string Percent(int percent) => Say($"{percent}%", $"{percent} %");
    public string Limit(int hours) => Say("limit ", "предел ") + Hours(hours);
    public string AsksFields(int count) => Say("asks ", "требует ") + Count(count, ("field", "fields"), ("поле", "поля", "полей"));
    public string AsksTasks(int count) => Count(count, ("task", "tasks"), ("задача", "задачи", "задач"));

    /// <summary>Whole days where it is some.</summary>
    public string Hours(int hours) => hours % 24 == 0 ? Count(hours / 24, ("day", "days"), ("день", "дня", "дней")) : Count(hours, ("hour", "hours"), ("час", "часа", "часов"));

    public string KindOf(StageKind kind) => kind switch
    {
        StageKind.Open => Say("open", "открытый"),
        StageKind.Won => Say("won", "успех"),
        StageKind.Lost => Say("lost", "отказ"),
    };

    public string ColorName(string color) => color switch
    {
        "blue" => Say("Blue", "Синий"),
        "teal" => Say("Teal", "Бирюзовый"),
        "green" => Say("Green", "Зелёный"),
        "amber" => Say("Amber", "Янтарный"),
        "orange" => Say("Orange", "Оранжевый"),
        "red" => Say("Red", "Красный"),
        "violet" => Say("Violet", "Фиолетовый"),
        _ => Say("Grey", "Серый"),
    };

    string Number(long number) => number.ToString("N0", Culture);
}
