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
