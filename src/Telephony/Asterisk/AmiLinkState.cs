using System.Collections.Immutable;

namespace ContactCenterCrm.Telephony.Asterisk;

/// <summary>How the line to a PBX is doing, for a person to read.</summary>
public sealed record AmiLinkState
{
    public required AmiLinkStatus Status { get; init; }

    /// <summary>Why it is down. An up line can have <see cref="AmiProblem.MissingPrivilege"/>.</summary>
    public AmiProblem? Problem { get; init; }

    /// <summary>The technical words of the problem, without secrets.</summary>
    public string? Detail { get; init; }

    /// <summary>Since when the status is what it is.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What the AMI user lacks, as in manager.conf: "read=call", "write=originate".</summary>
    public ImmutableArray<string> MissingPrivileges { get; init; } = [];

    public string? PbxVersion { get; init; }
    public double? RoundTripMs { get; init; }
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Messages from the PBX and those of them that could not be understood, since the program started.</summary>
    public long EventsSeen { get; init; }

    public long Quarantined { get; init; }
}

public enum AmiLinkStatus { Connecting, Up, Down }
