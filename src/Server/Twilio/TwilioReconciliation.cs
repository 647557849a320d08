using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Twilio.Rest;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Takes what REST says of calls and legs as if Twilio had told it by a webhook.</summary>
internal delegate Task TellTwilioCalls(TwilioAccount account, IReadOnlyList<TwilioCall> calls, CancellationToken cancel);

/// <summary>
/// Asks REST for what webhooks should have told and did not: the server was down, or the net between. Twilio gives up on a webhook
/// after seconds, so without this a lost end leaves a call open for ever, and a lost beginning is a client who never called.
/// What is found goes the way of all webhooks, so nothing becomes a call in two ways.
/// </summary>
internal sealed class TwilioReconciliation(
    TwilioAccountStore accounts, TwilioNumberStore numbers, KnownTwilioCalls known, TwilioRecordingStore recordings, TwilioApi api, TellTwilioCalls tell,
    TimeProvider time)
{
    /// <summary>Told in one piece, with their legs. After an outage there may be thousands.</summary>
    const int CallsAtOnce = 100;

    /// <summary>What began later may still be told by its webhooks.</summary>
    static readonly TimeSpan WebhooksTake = TimeSpan.FromMinutes(2);

    /// <summary>Calls that are open here: are they over at Twilio?</summary>
    public Task OpenCalls(TwilioAccount account, CancellationToken cancel) => Noted(account, async () =>
    {
        foreach (var callSid in await known.Open(account.Name, time.GetUtcNow() - WebhooksTake, cancel))
        {
            // Null: what Twilio shows is some time behind what it does.
            if (await api.Call(account, callSid, cancel) is { IsOver: true } call)
                await tell(account, [call, .. await api.LegsOf(account, callSid, cancel).ToListAsync(cancel)], cancel);
        }
    }, cancel);

    /// <summary>All calls and recordings since yesterday (UTC): is each known here, over, and answered if it was?</summary>
    public Task Day(TwilioAccount account, CancellationToken cancel) => Noted(account, async () =>
    {
        var yesterday = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
        var all = await api.CallsSince(account, yesterday, cancel).ToListAsync(cancel);
        var legs = all.Where(call => call.ParentCallSid is not null).ToLookup(leg => leg.ParentCallSid!);
        var over = all.Where(call => call is { ParentCallSid: null, IsOver: true }).ToList();
        var here = await known.Of(account.Name, over.Select(call => call.Sid), cancel);
        var ours = (await numbers.OfAccount(account.Id, cancel)).Select(number => number.E164).ToHashSet();
        var books = over.Where(call => IsOurs(call, here, ours)).ToLookup(call => FoundOf(call, legs[call.Sid], here));
        var news = over.Intersect(books[CallDiary.Added].Concat(books[CallDiary.Completed])).Reverse();
        foreach (var batch in news.Chunk(CallsAtOnce))
            await tell(account, [.. batch.SelectMany(call => legs[call.Sid].Prepend(call))], cancel);
        var settled = books.SelectMany(found => found.Select(call => (Call: call, found.Key))).Where(book => time.GetUtcNow() - book.Call.EndTime > WebhooksTake);
        await known.Note(account.Name, settled, cancel);
        await ExpectRecordings(account, yesterday, cancel);
    }, cancel);

    /// <summary>
    /// The account may serve other programs. A call that we made is known since it was made; what else was made by REST is theirs, or the
    /// leg of an agent who was rung for a queue.
    /// </summary>
    static bool IsOurs(TwilioCall call, IReadOnlyDictionary<string, KnownTwilioCall> here, HashSet<string> numbers) =>
        here.ContainsKey(call.Sid) || (call.Direction == "inbound" && numbers.Contains(call.To));

    /// <summary>How much of the call is known here, in the words of <see cref="CallDiary"/>.</summary>
    static string FoundOf(TwilioCall call, IEnumerable<TwilioCall> legs, IReadOnlyDictionary<string, KnownTwilioCall> here)
    {
        if (!here.TryGetValue(call.Sid, out var known))
            return CallDiary.Added;
        var isWhole = known.EndedAt is not null && (known.AnsweredAt is not null || !legs.Any(leg => leg is { Status: "completed", Seconds: > 0 }));
        return isWhole ? CallDiary.Heard : CallDiary.Completed;
    }

    async Task ExpectRecordings(TwilioAccount account, DateOnly since, CancellationToken cancel)
    {
        var complete = await api.RecordingsSince(account, since, cancel).Where(recording => recording.Status == "completed").ToListAsync(cancel);
        var here = await known.Of(account.Name, complete.Select(recording => recording.CallSid), cancel);
        await recordings.Expect(
            [.. complete.Where(recording => here.ContainsKey(recording.CallSid))
                .Select(recording => new ExpectedRecording(account.Id, recording.Sid, recording.CallSid, time.GetUtcNow()))],
            cancel);
    }

    /// <summary>The admin sees when it was done last, and why not.</summary>
    async Task Noted(TwilioAccount account, Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
        }
        catch (TwilioException error)
        {
            await accounts.SetReconciled(account.Id, account.ReconciledAt, error.Message, cancel);
            return;
        }
        await accounts.SetReconciled(account.Id, time.GetUtcNow(), null, cancel);
    }
}
