using System.Collections.Immutable;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Server.Tests.Calls;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ContactCenterCrm.Server.Tests.Recordings;

/// <summary>Recorded calls, and everything that deals with recordings, on one database and a folder.</summary>
sealed class RecordingStand : IDisposable
{
    public const string Pbx = "pbx";
    public static readonly DateTimeOffset Noon = RandomCalls.Noon;

    readonly string folder = Directory.CreateTempSubdirectory("crm-recordings-").FullName;
    readonly CallStore calls;
    readonly RecordingWatch watch;

    public RecordingStand(TestDatabase test)
    {
        Blobs = new(folder, new EphemeralDataProtectionProvider(), Clock);
        Store = new(test.Database, test.Ids, Clock);
        Intake = new(Store, Blobs, Clock, NullLogger<RecordingIntake>.Instance);
        List = new(test.Database, Clock);
        Rules = new(test.Database, test.Ids, Clock);
        Retention = new(test.Database, test.Ids, Blobs, Rules, Clock, NullLogger<RecordingRetention>.Instance);
        Check = new(test.Database, Blobs, Clock, NullLogger<RecordingCheck>.Instance);
        Missing = new(Store, Rules, Clock, NullLogger<MissingRecordings>.Instance);
        calls = new(test.Database, test.Ids);
        watch = new(Store, NullLogger<RecordingWatch>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Noon.AddMinutes(5));
    public FolderBlobs Blobs { get; }
    public RecordingStore Store { get; }
    public RecordingIntake Intake { get; }
    public RecordingList List { get; }
    public RecordingRules Rules { get; }
    public RecordingRetention Retention { get; }
    public RecordingCheck Check { get; }
    public MissingRecordings Missing { get; }

    /// <summary>A client's call that 101 answered and that is over, recorded from its answer on.</summary>
    public static Call Recorded(string id, string extension = "101", params string[] files) => Answered(id, extension) with
    {
        Recordings = [.. (files.Length == 0 ? [FileOf(id)] : files).Select(file => new CallRecording(id, file, Noon.AddSeconds(5)))],
    };

    /// <summary>The same without a recording.</summary>
    public static Call Answered(string id, string extension = "101") => new()
    {
        Key = new(Pbx, id),
        Revision = 1,
        Direction = CallDirection.Inbound,
        StartedAt = Noon,
        AnsweredAt = Noon.AddSeconds(5),
        EndedAt = Noon.AddSeconds(65),
        Client = new("79161234567", null, "+79161234567"),
        AnsweredBy = extension,
        LastAgent = extension,
        Result = CallResult.Answered,
        Legs = [new(id, PartyKind.Trunk, "trunk", Noon), new($"{id}-b", PartyKind.Extension, extension, Noon.AddSeconds(1))],
        Talks = [new(extension, Noon.AddSeconds(5)) { EndedAt = Noon.AddSeconds(65), LegId = $"{id}-b" }],
    };

    /// <summary>The same call at another time.</summary>
    public static Call At(DateTimeOffset at, Call call) => call with { StartedAt = at, AnsweredAt = at.AddSeconds(5), EndedAt = at.AddSeconds(65) };

    public static Call Missed(string id) => Recorded(id) with
    {
        AnsweredAt = null,
        AnsweredBy = null,
        LastAgent = null,
        Result = CallResult.Missed,
        Talks = ImmutableArray<TalkSegment>.Empty,
    };

    public static string FileOf(string id) => $"/var/spool/asterisk/monitor/2026/03/14/in-79161234567-{id}.raw";

    /// <summary>Saves versions of calls, as their PBX's line does. Returns the id of the last one.</summary>
    public async Task<long> Save(params Call[] versions)
    {
        var saved = await calls.Save([.. versions.Select(call => new CallToSave(call))], default);
        await watch.Saved(saved, default);
        return saved.Single(one => one.Call.Key == versions[^1].Key).CallId;
    }

    public static ArrivingRecording Arriving(string id, string? file = null) => new()
    {
        Source = Pbx,
        LegId = id,
        ExternalId = file ?? FileOf(id),
        CallExternalId = id,
        RecordedAt = Noon,
    };

    public Task<Intake> Arrives(string id, byte[]? sound = null) => Intake.Take(Arriving(id), new MemoryStream(sound ?? Wav.Tone(1, 10_000, 5_000)), default);

    public async Task<IReadOnlyList<string>> Keys()
    {
        List<string> keys = [];
        await foreach (var key in ((IBlobs)Blobs).List("", default))
            keys.Add(key);
        return keys;
    }

    public string PathOf(string key) => Path.Combine(folder, key);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
