using ContactCenterCrm.Server.Twilio.Rest;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>What REST says of calls, on its way into the inbox: it goes the way of all webhooks.</summary>
internal sealed class RestNews(TwilioInbox inbox, TwilioIntakes intakes, TimeProvider time)
{
    public async Task Tell(TwilioAccount account, IReadOnlyList<TwilioCall> calls, CancellationToken cancel)
    {
        if (calls.Count == 0)
            return;
        await inbox.Put(account.Name, [.. calls.Select(call => RequestOf(call, time.GetUtcNow()))], cancel);
        intakes.LookAgain(account.Id);
    }

    /// <summary>
    /// A call that we asked for: it is known from now on, even if no webhook ever comes.
    /// </summary>
    /// <param name="hints">What its webhooks would say with it, see <see cref="TwilioHint"/>.</param>
    public async Task Tell(TwilioAccount account, TwilioCall ordered, TwilioForm hints, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // One that waits for its turn has not begun for Twilio.
        var begun = ordered with { StartTime = ordered.StartTime ?? ordered.DateCreated ?? now };
        await inbox.Put(account.Name, [RequestOf(begun, now) with { Query = hints }], cancel);
        intakes.LookAgain(account.Id);
    }

    static TwilioRequest RequestOf(TwilioCall call, DateTimeOffset at) => TwilioRequest.OfRest(
        new()
        {
            Sid = call.Sid,
            ParentSid = call.ParentCallSid,
            From = call.From,
            To = call.To,
            Direction = call.Direction,
            Status = call.Status,
            StartedAt = call.StartTime,
            EndedAt = call.EndTime,
            Seconds = call.Seconds,
            CallerName = call.CallerName,
        },
        at);
}
