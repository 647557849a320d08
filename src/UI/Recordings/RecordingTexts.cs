using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Recordings;

/// <summary>Recordings, what became of them, and the player.</summary>
public sealed class RecordingTexts(Language language) : TextGroup(language)
{
    readonly TimeTexts time = new(language);

    public string Title => Say("Recordings", "Записи разговоров");
    public string OfCall => Say("Recording", "Запись");
    public string Voicemail => Say("Voicemail", "Голосовое сообщение");
    public string NoneYet => Say("No recordings yet", "Записей пока нет");
    public string NoneYetBody => Say("They appear here when the PBX has sent them. Only what is open to you is shown.", "Они появятся, когда их пришлёт АТС. Показано только доступное вам.");
    public string NoneFit => Say("No recorded calls fit these filters", "Под эти фильтры ничего не подходит");
    public string NoneLack => Say("Every answered call here has its sound", "У всех отвеченных звонков есть запись");
    public string Flags => Say("Flags", "Отметки");
    public string LacksAudio => Say("Answered, but no audio", "Отвечен, но без записи");
    public string LacksAudioFilter => Say("Answered, but no audio", "Отвечены, но без записи");

    public string Coverage(RecordingCoverage coverage) => coverage.Answered == 0
        ? Say("No answered calls in this time.", "За это время отвеченных звонков не было.")
        : Say(
            $"Answered, but no audio: {time.Number(coverage.WithoutAudio)} of {time.Number(coverage.Answered)} ({Percent(coverage)})",
            $"Отвечены, но без записи: {time.Number(coverage.WithoutAudio)} из {time.Number(coverage.Answered)} ({Percent(coverage)})");

    public string StillExpected(int number) => Say($"still on their way: {time.Number(number)}", $"ещё в пути: {time.Number(number)}");

    public string Play(string what) => Say($"Play: {what}", $"Слушать: {what}");
    public string PauseOf(string what) => Say($"Pause: {what}", $"Пауза: {what}");

    /// <summary>What there is instead of sound.</summary>
    public string State(RecordingItem recording) => recording switch
    {
        { State: "expected" } => Say("Expected: it usually arrives within a minute", "Ожидается: обычно приходит в течение минуты"),
        { State: "missing", Why: "empty" } => Say("Missing: the PBX sent a file without sound. Tell an administrator", "Нет: АТС прислала файл без звука. Сообщите администратору"),
        { State: "missing", Why: "no_talk" } => Say("Nothing was recorded: nobody talked", "Записывать было нечего: никто не говорил"),
        { State: "missing" } => Say("Missing: the PBX made no file. Tell an administrator", "Нет: АТС не сделала файл. Сообщите администратору"),
        { State: "deleted", DeletedAt: { } at } => Say($"Deleted by rule on {time.Day(at)}", $"Удалена по правилу хранения {time.Day(at)}"),
        { State: "deleted" } => Say("Deleted by rule", "Удалена по правилу хранения"),
        { Damage: not null } => Say("Damaged in the storage. Tell an administrator", "Повреждена в хранилище. Сообщите администратору"),
        { MayPlay: false } => Say("You may not listen to this: your role does not cover it", "Вам нельзя слушать эту запись: на это нет права"),
        _ => Say("Ready", "Готова"),
    };

    /// <summary>In a list: the best that is known, in a word or two.</summary>
    public string Short(string? state) => state switch
    {
        "expected" => Say("recording expected", "запись ожидается"),
        "missing" => Say("no recording", "записи нет"),
        "deleted" => Say("recording deleted", "запись удалена"),
        _ => "",
    };

    public string Listeners => Say("Who listened", "Кто слушал");
    public string NoListeners => Say("Nobody so far.", "Пока никто.");

    public string Use(RecordingUse use) => (use.Action, use.Refused) switch
    {
        ("play", false) => Say("listened", "слушал(а)"),
        ("download", false) => Say("downloaded", "скачал(а)"),
        ("share", false) => Say("showed to a colleague", "показал(а) коллеге"),
        ("play", true) => Say("was refused to listen", "отказано в прослушивании"),
        ("download", true) => Say("was refused to download", "отказано в скачивании"),
        _ => Say("was refused", "отказано"),
    };

    public string Somebody => Say("A program", "Программа");

    public string PlayerTitle => Say("Player", "Плеер");
    public string Playing => Say("Play", "Слушать");
    public string Pause => Say("Pause", "Пауза");
    public string Back5 => Say("Back 5 seconds", "Назад на 5 секунд");
    public string Forward5 => Say("Forward 5 seconds", "Вперёд на 5 секунд");
    public string Back15 => Say("Back 15 seconds", "Назад на 15 секунд");
    public string Forward15 => Say("Forward 15 seconds", "Вперёд на 15 секунд");
    public string Position => Say("Position", "Место в записи");
    public string PositionOf(string at, string length) => Say($"{at} of {length}", $"{at} из {length}");
    public string Speed => Say("Speed", "Скорость");
    public string SpeedOf(double speed) => speed.ToString("0.##", Culture) + "×";
    public string SkipSilence => Say("Skip silence", "Без пауз");
    public string Next => Say("Next recording", "Следующая запись");
    public string Download => Say("Download", "Скачать");
    public string ClosePlayer => Say("Close the player", "Закрыть плеер");
    public string Agent => Say("agent", "оператор");
    public string Client => Say("client", "клиент");

    public string Side(string side) => side switch
    {
        "agent" => Agent,
        "client" => Client,
        _ => "",
    };

    public string Comments(int number) => Say($"Comments ({number})", $"Комментарии ({number})");
    public string CommentAt(string at) => Say($"Comment at {at}", $"Комментарий на {at}");
    public string CommentWords => Say("Comment", "Комментарий");
    public string CommentAdded => Say("The comment is saved.", "Комментарий сохранён.");
    public string RemoveComment(string at) => Say($"Remove the comment at {at}", $"Удалить комментарий на {at}");
    public string GoTo(string at) => Say($"Play from {at}", $"Слушать с {at}");
    public string OpenCall => Say("Open the call", "Открыть звонок");
    public string SharedBy(string name, string until) => Say($"{name} lets you hear this until {until}.", $"{name} открыл(а) вам эту запись до {until}.");

    public string Share => Say("Share", "Поделиться");
    public string ShareTitle => Say("Let a colleague hear it", "Открыть запись коллеге");
    public string Colleague => Say("Colleague", "Коллега");
    public string Choose => Say("Choose…", "Выберите…");
    public string ForHowLong => Say("For how long", "На какое время");
    public string ForHowLongHint => Say("To play only, not to download or to share on. It is written down.", "Только слушать: без скачивания и без передачи дальше. Это записывается в журнал.");

    /// <param name="days">1, 3, 7 or 30.</param>
    public string Days(int days) => days switch
    {
        1 => Say("a day", "сутки"),
        3 => Say("three days", "трое суток"),
        7 => Say("a week", "неделя"),
        30 => Say("30 days", "30 дней"),
        _ => throw new ArgumentOutOfRangeException(nameof(days), days, null),
    };

    public string Shared(string name, string until) => Say($"{name} can hear it until {until}. Send this address:", $"{name} может слушать до {until}. Отправьте этот адрес:");
    public string ShareLink => Say("Address of the recording", "Адрес записи");

    string Percent(RecordingCoverage coverage) => ((double)coverage.WithoutAudio / coverage.Answered).ToString("P1", Culture);
}
