using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Clients;

/// <summary>One person on two cards: the hint, the comparison, what a merge does, and the way back.</summary>
public sealed class MergeTexts(Language language) : TextGroup(language)
{
    public string Title => Say("One person or two?", "Один человек или два?");
    public string LooksAlike => Say("Looks like the same person:", "Похоже, это один и тот же человек:");
    public string Compare => Say("Compare", "Сравнить");
    public string CompareWith(string name) => Say($"Compare with {name}", $"Сравнить с карточкой «{name}»");
    public string NotTheSame => Say("Not the same", "Это разные люди");
    public string NotTheSameAs(string name) => Say($"Not the same: {name}", $"Это разные люди: {name}");
    public string Dismissed => Say("This pair is not proposed any more.", "Эта пара больше не предлагается.");
    public string CreatedOn(string day) => Say($"created {day}", $"карточка от {day}");

    public string Reasons(ClientDuplicate duplicate) => string.Join(", ", duplicate.Reasons.Select(reason => reason switch
    {
        "number" => Say("same number", "тот же номер"),
        "email" => Say("same e-mail", "та же почта"),
        _ => reason,
    }));

    public string Stays => Say("Which card stays", "Какая карточка останется");
    public string StaysHint => Say("All that the other one has goes to it.", "К ней перейдёт всё, что есть у другой.");
    public string Differs => Say("differs", "различается");
    public string Same => Say("same", "совпадает");
    public string OwnerOpen => Say("The cards have different owners: choose who looks after the client.", "У карточек разные ответственные: выберите, кто ведёт клиента.");
    public string AllNumbers => Say("All numbers stay.", "Останутся все номера.");
    public string Wishes => Say("Wishes", "Пожелания");
    public string Stricter => Say("Of two wishes the stricter one counts.", "Из двух пожеланий действует более строгое.");
    public string NoWishes => Say("none", "нет");
    public string Has => Say("History", "История");
    public string LastContact(string when) => Say($"last contact {when}", $"последний контакт {when}");

    public string Parts(IReadOnlyList<ClientPartCount> parts) => parts.Count == 0 ? Say("nothing", "ничего нет") : string.Join(", ", parts.Select(Part));

    public string What => Say("What happens", "Что произойдёт");

    public string GoesInto(string gone, string stays) => Say($"“{gone}” goes into “{stays}”. Links to it lead there.", $"«{gone}» войдёт в «{stays}». Ссылки на неё поведут туда.");

    public string Moves(IReadOnlyList<ClientPartCount> parts) => parts.Count == 0
        ? Say("It has no history that would move.", "Истории, которая перешла бы, у неё нет.")
        : Say($"These move: {Parts(parts)}.", $"Перейдут: {Parts(parts)}.");

    public string CanBeUndone => Say("This can be undone for 30 days.", "Это можно отменить в течение 30 дней.");
    public string Merge(string gone, string stays) => Say($"Merge “{gone}” into “{stays}”", $"Объединить: «{gone}» войдёт в «{stays}»");
    public string Merging => Say("Merging…", "Объединение…");
    public string Merged => Say("The two cards are one now.", "Теперь это одна карточка.");
    public string ChangedMeanwhile => Say("Somebody changed one of the cards meanwhile. This is how they are now: look once more.", "Тем временем одну из карточек изменили. Здесь они уже такие, как сейчас: проверьте ещё раз.");
    public string GoneMeanwhile => Say("One of the cards was merged meanwhile. Open the client to see what became of it.", "Тем временем одну из карточек объединили. Откройте клиента, чтобы увидеть, что получилось.");
    public string ToClient => Say("To the client", "К клиенту");

    public string MergedWith(string name, string day) => Say($"Merged with “{name}” on {day}.", $"Объединена с карточкой «{name}» {day}.");
    public string Undo => Say("Undo", "Отменить");
    public string UndoOf(string name) => Say($"Undo the merge with {name}", $"Отменить объединение с «{name}»");
    public string UndoUntil(string day) => Say($"Can be undone until {day}.", $"Можно отменить до {day}.");
    public string LaterFirst => Say("A later merge comes first.", "Сначала отменяется более позднее.");
    public string Undone => Say("They are two cards again.", "Снова две карточки.");

    public string EditNote => Say("Edit", "Изменить");
    public string EditNoteBy(string author) => Say($"Edit the note by {author}", $"Изменить заметку: {author}");
    public string NoteText => Say("Note", "Заметка");
    public string NoteSaved => Say("The note is corrected.", "Заметка исправлена.");
    public string NoteChanged => Say("Somebody corrected this note meanwhile. It says now:", "Тем временем заметку исправил кто-то другой. Сейчас в ней:");
    public string NoteChangedHint => Say("What you typed is kept. Save to put it in place of that.", "Введённое вами осталось. Сохраните, чтобы заменить им этот текст.");

    public string Edited(NoteItem note) => Say("edited, ", "исправлено, ") + Count(note.Version, ("version", "versions"), ("версия", "версии", "версий"));
    public string EditedBy(string author, string when) => Say($"the newest by {author}, {when}", $"последняя: {author}, {when}");
    public string VersionBy(NoteVersion version, string when) => Say($"Version {version.Version}, {version.AuthorName}, {when}", $"Версия {version.Version}, {version.AuthorName}, {when}");

    string Part(ClientPartCount part) => part.Kind switch
    {
        "call" => Count(part.Count, ("call", "calls"), ("звонок", "звонка", "звонков")),
        "message" => Count(part.Count, ("message", "messages"), ("сообщение", "сообщения", "сообщений")),
        "note" => Count(part.Count, ("note", "notes"), ("заметка", "заметки", "заметок")),
        "inquiry" => Count(part.Count, ("inquiry", "inquiries"), ("обращение", "обращения", "обращений")),
        "task" => Count(part.Count, ("task", "tasks"), ("задача", "задачи", "задач")),
        "deal" => Count(part.Count, ("deal", "deals"), ("сделка", "сделки", "сделок")),
        "field" => Count(part.Count, ("field", "fields"), ("поле", "поля", "полей")),
        _ => $"{part.Kind}: {part.Count}",
    };
}
