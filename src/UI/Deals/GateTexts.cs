using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Funnels;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Deals;

/// <summary>The dialog at a gate: what a stage asks, and what can be done about it.</summary>
public sealed class GateTexts(Language language) : TextGroup(language)
{
    readonly FieldTexts fields = new(language);
    readonly TimeTexts time = new(language);

    public string MoveTo(string stage) => Say($"Move to {stage}", $"Перенести: {stage}");
    public string Heading(string deal, string stage) => Say($"{deal} → {stage}", $"{deal} → {stage}");
    public string Fields => Say("To fill in", "Заполнить");
    public string Tasks => Say("To be done first", "Сначала сделать");
    public string Overriding => Say("Move it anyway", "Перенести всё равно");
    public string OverrideHint => Say("The reason stays in the deal’s history.", "Причина останется в истории сделки.");
    public string OverrideReason => Say("Why it may pass", "Почему можно пропустить");
    public string AtLeastTen => Say("At least 10 characters.", "Не короче 10 символов.");
    public string NothingMissing => Say("Everything is there.", "Всё заполнено.");

    public string SetBy(string name, DateTimeOffset? at) => at is { } day
        ? Say($"asked by {name}, {time.Day(day)}", $"требование: {name}, {time.Day(day)}")
        : Say($"asked by {name}", $"требование: {name}");

    public string AskedIn(string stage) => Say($"for “{stage}”", $"для этапа «{stage}»");

    public string TaskOpen => Say("Not done", "Не сделано");
    public string TaskDone => Say("Done", "Сделано");
    public string TaskExcused => Say("Not needed here", "Здесь не нужно");
    public string TaskAsking => Say("Ask to excuse", "Попросить освободить");
    public string AskNow => Say("Ask", "Попросить");
    public string WasAsked => Say("Asked. Supervisors see it among their tasks; until they answer, the deal stays here.", "Просьба отправлена: руководители видят её среди задач. До ответа сделка остаётся здесь.");
    public string TaskNote => Say("Note", "Заметка");
    public string ExcuseReason => Say("Why it is not needed", "Почему не нужно");
    public string CallCounts(int seconds) => Say($"Counts once there is an answered call of at least {seconds} s.", $"Засчитывается, когда есть отвеченный звонок от {seconds} с.");

    public string CallMissing(string? task, int? seconds) => Say(
        $"“{task}” counts only with an answered call with the client of at least {seconds} s since it was given. There is none yet.",
        $"«{task}» засчитывается только после отвеченного звонка клиенту от {seconds} с. Такого звонка ещё нет.");

    public string MessageMissing(string? task) => Say(
        $"“{task}” counts only when a message was sent to the client since it was given. There is none yet.",
        $"«{task}» засчитывается только после сообщения, отправленного клиенту. Такого сообщения ещё нет.");

    public string CheckAgain => Say("Check again", "Проверить ещё раз");
    public string NoWay(string from, string to) => Say($"The funnel has no way from “{from}” to “{to}”.", $"В воронке нет пути с этапа «{from}» на этап «{to}».");
    public string NoStage => Say("This stage is no longer in the funnel.", "Этого этапа больше нет в воронке.");

    public string LossReason => Say("Why it is lost", "Почему проиграна");
    public string ChooseReason => Say("Choose", "Выберите");
    public string Closer => Say("More exactly", "Точнее");
    public string NotCounted => Say("not counted as lost", "не считается проигрышем");
    public string NoReasons => Say("No reasons are set. A manager does that in the funnels.", "Причины не заданы. Их задаёт менеджер в разделе «Воронки».");
    public string LossNote => Say("Note", "Заметка");
    public string Competitor => Say("Lost to", "Кому проиграли");
    public string OfferAgain => Say("Offer again on", "Предложить снова");

    public string StillMissing(IReadOnlyList<string> what) => Say("Still missing: ", "Ещё нужно: ") + string.Join(", ", what) + ".";
    public string MissingReason => Say("the reason of the loss", "причина проигрыша");
    public string MissingOverride => Say("the reason to move it anyway", "причина переноса в обход");
    public string MissingTask(string? task) => Say($"task “{task}”", $"задача «{task}»");
    public string MissingExcuse(string? task) => Say($"why “{task}” is not needed", $"почему «{task}» не нужна");
    public string MissingCall(string? task) => Say($"a call for “{task}”", $"звонок для «{task}»");
    public string MissingMessage(string? task) => Say($"a message for “{task}”", $"сообщение для «{task}»");
    public string MissingWay => Say("a way to this stage", "путь на этот этап");

    /// <summary>One unmet thing in a few words.</summary>
    public string Words(UnmetItem item) => item.What switch
    {
        "field" => item.Name ?? fields.Name(item.Field ?? ""),
        "task" => MissingTask(item.Name),
        "call" => MissingCall(item.Name),
        "message" => MissingMessage(item.Name),
        "transition" => MissingWay,
        "loss_reason" => MissingReason,
        "stage" => NoStage,
        var other => other,
    };

    public string Words(IEnumerable<UnmetItem> unmet) => string.Join(", ", unmet.Select(Words));

    public string ChangedTitle(string? who) => who is null ? Say("The deal changed meanwhile", "Тем временем сделка изменилась")
        : Say($"{who} changed the deal meanwhile", $"Тем временем сделку изменил(а) {who}");
    public string ChangedBody => Say("What you typed is kept. Look, and go on.", "Введённое вами сохранено. Посмотрите и продолжайте.");
    public string ChangedContested => Say("You both changed these fields. Choose for each, then save.", "Эти поля изменили вы оба. Выберите по каждому и сохраните.");
    public string Mine => Say("Yours", "Ваше");
    public string Theirs => Say("Theirs", "Чужое");
}
