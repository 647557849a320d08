using System.Collections.Immutable;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ContactCenterCrm.UI.Tests.Browser;

/// <summary>
/// The simulated office with a clock that stands still until the test lets it go on (<see cref="Pass"/>): a phone rings for as
/// long as the test looks at it.
/// </summary>
public sealed class Office : IAsyncDisposable
{
    /// <summary>Rings phone 101.</summary>
    public const string OlgasLine = "74951234501";

    /// <summary>Rings phones 101, 102 and 103 at once, out of the queue "support".</summary>
    public const string SupportLine = "74951234503";

    readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    readonly SimulatorServer simulator;

    Office() => simulator = SimulatorServer.Start(new SimulatedPbx(SimulatedOffice.Example, seed: 1, clock.GetUtcNow()), clock);

    public int AmiPort => simulator.Port;

    // A task, so that fixtures open and close it like every other host.
    public static Task<Office> Open() => Task.FromResult(new Office());

    /// <summary>A client calls; phone 101 rings until so many seconds have passed, and then they talk for a minute.</summary>
    public static CallScript Inbound(string? number, double answerAfter = 10) => new()
    {
        Number = number,
        Line = OlgasLine,
        Phones = Answers(("101", answerAfter)),
        Talk = [new HangUp(60, Party.Client)],
    };

    public static ImmutableDictionary<string, PhoneReaction> Answers(params IEnumerable<(string Phone, double AfterSeconds)> phones) =>
        phones.ToImmutableDictionary(phone => phone.Phone, phone => new PhoneReaction(PhoneAct.Answer, phone.AfterSeconds));

    /// <summary>How people react from now on to "call this number": the agent's own phone, then the client's.</summary>
    public Task ClickToCall(PhoneReaction agent, PhoneReaction client) => simulator.Do(
        pbx => pbx.ClickToCall = (phone, number) => new()
        {
            Agent = phone,
            Number = number,
            OtherPhones = agent,
            Phones = ImmutableDictionary<string, PhoneReaction>.Empty.Add(CallScript.Client, client),
            Talk = [new HangUp(60, Party.Client)],
        },
        CancellationToken.None);

    /// <summary>Until an order of the product has reached the office.</summary>
    public Task SomebodyCalls() => Until.True(async () => await simulator.Ask(pbx => pbx.LiveCalls, CancellationToken.None) > 0, "a call has begun");

    /// <summary>A call begins, and a second goes by: it rings.</summary>
    public async Task Ring(CallScript script)
    {
        await simulator.Do(pbx => pbx.Begin(script), CancellationToken.None);
        Pass(seconds: 1);
    }

    /// <summary>Lets the office's time go on.</summary>
    public void Pass(double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Until every phone is on the hook.</summary>
    public Task EndAllCalls() => Until.True(
        async () =>
        {
            Pass(seconds: 30);
            return await simulator.Ask(pbx => pbx.LiveCalls, CancellationToken.None) == 0;
        },
        "all calls are over");

    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}
