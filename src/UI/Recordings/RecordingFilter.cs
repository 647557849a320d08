using ContactCenterCrm.UI.Calls;

namespace ContactCenterCrm.UI.Recordings;

/// <summary>Which recorded calls are wanted.</summary>
internal sealed record RecordingFilter
{
    public CallFilter Calls { get; init; } = new();

    /// <summary>Only calls that were answered and have no sound.</summary>
    public bool LacksAudio { get; init; }

    public bool IsEmpty => this == new RecordingFilter();
}
