using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// From the bytes that a PBX writes to the card that an agent's browser has: the product in a process of its own, a simulated PBX on a
/// TCP port and the agents' live lines in this one. A hundred calls begin in every second; each rings at one phone, is answered, is over
/// within two seconds, and its card is closed by the agent. Half of the callers have a card, a last call and a note.
/// </summary>
internal sealed class PopBenchmark : IAsyncDisposable
{
    const int CallsPerSecond = 100;
    const int WarmUpSeconds = 15;
    const int Agents = 200;
    const int Clients = 100_000;
    const int PastCalls = 200_000;

    static readonly TimeSpan LastCallMax = TimeSpan.FromSeconds(30);

    readonly PopDesk[] desks = new PopDesk[Agents];
    readonly PopWatch watch;
    readonly int calls;

    PopBenchmark(int calls)
    {
        this.calls = calls;
        watch = new(calls);
    }

    public static async Task<int> Run(string[] args)
    {
        var engine = Install.EngineOf(args[0]);
        var seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        await using var install = await Install.New(engine, Agents);
        var now = TimeProvider.System.GetUtcNow();
        await Crowd.Fill(install.Options, Clients, install.Agents, now);
        await History.Fill(install.Options, PastCalls, Clients, install.Agents, firstId: 10_000_000, now);
        await Filling.Settle(install.Options);
        await using var benchmark = new PopBenchmark((WarmUpSeconds + seconds) * CallsPerSecond);
        return await benchmark.Measure(args[0], install) ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in desks.OfType<PopDesk>())
            await desk.DisposeAsync();
    }

    /// <summary>False: cards did not come.</summary>
    async Task<bool> Measure(string name, Install install)
    {
        var (_, key) = await new ApiKeyStore(install.Database, install.Ids, TimeProvider.System).Create("benchmark", Roles.Admin, CancellationToken.None);
        await using var product = await ProductProcess.Start(install, key);
        var pbx = new SimulatedPbx(Office(), seed: 7, TimeProvider.System.GetUtcNow());
        pbx.Emitted += watch.Emitted;
        await using var simulator = SimulatorServer.Start(pbx, TimeProvider.System);
        await product.ConnectTo(simulator, History.Pbx, pbx.Office.Trunk);
        for (var i = 0; i < Agents; i++)
            desks[i] = await PopDesk.SitDown(product.Address, History.Extension(i), watch);
        var cpu = product.ProcessorTime;
        var from = Stopwatch.GetTimestamp();
        await Ring(simulator);
        var elapsed = Stopwatch.GetElapsedTime(from);
        await Task.WhenAny(watch.AllShown, Task.Delay(LastCallMax));
        await Task.WhenAll(desks.Select(desk => desk.Closing));
        Console.WriteLine(watch.Latencies($"{name}, ring to card", skipped: WarmUpSeconds * CallsPerSecond));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {calls / elapsed.TotalSeconds:0.0} calls begun per second, {watch.Cards:N0} cards sent, {(product.ProcessorTime - cpu) / elapsed:P0} of a processor in the product, {watch.Left} cards missing"));
        var (lag, batch, save) = (await product.Mean("crm_calls_lag"), await product.Mean("crm_calls_save_batch"), await product.Mean("crm_calls_save_duration"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  means, warm-up included: signal to commit {lag:0.0} ms; {batch:0.0} calls in a transaction of {save:0.0} ms"));
        return watch.Left == 0;
    }

    static SimulatedOffice Office() => new()
    {
        Extensions = [.. Enumerable.Range(0, Agents).Select(i => new SimulatedExtension(History.Extension(i), $"Agent {i}"))],
        Lines = [.. Enumerable.Range(0, Agents).Select(i => new SimulatedLine(Line(i), new RingPhones([History.Extension(i)])))],
    };

    static string Line(int agent) => string.Create(CultureInfo.InvariantCulture, $"7495{1_000_000 + agent}");

    /// <summary>Calls begin one by one at even distances, whatever becomes of those before.</summary>
    async Task Ring(SimulatorServer simulator)
    {
        var from = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            var due = TimeSpan.FromSeconds(call / (double)CallsPerSecond) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            var script = Script(call);
            await simulator.Do(pbx => pbx.Begin(script), CancellationToken.None);
        }
    }

    CallScript Script(int call) => new()
    {
        Number = watch.Number(call),
        Line = Line(call % Agents),
        OtherPhones = new(PhoneAct.Answer, 0.6),
        Talk = [new HangUp(0.6, Party.Client)],
    };
}
