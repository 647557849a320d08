using ContactCenterCrm.Contracts;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace ContactCenterCrm.Server.Mail;

/// <summary>Mails one after the other over one connection, which is opened for the first of them.</summary>
internal sealed class SmtpConversation(MailServer server, MailSecrets secrets, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A server that takes longer for one mail does not work.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    // Lists of revoked certificates come from elsewhere, and mail does not wait for that: as everywhere in the framework.
    readonly SmtpClient smtp = new() { CheckCertificateRevocation = false };

    /// <summary>Null: the server took the mail.</summary>
    public async Task<MailFault?> Send(OutgoingMail mail, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            if (!smtp.IsConnected && await Open(limit.Token) is { } fault)
                return fault;
            await smtp.SendAsync(Written(mail), limit.Token);
            return null;
        }
        catch (Exception error) when (MailFault.Of(error, cancel) is { } fault)
        {
            return fault;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await smtp.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception error) when (MailFault.Of(error, CancellationToken.None) is not null)
        {
            // It hung up first.
        }
        smtp.Dispose();
    }

    async Task<MailFault?> Open(CancellationToken cancel)
    {
        var password = server.ProtectedPassword is null ? null : secrets.Unprotect(server.ProtectedPassword);
        if (server.ProtectedPassword is not null && password is null)
            return MailFault.OfServer(MailFaults.SecretUnreadable, said: null);
        try
        {
            await smtp.ConnectAsync(server.Host, server.Port, Options(server.Security), cancel);
        }
        catch (NotSupportedException error)
        {
            return MailFault.OfServer(MailFaults.NoTls, error.Message);
        }
        if (server.Username is null)
            return null;
        try
        {
            await smtp.AuthenticateAsync(server.Username, password ?? "", cancel);
            return null;
        }
        catch (NotSupportedException error)
        {
            return MailFault.OfServer(MailFaults.NoSignIn, error.Message);
        }
    }

    static SecureSocketOptions Options(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
    };

    // Auto-Submitted (RFC 3834): nobody's out-of-office note answers it.
    MimeMessage Written(OutgoingMail mail)
    {
        var sender = new MailboxAddress(server.SenderName, server.SenderAddress);
        var message = new MimeMessage
        {
            From = { sender },
            To = { new MailboxAddress(mail.ToName, mail.ToAddress) },
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{mail.Key}@{sender.Domain}",
            Body = new TextPart(TextFormat.Plain) { Text = mail.Text },
        };
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }
}
