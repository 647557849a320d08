using System.Threading.Channels;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// Takes what could not be understood or saved. Nobody who reports waits for the database: what does not fit into the queue is only
/// counted. Of each source the newest <see cref="KeptMax"/> stay.
/// </summary>
internal sealed partial class Quarantine(QuarantineStore store, TimeProvider time, ILogger<Quarantine> log) : BackgroundService
{
    public const int KeptMax = 1_000;

    /// <summary>Characters of the raw text that are kept.</summary>
    public const int RawMax = 4_000;

    const int WhyMax = 500;
    const int QueueMax = 1_000;
    const int BatchMax = 100;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Channel<QuarantineEntry> entries = Channel.CreateBounded<QuarantineEntry>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="why">What was wrong with it, for an admin to read.</param>
    /// <param name="raw">As it came; cut to <see cref="RawMax"/> characters.</param>
    public void Keep(string source, string why, string raw)
    {
        CallMetrics.Quarantined(source);
        entries.Writer.TryWrite(new(source, Cut(why, WhyMax), Cut(raw, RawMax), time.GetUtcNow()));
    }

    /// <summary>Writes the queue down until it is stopped.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await entries.Reader.WaitToReadAsync(stoppingToken))
        {
            List<QuarantineEntry> batch = [];
            while (batch.Count < BatchMax && entries.Reader.TryRead(out var entry))
                batch.Add(entry);
            await Write(batch, stoppingToken);
        }
    }

    async Task Write(IReadOnlyList<QuarantineEntry> batch, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await store.Add(batch, cancel);
                return;
            }
            catch (Exception error) when (Database.IsAway(error))
            {
                LogDatabaseAway(error, batch.Count);
                await Task.Delay(Pause, time, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Even the quarantine cannot take it: the log is the last place.
                LogLost(error, batch.Count);
                return;
            }
        }
    }

    static string Cut(string text, int max) => text.Length <= max ? text : string.Concat(text.AsSpan(0, max - 1), "…");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Count} entries of the quarantine wait")]
    private partial void LogDatabaseAway(Exception error, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries could not be written to the quarantine")]
    private partial void LogLost(Exception error, int count);
}

internal sealed record QuarantineEntry(string Source, string Why, string Raw, DateTimeOffset ArrivedAt);
