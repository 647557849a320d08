using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Calls;

/// <summary>Calls in plain words: who rang, who answered, and why nobody did.</summary>
public sealed class CallTexts(Language language) : TextGroup(language)
{
    readonly TimeTexts time = new(language);

    public string Title => Say("Calls", "Звонки");
    public string When => Say("When", "Когда");
    public string Client => Say("Client", "Клиент");
    public string Line => Say("Line", "Линия");
    public string AnsweredBy => Say("Answered by", "Ответил");
    public string Outcome => Say("Result", "Итог");
    public string WhatHappened => Say("What happened", "Что произошло");
    public string Talk => Say("Talk", "Разговор");
    public string NoCallsYet => Say("No calls yet", "Звонков пока нет");
    public string NoCallsYetBody => Say("They appear here by themselves as soon as a linked PBX has one.", "Они появятся сами, как только на подключённой АТС пройдёт звонок.");
    public string NoneFit => Say("No calls fit these filters", "Под эти фильтры не подходит ни один звонок");
    public string NoneFitBody => Say("Only calls that are open to you are shown.", "Показаны только доступные вам звонки.");
    public string Filters => Say("Filters", "Фильтры");
    public string DirectionLabel => Say("Direction", "Направление");
    public string AgentLabel => Say("Agent", "Оператор");
    public string From => Say("From day", "С даты");
    public string To => Say("To day", "По дату");
    public string OfClient => Say("Only calls of one client.", "Только звонки одного клиента.");
    public string HiddenNumber => Say("Hidden number", "Скрытый номер");
    public string Live => Say("Live", "Идёт");

    public string Direction(string direction) => direction switch
    {
        "inbound" => Say("Incoming", "Входящий"),
        "outbound" => Say("Outgoing", "Исходящий"),
        "internal" => Say("Internal", "Внутренний"),
        _ => direction,
    };

    public string DirectionOf(CallItem call) => call.Direction switch
    {
        "inbound" => Say("Incoming call", "Входящий звонок"),
        "outbound" => Say("Outgoing call", "Исходящий звонок"),
        _ => Say("Internal call", "Внутренний звонок"),
    };

    public string Result(string? result) => result switch
    {
        null => Live,
        "answered" => Say("Answered", "Отвечен"),
        "voicemail" => Say("Voicemail", "Голосовая почта"),
        "missed" => Say("Missed", "Пропущен"),
        "no_answer" => Say("No answer", "Нет ответа"),
        "busy" => Say("Busy", "Занято"),
        "declined" => Say("Declined", "Отклонён"),
        "cancelled" => Say("Cancelled", "Отменён"),
        "failed" => Say("Failed", "Не состоялся"),
        _ => result,
    };

    public string Reason(string reason) => reason switch
    {
        "no_answer" => Say("nobody picked up", "никто не снял трубку"),
        "caller_abandoned" => Say("the caller hung up before anybody picked up", "клиент положил трубку, не дождавшись ответа"),
        "agent_busy" => Say("all phones were busy", "все телефоны были заняты"),
        "declined" => Say("the call was declined", "звонок отклонили"),
        "unreachable" => Say("the phone could not be reached", "телефон был недоступен"),
        "queue_abandoned" => Say("the caller gave up waiting in the queue", "клиент не дождался ответа в очереди"),
        "queue_timeout" => Say("the longest wait in the queue ran out", "вышло время ожидания в очереди"),
        "ivr_abandoned" => Say("the caller hung up in the voice menu", "клиент положил трубку в голосовом меню"),
        "ivr_timeout" => Say("the voice menu got no choice", "в голосовом меню ничего не выбрали"),
        "agent_no_answer" => Say("the agent’s own phone was not picked up", "оператор не снял трубку на своём телефоне"),
        _ => reason,
    };

    public string Who(CallItem call) => call.ClientName is { Length: > 0 } name ? name
        : call.Client is { } number ? Clients.ReadableNumber.Of(number)
        : call.Direction == "internal" ? string.Join(" → ", new[] { call.Agent, call.AnsweredBy ?? (call.Rang.Count > 0 ? call.Rang[0] : null) }.OfType<string>())
        : HiddenNumber;

    /// <summary>The person and their extension, as far as known.</summary>
    public string Person(string? name, string? extension) => (name, extension) switch
    {
        ({ Length: > 0 }, { } number) => $"{name} ({number})",
        ({ Length: > 0 }, null) => name,
        (_, { } number) => Say($"phone {number}", $"телефон {number}"),
        _ => "",
    };

