using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Telephony.Traces;

/// <summary>A finished call as one line of JSON, in the words of the API. Seconds are rounded to milliseconds.</summary>
public static class CallJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Line(Call call) => JsonSerializer.Serialize(new Words
    {
        ExternalId = call.Key.ExternalId,
        Direction = call.Direction,
        Client = call.Client?.E164,
        Did = call.Did,
        Queue = call.Queue,
        Rang = [.. call.Rang],
        Agent = call.Direction == CallDirection.Outbound ? call.PlacedBy : null,
        AnsweredBy = call.AnsweredBy,
        LastAgent = call.LastAgent,
        Result = call.Result,
        Reason = call.Reason,
        HangupBy = call.HangupBy,
        Transfers = [.. call.Transfers.Select(transfer => new TransferWords(transfer.Type, transfer.By, transfer.To, transfer.Answered))],
        WaitSeconds = Rounded(call.WaitSeconds),
        RingSeconds = Rounded(call.RingSeconds),
        TalkSeconds = Rounded(call.TalkSeconds),
    }, Options);

    private static double? Rounded(double? seconds) => seconds is null ? null : Math.Round(seconds.Value, 3);

    private sealed record Words
    {
        public required string ExternalId { get; init; }
        public required CallDirection Direction { get; init; }
        public required string? Client { get; init; }
        public required string? Did { get; init; }
        public required string? Queue { get; init; }
        public required IReadOnlyList<string> Rang { get; init; }
        public required string? Agent { get; init; }
        public required string? AnsweredBy { get; init; }
        public required string? LastAgent { get; init; }
        public required CallResult? Result { get; init; }
        public required CallReason? Reason { get; init; }
        public required string? HangupBy { get; init; }
        public required IReadOnlyList<TransferWords> Transfers { get; init; }
        public required double? WaitSeconds { get; init; }
        public required double? RingSeconds { get; init; }
        public required double? TalkSeconds { get; init; }
    }

    private sealed record TransferWords(TransferType Type, string By, string To, bool Answered);
}
