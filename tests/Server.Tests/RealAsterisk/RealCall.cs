using ContactCenterCrm.Telephony.Asterisk;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Traces;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

// Only fixtures that say so run side by side. Real calls mostly wait, so more of them than there are cores.
[assembly: LevelOfParallelism(4)]

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>
/// A PBX of the test's own, with two listeners on its AMI: the CRM's account as manager.conf makes it, and one that hears
/// everything. Each test asks for the calls that the CRM's stream yields, and every time the other stream must yield the same:
/// so the account's rights and filters lose nothing that the tracker needs.
/// </summary>
[Category("RealAsterisk")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
abstract class RealCall
{
    /// <summary>How far the CRM's seconds may be from those that the SIP side measured.</summary>
    protected const double Tolerance = 0.75;

    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // One for each connection, in their order.
    readonly List<AmiRecorder> filtered = [];
    readonly List<AmiRecorder> everything = [];

    protected AsteriskHost Pbx { get; private set; } = null!;

    /// <summary>Hears everything and may do everything.</summary>
    protected AmiRecorder Everything => everything[^1];

    [SetUp]
    public async Task Start()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        Pbx = await AsteriskHost.Start();
        await Listen();
    }

    [TearDown]
    public async Task Stop()
    {
        if (Pbx is null)
            return;
        if (TestContext.CurrentContext.Result.FailCount > 0)
            await KeepEvidence();
        await CutLines();
        await Pbx.DisposeAsync();
    }

    /// <summary>Both listeners (re)connect, and ask what is going on, as the product does.</summary>
    protected async Task Listen()
    {
        filtered.Add(await AmiRecorder.Start(Pbx, AsteriskHost.AmiUser));
        everything.Add(await AmiRecorder.Start(Pbx, AsteriskHost.EverythingUser));
        foreach (var listener in (AmiRecorder[])[filtered[^1], everything[^1]])
        {
            await listener.Ask("Status", ("AllVariables", "false"), ("Variables", "DID,MIXMONITOR_FILENAME,CDR(answer)"));
            await listener.Ask("BridgeList");
            await listener.Ask("QueueStatus");
            await listener.Ask("CoreShowChannels");
            await listener.Ask("Ping");
        }
    }

    /// <summary>From now on nobody hears what the PBX says.</summary>
    protected async Task CutLines()
    {
        foreach (var listener in filtered.Concat(everything))
            await listener.DisposeAsync();
    }

    protected Task Registered(string extension, SipBehaviour behaviour) => Pbx.Phone(extension).Register(behaviour);

    /// <summary>The one call that the CRM has seen, when the PBX is silent again.</summary>
    protected async Task<Call> TheCall()
    {
        var calls = await Calls();
        return calls.Count == 1 ? calls[0] : throw new AssertionException($"One call was expected, there are {calls.Count}: {Lines(calls)}");
    }

    /// <summary>The calls that the CRM has seen, in the order of their beginnings, when the PBX is silent again.</summary>
    protected async Task<IReadOnlyList<Call>> Calls()
    {
        await Until.True(async () => (await Pbx.Console("core show channels count")).Contains("0 active channels", StringComparison.Ordinal), "all calls have ended");
        // What was sent before the answer has arrived before it.
        await filtered[^1].Ask("Ping");
        await everything[^1].Ask("Ping");
        var calls = Replay(filtered);
        Assert.That(Certain(calls), Is.EqualTo(Certain(Replay(everything))), "The filters of manager.conf change what is seen.");
        AssertTheDiaryTellsTheSame(calls);
        return calls;
    }

    /// <summary>What the PBX's own diary does not know of this test's calls.</summary>
    protected virtual Call Unwritten(Call call) => call;

    // What was not heard for certain is what the diary is for.
    void AssertTheDiaryTellsTheSame(IReadOnlyList<Call> heard)
    {
        var options = new ReplayOptions();
        var lines = File.ReadLines(Path.Combine(Pbx.Folder, "log", "cel-custom", "crm.csv")).Select(CelLine.Parse).ToList();
        var written = CelStory.Groups(lines).SelectMany(group => CelStory.Tell(options.Source, new NumberPlan(options.Region), options.Trunks, group))
            .Where(call => call.MergedInto is null).ToDictionary(call => call.Key);
        Assert.That(written.Keys, Is.SupersetOf(heard.Select(call => call.Key)), "calls in the diary");
        Assert.Multiple(() =>
        {
            foreach (var call in heard.Where(call => call.Uncertain is null))
            {
                var told = written[call.Key];
                Assert.That(Facts(Unwritten(told)), Is.EqualTo(Facts(Unwritten(call))), "The PBX's diary tells another call.");
                Assert.That(told.WaitSeconds, Is.EqualTo(call.WaitSeconds).Within(Tolerance), "wait in the diary");
                Assert.That(told.TalkSeconds, Is.EqualTo(call.TalkSeconds).Within(Tolerance), "talk in the diary");
            }
        });
    }

    static string Facts(Call call) =>
        $"{call.Key} {call.Direction} client {call.Client?.E164} did {call.Did} queue {string.Join(' ', call.QueueVisits.Select(visit => $"{visit.Queue} {visit.Exit}"))} "
        + $"by {call.PlacedBy} answered {call.AnsweredBy}{call.AnsweredExternal} last {call.LastAgent} {call.Result} {call.Reason} hung up by {call.HangupBy} "
        + string.Join(' ', call.Transfers.Select(transfer => $"{transfer.Type} {transfer.By} {transfer.To} {transfer.Answered}"));

    /// <summary>Waits until both listeners have heard that two parties speak with each other.</summary>
    protected Task SomebodyTalks() => Until.True(
        () => filtered.Concat(everything).All(listener => listener.Text.Split("Event: BridgeEnter").Length > 2), "two have entered a bridge");

    /// <summary>What the tracker says against what the SIP side measured.</summary>
    protected static void SecondsAgree(Call call, double wait, double ring, double talk) => Assert.Multiple(() =>
    {
        Assert.That(call.WaitSeconds, Is.EqualTo(wait).Within(Tolerance), "wait");
        Assert.That(call.RingSeconds, Is.EqualTo(ring).Within(Tolerance), "ring");
        Assert.That(call.TalkSeconds, Is.EqualTo(talk).Within(Tolerance), "talk");
    });

    static IReadOnlyList<Call> Replay(IEnumerable<AmiRecorder> connections) =>
        CallReplay.Calls(connections.Select(connection => connection.Recording), new ReplayOptions());

    // Where the end of a call is not known, each listener takes the last that it heard for it: those seconds may differ.
    static string Certain(IEnumerable<Call> calls) => Lines(calls.Select(call =>
        call.Uncertain is null ? call : call with { EndedAt = call.AnsweredAt, RingSeconds = 0, Talks = [] }));

    static string Lines(IEnumerable<Call> calls) => string.Join('\n', calls.Select(CallJson.Line));

    async Task KeepEvidence()
    {
        var folder = Directory.CreateDirectory(Repository.File("artifacts", "real-asterisk", TestContext.CurrentContext.Test.Name)).FullName;
        foreach (var (name, connections) in ((string, List<AmiRecorder>)[])[("filtered", filtered), ("everything", everything)])
            for (var at = 0; at < connections.Count; at++)
                await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.{at + 1}.ami"), connections[at].Bytes);
        await File.WriteAllTextAsync(Path.Combine(folder, "asterisk.log"), Pbx.Log);
        TestContext.Out.WriteLine($"What the PBX said is in {folder}:\n{Lines(Replay(filtered))}");
    }
}
