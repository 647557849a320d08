using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Server.Twilio.Rest;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// Brings recordings from Twilio. They are asked for by their SID at our account, never by an address out of a webhook, which anybody may
/// write. What fails is tried again, later and later, for a week; only what is stored and checked is deleted at Twilio, where that is wanted.
/// </summary>
internal sealed partial class TwilioRecordings(
    TwilioAccountStore accounts, TwilioRecordingStore store, TwilioApi api, RecordingIntake intake, RecordingCheck check, TimeProvider time,
    ILogger<TwilioRecordings> log)
{
    const int AtOnce = 50;

    /// <summary>Twice what the longest recording has (4 hours, two channels of 8 000 samples of 2 bytes a second).</summary>
    public const long BytesMax = 1024L * 1024 * 1024;

    static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(7);
    static readonly TimeSpan FetchTime = TimeSpan.FromMinutes(10);

    // Twilio says "completed" some seconds before the file can be had.
    static readonly TimeSpan[] waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <summary>All that is due now.</summary>
    public async Task Work(CancellationToken cancel)
    {
        var known = (await accounts.List(cancel)).ToDictionary(account => account.Id);
        while (await store.Due(time.GetUtcNow(), AtOnce, cancel) is { Count: > 0 } due)
            foreach (var recording in due)
                await Try(known[recording.AccountId], recording, cancel);
    }

    async Task Try(TwilioAccount account, DueRecording due, CancellationToken cancel)
    {
        try
        {
            if (due.FetchedAt is null)
                await Fetch(account, due, cancel);
            else
                await Delete(account, due, cancel);
        }
        catch (Exception error) when (error is TwilioException or IOException or HttpRequestException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            await Later(due, error.Message, cancel);
        }
    }

    async Task Fetch(TwilioAccount account, DueRecording due, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(FetchTime);
        var recording = await api.Recording(account, due.RecordingSid, limit.Token);
        switch (recording?.Status)
        {
            case "completed":
                await Take(account, due, recording, limit.Token);
                break;
            case "absent" or "deleted" or "failed":
                await store.Failed(due, $"At Twilio it is {recording.Status}.", next: null, cancel);
                break;
            default:
                await Later(due, $"At Twilio it is {recording?.Status ?? "not there"}.", cancel);
                break;
        }
    }

    async Task Take(TwilioAccount account, DueRecording due, TwilioRecording recording, CancellationToken cancel)
    {
        using var response = await api.Sound(account, due.RecordingSid, cancel);
        if (response is null)
        {
            await Later(due, "Its file is not there yet.", cancel);
            return;
        }
        if (response.Content.Headers.ContentLength is > BytesMax and var bytes)
        {
            await store.Failed(due, $"It has {bytes} bytes, and the most that is taken is {BytesMax}.", next: null, cancel);
            return;
        }
        await using var sound = await response.Content.ReadAsStreamAsync(cancel);
        var taken = await intake.Take(Arriving(account, due, recording), sound, cancel);
        if (taken.Result is IntakeResult.Stored or IntakeResult.Known)
            await Keep(account, due, taken, cancel);
        else
            await store.Failed(due, Why(taken.Result), next: null, cancel);
    }

    async Task Keep(TwilioAccount account, DueRecording due, Intake taken, CancellationToken cancel)
    {
        // What is about to be the only copy is read back first.
        if (account.DeletesFetchedRecordings && await check.Recheck(taken.RecordingId, cancel) is { } damage)
        {
            await Later(due, $"What was stored of it is {damage}.", cancel);
            return;
        }
        var now = time.GetUtcNow();
        await store.Fetched(due, now, account.DeletesFetchedRecordings ? now : null, cancel);
        LogFetched(due.RecordingSid, account.Name, taken.Bytes);
    }

    // By the call that it was heard of: in a conference, Twilio names another one.
    static ArrivingRecording Arriving(TwilioAccount account, DueRecording due, TwilioRecording recording) => new()
    {
        Source = account.Name,
        LegId = due.CallSid,
        ExternalId = due.RecordingSid,
        CallExternalId = due.CallSid,
        RecordedAt = recording.StartTime ?? recording.DateCreated,
        IsVoicemail = recording.Source == "RecordVerb",
    };

    static string Why(IntakeResult result) => result switch
    {
        IntakeResult.Empty => "There is no sound in it.",
        IntakeResult.Deleted => "It was deleted here by a rule.",
        IntakeResult.Other => "Other sound is stored here under its name.",
        IntakeResult.NotSound => "It is no sound in a format that is known.",
        IntakeResult.Stored or IntakeResult.Known or IntakeResult.Damaged => throw new InvalidOperationException($"{result} is no refusal of what Twilio sends."),
    };

    async Task Delete(TwilioAccount account, DueRecording due, CancellationToken cancel)
    {
        await api.DeleteRecording(account, due.RecordingSid, cancel);
        await store.Deleted(due, time.GetUtcNow(), cancel);
    }

    Task Later(DueRecording due, string problem, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var next = now + waits[Math.Min(due.Tries, waits.Length - 1)];
        LogLater(due.RecordingSid, due.Tries + 1, problem);
        return store.Failed(due, problem, next - due.HeardAt < GivenUpAfter ? next : null, cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {Recording} of account {Account} was fetched from Twilio, {Bytes} bytes")]
    private partial void LogFetched(string recording, string account, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {Recording} could not be fetched from Twilio, try {Try}: {Problem}")]
    private partial void LogLater(string recording, int @try, string problem);
}

/// <summary>Hears which calls were recorded at Twilio.</summary>
internal sealed class TwilioRecordingWatch(TwilioAccountStore accounts, TwilioRecordingStore store, TimeProvider time) : ICallWatcher
{
    public async Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        // PBXs name files, and their calls need no look at the accounts.
        var recorded = calls.Where(saved => saved.Call.Recordings.Any(recording => IsSid(recording.File))).ToList();
        if (recorded.Count == 0)
            return;
        var known = (await accounts.List(cancel)).ToDictionary(account => account.Name, account => account.Id);
        await store.Expect(
            [.. from saved in recorded
                where known.ContainsKey(saved.Call.Key.Source)
                from recording in saved.Call.Recordings
                where IsSid(recording.File)
                select Expected(known[saved.Call.Key.Source], saved.Call.Key, recording)],
            cancel);
    }

    static bool IsSid(string name) => name.Length == 34 && name.StartsWith("RE", StringComparison.Ordinal) && name.Skip(2).All(char.IsAsciiHexDigitLower);

    ExpectedRecording Expected(long accountId, CallKey call, CallRecording recording) => new(accountId, recording.File, call.ExternalId, time.GetUtcNow());
}
