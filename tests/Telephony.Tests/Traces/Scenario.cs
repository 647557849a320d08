using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Traces;

namespace ContactCenterCrm.Telephony.Tests.Traces;

/// <summary>A folder of tests/Scenarios with recordings of AMI.</summary>
internal sealed record Scenario(string Folder)
{
    public string Name => Path.GetFileName(Folder);

    public override string ToString() => Name;

    public static IEnumerable<Scenario> All => Directory.GetDirectories(Root).Where(folder => Directory.EnumerateFiles(folder, "*.ami").Any())
        .Order(StringComparer.Ordinal).Select(folder => new Scenario(folder));

    public static IEnumerable<Scenario> WithExpectation => All.Where(scenario => File.Exists(scenario.ExpectedFile));

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Per account that listened: its connections in order.</summary>
    public IEnumerable<IGrouping<string, string>> Accounts =>
        Directory.GetFiles(Folder, "*.ami").Order(StringComparer.Ordinal).GroupBy(file => Path.GetFileName(file).Split('.')[0]);

    /// <summary>The recordings of the account that hears everything.</summary>
    public IReadOnlyList<AmiRecording> Recordings => [.. Accounts.First().Select(AmiRecording.Load)];

    public IReadOnlyList<ExpectedCall> Expected => ExpectedCall.Parse(File.ReadLines(ExpectedFile));

    private string ExpectedFile => Path.Combine(Folder, "expected.txt");

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ContactCenterCrm.sln")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "tests", "Scenarios");
        }
    }
}

/// <summary>What a human observer saw of one call. Only what is said is compared.</summary>
internal sealed record ExpectedCall(string ExternalId, IReadOnlyList<(string Field, string Value)> Fields)
{
    private const double SecondsTolerance = 0.75;

    public static IReadOnlyList<ExpectedCall> Parse(IEnumerable<string> lines)
    {
        var calls = new List<(string Id, List<(string, string)> Fields)>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var words = line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
            if (line.StartsWith("call ", StringComparison.Ordinal))
                calls.Add((words[1], []));
            else
                calls[^1].Fields.Add((words[0], words[1]));
        }
        return [.. calls.Select(call => new ExpectedCall(call.Id, call.Fields))];
    }

    /// <summary>The differences between what was seen and what became of the recording.</summary>
    public IEnumerable<string> Differences(Call call)
    {
        foreach (var field in Fields.GroupBy(field => field.Field, field => field.Value))
        {
            var expected = string.Join(", ", field);
            var actual = Text(call, field.Key);
            if (!Agree(field.Key, expected, actual))
                yield return $"{ExternalId} {field.Key}: expected {expected}, was {actual}";
        }
    }

    private static string Text(Call call, string field) => field switch
    {
        "direction" => Word(call.Direction),
        "client" => call.Client?.E164 ?? "-",
        "did" => call.Did ?? "-",
        "queue" => call.Queue ?? "-",
        "rang" => call.Rang.Any() ? string.Join(' ', call.Rang) : "-",
        "agent" => call.PlacedBy ?? "-",
        "answeredBy" => call.AnsweredBy ?? "-",
        "lastAgent" => call.LastAgent ?? "-",
        "result" => Word(call.Result),
        "reason" => Word(call.Reason),
        "hangupBy" => call.HangupBy ?? "-",
        "transfer" => call.Transfers.IsEmpty ? "-" : string.Join(", ", call.Transfers.Select(transfer =>
            $"{Word(transfer.Type)} by {transfer.By} to {transfer.To} {(transfer.Answered ? "answered" : "unanswered")}")),
        "waitSeconds" => Seconds(call.WaitSeconds),
        "ringSeconds" => Seconds(call.RingSeconds),
        "talkSeconds" => Seconds(call.TalkSeconds),
        _ => throw new ArgumentException($"expected.txt names an unknown field '{field}'"),
    };

    private static bool Agree(string field, string expected, string actual)
    {
        if (field.EndsWith("Seconds", StringComparison.Ordinal))
            return Math.Abs(double.Parse(expected, Invariant) - double.Parse(actual, Invariant)) <= SecondsTolerance;
        if (field == "rang")
            return expected.Split(' ').ToHashSet().SetEquals(actual.Split(' '));
        return expected == actual;
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static string Seconds(double? seconds) => seconds?.ToString("0.00", Invariant) ?? "NaN";

    private static string Word<T>(T value) => value is null ? "-" : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!);
}
