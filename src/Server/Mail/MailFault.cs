using System.Net.Sockets;
using ContactCenterCrm.Contracts;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ContactCenterCrm.Server.Mail;

/// <summary>What a failure is about.</summary>
internal enum MailFaultScope
{
    /// <summary>No mail would go now: the server is away, or does not take us.</summary>
    Server,

    /// <summary>This mail, for now.</summary>
    MailNow,

    /// <summary>This mail, for good.</summary>
    MailEver,
}

/// <summary>Why a mail was not taken.</summary>
/// <param name="Code">One of <see cref="MailFaults"/>.</param>
/// <param name="Said">The words of the server or the system. They may hold addresses: for the admin who asked, never for a log.</param>
internal sealed record MailFault(string Code, MailFaultScope Scope, string? Said)
{
    const int FirstLastingStatus = 500;

    /// <summary>Null: that is no failure of mail but a bug, or the program is told to stop.</summary>
    public static MailFault? Of(Exception error, CancellationToken stop) => error switch
    {
        SmtpCommandException refusal => OfRefusal(refusal),
        // The server wants a sign-in, and no user is configured.
        ServiceNotAuthenticatedException => OfServer(MailFaults.NoSignIn, error),
        UriFormatException => OfServer(MailFaults.HostUnknown, error),
        AuthenticationException => OfServer(MailFaults.WrongCredentials, error),
        SslHandshakeException handshake => OfServer(handshake.ServerCertificate is null ? MailFaults.NoMailServer : MailFaults.CertificateNotTrusted, error),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => OfServer(MailFaults.HostUnknown, error),
        SocketException => OfServer(MailFaults.Unreachable, error),
        TimeoutException => OfServer(MailFaults.TimedOut, error),
        OperationCanceledException when !stop.IsCancellationRequested => OfServer(MailFaults.TimedOut, said: null),
        ProtocolException or IOException or ServiceNotConnectedException => OfServer(MailFaults.NoMailServer, error),
        _ => null,
    };

    public static MailFault OfServer(string code, string? said) => new(code, MailFaultScope.Server, said);

    static MailFault OfServer(string code, Exception error) => OfServer(code, error.Message);

    // RFC 5321, 4.2.1: 4yz may go another time, 5yz will not. A sender who is refused is the same in all our mails.
    static MailFault OfRefusal(SmtpCommandException refusal)
    {
        var lasts = (int)refusal.StatusCode >= FirstLastingStatus;
        var said = $"{(int)refusal.StatusCode} {refusal.Message}";
        return refusal.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => new(MailFaults.SenderRefused, MailFaultScope.Server, said),
            SmtpErrorCode.RecipientNotAccepted => new(MailFaults.RecipientRefused, lasts ? MailFaultScope.MailEver : MailFaultScope.MailNow, said),
            SmtpErrorCode.MessageNotAccepted => new(MailFaults.Refused, lasts ? MailFaultScope.MailEver : MailFaultScope.MailNow, said),
            _ => new(MailFaults.Refused, MailFaultScope.Server, said),
        };
    }
}
