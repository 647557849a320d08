namespace ContactCenterCrm.Contracts;

/// <summary>A client that may be the same person as another, and why.</summary>
public sealed record ClientDuplicate
{
    public required ClientItem Client { get; init; }

    /// <summary>number, email: what both have, a former number included.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>Two cards beside each other, before they become one.</summary>
public sealed record ClientComparison
{
    public required ComparedClient One { get; init; }
    public required ComparedClient Other { get; init; }
}

public sealed record ComparedClient
{
    /// <summary>Its timeline is empty here.</summary>
    public required ClientCard Card { get; init; }

    /// <summary>What would go to the other card.</summary>
    public required IReadOnlyList<ClientPartCount> Parts { get; init; }
}

public sealed record ClientPartCount
{
    /// <summary>call, message, note, inquiry, task.</summary>
    public required string Kind { get; init; }

    public required int Count { get; init; }
}

/// <summary>
/// One card goes into another, which stays. Of each field it says by the id of its card which value stays; null: that of the card which stays
/// or, where that one has none, of the other. Numbers all stay, and of the two wishes not to be called or recorded the stricter.
/// </summary>
public sealed record ClientMergeOrder
{
    /// <summary>The card that goes.</summary>
    public long FromId { get; init; }

    /// <summary>Of the card that stays, as its editor had loaded it.</summary>
    public int Version { get; init; }

    public int FromVersion { get; init; }
    public long? NameOf { get; init; }
    public long? CompanyOf { get; init; }
    public long? EmailOf { get; init; }

    /// <summary>Must be said where the cards have different owners.</summary>
    public long? OwnerOf { get; init; }
}

/// <summary>A card that went into this one, as long as that can be undone.</summary>
public sealed record ClientMergeItem
{
    public required long Id { get; init; }
    public required long FromId { get; init; }

    /// <summary>As the card was called; empty while nobody had given a name.</summary>
    public string FromName { get; init; } = "";

    public string? FromNumber { get; init; }
    public required DateTimeOffset MergedAt { get; init; }
    public string? MergedByName { get; init; }
    public required DateTimeOffset UndoUntil { get; init; }

    /// <summary>The caller may undo it, and no later merge stands in the way.</summary>
    public bool CanUndo { get; init; }
}
