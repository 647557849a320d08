using ContactCenterCrm.Server.Mail;
using ContactCenterCrm.Server.Platform;
using Quartz;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>
/// Sends the mails of reminders, one after the other: takes one for a while, sends it, and writes down what became of it. A sender that
/// dies in between leaves it to the next: twice at worst, and then both bear one Message-ID.
/// </summary>
internal sealed partial class ReminderMails(
    ReminderMailStore mails, MailPost post, PublicUrl publicUrl, TimeProvider time, ILogger<ReminderMails> log)
{
    /// <summary>The next look goes on where this one stops.</summary>
    const int RoundLength = 100;

    /// <summary>Whoever has not got it by then has no use for it any more.</summary>
    static readonly TimeSpan WorthSending = TimeSpan.FromDays(1);

    static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    const int DoublingsMax = 5;

    /// <summary>Returns how many the mail server took.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        if (await post.Begin(cancel) is not { } round)
            return 0;
        await using (round)
        {
            var sent = 0;
            for (var i = 0; i < RoundLength && await mails.Take(cancel) is { } mail; i++)
            {
                var became = await Send(round, mail, cancel);
                if (became == Became.NothingYet)
                    break;
                sent += became == Became.Sent ? 1 : 0;
            }
            return sent;
        }
    }

    async Task<Became> Send(MailPost.MailRound round, ReminderMail mail, CancellationToken cancel)
    {
        var letter = await mails.Letter(mail, cancel);
        if (Unwanted(mail, letter) is { } why)
        {
            await mails.End(mail, why, cancel);
            return Became.Settled;
        }
        var fault = await round.Send(ReminderMailText.Of(mail, letter, publicUrl), cancel);
        switch (fault?.Scope)
        {
            case null:
                await mails.End(mail, detail: null, cancel);
                return Became.Sent;
            case MailFaultScope.Server:
                await mails.PutOff(mail, time.GetUtcNow(), counts: false, cancel);
                return Became.NothingYet;
            case MailFaultScope.MailNow when time.GetUtcNow() - mail.QueuedAt < WorthSending:
                await mails.PutOff(mail, time.GetUtcNow() + FirstPause * (1 << Math.Min(mail.Attempts - 1, DoublingsMax)), counts: true, cancel);
                return Became.Settled;
            default:
                await mails.End(mail, fault.Code, cancel);
                LogNotSent(mail.ReminderId, mail.AgentId, fault.Code);
                return Became.Settled;
        }
    }

    string? Unwanted(ReminderMail mail, ReminderLetter letter) =>
        !letter.StillRings(mail.Round) ? "answered"
        : letter.Email is not { } address || !MailAddresses.IsOne(address) ? "no_address"
        : time.GetUtcNow() - mail.QueuedAt > WorthSending ? "too_late"
        : null;

    enum Became
    {
        Sent,

        /// <summary>It will not be sent, or not now.</summary>
        Settled,

        /// <summary>The server takes no mail, this or another.</summary>
        NothingYet,
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {ReminderId} was not mailed to agent {AgentId}: {Fault}")]
    private partial void LogNotSent(long reminderId, long agentId, string fault);
}

/// <summary>Looks for mails of reminders every few seconds.</summary>
internal sealed class ReminderMailJob(ReminderMails mails) : IJob
{
    public const string Name = "tasks.reminder-mails";
    public const string Cron = "2/5 * * * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await mails.Run(cancellationToken);
}
