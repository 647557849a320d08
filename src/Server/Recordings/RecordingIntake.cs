using ContactCenterCrm.Server.Platform.Blobs;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// The way in for sound: it streams into the storage, is hashed and measured on the way, and is then bound to its call. The same sound twice
/// is one. What is refused, or was here already, leaves nothing behind.
/// </summary>
internal sealed partial class RecordingIntake(RecordingStore store, IBlobs blobs, TimeProvider time, ILogger<RecordingIntake> log)
{
    /// <summary>The keys of all sound begin so.</summary>
    public const string Prefix = "recordings";

    /// <exception cref="IOException">The storage is away, or the sender broke off: send it again.</exception>
    public async Task<Intake> Take(ArrivingRecording recording, Stream content, CancellationToken cancel)
    {
        var key = BlobKeys.New(Prefix, time.GetUtcNow());
        await using var sound = new ArrivingSound(content);
        await blobs.Write(key, sound, cancel);
        var isKept = false;
        try
        {
            var intake = await Judge(recording, sound, key, cancel);
            isKept = intake.Result == IntakeResult.Stored;
            LogTaken(recording.Source, recording.LegId, intake.RecordingId, intake.Result, intake.Bytes);
            return intake;
        }
        finally
        {
            if (!isKept)
                await blobs.Delete(key, CancellationToken.None);
        }
    }

    async Task<Intake> Judge(ArrivingRecording recording, ArrivingSound sound, string key, CancellationToken cancel)
    {
        var sha256 = sound.Sha256;
        if (recording.Sha256 is { } told && !told.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            return new(IntakeResult.Damaged, 0, sha256, sound.Bytes);
        if (sound.Facts() is not { } facts)
            return new(IntakeResult.NotSound, 0, sha256, sound.Bytes);
        var (result, id, replacedKey) = await store.Keep(recording, new(key, sha256, sound.Bytes, facts), cancel);
        // A sound that was damaged here has come whole once more.
        if (replacedKey is not null)
            await blobs.Delete(replacedKey, CancellationToken.None);
        return new(result, id, sha256, sound.Bytes);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recording {Id} of leg {Leg} of {Source} arrived: {Result}, {Bytes} bytes")]
    private partial void LogTaken(string source, string leg, long id, IntakeResult result, long bytes);
}

/// <summary>Sound that arrives from a PBX or a provider, and what its sender knows of it.</summary>
internal sealed record ArrivingRecording
{
    /// <summary>The PBX or account: the source in the keys of its calls.</summary>
    public required string Source { get; init; }

    /// <summary>The leg that was recorded: Asterisk's unique id, Twilio's call SID.</summary>
    public required string LegId { get; init; }

    /// <summary>What the source calls the recording: the path of the file as AMI tells it, Twilio's recording SID. At most 400 characters.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The call in the source's words: Asterisk's linked id, the parent call's SID. Null: not known.</summary>
    public string? CallExternalId { get; init; }

    /// <summary>Null: when it arrives.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    public bool IsVoicemail { get; init; }

    /// <summary>SHA-256 in hex, as the sender computed it. Null: it did not.</summary>
    public string? Sha256 { get; init; }
}

internal enum IntakeResult
{
    /// <summary>It is stored, and ready.</summary>
    Stored,

    /// <summary>This very sound was here already.</summary>
    Known,

    /// <summary>There is no sound in it: nothing is kept, the recording is missing.</summary>
    Empty,

    /// <summary>It was deleted by a rule, and stays so.</summary>
    Deleted,

    /// <summary>Other sound is here under the same names: the first one stays.</summary>
    Other,

    /// <summary>What arrived is not what the sender's hash says: send it again.</summary>
    Damaged,

    /// <summary>It is no sound in a format that is known: sending it again helps nothing.</summary>
    NotSound,
}

/// <param name="Sha256">Of what arrived, in lower-case hex.</param>
/// <param name="RecordingId">0 when nothing is kept of it.</param>
internal sealed record Intake(IntakeResult Result, long RecordingId, string Sha256, long Bytes);
