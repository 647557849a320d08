using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;

namespace ContactCenterCrm.UI.Mail;

/// <summary>The server that sends mails, and where people get them.</summary>
public sealed class MailTexts(Language language) : TextGroup(language)
{
    public string Title => Say("Outgoing mail", "Исходящая почта");
    public string Off => Say("No mail server is set up: reminders come on the screen only.", "Почтовый сервер не задан: напоминания приходят только на экран.");
    public string NoPublicUrl => Say(
        "The setting PublicUrl is missing: mails hold no link to this program.",
        "Не задана настройка PublicUrl: в письмах не будет ссылки на программу.");

    public string Host => Say("Mail server (SMTP)", "Почтовый сервер (SMTP)");
    public string HostForm => Say("A name or an address, like smtp.example.com.", "Имя или адрес, например smtp.example.com.");
    public string Port => Say("Port", "Порт");
    public string PortForm => Say("A number from 1 to 65535.", "Число от 1 до 65535.");
    public string Security => Say("Encryption", "Шифрование");
    public string SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => Say("STARTTLS (usually port 587)", "STARTTLS (обычно порт 587)"),
        MailSecurity.Tls => Say("TLS from the start (usually port 465)", "TLS сразу (обычно порт 465)"),
        MailSecurity.None => Say("None: only inside your own network", "Нет: только внутри своей сети"),
    };

    public string Username => Say("User", "Пользователь");
    public string UsernameHint => Say("Empty: the server takes our mails without one.", "Пусто: сервер принимает наши письма без входа.");
    public string Password => Say("Password", "Пароль");
    public string KeepPassword => Say("Empty: the password stays as it is.", "Пусто: пароль останется прежним.");
    public string PasswordAnew => Say("Another server or user needs its password.", "Для другого сервера или пользователя введите пароль заново.");
    public string SenderAddress => Say("Address of the sender", "Адрес отправителя");
    public string SenderName => Say("Name of the sender", "Имя отправителя");
    public string Saved => Say("The mail server is saved.", "Почтовый сервер сохранён.");
    public string Remove => Say("Send no more mail", "Больше не отправлять почту");
    public string RemoveQuestion => Say("Forget this mail server? No mail is sent any more.", "Забыть этот почтовый сервер? Письма больше не будут отправляться.");
    public string Removed => Say("No mail is sent any more.", "Письма больше не отправляются.");

    public string TestTitle => Say("Send a test mail", "Отправить проверочное письмо");
    public string TestHint => Say("By the server as it is saved.", "Через сервер, как он сохранён.");
    public string TestTo => Say("To", "Кому");
    public string Test => Say("Send", "Отправить");
    public string Testing => Say("Sending…", "Отправляем…");
    public string TestDone(string to) => Say(
        $"The server took the mail for {to}. If it does not arrive, look into the spam folder.",
        $"Сервер принял письмо для {to}. Если оно не придёт, посмотрите в папке спама.");

    public string Waits(string until) => Say($"It is tried again at {until}; no mail is lost.", $"Следующая попытка в {until}; письма не потеряются.");
    public string Said(string words) => Say($"Its words: {words}", $"Ответ: {words}");

    /// <summary>What went wrong, and what can be done.</summary>
    public string Fault(string code) => code switch
    {
        MailFaults.HostUnknown => Say("There is no server of this name. Check how it is written.", "Сервера с таким именем нет. Проверьте, как оно написано."),
        MailFaults.Unreachable => Say("Nothing answers at this server and port. Check the port, and a firewall between.", "По этому адресу и порту никто не отвечает. Проверьте порт и брандмауэр."),
        MailFaults.TimedOut => Say("The server takes too long. Check the port, and a firewall between.", "Сервер отвечает слишком долго. Проверьте порт и брандмауэр."),
        MailFaults.NoMailServer => Say("What answers there does not speak SMTP like this, or hung up. Check the port and the encryption.", "То, что отвечает, не говорит так по SMTP или прервало связь. Проверьте порт и шифрование."),
        MailFaults.NoTls => Say("The server offers no STARTTLS. Try TLS from the start.", "Сервер не предлагает STARTTLS. Попробуйте TLS сразу."),
        MailFaults.CertificateNotTrusted => Say("The certificate of the server is not trusted: it is for another name, has run out, or this machine does not know who signed it.", "Сертификату сервера нет доверия: он на другое имя, истёк, или эта машина не знает, кто его подписал."),
        MailFaults.NoSignIn => Say("The server takes no user and password here. Leave the user empty, or turn encryption on.", "Сервер не принимает здесь пользователя и пароль. Оставьте пользователя пустым или включите шифрование."),
        MailFaults.WrongCredentials => Say("The server does not accept this user and password.", "Сервер не принимает этого пользователя с этим паролем."),
        MailFaults.SecretUnreadable => Say("The stored password cannot be read with the keys of this installation. Enter it again.", "Сохранённый пароль не читается ключами этой установки. Введите его заново."),
        MailFaults.SenderRefused => Say("The server does not send for this address of the sender.", "Сервер не отправляет письма с этого адреса отправителя."),
        MailFaults.RecipientRefused => Say("The server does not know the recipient, or does not send there.", "Сервер не знает получателя или не отправляет туда."),
        MailFaults.Refused => Say("The server refused the mail.", "Сервер отклонил письмо."),
        "no_address" => Say("no address", "нет адреса"),
        "answered" => Say("answered before", "ответ был раньше"),
        "too_late" => Say("too late", "слишком поздно"),
        var other => other,
    };

    public string Own => Say("Mail", "Почта");
    public string OwnTitle => Say("Your mail", "Ваша почта");
    public string Address => Say("E-mail", "Эл. почта");
    public string AddressHint => Say("Reminders go there, if a mail server is set up.", "Туда приходят напоминания, если задан почтовый сервер.");
    public string RemindsByMail => Say("Remind me by mail, too", "Напоминать и по почте");
    public string OwnSaved => Say("Your mail is saved.", "Почта сохранена.");
}
