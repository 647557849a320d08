using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>A recording, and what the caller's role and colleagues allow.</summary>
internal sealed record RecordingRow
{
    public long Id { get; init; }
    public long? CallId { get; init; }
    public string State { get; init; } = "";
    public string? Why { get; init; }
    public bool IsVoicemail { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? ReadyAt { get; init; }
    public DateTimeOffset? MissingAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public string? ContentType { get; init; }
    public long? Bytes { get; init; }
    public int? Channels { get; init; }
    public double? DurationSeconds { get; init; }
    public string? Damage { get; init; }
    public bool RolePlays { get; init; }
    public bool RoleDownloads { get; init; }
    public bool RoleShares { get; init; }
    public int Covered { get; init; }
    public int Shared { get; init; }
    public int Talked { get; init; }

    public bool IsCovered => Covered == 1;
    public bool IsShared => Shared == 1;

    public RecordingItem Item()
    {
        var isReady = State == CallWords.Of(RecordingState.Ready);
        return new()
        {
            Id = Id,
            CallId = CallId,
            State = State,
            // A PBX that was told to record a call which nobody took has done nothing wrong.
            Why = State == CallWords.Of(RecordingState.Missing) && CallId is not null && Talked == 0 ? RecordingWhy.NoTalk : Why,
            IsVoicemail = IsVoicemail,
            RecordedAt = RecordedAt,
            ReadyAt = ReadyAt,
            MissingAt = MissingAt,
            DeletedAt = DeletedAt,
            ContentType = ContentType,
            Bytes = Bytes,
            Channels = Channels,
            DurationSeconds = DurationSeconds,
            Damage = Damage,
            MayPlay = isReady && ((IsCovered && RolePlays) || IsShared),
            MayDownload = isReady && IsCovered && RoleDownloads,
            MayShare = isReady && IsCovered && RoleShares,
        };
    }
}

/// <summary>Stored peaks, and what kind of leg was recorded.</summary>
internal sealed record PeaksRow
{
    public string Peaks { get; init; } = "";
    public string? Kind { get; init; }

    public RecordingPeaks ToPeaks()
    {
        var stored = JsonSerializer.Deserialize<StoredPeaks>(Peaks)!;
        return new()
        {
            StepSeconds = stored.StepSeconds,
            Channels = [.. stored.Channels.Select((values, i) => new ChannelPeaks { Side = SideOf(i, stored.Channels.Count), Values = Convert.ToBase64String(values) })],
        };
    }

    // Of two channels the first holds what was said on the recorded leg, the second what was said to it.
    string SideOf(int channel, int channels)
    {
        if (channels != 2 || Kind is null)
            return "mixed";
        var isClientsLeg = Kind == CallWords.Of(PartyKind.Trunk);
        return isClientsLeg == (channel == 0) ? "client" : "agent";
    }
}
