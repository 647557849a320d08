using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Tests.Calls;

/// <summary>Calls with everything that a call can have, from a seed: the same seed gives the same calls.</summary>
sealed class RandomCalls(int seed)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    readonly Random random = new(seed);
    int made;

    public Call Next(string source = "pbx", string? number = null, CallDirection? direction = null, bool live = false)
    {
        var startedAt = Noon.AddMilliseconds(random.Next(86_400_000));
        var kind = direction ?? Any<CallDirection>();
        return new()
        {
            Key = new(source, $"1795427441.{++made}"),
            Revision = random.Next(1, 20),
            Direction = kind,
            StartedAt = startedAt,
            AnsweredAt = Maybe(After(startedAt)),
            EndedAt = live ? null : After(startedAt),
            Client = kind == CallDirection.Internal ? null : Party(number),
            Did = MaybeText("+7495"),
            Dialled = MaybeText("8495"),
            PlacedBy = MaybeText("2"),
            AnsweredBy = MaybeText("1"),
            AnsweredExternal = MaybeText("+7916"),
            LastAgent = MaybeText("1"),
            Result = live ? null : Any<CallResult>(),
            Reason = Maybe(Any<CallReason>()),
            HangupBy = MaybeText("cust\"omer\\"),
            Uncertain = Maybe(Any<CallUncertainty>()),
            Memory = random.Next(2) == 0 ? null : new() { HasVoicemail = true, Asker = MaybeText("leg-"), QueueGivenUpAt = Maybe(After(startedAt)) },
            MergedInto = live ? null : Maybe(new CallKey(source, "17954.9")),
            RingSeconds = random.NextDouble() * 60,
            QueueVisits = List(i => new QueueVisit($"Очередь {i}", After(startedAt)) { LeftAt = Maybe(After(startedAt)), Exit = Maybe(Any<QueueExit>()), FirstAgent = MaybeText("1") }),
            Offers = List(i => new Offer($"10{i}", $"leg-{i}", After(startedAt))
            {
                Queue = MaybeText("sales"),
                RingStartedAt = Maybe(After(startedAt)),
                EndedAt = Maybe(After(startedAt)),
                Result = Maybe(Any<OfferResult>()),
                TransferredBy = MaybeText("1"),
            }),
            Talks = List(i => new TalkSegment(MaybeText("10"), After(startedAt)) { ExternalNumber = MaybeText("+7"), Kind = Any<TalkKind>(), EndedAt = Maybe(After(startedAt)), LegId = MaybeText("leg-") }),
            Holds = List(i => new Hold(i % 2 == 0 ? "customer" : "101", After(startedAt)) { EndedAt = Maybe(After(startedAt)), LegId = MaybeText("leg-") }),
            Transfers = List(i => new Transfer(Any<TransferType>(), $"20{i}", $"10{i}", After(startedAt)) { Answered = random.Next(2) == 0 }),
            Recordings = List(i => new CallRecording($"leg-{i}", $"/var/spool/запись-{i}.wav", After(startedAt))),
            Legs = List(i => new Leg($"PJSIP/trunk-{i:x8}", Any<PartyKind>(), $"endpoint {i}", startedAt)
            {
                RingingAt = Maybe(After(startedAt)),
                UpAt = Maybe(After(startedAt)),
                EndedAt = Maybe(After(startedAt)),
                Cause = Maybe(random.Next(128)),
                TechCause = MaybeText("SIP 48"),
                Origin = Any<LegOrigin>(),
                IsDialled = random.Next(2) == 0,
                ResultAt = Maybe(After(startedAt)),
                Pair = MaybeText("pair-"),
                QueueVisit = Maybe(random.Next(3)),
                DialledBy = MaybeText("leg-"),
                Number = MaybeText("8916"),
                Result = Maybe(Any<OfferResult>()),
            }),
        };
    }

    OutsideParty Party(string? number) => number is null && random.Next(5) == 0
        ? new(MaybeText("anonymous"), MaybeText("Анна"), null) { IsHidden = true }
        : new(number ?? "raw", MaybeText("О'Нил"), number ?? $"+7916{random.Next(10_000_000):0000000}");

    ImmutableArray<T> List<T>(Func<int, T> make) => [.. Enumerable.Range(0, random.Next(5)).Select(make)];

    DateTimeOffset After(DateTimeOffset start) => start.AddMilliseconds(random.Next(600_000));

    T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    T? Maybe<T>(T value) where T : struct => random.Next(2) == 0 ? null : value;

    string? MaybeText(string prefix) => random.Next(2) == 0 ? null : prefix + random.Next(100);
}
