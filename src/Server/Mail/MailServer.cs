using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Mail;

/// <summary>The server that sends our mails, as it is configured, and how it goes with it.</summary>
internal sealed record MailServer
{
    public string Host { get; init; } = "";
    public int Port { get; init; }
    public MailSecurity Security { get; init; }
    public string? Username { get; init; }

    /// <summary>Readable with the installation's keys only.</summary>
    public string? ProtectedPassword { get; init; }

    public string SenderAddress { get; init; } = "";
    public string SenderName { get; init; } = "";

    /// <summary>Counts edits.</summary>
    public int Changed { get; init; }

    /// <summary>Failures in a row.</summary>
    public int FailedCount { get; init; }

    /// <summary>It rests until then; null: it works, as far as is known.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public string? Problem { get; init; }
    public DateTimeOffset? ProblemAt { get; init; }
}
