using System.Globalization;

namespace ContactCenterCrm.UI.Platform;

/// <summary>Builds addresses with a query; parts without a value are left out.</summary>
internal static class Query
{
    public static string Of(string path, params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var query = new List<string>();
        foreach (var (name, value) in parts)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text)
                query.Add($"{name}={Uri.EscapeDataString(text)}");
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }
}
