using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A version of a call on its way into the tables.</summary>
internal sealed record CallChange
{
    public required Call Call { get; init; }
    public required long CallId { get; init; }

    /// <summary>No version of this call is stored.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The client that the stored call belongs to.</summary>
    public required long? ClientId { get; init; }

    /// <summary>The version that is stored, where it is known; else null, and everything is written.</summary>
    public required Call? Stored { get; init; }

    /// <summary>The first of the ids that are kept ready for this call; 0 when it can need none.</summary>
    public required long SpareId { get; init; }

    /// <summary>There is a party outside that nobody has looked up yet.</summary>
    public bool IsTouch => ClientId is null && Call is { Client: not null, Direction: not CallDirection.Internal } && Stored?.Client != Call.Client;
}
