using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Outcomes;

/// <summary>How calls ended for the business.</summary>
public sealed class OutcomeTexts(Language language) : TextGroup(language)
{
    public string Outcome => Say("Outcome", "Итог");
    public string Choose => Say("Choose…", "Выберите…");
    public string Required => Say("Say how the call ended.", "Укажите, чем закончился звонок.");

    public string Title => Say("Outcomes of calls", "Итоги звонков");
    public string Queue => Say("Queue", "Очередь");
    public string QueueHint => Say("Empty: all other calls", "Пусто: все остальные звонки");
    public string IsRequired => Say("Required after a talk", "Обязателен после разговора");
    public string Outcomes => Say("Outcomes", "Итоги");
    public string OutcomesHint => Say("One a line, in their order. A branch of a tree: Refused › Price", "По одному в строке, в нужном порядке. Ветвь дерева: Отказ › Цена");
    public string AddQueue => Say("Add a queue", "Добавить очередь");
    public string Remove(string queue) => Say($"Remove “{queue}”", $"Убрать «{queue}»");
    public string Saved => Say("The outcomes are saved.", "Итоги сохранены.");
}
