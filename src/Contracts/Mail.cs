using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>How the connection to a mail server is secured: not at all, from the greeting on by STARTTLS, or from its first byte.</summary>
public enum MailSecurity { None, StartTls, Tls }

/// <summary>The server that sends mails, and what they can say.</summary>
public sealed record MailServerPage
{
    /// <summary>Null: none is configured, and no mail is sent.</summary>
    public MailServerItem? Server { get; init; }

    /// <summary>The setting <c>PublicUrl</c>, to which links in mails lead. Null: mails have no link.</summary>
    public string? PublicUrl { get; init; }
}

/// <summary>The mail server as it is configured. The password is never told.</summary>
public sealed record MailServerItem
{
    public required string Host { get; init; }
    public int Port { get; init; }
    public MailSecurity Security { get; init; }
    public string? Username { get; init; }
    public required string SenderAddress { get; init; }
    public string SenderName { get; init; } = "";

    /// <summary>Why the last mail was not taken, one of <see cref="MailFaults"/>; null: it was.</summary>
    public string? Fault { get; init; }

    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>When it is tried again; null: at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}

public sealed record MailServerEdit
{
    [property: Required, StringLength(200), RegularExpression(@"^[^\s/@]+$")]
    public string Host { get; init; } = "";

    [property: Range(1, 65535)]
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Null: the server takes mails from us without a name and password.</summary>
    [property: StringLength(200)]
    public string? Username { get; init; }

    /// <summary>Write-only. Null or empty leaves the stored one as it is, as long as it is for the same server and user.</summary>
    [property: StringLength(200)]
    public string? Password { get; init; }

    [property: Required, StringLength(254), EmailAddress]
    public string SenderAddress { get; init; } = "";

    /// <summary>Who the mails are from, for people.</summary>
    [property: StringLength(100)]
    public string SenderName { get; init; } = "";
}

/// <summary>Sends a mail by the stored server now, to see whether it works.</summary>
public sealed record MailTest
{
    [property: Required, StringLength(254), EmailAddress]
    public string To { get; init; } = "";
}

public sealed record MailTestResult
{
    /// <summary>One of <see cref="MailFaults"/>; null: the server took the mail.</summary>
    public string? Fault { get; init; }

    /// <summary>The words of the mail server, or of the system, as they came.</summary>
    public string? Said { get; init; }
}

/// <summary>Why a mail was not taken.</summary>
public static class MailFaults
{
    /// <summary>No address belongs to this name.</summary>
    public const string HostUnknown = "host_unknown";

    /// <summary>Nothing accepts connections there.</summary>
    public const string Unreachable = "unreachable";

    public const string TimedOut = "timed_out";

    /// <summary>Something answers that is no mail server, or one that wants the other kind of TLS; or it hung up.</summary>
    public const string NoMailServer = "no_mail_server";

    /// <summary>STARTTLS is wanted, and the server does not offer it.</summary>
    public const string NoTls = "no_tls";

    public const string CertificateNotTrusted = "certificate_not_trusted";

    /// <summary>The server does not take user names, or none in this way.</summary>
    public const string NoSignIn = "no_sign_in";

    public const string WrongCredentials = "wrong_credentials";

    /// <summary>The stored password was protected with other keys: it must be entered again.</summary>
    public const string SecretUnreadable = "secret_unreadable";

    public const string SenderRefused = "sender_refused";
    public const string RecipientRefused = "recipient_refused";

    /// <summary>The server refused something else, for example what the mail says.</summary>
    public const string Refused = "refused";
}

/// <summary>Where the caller gets mail.</summary>
public sealed record OwnMail
{
    /// <summary>Null: nowhere.</summary>
    [property: StringLength(254), EmailAddress]
    public string? Email { get; init; }

    public bool RemindsByMail { get; init; } = true;
}

/// <summary>The language that the caller uses.</summary>
public sealed record OwnLanguage
{
    [property: Required, RegularExpression("^(en|ru)$")]
    public string Language { get; init; } = "";
}
