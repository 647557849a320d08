using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Mail;

/// <summary>Sends mails by the configured server. One that fails rests before it is tried again, longer each time: no mail of many tries it meanwhile.</summary>
internal sealed partial class MailPost(MailServerStore servers, MailSecrets secrets, TimeProvider time, ILogger<MailPost> log)
{
    static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);

    /// <summary>Thirty seconds, a minute, two, … up to this many doublings: 16 minutes.</summary>
    const int DoublingsMax = 5;

    /// <summary>Null: there is no server, or it rests.</summary>
    public async Task<MailRound?> Begin(CancellationToken cancel) =>
        await servers.Get(cancel) is { } server && !(server.RetryAt > time.GetUtcNow()) ? new(this, server, new(server, secrets, time)) : null;

    /// <summary>A mail now, whether or not the server rests; null: there is no server.</summary>
    public async Task<MailTestResult?> Try(OutgoingMail mail, CancellationToken cancel)
    {
        if (await servers.Get(cancel) is not { } server)
            return null;
        await using var round = new MailRound(this, server, new(server, secrets, time));
        var fault = await round.Send(mail, cancel);
        return new() { Fault = fault?.Code, Said = fault?.Said };
    }

    async Task Learn(MailServer server, MailFault? fault, CancellationToken cancel)
    {
        if (fault is { Scope: MailFaultScope.Server })
        {
            var now = time.GetUtcNow();
            var retryAt = now + FirstRest * (1 << Math.Min(server.FailedCount, DoublingsMax));
            await servers.Rest(server, fault.Code, now, retryAt, cancel);
            LogRests(fault.Code, retryAt);
        }
        else if (server.FailedCount > 0)
            await servers.Recover(server, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server takes no mail: {Fault}. It is tried again at {RetryAt}")]
    private partial void LogRests(string fault, DateTimeOffset retryAt);

    /// <summary>Some mails by one connection.</summary>
    internal sealed class MailRound(MailPost post, MailServer server, SmtpConversation conversation) : IAsyncDisposable
    {
        /// <summary>Null: the server took the mail.</summary>
        public async Task<MailFault?> Send(OutgoingMail mail, CancellationToken cancel)
        {
            var fault = await conversation.Send(mail, cancel);
            await post.Learn(server, fault, cancel);
            if (fault is not { Scope: MailFaultScope.Server })
                server = server with { FailedCount = 0 };
            return fault;
        }

        public ValueTask DisposeAsync() => conversation.DisposeAsync();
    }
}
