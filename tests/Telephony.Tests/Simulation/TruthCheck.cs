using System.Globalization;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Telephony.Tests.Simulation;

/// <summary>Compares what the tracker says about a call with what really happened.</summary>
internal static class TruthCheck
{
    private const double SecondsTolerance = 0.25;
    private static readonly NumberPlan numbers = new("RU");

    /// <summary>One line per field that is not so: "123.4 result: Missed, really Answered".</summary>
    public static IEnumerable<string> Differences(CallTruth truth, Call call, bool withSeconds = true)
    {
        var differences = new List<string>();
        void Compare<T>(string field, T told, T really)
        {
            if (!EqualityComparer<T>.Default.Equals(told, really))
                differences.Add($"{truth.LinkedId} {truth.Direction} {field}: {told}, really {really}");
        }

        Compare("direction", call.Direction, truth.Direction);
        Compare("result", call.Result, truth.Result);
        Compare("placed by", call.PlacedBy, truth.PlacedBy);
        Compare("transfers", Told(call.Transfers), Told(truth.Transfers));
        if (call.HangupBy is not null)
            Compare("hang-up by", SideOf(call.HangupBy), SideOf(truth.HangupBy));
        if (truth.Direction is not CallDirection.Internal)
            Compare("client", call.Client?.E164, numbers.Read(truth.Number).E164);
        if (truth.Direction is not CallDirection.Outbound)
        {
            Compare("rang", string.Join(' ', call.Rang.Order(StringComparer.Ordinal)), string.Join(' ', truth.Rang.Order(StringComparer.Ordinal)));
            Compare("answered by", call.AnsweredBy, truth.AnsweredBy);
            Compare("ends with", call.LastAgent, truth.LastAgent);
        }
        if (truth.Direction is CallDirection.Inbound)
        {
            Compare("reason", call.Reason, truth.Reason);
            Compare("line", call.Did, truth.Did);
            Compare("queue", call.Queue, truth.Queue);
        }
        if (withSeconds)
            CompareSeconds(truth, call, differences);
        return differences;
    }

    private static void CompareSeconds(CallTruth truth, Call call, List<string> differences)
    {
        void Compare(string field, double? told, double? really)
        {
            if (Math.Abs((told ?? 0) - (really ?? 0)) > SecondsTolerance)
            {
                var words = string.Create(CultureInfo.InvariantCulture, $"{told:0.000} s, really {really:0.000} s");
                differences.Add($"{truth.LinkedId} {truth.Direction} {field}: {words}");
            }
        }

        Compare("started", (call.StartedAt - truth.StartedAt).TotalSeconds, 0);
        Compare("wait", call.WaitSeconds, ((truth.AnsweredAt ?? truth.EndedAt) - truth.StartedAt)?.TotalSeconds);
        Compare("talk", call.TalkSeconds, truth.TalkSeconds);
        if (truth.Direction is not CallDirection.Internal)
            Compare("ring", call.RingSeconds, truth.RingSeconds);
    }

    private static string Told(IEnumerable<Transfer> transfers) =>
        string.Join(", ", transfers.Select(transfer => $"{transfer.Type} {transfer.By}>{transfer.To} {(transfer.Answered ? "answered" : "unanswered")}"));

    // The tracker names the extension where that is known; the truth says which side it was.
    private static string SideOf(string? who) => who switch
    {
        "caller" or "customer" => "client",
        "pbx" or "crm" => who,
        _ => "agent",
    };
}
