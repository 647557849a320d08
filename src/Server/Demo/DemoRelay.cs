using System.Threading.Channels;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Demo;

/// <summary>Delivers what the demo's PBX says that it recorded, by the way that a PBX's relay takes. An hour of the demo is about 130 MB.</summary>
internal sealed class DemoRelay(RecordingIntake intake, TimeProvider time) : BackgroundService, ICallWatcher
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

    /// <summary>Of one call: what somebody heard of it, from its first talk on.</summary>
    public async Task Deliver(Call call, CancellationToken cancel)
    {
        if (call.Talks is not [{ StartedAt: var from }, ..])
            return;
        var sound = DemoVoices.Talk((call.EndedAt ?? time.GetUtcNow()) - from, random);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var call in ended.Reader.ReadAllAsync(stoppingToken))
            await Deliver(call, stoppingToken);
    }
}
