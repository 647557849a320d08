using System.Globalization;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.Testing.Pbx;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.RealAsterisk;

/// <summary>
/// The product as a process of its own, killed without warning while twenty calls ring and talk on a real Asterisk; and the Asterisk
/// killed in the same way. Afterwards each call is there once, with the truth, or marked as uncertain with the reason.
/// </summary>
[Category("RealAsterisk")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
sealed class KillTests
{
    const int Ringing = 10;
    const int Talking = 10;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    AsteriskHost? pbx;
    KillableProduct? product;

    AsteriskHost Pbx => pbx!;
    KillableProduct Product => product!;
    HttpClient Admin => Product.Admin;

    [SetUp]
    public async Task Start()
    {
        if (AsteriskHost.Missing is { } reason)
            Assert.Ignore(reason);
        pbx = await AsteriskHost.Start();
        product = await KillableProduct.Start();
        await Admin.ConnectTo(Pbx, "office");
        await Pbx.Phone("101").Register(SipBehaviour.Answer(ring: Second));
        await Pbx.Phone("102").Register(SipBehaviour.KeepRinging);
    }

    [TearDown]
    public async Task Stop()
    {
        if (product is not null)
            await product.DisposeAsync();
        if (pbx is not null)
            await pbx.DisposeAsync();
    }

    [Test]
    public async Task Calls_that_outlive_a_killed_product_are_whole_and_each_is_there_once()
    {
        var calls = await TwentyCalls(talk: 25 * Second, patience: 25 * Second);

        await Product.Kill();
        await Product.Start();
        await Admin.LinkIs("office", "up");
        var truth = await Task.WhenAll(calls.Values);

        var saved = await AllEnded(calls.Keys);
        Assert.Multiple(() =>
        {
            foreach (var (number, measured) in calls.Keys.Zip(truth))
            {
                var call = saved[number];
                Assert.That(call.Uncertain, Is.Null, number);
                Assert.That(call.Result, Is.EqualTo(measured.AnsweredAt is null ? "missed" : "answered"), number);
                Assert.That(call.WaitSeconds, Is.EqualTo(measured.WaitSeconds).Within(1), number);
                Assert.That(call.TalkSeconds, Is.EqualTo(measured.TalkSeconds).Within(1), number);
            }
        });
    }

    [Test]
    public async Task Calls_that_end_while_the_product_is_dead_are_marked_as_uncertain()
    {
        var calls = await TwentyCalls(talk: 8 * Second, patience: 8 * Second);

        await Product.Kill();
        var truth = await Task.WhenAll(calls.Values);
        await Product.Start();
        await Admin.LinkIs("office", "up");

        var saved = await AllEnded(calls.Keys);
        Assert.Multiple(() =>
        {
            foreach (var (number, measured) in calls.Keys.Zip(truth))
            {
                Assert.That(saved[number].Uncertain, Is.EqualTo("ended_unseen"), number);
                Assert.That(saved[number].Result, Is.EqualTo(measured.AnsweredAt is null ? "missed" : "answered"), number);
            }
        });
    }

    [Test]
    public async Task Calls_of_a_killed_pbx_end_there_and_say_so()
    {
        var calls = await TwentyCalls(talk: 10 * Second, patience: 10 * Second);

        await Pbx.Kill();
        await Admin.LinkIs("office", "down");
        await Pbx.Boot();
        await Admin.LinkIs("office", "up");

        var saved = await AllEnded(calls.Keys);
        Assert.Multiple(() =>
        {
            foreach (var call in saved.Values)
                Assert.That(call.Uncertain, Is.EqualTo("pbx_stopped"), call.Client);
        });
        // The callers find out by themselves that nobody knows them any more: to SIPp that is an error.
        foreach (var caller in calls.Values)
            await ((Task)caller).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ten callers talk with 101, ten hear 102 ring; by number. Returns when the product has seen all of that.</summary>
    async Task<Dictionary<string, Task<SipCall>>> TwentyCalls(TimeSpan talk, TimeSpan patience)
    {
        Dictionary<string, Task<SipCall>> calls = [];
        for (var i = 0; i < Ringing + Talking; i++)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"7916000{i:D4}");
            calls["+" + number] = i < Talking
                ? Pbx.Trunk.Call(new("74951234501") { From = number, Talk = talk })
                : Pbx.Trunk.Call(new("74951234521") { From = number, Patience = patience });
        }
        await Until.True(
            async () =>
            {
                var live = (await Calls()).Where(call => call.EndedAt is null).ToList();
                return live.Count(call => call.AnsweredBy == "101") == Talking && live.Count(call => call.Rang.Contains("102")) == Ringing;
            },
            "ten callers talk and ten hear the phone ring");
        return calls;
    }

    async Task<Dictionary<string, CallItem>> AllEnded(IEnumerable<string> numbers)
    {
        await Until.True(async () => (await Calls()).All(call => call.EndedAt is not null), "no call is live");
        var saved = await Calls();
        Assert.That(saved.Select(call => call.Client), Is.EquivalentTo(numbers), "each call is there once");
        return saved.ToDictionary(call => call.Client!);
    }

    async Task<IReadOnlyList<CallItem>> Calls() => (await Admin.GetFromJsonAsync<Page<CallItem>>("/api/calls?take=200"))!.Items;
}
