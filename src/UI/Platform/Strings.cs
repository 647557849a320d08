namespace ContactCenterCrm.UI.Platform;

internal static class Strings
{
    public static string? NullIfEmpty(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
