using System.ComponentModel.DataAnnotations;

namespace ContactCenterCrm.Contracts;

/// <summary>The sound of a call, or of a part of it, and what the caller may do with it. A call has as many as the PBX made files.</summary>
public sealed record RecordingItem
{
    public required long Id { get; init; }

    /// <summary>Null: it has come, but nothing is known of its call yet.</summary>
    public long? CallId { get; init; }

    /// <summary>expected (the call says it is recorded), ready, missing, deleted.</summary>
    public required string State { get; init; }

    /// <summary>
    /// Missing: no_file (nothing came in time), empty (a file without sound), no_talk (nobody talked, so there was nothing to record).
    /// Deleted: age.
    /// </summary>
    public string? Why { get; init; }

    /// <summary>Recorded for a mailbox, not in a talk.</summary>
    public bool IsVoicemail { get; init; }

    /// <summary>When the recording began, by the PBX's clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public DateTimeOffset? ReadyAt { get; init; }
    public DateTimeOffset? MissingAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>audio/wav, audio/mpeg or audio/ogg.</summary>
    public string? ContentType { get; init; }

    public long? Bytes { get; init; }
    public int? Channels { get; init; }

    /// <summary>Null where the format does not tell it without being decoded.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>What the last check of the stored sound found: gone or changed. Null: nothing wrong.</summary>
    public string? Damage { get; init; }

    /// <summary>There is sound, and the caller may hear it.</summary>
    public bool MayPlay { get; init; }

    public bool MayDownload { get; init; }
    public bool MayShare { get; init; }
}

/// <summary>A row of the recordings page: a call, and its recordings in their order.</summary>
public sealed record RecordedCall
{
    public required CallItem Call { get; init; }
    public IReadOnlyList<RecordingItem> Recordings { get; init; } = [];

    /// <summary>Somebody talked with the client, and there is no sound of it, nor is one still expected.</summary>
    public bool LacksAudio { get; init; }
}

/// <summary>How many of the answered calls have no sound.</summary>
public sealed record RecordingCoverage
{
    public required int Answered { get; init; }

    /// <summary>Answered and over, without sound, and none is expected any more.</summary>
    public required int WithoutAudio { get; init; }

    /// <summary>Still on its way.</summary>
    public required int Expected { get; init; }
}

/// <summary>
/// Where the sound is to be had for a while. The address is good for nobody else, and the right is checked again at each request. It
/// answers ranges. When it has expired (410, code <c>ticket_expired</c>), ask for another one and go on at the same place.
/// </summary>
public sealed record RecordingTicket
{
    public required string Url { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string ContentType { get; init; }
    public required long Bytes { get; init; }
    public double? DurationSeconds { get; init; }
}

/// <summary>How loud a recording is over time, for the player's picture.</summary>
public sealed record RecordingPeaks
{
    /// <summary>How many seconds one value stands for.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Empty: the sound is in a format whose loudness is not known.</summary>
    public IReadOnlyList<ChannelPeaks> Channels { get; init; } = [];
}

public sealed record ChannelPeaks
{
    /// <summary>agent, client, or mixed (both in one channel, or it is not known who is who).</summary>
    public required string Side { get; init; }

    /// <summary>The largest deflection in each step, 0 to 255, as base64 of one byte each.</summary>
    public required string Values { get; init; }
}

/// <summary>Somebody who used a recording, or was refused.</summary>
public sealed record RecordingUse
{
    public required DateTimeOffset At { get; init; }
    public required long AgentId { get; init; }

    /// <summary>Null for a program.</summary>
    public string? AgentName { get; init; }

    /// <summary>play, download or share.</summary>
    public required string Action { get; init; }

    public required bool Refused { get; init; }
}

/// <summary>Lets a colleague hear a recording for a while, whatever his role allows; not download it, not share it on.</summary>
public sealed record RecordingShareEdit
{
    [property: Required]
    public long AgentId { get; init; }

    /// <summary>Hours from now, at most 30 days.</summary>
    [property: Range(1, 720)]
    public int Hours { get; init; } = 72;
}

public sealed record RecordingShareItem
{
    public required long Id { get; init; }
    public required long RecordingId { get; init; }
    public required long FromAgentId { get; init; }
    public string? FromAgentName { get; init; }
    public required long ToAgentId { get; init; }
    public string? ToAgentName { get; init; }
    public required DateTimeOffset SharedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>A page of this program; of use to the colleague alone.</summary>
    public required string Link { get; init; }
}

/// <summary>One recording by its own address: what a colleague to whom it was shown sees, without the call's client.</summary>
public sealed record RecordingDetails
{
    public required RecordingItem Recording { get; init; }