    /// <summary>One sentence: what became of the call, and why.</summary>
    public string Story(CallItem call) => call.Direction switch
    {
        "inbound" => InboundStory(call),
        "outbound" => OutboundStory(call),
        _ => call.Result == "answered" ? Talked(call) : Reached(call),
    };

    public string Uncertain(string why) => why switch
    {
        "ended_unseen" => Say("The end was not seen: the link to the PBX was down then.", "Окончание не видно: связь с АТС тогда была прервана."),
        "begun_unseen" => Say("The beginning was not seen: the link to the PBX was down then.", "Начало не видно: связь с АТС тогда была прервана."),
        "answered_unseen" => Say("The answer was not seen: the link to the PBX was down then.", "Момент ответа не видно: связь с АТС тогда была прервана."),
        "pbx_stopped" => Say("The PBX stopped in the middle of it: nobody knows when it ended.", "АТС остановилась во время звонка: когда он закончился, неизвестно."),
        _ => why,
    };

    public string UncertainMark => Say("not certain", "неточно");

    public string Found(string found) => found == "added"
        ? Say("Nobody heard this call when it happened. It is told from the PBX's own diary.", "Этого звонка никто не слышал, когда он шёл. Он восстановлен по журналу АТС.")
        : Say("Only a part of this call was heard when it happened. The rest is told from the PBX's own diary.", "Слышна была только часть этого звонка. Остальное восстановлено по журналу АТС.");

    public string FoundMark => Say("added later", "добавлен позже");

    public string Complete(CallCompleteness calls)
    {
        var percent = calls.Percent is { } share ? (Math.Floor(share * 10) / 10).ToString("0.#", Culture) : "—";
        var later = calls.Completed + calls.Added;
        return Say("Complete: ", "Полнота: ") + percent + Say(" % of ", " % из ") + Count(calls.Calls, ("call", "calls"), ("звонка", "звонков", "звонков"))
            + Say(" in the PBX's own books", " по журналу АТС")
            + (later == 0 ? "" : Say($", {later} of them added later", $", из них добавлено позже: {later}"));
    }

    public string NoBooks => Say("Nobody has compared these calls with a PBX's own books: its relay is not installed.", "Сверить звонки с журналом АТС пока нельзя: на АТС не установлен ретранслятор.");

    public string Gap(GapItem gap, DateTimeOffset now)
    {
        var times = $"{time.Short(gap.BeganAt, now)}–{time.Clock(gap.EndedAt)}";
        return gap switch
        {
            { FilledAt: not null } => Say($"{gap.Pbx} was not heard {times}. Its diary has told what went on: {Count(gap.Calls, ("call", "calls"), ("звонок", "звонка", "звонков"))}.", $"{gap.Pbx}: связи не было {times}. Пробел заполнен по журналу АТС: {Count(gap.Calls, ("call", "calls"), ("звонок", "звонка", "звонков"))}."),
            { HasDiary: true } => Say($"{gap.Pbx} was not heard {times}. Calls of that time are missing until its diary has come.", $"{gap.Pbx}: связи не было {times}. Звонки за это время появятся, когда придёт журнал АТС."),
            _ => Say($"{gap.Pbx} was not heard {times}. Calls of that time are missing, and without a relay nobody fills them in.", $"{gap.Pbx}: связи не было {times}. Звонков за это время нет, и без ретранслятора они не появятся."),
        };
    }

    public string MoreGaps(int gaps) => Say($"Gaps before: {gaps}", $"Пробелов до этого: {gaps}");

    public string HungUpBy(string by) => by switch
    {
        "caller" or "customer" => Say("The client hung up.", "Трубку положил клиент."),
        "agent" => Say("The agent hung up.", "Трубку положил оператор."),
        "pbx" => Say("The PBX ended it.", "Звонок завершила АТС."),
        "crm" => Say("It was ended from this program.", "Звонок завершили из программы."),
        _ => Say($"Phone {by} hung up.", $"Трубку положили на телефоне {by}."),
    };

    public string Offer(string? result) => result switch
    {
        null => Say("ringing", "звонит"),
        "answered" => Say("answered", "ответил"),
        "rang_out" => Say("not picked up", "не снял трубку"),
        "rejected" => Say("declined", "отклонил"),
        "busy" => Say("busy", "занят"),
        "withdrawn" => Say("stopped ringing: taken elsewhere, or the caller was gone", "перестал звонить: ответили другие или клиент ушёл"),
        "unreachable" => Say("could not be reached", "недоступен"),
        _ => result,
    };

