using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// The one owner of an account's calls: takes what waits in the inbox, reads all that belongs together with it, tells the calls and messages
/// anew, saves them, and only then notes that it is done. Whatever stops it in between, the next owner does the same again.
/// </summary>
internal sealed partial class TwilioIntake(
    TwilioAccount account, TwilioInbox inbox, CallSaver saver, MessageStore messages, Quarantine quarantine, TimeProvider time, ILogger<TwilioIntake> log)
{
    /// <summary>Requests worked on at once.</summary>
    const int BatchMax = 200;

    /// <summary>Calls in a transaction.</summary>
    const int SaveMax = 100;

    /// <summary>News of this node's come at once; those that another node took are looked for.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly RetryPause pauses = new();

    /// <summary>The configuration that it runs with.</summary>
    public TwilioAccount Account => account;

    /// <summary>Something has come.</summary>
    public void LookAgain() => news.Writer.TryWrite(true);

    /// <summary>Runs until it is cancelled, which stops it at once.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var isTakenUp = false;
        while (true)
        {
            try
            {
                if (!isTakenUp)
                    await saver.TakeUp(cancel);
                isTakenUp = true;
                var isDone = await WorkOn(cancel);
                pauses.End();
                if (isDone)
                    await NextLook(cancel);
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, account.Name);
                await Task.Delay(pauses.Next(), time, cancel);
            }
        }
    }

    /// <summary>True: nothing waits any more.</summary>
    async Task<bool> WorkOn(CancellationToken cancel)
    {
        var (waiting, unreadable) = await inbox.Waiting(account.Name, BatchMax, cancel);
        if (waiting.Count + unreadable.Count == 0)
            return true;
        var errors = unreadable.ToDictionary(one => one.Row.Id, one => one.Why);
        foreach (var (row, why) in unreadable)
            quarantine.Keep(account.Name, why, row.Body);
        List<PendingCall> calls = [];
        List<Message> told = [];
        foreach (var group in await inbox.Groups(account.Name, waiting.Select(one => one.Request), cancel))
            Tell(group, waiting, calls, told, errors);
        foreach (var batch in calls.Chunk(SaveMax))
            await Save(batch, cancel);
        await messages.Save(told, cancel);
        await inbox.Done([.. waiting.Select(one => one.Id), .. errors.Keys.Except(waiting.Select(one => one.Id))], errors, time.GetUtcNow(), cancel);
        return false;
    }

    void Tell(IReadOnlyList<TwilioRequest> group, IReadOnlyList<WaitingRequest> waiting, List<PendingCall> calls, List<Message> told, Dictionary<long, string> errors)
    {
        try
        {
            calls.AddRange(TwilioStory.Tell(account.Name, account.NumberPlan(), group).Select(call => new PendingCall(call, time.GetTimestamp())));
            told.AddRange(TwilioMessage.Tell(group).Select(message => MessageOf(message)));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A bug in the story. It must not cost the other calls.
            var keys = group.Select(request => request.ContentKey).ToHashSet();
            foreach (var one in waiting.Where(one => keys.Contains(one.Request.ContentKey)))
            {
                errors[one.Id] = error.Message;
                LogTellFailed(error, account.Name, one.Id);
                quarantine.Keep(account.Name, $"The program failed on what belongs to this request: {error.Message}", $"{TwilioRoles.PathOf(one.Request.Role)} {one.Request.Form}");
            }
        }
    }

    async Task Save(PendingCall[] batch, CancellationToken cancel)
    {
        IReadOnlyList<PendingCall> left = batch;
        while ((left = await saver.Save(left, cancel)).Count > 0)
            await Task.Delay(pauses.Next(), time, cancel);
    }

    Message MessageOf(TwilioMessage message)
    {
        const int NameMax = 200;
        var party = message.IsInbound ? message.From : message.To;
        return new()
        {
            Source = account.Name,
            ExternalId = message.Sid,
            Direction = message.IsInbound ? MessageDirection.Inbound : MessageDirection.Outbound,
            Channel = message.IsWhatsApp ? MessageChannel.Whatsapp : MessageChannel.Sms,
            PartyNumber = party,
            PartyE164 = account.NumberPlan().Read(party).E164 ?? TwilioAddress.E164(party),
            PartyName = message.SenderName is { } name ? name[..Math.Min(name.Length, NameMax)] : null,
            Line = message.IsInbound ? message.To : message.From,
            Body = message.Body,
            Media = [.. message.Media.Select(media => new MessageAttachment(media.ContentType, media.Sid))],
            Status = message.Status,
            ErrorCode = message.ErrorCode,
            At = message.At,
        };
    }

    async Task NextLook(CancellationToken cancel)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(news.Reader.WaitToReadAsync(due.Token).AsTask(), Task.Delay(LookEvery, time, due.Token));
        await due.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        news.Reader.TryRead(out _);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: what came from {Account} waits")]
    private partial void LogDatabaseAway(Exception error, string account);

    [LoggerMessage(Level = LogLevel.Error, Message = "What belongs to request {Request} of {Account} made the program fail and goes to quarantine")]
    private partial void LogTellFailed(Exception error, string account, long request);
}

/// <summary>Makes the intake of an account.</summary>
internal sealed class TwilioIntakeMaker(
    TwilioInbox inbox, CallIngests ingests, QueueRinger ringer, MessageStore messages, Quarantine quarantine, TimeProvider time, ILogger<TwilioIntake> log)
{
    /// <summary>At any time, one may run for an account in the whole installation.</summary>
    public TwilioIntake Of(TwilioAccount account) => new(account, inbox, ingests.Saver(account.Name, ringer), messages, quarantine, time, log);
}