    /// <summary>The call; null when the caller may hear it but not see the call.</summary>
    public CallItem? Call { get; init; }

    /// <summary>How it was shown to the caller; null when the own rights suffice.</summary>
    public RecordingShareItem? Share { get; init; }
}

/// <summary>What a role may do with recordings.</summary>
public sealed record ListeningRight
{
    [property: Required]
    public string Role { get; init; } = "";

    /// <summary>
    /// Whose: own (talks the agent took part in, messages left for the own phone), team (also those of people of the same team), all, none.
    /// </summary>
    [property: Required, RegularExpression("^(own|team|all|none)$")]
    public string Scope { get; init; } = "none";

    public bool MayPlay { get; init; }
    public bool MayDownload { get; init; }
    public bool MayShare { get; init; }
}

public sealed record RecordingPolicy
{
    /// <summary>Recordings older than this are deleted. Null: they are kept for ever.</summary>
    [property: Range(1, 36500)]
    public int? KeepDays { get; init; }

    /// <summary>How long after the end of its call a recording may take before it is missing.</summary>
    [property: Range(1, 10080)]
    public int MissingAfterMinutes { get; init; } = 10;

    /// <summary>An agent sees who listened to the own calls.</summary>
    public bool AgentsSeeListeners { get; init; }
}

/// <summary>What a rule would delete now.</summary>
public sealed record RetentionPreview
{
    public required int KeepDays { get; init; }
    public required DateTimeOffset Before { get; init; }
    public required long Recordings { get; init; }
    public required long Bytes { get; init; }
    public DateTimeOffset? Oldest { get; init; }
}

/// <summary>A line of the journal of deletions.</summary>
public sealed record RecordingDeletion
{
    public required long Id { get; init; }
    public required long RecordingId { get; init; }
    public long? CallId { get; init; }

    /// <summary>The rule by which it went: <c>age 180</c> is "older than 180 days".</summary>
    public required string Rule { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset DeletedAt { get; init; }
    public required long Bytes { get; init; }
    public required string Sha256 { get; init; }
}

/// <summary>What the checks of the stored sound have found so far.</summary>
public sealed record StorageCheck
{
    /// <summary>folder or azure.</summary>
    public required string Kind { get; init; }

    public required long Recordings { get; init; }
    public required long Bytes { get; init; }
    public required long NeverChecked { get; init; }
    public DateTimeOffset? OldestCheck { get; init; }

    /// <summary>The recordings whose sound is gone or changed, at most 200.</summary>
    public IReadOnlyList<RecordingItem> Damaged { get; init; } = [];
}

/// <summary>What the relay of a PBX sent has arrived: the file there may go.</summary>
public sealed record RelayReceipt
{
    /// <summary>stored, known (it was here already), empty (no sound in it; nothing is kept), deleted (it was deleted by a rule and stays so).</summary>
    public required string Result { get; init; }

    /// <summary>SHA-256 in lower-case hex of what arrived.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }
}

/// <summary>A token with which the relay of a PBX signs in.</summary>
public sealed record RelayTokenItem
{
    public required long Id { get; init; }
    public required string Pbx { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

public sealed record RelayTokenEdit
{
    [property: Required, StringLength(32)]
    public string Pbx { get; init; } = "";
}

/// <summary>A new token. It is shown this once.</summary>
public sealed record NewRelayToken
{
    public required long Id { get; init; }
    public required string Token { get; init; }
}

/// <summary>What somebody said about a moment of a recording. Everybody who may play it reads it.</summary>
public sealed record RecordingComment
{
    public required long Id { get; init; }

    /// <summary>From the recording's beginning.</summary>
    public required double AtSeconds { get; init; }

    public required string Text { get; init; }
    public required long AgentId { get; init; }
    public required string AgentName { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The caller wrote it.</summary>
    public bool IsOwn { get; init; }
}

public sealed record NewRecordingComment
{
    [property: Range(0, 86_400)]
    public double AtSeconds { get; init; }

    [property: Required, StringLength(2_000, MinimumLength = 1)]
    public string Text { get; init; } = "";
}
