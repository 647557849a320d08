using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Presence;

/// <summary>What agents do, and what they may ask for.</summary>
public sealed class PresenceTexts(Language language) : TextGroup(language)
{
    public string Button => Say("Your state", "Ваш статус");

    public string State(AgentState state, string? reason = null) => state switch
    {
        AgentState.Offline => Say("Offline", "Не на месте"),
        AgentState.Ready => Say("Ready", "На линии"),
        AgentState.Ringing => Say("Ringing", "Звонок"),
        AgentState.Talking => Say("Talking", "Разговор"),
        AgentState.OnHold => Say("Hold", "Удержание"),
        AgentState.WrapUp => Say("Wrap-up", "Обработка"),
        AgentState.Break => reason ?? Say("Break", "Перерыв"),
        AgentState.NotResponding => Say("No answer – are you there?", "Нет ответа – вы на месте?"),
    };

    public string BecomeReady => Say("Ready", "На линию");
    public string HereIAm => Say("I am here", "Я на месте");
    public string Breaks => Say("Break", "Перерыв");
    public string NoBreaks => Say("An administrator has named no breaks.", "Администратор не завёл перерывов.");
    public string AfterCall(string? breakName) => breakName is null ? Say("Ready after this call", "На линию после звонка") : Say($"{breakName} after this call", $"{breakName} после звонка");
    public string Withdraw => Say("Not after all", "Не нужно");
    public string FinishWrapUp => Say("Finish wrap-up", "Закончить обработку");
    public string Longer(int seconds) => Say($"+{seconds} s", $"+{seconds} с");
    public string UpTo(int minutes) => Say($"up to {minutes} min", $"до {minutes} мин");

    public string RulesTitle => Say("Breaks and wrap-up", "Перерывы и обработка");
    public string BreakLines => Say("Breaks", "Перерывы");
    public string BreakLinesHint => Say("One a line; the minutes that it may take behind a comma: Lunch, 30", "По одному в строке; через запятую — сколько минут можно: Обед, 30");
    public string WrapUpSeconds => Say("Wrap-up, in seconds", "Обработка после звонка, секунд");
    public string WrapUpHint => Say("0: none. The server ends it, with or without a browser.", "0: нет. Заканчивает сервер, даже если браузер закрыт.");
    public string QueueLines => Say("Other wrap-up for queues", "Для очередей — иначе");
    public string QueueLinesHint => Say("One a line, with its seconds: support, 90", "По одной в строке, с секундами: support, 90");
    public string NotALine(string line) => Say($"“{line}” is no name with a number behind a comma.", $"«{line}» — не имя и число через запятую.");
    public string SecondsRange(int most) => Say($"A number from 0 to {most}.", $"Число от 0 до {most}.");
    public string Saved => Say("The rules are saved.", "Правила сохранены.");
}
