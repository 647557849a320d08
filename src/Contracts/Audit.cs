namespace ContactCenterCrm.Contracts;

/// <summary>Who did what, or was kept from it.</summary>
public sealed record AuditEvent
{
    public required long Id { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required long ActorId { get; init; }

    /// <summary>person or program.</summary>
    public required string ActorKind { get; init; }

    /// <summary>The person's or the API key's name; null when it is not known any more.</summary>
    public string? ActorName { get; init; }

    /// <summary>play, download, share, listening_right, recording_policy.</summary>
    public required string Action { get; init; }

    /// <summary>done or refused.</summary>
    public required string Outcome { get; init; }

    /// <summary>What it was done with: recording, role, policy; its id beside it.</summary>
    public required string Subject { get; init; }

    public required long SubjectId { get; init; }
    public string? Detail { get; init; }

    /// <summary>The network address from which it was asked.</summary>
    public string? Address { get; init; }
}
