using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Telephony.Tests.Twilio;

public sealed class TwilioStoryTests
{
    private const int OrdersMax = 400;

    private static readonly NumberPlan Numbers = new("US");

    private static IEnumerable<TwilioFlow> Flows => TwilioFlow.All.Where(flow => flow.Calls.Count > 0);

    [Test]
    public void All_flows_are_there() => Assert.That(TwilioFlow.All.Count(), Is.EqualTo(21));

    [TestCaseSource(nameof(Flows))]
    public void Callbacks_in_their_order_give_the_truth(object flow) => MustBeTrue((TwilioFlow)flow, ((TwilioFlow)flow).Requests);

    [TestCaseSource(nameof(Flows))]
    public void Every_callback_twice_gives_the_truth(object flow) =>
        MustBeTrue((TwilioFlow)flow, [.. ((TwilioFlow)flow).Requests.SelectMany(request => new[] { request, request with { ArrivedAt = request.ArrivedAt.AddSeconds(9) } })]);

    [TestCaseSource(nameof(Flows))]
    public void The_same_callbacks_in_any_order_give_the_very_same_calls(object flow)
    {
        var requests = ((TwilioFlow)flow).Requests;
        var expected = Texts(Tell(requests));

        foreach (var order in Orders(requests.Count))
            Assert.That(Texts(Tell(order.Select(i => requests[i]))), Is.EqualTo(expected), string.Join(' ', order));
    }

    // Each request arrives at the time of the place that it got: whatever only an arrival dates is dated wrongly at first.
    [TestCaseSource(nameof(Flows))]
    public void Callbacks_that_arrive_in_any_order_give_the_truth(object flow)
    {
        foreach (var truth in ((TwilioFlow)flow).Calls)
        {
            var requests = ((TwilioFlow)flow).Of(truth);
            foreach (var order in Orders(requests.Count))
                MustBeTrue([truth], [.. order.Select((i, place) => requests[i] with { ArrivedAt = requests[place].ArrivedAt })], string.Join(' ', order));
        }
    }

    [TestCaseSource(nameof(Flows))]
    public void A_call_that_is_told_again_with_more_has_a_higher_revision_and_with_the_same_the_same(object flow)
    {
        var requests = ((TwilioFlow)flow).Requests;

        foreach (var order in Orders(requests.Count).Take(50))
        {
            var told = new Dictionary<CallKey, (int Revision, int Distinct)>();
            for (var count = 1; count <= order.Length; count++)
            {
                var some = order.Take(count).Select(i => requests[i]).ToList();
                var distinct = some.Select(request => request.ContentKey).Distinct().Count();
                foreach (var call in Tell(some))
                {
                    if (told.TryGetValue(call.Key, out var before))
                        Assert.That(call.Revision.CompareTo(before.Revision), Is.EqualTo(distinct.CompareTo(before.Distinct)), $"{call.Key} after {count}");
                    told[call.Key] = (call.Revision, distinct);
                }
            }
        }
    }

    [TestCaseSource(nameof(Flows))]
    public void No_callback_is_needed_by_itself_for_a_call_to_end(object flow)
    {
        var requests = ((TwilioFlow)flow).Requests;

        for (var lost = 0; lost < requests.Count; lost++)
        {
            var calls = Tell(requests.Where((_, i) => i != lost)).ToList();
            Assert.That(calls.Select(call => call.Key.ExternalId), Is.SupersetOf(((TwilioFlow)flow).Calls.Select(call => call.Id)), $"without {requests[lost].ContentKey}");
            Assert.That(calls.Where(call => call.IsLive && !IsLastWord(requests, lost)), Is.Empty, $"without {requests[lost].ContentKey}");
        }
    }

