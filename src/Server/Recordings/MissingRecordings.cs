namespace ContactCenterCrm.Server.Recordings;

/// <summary>Binds recordings that came before their calls, and gives up waiting for those that should have come.</summary>
internal sealed partial class MissingRecordings(RecordingStore store, RecordingRules rules, TimeProvider time, ILogger<MissingRecordings> log)
{
    public async Task Run(CancellationToken cancel)
    {
        await store.BindWaiting(cancel);
        var patience = TimeSpan.FromMinutes((await rules.Policy(cancel)).MissingAfterMinutes);
        var missing = await store.MarkMissing(time.GetUtcNow() - patience, cancel);
        if (missing > 0)
            LogMissing(missing);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} recordings did not arrive in time and are missing")]
    private partial void LogMissing(int count);
}
