using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Demo;

/// <summary>Delivers what the demo's PBX says that it recorded, by the way that a PBX's relay takes: 16 kB for each second of talk.</summary>
internal sealed partial class DemoRelay(RecordingIntake intake, ILogger<DemoRelay> log) : BackgroundService, ICallWatcher
{
    // When people talk more than can be delivered, what is left is missing, as it would be at a PBX.
    readonly Channel<Call> ended = Channel.CreateBounded<Call>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Random random = new();

    public Task Saved(IReadOnlyList<SavedCall> calls, CancellationToken cancel)
    {
        foreach (var saved in calls.Where(saved => saved.Call is { IsLive: false, Key.Source: DemoOffice.Pbx, Recordings.Length: > 0 }))
            ended.Writer.TryWrite(saved.Call);
        return Task.CompletedTask;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var call in ended.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Deliver(call, stoppingToken);
            }
            catch (IOException error)
            {
                // A full disk: it is missing, and the demo goes on.
                LogNotDelivered(error, call.Key);
            }
        }
    }

    /// <summary>What was said in it, from its first talk on.</summary>
    async Task Deliver(Call call, CancellationToken cancel)
    {
        if (call is not { Talks: [{ StartedAt: var from }, ..], EndedAt: { } end })
            return;
        var sound = DemoVoices.Talk(end - from, random);
        foreach (var recording in call.Recordings)
        {
            var arriving = new ArrivingRecording
            {
                Source = call.Key.Source,
                LegId = recording.LegId,
                ExternalId = recording.File,
                CallExternalId = call.Key.ExternalId,
                RecordedAt = from,
            };
            await intake.Take(arriving, new MemoryStream(sound), cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sound of {Call} could not be kept")]
    private partial void LogNotDelivered(Exception error, CallKey call);
}
