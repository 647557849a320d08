using System.Collections.Immutable;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>What the tracker knows of a live call beyond what everybody sees.</summary>
public sealed record CallMemory
{
    /// <summary>Names of calls that turned out to be parts of this one, by which the source may still speak of it.</summary>
    public ImmutableArray<string> OtherNames { get; init; } = [];

    public bool HasVoicemail { get; init; }

    /// <summary>The dialplan wanted to call somebody who could not be called at all.</summary>
    public bool HasNobody { get; init; }

    /// <summary>The extension whose blind transfer is on its way.</summary>
    public string? TransferringBy { get; init; }

    public DateTimeOffset? QueueGivenUpAt { get; init; }

    /// <summary>The leg whose party hung up.</summary>
    public string? Asker { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The leg that was gone first.</summary>
    public string? Leaver { get; init; }

    /// <summary>The source has told who hangs up, so that its silence means something.</summary>
    public bool HearsHangups { get; init; }

    /// <summary>A command of ours hung it up.</summary>
    public bool IsCommanded { get; init; }

    /// <summary>Nobody listened from this moment on.</summary>
    public DateTimeOffset? MissedFrom { get; init; }
}
