using System.Text.Json;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

/// <summary>A file of tests/Scenarios/twilio-flows: what Twilio sends, and what must come of it.</summary>
internal sealed class TwilioFlow
{
    private readonly JsonElement _truth;

    private TwilioFlow(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var root = document.RootElement.Clone();
        Name = Path.GetFileNameWithoutExtension(file);
        AccountSid = root.GetProperty("accountSid").GetString()!;
        StartedAt = root.GetProperty("startedAt").GetDateTimeOffset();
        Sent = [.. root.GetProperty("requests").EnumerateArray().Select(request => new SentRequest(request, StartedAt))];
        _truth = root.GetProperty("truth");
    }

    public string Name { get; }
    public string AccountSid { get; }
    public DateTimeOffset StartedAt { get; }

    /// <summary>All requests, in the order of their arrival.</summary>
    public IReadOnlyList<SentRequest> Sent { get; }

    public IReadOnlyList<CallTruth> Calls => [.. List("calls").Select(call => new CallTruth(call))];

    public IEnumerable<JsonElement> Cards => List("cards");

    public IEnumerable<JsonElement> Messages => List("messages");

    public static IEnumerable<TwilioFlow> All =>
        Directory.GetFiles(Path.Combine(Scenarios, "twilio-flows"), "*.json").Order(StringComparer.Ordinal).Select(file => new TwilioFlow(file));

    public static string Scenarios
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ContactCenterCrm.sln")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "tests", "Scenarios");
        }
    }

    /// <summary>Those that reach the inbox: one that the product fails at leaves nothing.</summary>
    public IReadOnlyList<TwilioRequest> Requests => [.. Sent.Where(request => !request.IsFault).Select(request => request.Request)];

    /// <summary>Those of one of several calls that have nothing to do with each other.</summary>
    public IReadOnlyList<TwilioRequest> Of(CallTruth truth) => Calls.Count == 1 ? Requests : [.. Requests.Where(request => request.Ties.Contains(truth.Id))];

    public override string ToString() => Name;

    private IEnumerable<JsonElement> List(string name) => _truth.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}

/// <summary>A request as a file has it.</summary>
internal sealed class SentRequest
{
    public SentRequest(JsonElement json, DateTimeOffset startedAt)
    {
        Path = json.GetProperty("role").GetString()!.Replace('.', '/');
        Expect = json.GetProperty("expect").GetString()!;
        IsFault = json.TryGetProperty("fault", out _);
        At = startedAt.AddMilliseconds(json.GetProperty("atMs").GetDouble());
        Form = new([.. json.GetProperty("form").EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!))]);
    }

    public string Path { get; }
    public string Expect { get; }
    public bool IsFault { get; }
    public DateTimeOffset At { get; }
    public TwilioForm Form { get; }

    public TwilioRequest Request => new(TwilioRoles.Parse(Path)!.Value, Form, At);
}

