using System.Text.Json;

namespace ContactCenterCrm.UI.Platform;

/// <summary>Why the server refused, or why it could not be asked: RFC 9457 problem details with the product's stable code.</summary>
/// <param name="Status">The HTTP status; 0 when there was no answer at all.</param>
/// <param name="Code">Stable word in snake case; <c>offline</c> when there was no answer.</param>
/// <param name="Errors">Messages by field, for the code <c>validation</c>.</param>
/// <param name="Body">The whole answer: some codes carry more members.</param>
public sealed record Problem(int Status, string Code, string? Detail, IReadOnlyDictionary<string, string[]> Errors, JsonElement? Body)
{
    /// <summary>The id to tell an administrator, when the server failed.</summary>
    public string? TraceId { get; init; }

    /// <summary>Trying again later may help: no answer, too many requests, or the server failed.</summary>
    public bool MayPass => Status is 0 or 429 or >= 500;

    static readonly Dictionary<string, string[]> None = [];

    internal static readonly Problem Offline = new(0, "offline", null, None, null);

    /// <summary>The browser cannot play what it got.</summary>
    internal static readonly Problem Unplayable = new(415, "unplayable", null, None, null);

    internal static readonly Problem NotThere = new(404, "not_found", null, None, null);

    internal static Problem Read(int status, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(status, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // A proxy on the way answers in its own words; the status is all that is known then.
            return new Problem(status, $"http_{status}", null, None, null);
        }
    }

    static Problem Read(int status, JsonElement body)
    {
        var isObject = body.ValueKind == JsonValueKind.Object;
        return new Problem(status, Word("code") ?? $"http_{status}", Word("detail") ?? Word("title"), ReadErrors(body), body) { TraceId = Word("traceId") };

        string? Word(string name) =>
            isObject && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>Field names are given back in lower case: the server may write them in any.</summary>
    static Dictionary<string, string[]> ReadErrors(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
            return None;

        var byField = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in errors.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array))
            byField[field.Name] = [.. field.Value.EnumerateArray().Select(message => message.ToString())];
        return byField;
    }
}
