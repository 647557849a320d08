namespace ContactCenterCrm.UI.Platform;

/// <summary>The ids that tie a field's label, hint and error to its control.</summary>
public sealed record FieldIds(string Control, string? DescribedBy);

/// <summary>Ids of elements, unique within the page.</summary>
internal static class ElementIds
{
    static int last;

    public static string Next(string kind) => $"{kind}-{++last}";
}