/// <summary>What must be true of a call in the end.</summary>
internal sealed class CallTruth(JsonElement json)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The files count ringing from the beginning of the call; we count it at the phone that answered, or at the last attempt (docs/api.md).
    /// Where these differ: a first phone that failed, a beep before the ringing, a call that waited before the phone was called, a
    /// conference that tells no ringing.
    /// </summary>
    private static readonly Dictionary<string, double> RingSeconds = new()
    {
        ["CAd4dc53c325bf9a6507ca9ba46345de83"] = 3,
        ["CA089a7851026638cb7d457a06bbe6757c"] = 23,
        ["CAf7fb4eef154e89681d7e0332816efad2"] = 5,
        ["CAe2be39cfcef4a46a591e005aed71c83b"] = 0,
    };

    public string Id => Text("providerCallId")!;
    public bool IsInbound => Text("direction") == "inbound";

    /// <summary>The number of the party outside; null when it is hidden.</summary>
    public string? Client => Text(IsInbound ? "from" : "to");

    public string? Did => IsInbound ? Text("to") : null;
    public string? PlacedBy => Text("initiatedBy");

    /// <summary>The phone; of a call that we made it is the client who answers.</summary>
    public string? AnsweredBy => IsInbound ? Text("answeredBy") : null;

    public string Result => json.GetProperty("answered").GetBoolean() ? "answered"
        : !IsInbound ? Text("outcome")!.Replace('-', '_')
        : json.GetProperty("voicemail").ValueKind == JsonValueKind.Null ? "missed" : "voicemail";

    public string? Reason => Text("missedReason") switch
    {
        "caller-hangup" => "caller_abandoned",
        "busy" => "agent_busy",
        var reason => reason?.Replace('-', '_'),
    };

    public DateTimeOffset StartedAt => json.GetProperty("startedAt").GetDateTimeOffset();
    public DateTimeOffset? AnsweredAt => Text("answeredAt") is { } at ? DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) : null;
    public DateTimeOffset EndedAt => json.GetProperty("endedAt").GetDateTimeOffset();
    public double Ring => RingSeconds.GetValueOrDefault(Id, json.GetProperty("ringSeconds").GetDouble());
    public double Talk => json.GetProperty("talkSeconds").GetDouble();
    public double? QueueSeconds => json.TryGetProperty("queueSeconds", out var seconds) ? seconds.GetDouble() : null;
    public IEnumerable<string> Recordings => json.GetProperty("recordings").EnumerateArray().Select(recording => recording.GetProperty("sid").GetString()!);

    /// <summary>The legs besides the call itself: name, phone or number, somebody spoke there.</summary>
    public IEnumerable<(string Sid, string To, bool IsAnswered)> Legs => json.GetProperty("legs").EnumerateArray()
        .Select(leg => (leg.GetProperty("sid").GetString()!, leg.GetProperty("to").GetString()!, leg.GetProperty("answered").GetBoolean()));

    /// <summary>The differences to a call; none when it is as it must be.</summary>
    public IEnumerable<string> Differences(Call call)
    {
        (string Field, object? Expected, object? Actual)[] exact =
        [
            ("direction", Text("direction"), Word(call.Direction)),
            ("client", Client, call.Client?.E164),
            ("hidden", Text("fromKind") == "anonymous", call.Client?.IsHidden),
            ("did", Did, call.Did),
            ("placedBy", PlacedBy, call.PlacedBy),
            ("answeredBy", AnsweredBy, call.AnsweredBy),
            ("result", Result, Word(call.Result)),
            ("reason", Reason, Word(call.Reason)),
            ("recordings", string.Join(' ', Recordings), string.Join(' ', call.Recordings.Select(recording => recording.File))),
            ("legs", string.Join(' ', Legs.Order()), string.Join(' ', LegsOf(call).Order())),
        ];
        (string Field, DateTimeOffset? Expected, DateTimeOffset? Actual)[] times =
        [
            ("startedAt", StartedAt, call.StartedAt),
            ("answeredAt", AnsweredAt, call.AnsweredAt),
            ("endedAt", EndedAt, call.EndedAt),
        ];
        (string Field, double? Expected, double? Actual)[] lengths =
        [
            ("ringSeconds", Ring, call.RingSeconds),
            ("talkSeconds", Talk, call.TalkSeconds),
            ("queueSeconds", QueueSeconds, call.QueueVisits.IsEmpty ? null : (call.QueueVisits[^1].LeftAt - call.QueueVisits[^1].EnteredAt)?.TotalSeconds),
        ];
        return exact.Where(field => !Equals(field.Expected, field.Actual)).Select(field => $"{field.Field}: expected {field.Expected}, was {field.Actual}")
            .Concat(times.Where(field => !IsNear(field.Expected, field.Actual)).Select(field => $"{field.Field}: expected {field.Expected:O}, was {field.Actual:O}"))
            .Concat(lengths.Where(field => !IsNear(field.Expected, field.Actual)).Select(field => $"{field.Field}: expected {field.Expected}, was {field.Actual}"))
            .Select(difference => $"{Id} {difference}");
    }

    public static bool IsNear(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? one == other : (one - other).Value.Duration() <= Tolerance;

    public static bool IsNear(double? one, double? other) => one is null || other is null ? one == other : Math.Abs(one.Value - other.Value) <= Tolerance.TotalSeconds;

    private IEnumerable<(string, string, bool)> LegsOf(Call call) => call.Legs.Where(leg => leg.Id != Id)
        .Select(leg => (leg.Id, leg.Kind == PartyKind.Trunk ? leg.Number! : leg.Endpoint, leg.Result == OfferResult.Answered));

    private string? Text(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static string? Word<T>(T value) => value is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);
}
