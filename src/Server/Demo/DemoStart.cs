using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Server.Demo;

/// <summary>
/// Starts before the lines to PBXs do: fills an empty database, lets a simulated PBX live an ordinary day on a free port of this
/// machine, and points the line "demo" to it. The product then treats it as any other PBX.
/// </summary>
internal sealed class DemoStart(DemoSeed seed, PbxLinkStore links, PbxSecrets secrets, TimeProvider time) : IHostedService, IAsyncDisposable
{
    // The simulator's own account (SimulatorOptions). It listens on loopback, and there is nothing behind it.
    const string Username = "crm";
    const string Secret = "crm-secret";

    SimulatorServer? simulator;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await seed.Fill(cancellationToken);
        var pbx = new SimulatedPbx(DemoOffice.Office, Random.Shared.Next(), time.GetUtcNow());
        simulator = SimulatorServer.Start(pbx, time);
        await Connect(simulator.Port, cancellationToken);
        await simulator.Do(running => DemoTraffic.Start(running, Random.Shared.Next(), new() { KnownNumbers = [.. KnownNumbers()] }), cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (simulator is not null)
            await simulator.DisposeAsync();
        simulator = null;
    }

    async Task Connect(int port, CancellationToken cancel)
    {
        var link = new PbxLink
        {
            Name = DemoOffice.Pbx,
            Host = "127.0.0.1",
            Port = port,
            Username = Username,
            ProtectedSecret = secrets.Protect(Secret),
            Region = "RU",
            Trunks = [DemoOffice.Office.Trunk],
            IsEnabled = true,
        };
        var known = (await links.List(cancel)).FirstOrDefault(other => other.Name == link.Name);
        if (known is null)
            await links.Add(link, cancel);
        else
            await links.Change(link with { Id = known.Id }, cancel);
    }

    static IEnumerable<string> KnownNumbers()
    {
        var plan = new NumberPlan("RU", []);
        return DemoOffice.Clients.SelectMany(client => client.Numbers).Select(number => plan.Read(number).E164).OfType<string>().Distinct();
    }
}
