using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactCenterCrm.Telephony.Calls;

/// <summary>
/// A whole call as text, for whoever keeps the live calls over a restart of the product: what is read back equals what was
/// written, and a tracker that is given it goes on as if nothing had happened. Not for people and not for other programs: the
/// form may change with the product, and calls live for minutes.
/// </summary>
public static class CallText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(Call call) => JsonSerializer.Serialize(call, Options);

    /// <summary>Null when the text is of a form that this version does not know.</summary>
    public static Call? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Call>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
