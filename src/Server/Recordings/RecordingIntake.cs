namespace ContactCenterCrm.Server.Recordings;

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

    /// <summary>audio/wav, audio/mpeg or audio/ogg. Null: the first bytes tell.</summary>
    public string? ContentType { get; init; }

    /// <summary>How many channels it has, where the format does not say it.</summary>
    public int? Channels { get; init; }

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
