namespace ContactCenterCrm.Contracts;

/// <summary>How many of the calls in the sources' own books are here. Calls of sources without such books do not count.</summary>
public sealed record CallCompleteness
{
    /// <summary>In the books.</summary>
    public int Calls { get; init; }

    /// <summary>In the books, and not here.</summary>
    public int Missing { get; init; }

    /// <summary>Here, of which a part was heard when it happened and the rest came from the books.</summary>
    public int Completed { get; init; }

    /// <summary>Here, and nothing of them was heard when they happened.</summary>
    public int Added { get; init; }

    /// <summary>Calls here ÷ calls in the books, in percent; null when the books are empty.</summary>
    public double? Percent => Calls == 0 ? null : 100.0 * (Calls - Missing) / Calls;
}

/// <summary>Nobody listened to a PBX for a while.</summary>
public sealed record GapItem
{
    public required long Id { get; init; }
    public required string Pbx { get; init; }
    public required DateTimeOffset BeganAt { get; init; }
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Since when the PBX's diary has told what went on; null: it has not yet.</summary>
    public DateTimeOffset? FilledAt { get; init; }

    /// <summary>A relay of this PBX brings its diary. Without one nothing will be filled in.</summary>
    public bool HasDiary { get; init; }

    /// <summary>Calls that began in the gap and were added or completed from the diary.</summary>
    public int Calls { get; init; }
}
