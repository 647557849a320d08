using System.Globalization;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>
/// Two hundred calls of every kind through a real Asterisk, while the product is killed twice, the line to the PBX is cut five times, and the
/// database is stopped for a minute. What the product says in the end is compared with what the telephones measured. docs/reliability.md has
/// the figures of a run.
/// </summary>
[Category("RealAsterisk")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class ReliabilityTests
{
    const int Calls = 200;
    const double Tolerance = 1;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1.2);

    AsteriskHost? pbx;
    PostgresHost? postgres;
    KillableProduct? product;
    CuttableLine? line;
    RelayScript? relay;

    AsteriskHost Pbx => pbx!;
    HttpClient Admin => product!.Admin;

    [SetUp]
    public async Task Start()
    {
        if ((AsteriskHost.Missing ?? PostgresHost.Missing) is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.StartWithRelay();
        postgres = await PostgresHost.Start();
        product = await KillableProduct.Start("Database:Engine=Postgres", $"Database:ConnectionString={await postgres.NewDatabase()}", "Missed:ShortSeconds=0", "Log:Level=Warning");
        line = new(pbx.Address, AsteriskHost.AmiPort);
        var link = new PbxLinkEdit { Name = "office", Host = "127.0.0.1", Port = line.Port, Username = AsteriskHost.AmiUser, Secret = pbx.AmiSecret, Trunks = ["trunk"], Region = "RU" };
        (await Admin.PostAsJsonAsync("/api/pbx/links", link)).EnsureSuccessStatusCode();
        await Admin.LinkIs("office", "up");
        relay = new(pbx.Folder) { CelFile = Path.Combine(pbx.Folder, "log", "cel-custom", "crm.csv"), PauseSeconds = 1 };
        await relay.Point(Admin.BaseAddress!, await RelayScript.NewToken(Admin, "office"));
        await relay.Start();
        await pbx.Phone("101").Register(SipBehaviour.Answer(ring: Second));
        await pbx.Phone("102").Register(SipBehaviour.KeepRinging);
        await pbx.Phone("103").Register(SipBehaviour.Answer(ring: Second));
        await pbx.Phone("104").Register(SipBehaviour.Busy);
        await pbx.Phone("105").Register(SipBehaviour.Answer(ring: Second, deeds: new BlindTransfer(2 * Second, "101")));
        await pbx.Trunk.Does(SipBehaviour.Answer(ring: Second));
    }

    [TearDown]
    public async Task Stop()
    {
        if (relay is not null && TestContext.CurrentContext.Result.FailCount > 0)
            TestContext.Out.WriteLine(string.Join('\n', [product!.Log, .. (await Gaps()).Select(gap => $"{gap}"), .. relay.Refused, await File.ReadAllTextAsync(Path.Combine(Pbx.Folder, "relay.log"))]));
        foreach (var part in (IAsyncDisposable?[])[relay, product, line, pbx, postgres])
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    [Test]
    [CancelAfter(900_000)]
    public async Task Two_hundred_calls_are_all_there_once_and_true_through_every_failure()
    {
        var disruptions = Disrupt();
        var placed = await Place();
        await disruptions;
        var truth = await Task.WhenAll(placed.Select(call => call.Truth(Pbx)));
        await Until.True(async () => (await Saved()).All(call => call.EndedAt is not null), "no call is live");
        // The relay's longest pause, and the time that the comparison leaves to those who listen.
        await Until.True(
            async () => (await Books()).Calls == Calls && await Gaps() is { Count: > 0 } gaps && gaps.All(gap => gap.FilledAt is not null),
            "every call has been compared with the diary and all gaps are filled", patience: TimeSpan.FromMinutes(2));

        var saved = await Saved();
        var lost = (await Admin.GetFromJsonAsync<Page<LostItem>>("/api/lost?state=unreturned&take=200"))!.Items;
        var completeness = await Books();
        await Tell(truth, saved, completeness);
        Assert.Multiple(() =>
        {
            Assert.That(saved, Has.Count.EqualTo(Calls), "each call is there once");
            Assert.That(truth.SelectMany(call => call.Differences(saved, Tolerance)), Is.Empty);
            Assert.That(lost.Select(item => item.Client), Is.EquivalentTo(Unreturned(truth)), "those who wait to be called back");
            Assert.That(completeness.Percent, Is.EqualTo(100));
        });
    }

    // The times are chosen so that calls begin, talk and end in each of the failures.
    async Task Disrupt()
    {
        var start = TimeProvider.System.GetTimestamp();
        await At(20);
        await line!.Cut(5 * Second);
        await At(40);
        await product!.Kill();
        await At(48);
        await product.Start();
        await At(90);
        await line.Cut(5 * Second);
        await At(110);
        await postgres!.Kill();
        await At(130);
        await line.Cut(5 * Second);
        await At(170);
        await postgres.Boot();
        await At(190);
        await line.Cut(5 * Second);
        await At(205);
        await product.Kill();
        await At(213);
        await product.Start();
        await At(235);
        await line.Cut(5 * Second);

        async Task At(double seconds)
        {
            if (TimeSpan.FromSeconds(seconds) - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } left)
                await Task.Delay(left);
        }
    }

    async Task<IReadOnlyList<PlacedCall>> Place()
    {
        List<PlacedCall> placed = [];
        for (var i = 0; i < Calls; i++)
        {
            placed.Add(Place(i));
            await Task.Delay(Between);
        }
        // Their results are asked for when all have been placed, and each is waited for here.
        await Task.WhenAll(placed.Select(call => call.Party));
        return placed;
    }

    /// <summary>Ten rounds of twenty calls. Who rang in vain in one round calls again, or is called back, in the next.</summary>
    PlacedCall Place(int index)
    {
        var (round, kind) = Math.DivRem(index, 20);
        var talk = TimeSpan.FromSeconds(2 + index % 7 * 0.61);
        return kind switch
        {
            0 when round > 0 => Inbound("answered", "74951234501", NumberOf(index - 14), "101", talk),
            < 5 => Inbound("answered", "74951234501", NumberOf(index), "101", talk),
            < 8 => Inbound("abandoned", "74951234521", NumberOf(index), null, talk: null, patience: talk),
            < 10 => Inbound("busy", "74951234522", NumberOf(index), null, talk),
            < 13 => Inbound("queue", "74951234503", NumberOf(index), "101 103", talk + Second),
            13 => Inbound("queue abandoned", "74951234503", NumberOf(index), "101 103", TimeSpan.FromSeconds(0.6)),
            14 when round > 0 => Outbound("called back", NumberOf(index - 29), talk, SipBehaviour.Forever),
            < 16 => Outbound("outbound", NumberOf(index), talk, SipBehaviour.Forever),
            16 => Outbound("outbound cancelled", NumberOf(index), talk, TimeSpan.FromSeconds(0.5)),
            17 => Inbound("transferred", "74951234506", NumberOf(index), "105", talk + 4 * Second),
            18 => Inbound("menu", "74951234505", NumberOf(index), null, TimeSpan.FromSeconds(1.5)),
            _ => Inbound("voicemail", "74951234508", NumberOf(index), null, TimeSpan.FromSeconds(16), speaks: true),
        };
    }

    static string NumberOf(int index) => string.Create(CultureInfo.InvariantCulture, $"7916000{index:D4}");

    PlacedCall Inbound(string kind, string did, string number, string? agents, TimeSpan? talk, TimeSpan? patience = null, bool speaks = false) =>
        new(kind, "inbound", "+" + number, agents, Pbx.Trunk.Call(new(did) { From = number, Talk = talk, Patience = patience ?? SipBehaviour.Forever, Speaks = speaks }));

    PlacedCall Outbound(string kind, string number, TimeSpan talk, TimeSpan patience) =>
        new(kind, "outbound", "+" + number, "104", Pbx.Phone("104").Call(new("+" + number) { Talk = talk, Patience = patience }));

    /// <summary>Those who called, whom nobody spoke with, and who were not spoken with afterwards.</summary>
    static IEnumerable<string> Unreturned(IReadOnlyList<TrueCall> calls) => calls
        .Where(call => call is { Direction: "inbound", Result: not "answered" })
        .Where(call => !calls.Any(later => later.Client == call.Client && later.Result == "answered" && later.StartedAt > call.StartedAt))
        .Select(call => call.Client);

    async Task<IReadOnlyList<CallItem>> Saved()
    {
        List<CallItem> calls = [];
        for (string? cursor = null; ;)
        {
            var page = (await Admin.GetFromJsonAsync<Page<CallItem>>($"/api/calls?take=200{(cursor is null ? "" : $"&before={cursor}")}"))!;
            calls.AddRange(page.Items);
            if ((cursor = page.Next) is null)
                return calls;
        }
    }

    async Task<CallCompleteness> Books() => (await Admin.GetFromJsonAsync<CallCompleteness>("/api/calls/completeness"))!;

    async Task<IReadOnlyList<GapItem>> Gaps() => (await Admin.GetFromJsonAsync<GapItem[]>("/api/gaps"))!;

    async Task Tell(IReadOnlyList<TrueCall> truth, IReadOnlyList<CallItem> saved, CallCompleteness completeness)
    {
        foreach (var kind in truth.GroupBy(call => call.Kind))
        {
            var found = kind.Select(call => call.In(saved)).ToList();
            TestContext.Out.WriteLine($"{kind.Key}: {kind.Count()} calls, {found.Count(call => call is null)} absent, "
                + $"{found.Count(call => call?.Found == "completed")} completed, {found.Count(call => call?.Found == "added")} added; off by at most "
                + string.Create(CultureInfo.InvariantCulture, $"{kind.Max(call => call.WaitError(saved)):0.00} s wait, {kind.Max(call => call.TalkError(saved)):0.00} s talk"));
        }
        foreach (var gap in await Gaps())
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gap of {(gap.EndedAt - gap.BeganAt).TotalSeconds:0.0} s, filled {(gap.FilledAt - gap.EndedAt)?.TotalSeconds:0} s later, {gap.Calls} calls"));
        TestContext.Out.WriteLine($"{completeness}");
    }

    /// <summary>A call on its way.</summary>
    /// <param name="Agents">Who may take it.</param>
    /// <param name="Party">What the one who calls measures.</param>
    sealed record PlacedCall(string Kind, string Direction, string Client, string? Agents, Task<SipCall> Party)
    {
        /// <summary>What happened, as the telephones on both sides measured it.</summary>
        public async Task<TrueCall> Truth(AsteriskHost pbx)
        {
            var party = await Party;
            // Before a queue, a menu and a mailbox the PBX picks up: there, only the agent's phone knows when somebody answered.
            var agents = (Agents?.Split(' ') ?? []).Select(pbx.Phone).ToList();
            var answer = Direction == "outbound" || Kind == "answered" ? (Phone: agents[0], Call: party) : LegOf(agents, party);
            var end = party.EndedAt!.Value;
            var talk = answer?.Call.AnsweredAt is { } answeredAt ? (end - answeredAt).TotalSeconds : 0;
            // The client hears it ring until the second one takes it.
            if (Kind == "transferred" && LegOf([pbx.Phone("101")], party) is { } second)
                talk -= (second.Call.AnsweredAt!.Value - second.Call.InvitedAt).TotalSeconds;
            var isAnswered = answer?.Call.AnsweredAt is not null;
            return new(Kind, Direction, Client, party.InvitedAt, ResultOf(party, isAnswered), isAnswered || Direction == "outbound" ? answer!.Value.Phone.Name : null,
                ((answer?.Call.AnsweredAt ?? end) - party.InvitedAt).TotalSeconds, talk);
        }

        string ResultOf(SipCall party, bool isAnswered) => Direction switch
        {
            _ when isAnswered => "answered",
            "outbound" => party.EndedHere ? "cancelled" : "failed",
            _ => Kind == "voicemail" ? "voicemail" : "missed",
        };

        (SipPhone Phone, SipCall Call)? LegOf(IEnumerable<SipPhone> phones, SipCall party) => phones
            .SelectMany(phone => phone.Received.Select(call => (Phone: phone, Call: call)))
            .Where(leg => leg.Call.AnsweredAt is not null && leg.Call.InvitedAt > party.InvitedAt.AddSeconds(-0.1) && leg.Call.InvitedAt < party.EndedAt)
            .Where(leg => "+" + leg.Phone.CallerOf(leg.Call) == Client)
            // Two phones of a queue may pick up at once: the PBX connects one, and hangs up on the other.
            .OrderByDescending(leg => leg.Call.EndedAt)
            .Select(leg => ((SipPhone, SipCall)?)leg).FirstOrDefault();
    }

    /// <summary>What really happened.</summary>
    sealed record TrueCall(string Kind, string Direction, string Client, DateTimeOffset StartedAt, string Result, string? Agent, double Wait, double Talk)
    {
        public CallItem? In(IReadOnlyList<CallItem> saved) => saved.Where(call => call.Client == Client && (call.StartedAt - StartedAt).Duration() < TimeSpan.FromSeconds(2)).SingleOrDefault();

        public double WaitError(IReadOnlyList<CallItem> saved) => Math.Abs((In(saved)?.WaitSeconds ?? 0) - Wait);

        public double TalkError(IReadOnlyList<CallItem> saved) => Math.Abs((In(saved)?.TalkSeconds ?? 0) - Talk);

        public IEnumerable<string> Differences(IReadOnlyList<CallItem> saved, double tolerance)
        {
            var what = $"{Kind} {Client} {StartedAt:HH:mm:ss.fff}";
            if (In(saved) is not { } call)
            {
                yield return $"{what} is not there";
                yield break;
            }
            what += $" ({call.Found ?? "heard"}, {call.Uncertain ?? "certain"}, {call.ExternalId})";
            var agent = Direction == "outbound" ? call.Agent : call.AnsweredBy;
            if (call.Direction != Direction)
                yield return $"{what}: {call.Direction}";
            if (call.Result != Result)
                yield return $"{what}: {call.Result}, really {Result}";
            if (agent != Agent)
                yield return $"{what}: agent {agent}, really {Agent}";
            if (Math.Abs((call.WaitSeconds ?? 0) - Wait) > tolerance)
                yield return string.Create(CultureInfo.InvariantCulture, $"{what}: waited {call.WaitSeconds:0.00} s, really {Wait:0.00} s");
            if (Math.Abs((call.TalkSeconds ?? 0) - Talk) > tolerance)
                yield return string.Create(CultureInfo.InvariantCulture, $"{what}: talked {call.TalkSeconds:0.00} s, really {Talk:0.00} s");
        }
    }
}
