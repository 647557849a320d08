using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Dialling;

/// <summary>Click-to-call: the button, each step, and why it did not work.</summary>
public sealed class DiallingTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Outgoing call", "Исходящий звонок");
    public string Call(string number) => Say($"Call {number}", $"Позвонить {number}");
    public string CallBack => Say("Call back", "Перезвонить");
    public string Again => Say("Call again", "Позвонить ещё раз");
    public string ChoosePhone => Say("Which of your phones shall ring?", "Какой из ваших телефонов должен зазвонить?");

    public string Phone(DialPhone phone, bool withPbx) => withPbx
        ? Say($"Phone {phone.Extension} ({phone.Pbx})", $"Телефон {phone.Extension} ({phone.Pbx})")
        : Say($"Phone {phone.Extension}", $"Телефон {phone.Extension}");

    public static string Who(DialItem dial) => dial.ClientName is { Length: > 0 } name ? $"{name}, {dial.NumberDisplay}." : $"{dial.NumberDisplay}.";

    public string Asking(DialItem dial) => Say($"Your phone {dial.Extension} will ring in a moment.", $"Сейчас зазвонит ваш телефон {dial.Extension}.");

    /// <summary>What happens now, and what the agent does.</summary>
    public string Step(DeskCard card) => card.DialStep switch
    {
        DialStep.OwnPhone => Say(
            $"Your phone {card.Extension} rings: pick it up, then {Number(card)} is called.",
            $"Звонит ваш телефон {card.Extension}: снимите трубку, и мы наберём {Number(card)}."),
        DialStep.Number => Say($"Calling {Number(card)}…", $"Звоним {Number(card)}…"),
        null => "",
    };

    public string NotReached(DeskCard card) => card.NotReached switch
    {
        "own_phone_no_answer" => Say($"Your phone {card.Extension} did not answer.", $"Ваш телефон {card.Extension} не ответил."),
        "own_phone_busy" => Say($"Your phone {card.Extension} is busy, or the call was declined on it.", $"Ваш телефон {card.Extension} занят, или на нём отклонили звонок."),
        "busy" => Say("The number is busy.", "Номер занят."),
        "declined" => Say("The call was declined.", "Звонок отклонили."),
        "no_answer" => Say("Nobody picked up.", "Никто не снял трубку."),
        "cancelled" => Say("You hung up before anybody answered.", "Вы положили трубку, не дождавшись ответа."),
        _ => Failed(card.NetworkStatus),
    };

    /// <summary>Why no call came of it.</summary>
    public string Problem(DialItem dial) => dial.Problem switch
    {
        "phone_unreachable" => Say(
            $"Your phone {dial.Extension} cannot be reached. Is it switched on and registered?",
            $"Ваш телефон {dial.Extension} недоступен. Он включён и зарегистрирован?"),
        "dialling_denied" => Say(
            "The PBX does not let this program call. An administrator can allow it: “originate” in manager.conf.",
            "АТС не разрешает программе звонить. Разрешить может администратор: «originate» в manager.conf."),
        "line_lost" => Say(
            $"The line to the PBX broke. Look whether phone {dial.Extension} rings before you try again.",
            $"Связь с АТС прервалась. Прежде чем повторить, посмотрите, не звонит ли телефон {dial.Extension}."),
        "nobody_took_it" => Say($"No server has a line to the PBX “{dial.Pbx}” now.", $"Сейчас ни один сервер не связан с АТС «{dial.Pbx}»."),
        _ => Say("The PBX did not take the call.", "АТС не приняла звонок."),
    };

    // SIP answers of the provider, RFC 3261 section 21.
    string Failed(string? status) => status switch
    {
        "403" => Say("The provider refused: this number is not allowed (403).", "Оператор отказал: звонить на этот номер нельзя (403)."),
        "404" or "410" or "484" or "604" => Say($"There is no such number ({status}).", $"Такого номера нет ({status})."),
        null or "" => Say("The call could not be put through.", "Дозвониться не удалось."),
        _ => Say($"The provider could not put the call through ({status}).", $"Оператор не смог соединить ({status})."),
    };

    static string Number(DeskCard card) => card.Number is { } number ? ReadableNumber.Of(number) : card.NumberDisplay ?? "";
}
