using System.Security.Cryptography;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Telephony.Numbers;
using ContactCenterCrm.Telephony.Simulation;

namespace ContactCenterCrm.Server.Demo;

/// <summary>
/// Starts before the lines to PBXs do: fills the database, lets a simulated PBX live an ordinary day on a free port of the loopback
/// address, and points the line "demo" to it. The product then treats it as any other PBX.
/// </summary>
internal sealed class DemoStart(DemoSeed seed, PbxLinkStore links, PbxSecrets secrets, TimeProvider time) : IHostedService, IAsyncDisposable
{
    const string Username = "crm";
    SimulatorServer? simulator;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await seed.Fill(cancellationToken);
        var secret = RandomNumberGenerator.GetHexString(32);
        var pbx = new SimulatedPbx(DemoOffice.Office, Random.Shared.Next(), time.GetUtcNow());
        DemoTraffic.Start(pbx, Random.Shared.Next(), new() { CallsPerMinute = 10, TalkSeconds = 25, KnownNumbers = [.. KnownNumbers()] });
        simulator = SimulatorServer.Start(pbx, time, new() { Users = [new(Username, secret)] });
        await links.Add(new()
        {
            Name = DemoOffice.Pbx,
            Host = "127.0.0.1",
            Port = simulator.Port,
            Username = Username,
            ProtectedSecret = secrets.Protect(secret),
            Region = "RU",
            Trunks = [DemoOffice.Office.Trunk],
            IsEnabled = true,
        }, cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (simulator is not null)
            await simulator.DisposeAsync();
        simulator = null;
    }

    static IEnumerable<string> KnownNumbers()
    {
        var plan = new NumberPlan("RU");
        return DemoOffice.Clients.SelectMany(client => client.Numbers).Select(number => plan.Read(number).E164).OfType<string>().Distinct();
    }
}
