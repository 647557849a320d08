namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>Why there is no line to the PBX, in words that say what to do about it.</summary>
public enum AmiProblem
{
    /// <summary>The host is there, but nobody listens on that port: manager.conf `enabled`, `bindaddr`, `port`.</summary>
    Refused,

    /// <summary>The host cannot be found or does not answer: name, network, firewall.</summary>
    Unreachable,

    /// <summary>Wrong user name or secret. Asterisk says the same to an address that permit/deny keeps out.</summary>
    WrongSecret,

    /// <summary>The PBX closes the door: too many logins, or an address that it does not let in.</summary>
    NotAllowed,

    /// <summary>TLS on a plain port, plain on a TLS port, or a certificate that is not trusted.</summary>
    TlsMismatch,

    /// <summary>Something else listens on that port.</summary>
    NotAsterisk,

    /// <summary>The PBX, or something in between, stopped answering.</summary>
    Timeout,

    /// <summary>The user may not do or see all that is needed; the line works, calls may be seen incompletely.</summary>
    MissingPrivilege,

    /// <summary>The line was there and broke, or was given up because the calls' owner could not keep up.</summary>
    Dropped,
}

/// <summary>An attempt to reach the PBX, or a line to it, came to an end.</summary>
/// <param name="detail">The technical words, without secrets.</param>
internal sealed class AmiLineException(AmiProblem problem, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public AmiProblem Problem { get; } = problem;
}