    [TestCaseSource(nameof(Flows))]
    public void What_REST_says_in_the_end_stands_for_callbacks_that_never_came(object flow)
    {
        foreach (var truth in ((TwilioFlow)flow).Calls.Where(truth => truth.IsInbound && truth.QueueSeconds is null))
        {
            var first = ((TwilioFlow)flow).Requests.First(request => request.Form["CallSid"] == truth.Id);
            if (truth.Legs.Any(leg => ((TwilioFlow)flow).Requests.All(request => request.Form["ParentCallSid"] is null)))
                continue;
            var call = Tell([first, .. TwilioRest.Of(truth)]).Single();

            Assert.That(call.AnsweredBy, Is.EqualTo(truth.AnsweredBy), truth.Id);
            Assert.That(call.IsLive, Is.False, truth.Id);
            Assert.That(call.Result is CallResult.Answered, Is.EqualTo(truth.Result == "answered"), truth.Id);
            Assert.That(CallTruth.IsNear(truth.EndedAt, call.EndedAt), Is.True, truth.Id);
            Assert.That(CallTruth.IsNear(truth.Talk, call.TalkSeconds), Is.True, truth.Id);
        }
    }

    private static void MustBeTrue(TwilioFlow flow, IReadOnlyList<TwilioRequest> requests) => MustBeTrue(flow.Calls, requests, "");

    private static void MustBeTrue(IReadOnlyList<CallTruth> truths, IReadOnlyList<TwilioRequest> requests, string why)
    {
        var calls = Tell(requests).Where(call => call.MergedInto is null).ToDictionary(call => call.Key.ExternalId);
        Assert.That(calls.Keys, Is.EquivalentTo(truths.Select(call => call.Id)), why);
        Assert.That(truths.SelectMany(truth => truth.Differences(calls[truth.Id])), Is.Empty, why);
    }

    private static IEnumerable<Call> Tell(IEnumerable<TwilioRequest> requests) => TwilioStory.Tell("cloud", Numbers, requests);

    private static List<string> Texts(IEnumerable<Call> calls) => [.. calls.OrderBy(call => call.Key.ExternalId, StringComparer.Ordinal).Select(CallText.Write)];

    // Before the callback of the end nobody can know: the caller may be listening to an announcement. REST tells it later.
    private static bool IsLastWord(IReadOnlyList<TwilioRequest> requests, int lost) => requests[lost].Role == TwilioRole.NumberStatus || lost == requests.Count - 1;

    private static IEnumerable<int[]> Orders(int count)
    {
        if (count <= 5)
            return All([.. Enumerable.Range(0, count)]);
        var random = new Random(count);
        return Enumerable.Range(0, OrdersMax).Select(_ =>
        {
            int[] order = [.. Enumerable.Range(0, count)];
            random.Shuffle(order);
            return order;
        });
    }

    private static IEnumerable<int[]> All(IReadOnlyList<int> items) => items.Count == 0
        ? [[]]
        : items.SelectMany(first => All([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);
}

/// <summary>Call resources as Twilio's REST would give them for a true call.</summary>
internal static class TwilioRest
{
    public static IEnumerable<TwilioRequest> Of(CallTruth truth)
    {
        yield return Resource(truth.Id, null, truth.Client ?? "", truth.Did!, "inbound", "completed", truth.StartedAt, truth.EndedAt, (truth.EndedAt - truth.StartedAt).TotalSeconds);
        foreach (var leg in truth.Legs)
        {
            var startedAt = leg.IsAnswered ? truth.AnsweredAt!.Value : truth.StartedAt;
            var endedAt = leg.IsAnswered ? startedAt.AddSeconds(truth.Talk) : truth.AnsweredAt ?? truth.EndedAt;
            yield return Resource(
                leg.Sid, truth.Id, truth.Client ?? "", leg.To, "outbound-dial", leg.IsAnswered ? "completed" : "no-answer", startedAt, endedAt, leg.IsAnswered ? truth.Talk : null);
        }
    }

    private static TwilioRequest Resource(
        string sid, string? parent, string from, string to, string direction, string status, DateTimeOffset startedAt, DateTimeOffset endedAt, double? seconds) =>
        TwilioRequest.OfRest(
            new()
            {
                Sid = sid,
                ParentSid = parent,
                From = from,
                To = to,
                Direction = direction,
                Status = status,
                StartedAt = startedAt,
                EndedAt = endedAt,
                Seconds = (int)(seconds ?? 0),
            },
            endedAt.AddHours(1));
}
