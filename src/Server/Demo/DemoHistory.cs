using System.Collections.Immutable;
using System.Globalization;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Demo;

/// <summary>The calls of the weeks before the demonstration. The same seed gives the same weeks.</summary>
/// <param name="numbers">Who called, in E.164; each at least once.</param>
internal sealed class DemoHistory(DateTimeOffset now, int seed, IReadOnlyList<string> numbers)
{
    const int Days = 21;

    /// <summary>Of the last days, the PBX still had the sound when it was connected.</summary>
    static readonly TimeSpan Recorded = TimeSpan.FromDays(3);

    static readonly ImmutableArray<string> Extensions = [.. DemoOffice.People.Select(person => person.Extension).OfType<string>()];
    static readonly ImmutableArray<string> Lines = [.. DemoOffice.Office.Lines.Select(line => line.Did)];
    readonly Random random = new(seed);
    int count;

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<Call> Calls() =>
    [
        .. numbers.SelectMany(number => Enumerable.Range(0, random.Next(1, 6)).Select(_ => One(number)))
            .Append(One(number: null))
            .OrderBy(call => call.StartedAt),
    ];

    Call One(string? number)
    {
        var start = now.AddDays(-Days * random.NextDouble()).AddHours(-1);
        var isOutbound = number is not null && random.Next(4) == 0;
        return random.Next(10) < 7 ? Answered(number, start, isOutbound) : Missed(number, start, isOutbound);
    }

    Call Answered(string? number, DateTimeOffset start, bool isOutbound)
    {
        var agent = Extensions[random.Next(Extensions.Length)];
        var answered = start.AddSeconds(4 + random.Next(20));
        var end = answered.AddSeconds(20 + random.Next(400));
        return Begun(number, start, isOutbound, agent) with
        {
            AnsweredAt = answered,
            AnsweredBy = isOutbound ? null : agent,
            LastAgent = isOutbound ? null : agent,
            EndedAt = end,
            Result = CallResult.Answered,
            HangupBy = random.Next(2) == 0 ? isOutbound ? "customer" : "caller" : "agent",
            RingSeconds = (answered - start).TotalSeconds - 1,
            Offers = isOutbound ? [] : [Offer(agent, start, answered, OfferResult.Answered)],
            Talks = [new(agent, answered) { EndedAt = end }],
            Recordings = now - start > Recorded ? [] : [new($"history-{count}", $"/var/spool/asterisk/monitor/history-{count}.wav", answered)],
        };
    }

    Call Missed(string? number, DateTimeOffset start, bool isOutbound)
    {
        var agent = Extensions[random.Next(Extensions.Length)];
        var end = start.AddSeconds(8 + random.Next(30));
        return Begun(number, start, isOutbound, agent) with
        {
            EndedAt = end,
            Result = isOutbound ? CallResult.NoAnswer : CallResult.Missed,
            Reason = isOutbound ? null : CallReason.CallerAbandoned,
            HangupBy = isOutbound ? "agent" : "caller",
            RingSeconds = (end - start).TotalSeconds - 1,
            Offers = isOutbound ? [] : [Offer(agent, start, end, OfferResult.Withdrawn)],
        };
    }

    Call Begun(string? number, DateTimeOffset start, bool isOutbound, string agent) => new()
    {
        Key = new(DemoOffice.Pbx, $"history-{++count}"),
        Revision = 1,
        Direction = isOutbound ? CallDirection.Outbound : CallDirection.Inbound,
        StartedAt = start,
        Client = number is null ? new(null, null, null) { IsHidden = true } : new(number[1..], null, number),
        Did = isOutbound ? null : Lines[random.Next(Lines.Length)],
        PlacedBy = isOutbound ? agent : null,
        Legs = [new($"history-{count}", PartyKind.Trunk, DemoOffice.Office.Trunk, start)],
    };

    Offer Offer(string agent, DateTimeOffset start, DateTimeOffset end, OfferResult result) =>
        new(agent, count.ToString(CultureInfo.InvariantCulture), start.AddSeconds(1)) { RingStartedAt = start.AddSeconds(1), EndedAt = end, Result = result };
}