    public string QueueExit(string? exit) => exit switch
    {
        null => Say("waiting", "ждёт"),
        "answered" => Say("answered", "ответили"),
        "abandoned" => Say("the caller gave up", "клиент не дождался"),
        "timeout" => Say("the longest wait ran out", "вышло время ожидания"),
        "overflow" => Say("went on to the next place", "ушёл дальше"),
        "join_empty" => Say("nobody was in the queue", "в очереди никого не было"),
        "closed" => Say("the queue was closed", "очередь закрыта"),
        "callback_requested" => Say("a call back was asked for", "попросили перезвонить"),
        _ => exit,
    };

    public string TalkKind(string kind) => kind switch
    {
        "main" => Say("talk with the client", "разговор с клиентом"),
        "consult" => Say("consultation among colleagues", "консультация между коллегами"),
        "conference" => Say("conference", "конференция"),
        _ => kind,
    };

    public string StepStart(CallItem call) => call.Direction switch
    {
        "inbound" => call.Did is { } did ? Say("The client called line ", "Клиент позвонил на линию ") + Clients.ReadableNumber.OfLine(did) : Say("The client called", "Клиент позвонил"),
        "outbound" => Say("Called by ", "Звонит ") + Person(call.AgentName, call.Agent),
        _ => Say("Called by phone ", "Звонит телефон ") + call.Agent,
    };

    public string StepQueue(string queue) => Say($"Entered the queue “{queue}”", $"Попал в очередь «{queue}»");
    public string StepRang(string person) => Say($"Rang: {person}", $"Звонил: {person}");
    public string StepTalk(string person) => Say($"Talks: {person}", $"Говорит: {person}");
    public string StepEnd => Say("Ended", "Завершён");
    public string Transfer => Say("Transfer", "Перевод");

    public string Transferred(TransferItem transfer) => Say(
        $"{(transfer.Type == "blind" ? "Transferred without asking" : "Transferred after a consultation")}: {transfer.By} → {transfer.To}{(transfer.Answered ? "" : ", not picked up")}",
        $"{(transfer.Type == "blind" ? "Переведён сразу" : "Переведён после консультации")}: {transfer.By} → {transfer.To}{(transfer.Answered ? "" : ", там не ответили")}");

    public string Steps => Say("Step by step", "По шагам");
    public string Facts => Say("Facts", "Данные");
    public string Wait => Say("Wait", "Ожидание");
    public string Ringing => Say("Ringing", "Звонок");
    public string PbxName => Say("PBX", "АТС");
    public string ExternalId => Say("Id at the PBX", "Код на АТС");
    public string OpenClient => Say("Open the client", "Открыть клиента");
    public string Heading(CallItem call) => DirectionOf(call) + " · " + Who(call);

    string InboundStory(CallItem call) => call.Result switch
    {
        null => call.AnsweredAt is null ? Say("Rings or waits now", "Сейчас звонит или ждёт") : Talked(call),
        "answered" => Talked(call),
        "voicemail" => Say("Left to voicemail", "Ушёл на голосовую почту") + Rang(call),
        _ => Capital(call.Reason is { } reason ? Reason(reason) : Result(call.Result))
            + (call.WaitSeconds is { } wait ? Say(" after ", ", ждал ") + time.Length(wait) : "") + Rang(call),
    };

    string OutboundStory(CallItem call) => call.Result is null or "answered" ? Talked(call) : Reached(call);

    string Talked(CallItem call) => string.Join(", ", new[]
    {
        call.Direction == "inbound" && call.WaitSeconds is { } wait ? Say($"Waited {time.Length(wait)}", $"Ждал {time.Length(wait)}") : null,
        call.TalkSeconds is > 0 and { } talk ? Say($"talked {time.Length(talk)}", $"говорили {time.Length(talk)}") : null,
        call.Transfers.Count > 0 ? Say($"transferred to {call.Transfers[^1].To}", $"переведён на {call.Transfers[^1].To}") : null,
    }.OfType<string>()) is { Length: > 0 } words ? Capital(words) : Say("Talking now", "Сейчас говорят");

    string Reached(CallItem call) => Capital(call.Reason is { } reason ? Reason(reason) : Result(call.Result))
        + (call.RingSeconds is > 0 and { } ring ? Say($", rang {time.Length(ring)}", $", звонили {time.Length(ring)}") : "");

    string Rang(CallItem call) => call.Rang.Count == 0 ? "" : Say("; rang ", "; звонил ") + string.Join(", ", call.Rang);

    string Capital(string words) => words.Length == 0 ? words : char.ToUpper(words[0], Culture) + words[1..];
}
