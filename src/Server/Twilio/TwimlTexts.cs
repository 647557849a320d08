namespace ContactCenterCrm.Server.Twilio;

/// <summary>What callers hear where a number has no text of its own for it, in the language of the number.</summary>
internal sealed class TwimlTexts(string language)
{
    /// <summary>The voice that speaks it.</summary>
    public string Voice => language == "ru" ? "ru-RU" : "en-US";

    public string LeaveMessage => Say("Nobody can take your call right now. Please leave a message after the tone.", "Сейчас никто не может ответить. Пожалуйста, оставьте сообщение после сигнала.");
    public string NobodyAnswered => Say("Nobody can take your call right now. Please call again later.", "Сейчас никто не может ответить. Пожалуйста, перезвоните позже.");
    public string Thanks => Say("Thank you. We will call you back.", "Спасибо. Мы вам перезвоним.");
    public string Waiting => Say("All agents are busy. Please stay on the line.", "Все операторы заняты. Пожалуйста, оставайтесь на линии.");
    public string CallTo(string line) => Say($"A call to {line}.", $"Звонок на линию {line}.");
    public string CannotDial => Say("This number cannot be called.", "На этот номер позвонить нельзя.");

    string Say(string english, string russian) => language == "ru" ? russian : english;
}
