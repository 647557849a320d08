namespace ContactCenterCrm.Contracts;

/// <summary>A page of a list. <see cref="Next"/> is the cursor of the following page; null on the last one.</summary>
public sealed record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }
    public string? Next { get; init; }
}
