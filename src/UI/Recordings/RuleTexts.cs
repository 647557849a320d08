using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Recordings;

/// <summary>Who may listen, how long recordings are kept, how the storage is: what the administrator of recordings reads.</summary>
public sealed class RuleTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Rules for recordings", "Правила для записей");
    public string Rights => Say("Who may listen", "Кому можно слушать");
    public string RightsHint => Say("Each change is written into the audit, as is every use of a recording.", "Каждое изменение и каждое прослушивание записываются в журнал.");
    public string Role => Say("Role", "Роль");
    public string Scope => Say("Whose recordings", "Чьи записи");
    public string ScopeOf(string role) => Say($"Whose recordings: {role}", $"Чьи записи: {role}");
    public string ScopeWord(string scope) => scope switch
    {
        "own" => Say("own", "свои"),
        "team" => Say("own team", "своей команды"),
        "all" => Say("all", "все"),
        "none" => Say("none", "ничьи"),
        _ => scope,
    };

    public string Play => Say("Listen", "Слушать");
    public string Download => Say("Download", "Скачивать");
    public string Share => Say("Share", "Делиться");
    public string Saved => Say("Saved.", "Сохранено.");

    public string Keeping => Say("How long", "Сколько хранить");
    public string KeepDays => Say("Days that recordings are kept", "Дней хранения записей");
    public string KeepDaysHint => Say("Empty: for ever", "Пусто: бессрочно");
    public string NoDays => Say("A number of days from 1 to 36500, or nothing.", "Число дней от 1 до 36500 или пусто.");
    public string MissingAfter => Say("Minutes after which a recording is missing", "Через сколько минут запись считается пропавшей");
    public string NoMinutes => Say("A number of minutes from 1 to 10080.", "Число минут от 1 до 10080.");
    public string ListenersShown => Say("Agents see who listened to their calls", "Операторы видят, кто слушал их звонки");
    public string Preview => Say("What would be deleted?", "Что будет удалено?");

    public string Doomed(RetentionPreview preview) => preview.Recordings == 0
        ? Say("Nothing would be deleted now.", "Сейчас ничего не будет удалено.")
        : Say($"Would delete {Files(preview.Recordings)}, {Size(preview.Bytes)}.", $"Будет удалено: {Files(preview.Recordings)}, {Size(preview.Bytes)}.");

    public string Storage => Say("Storage", "Хранилище");
    public string Holds(StorageCheck check) => Say(
        $"{Files(check.Recordings)}, {Size(check.Bytes)}, in {(check.Kind == "azure" ? "Azure Storage" : "an encrypted folder")}.",
        $"{Files(check.Recordings)}, {Size(check.Bytes)}, {(check.Kind == "azure" ? "в Azure Storage" : "в зашифрованной папке")}.");
    public string NothingDamaged => Say("No recording was found gone or changed.", "Пропавших или изменённых записей не найдено.");
    public string Damaged(int number) => Say($"Gone or changed: {number}", $"Пропало или изменено: {number}");

    string Files(long number) => Count((int)Math.Min(number, int.MaxValue), ("recording", "recordings"), ("запись", "записи", "записей"));

    string Size(long bytes) => bytes switch
    {
        < 1024 * 1024 => Say($"{Number(bytes / 1024.0)} KB", $"{Number(bytes / 1024.0)} КБ"),
        < 1024L * 1024 * 1024 => Say($"{Number(bytes / 1048576.0)} MB", $"{Number(bytes / 1048576.0)} МБ"),
        _ => Say($"{Number(bytes / 1073741824.0)} GB", $"{Number(bytes / 1073741824.0)} ГБ"),
    };

    string Number(double value) => value.ToString(value < 10 ? "0.#" : "N0", Culture);
}
