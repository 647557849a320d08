using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Tests.Desk;
using ContactCenterCrm.Telephony.Simulation;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Server.Tests.Pbx;

/// <summary>A running server, a simulated PBX, and an admin who connects the two.</summary>
sealed class Stand : IAsyncDisposable
{
    public const string Pbx = "office";

    Stand(RunningServer server, SimulatorServer simulator, HttpClient admin) => (Server, Simulator, Admin) = (server, simulator, admin);

    public RunningServer Server { get; private set; }
    public SimulatorServer Simulator { get; }
    public HttpClient Admin { get; private set; }

    /// <param name="folder">A data folder that outlives the server, so that it can be started again.</param>
    /// <param name="settings">Configuration.</param>
    public static async Task<Stand> Start(string? folder = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var server = await RunningServer.Start(settings, folder: folder);
        var simulated = new SimulatedPbx(SimulatedOffice.Example, seed: 1, TimeProvider.System.GetUtcNow());
        return new(server, SimulatorServer.Start(simulated, TimeProvider.System), await server.SignInAs(Roles.Admin));
    }

    /// <summary>The right settings of a link to the simulated PBX.</summary>
    public PbxLinkEdit Link(string name = Pbx) => new()
    {
        Name = name,
        Host = "127.0.0.1",
        Port = Simulator.Port,
        Username = "crm",
        Secret = "crm-secret",
        Trunks = ["trunk"],
        Region = "RU",
    };

    /// <summary>Adds the link and waits until it is up.</summary>
    public async Task Connect()
    {
        (await Admin.PostAsJsonAsync("/api/pbx/links", Link())).EnsureSuccessStatusCode();
        await WaitFor(Pbx, state => state.Status == "up", "the line is up");
    }

    public async Task<PbxLinkState> WaitFor(string name, Func<PbxLinkState, bool> isMeant, string what)
    {
        PbxLinkState? state = null;
        await Until.True(async () => isMeant(state = (await Links()).Single(link => link.Name == name).State), what);
        return state!;
    }

    public async Task<PbxLinkItem[]> Links() => (await Admin.GetFromJsonAsync<PbxLinkItem[]>("/api/pbx/links"))!;

    /// <summary>A new account whose phones these are, at its desk. The name is the login with a capital.</summary>
    public async Task<DeskWatcher> Agent(string login, params string[] extensions)
    {
        var id = await Server.AddAccount(login, name: char.ToUpperInvariant(login[0]) + login[1..]);
        foreach (var extension in extensions)
            await Server.Services.GetRequiredService<AgentStore>().AssignExtension(Pbx, extension, id, CancellationToken.None);
        return await DeskWatcher.SitDown(Server, login);
    }

    public Task Begin(CallScript script) => Simulator.Do(pbx => pbx.Begin(script), CancellationToken.None);

    /// <summary>The server stops, and a new one starts on the same data folder. The PBX goes on meanwhile.</summary>
    public async Task Restart()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
        Server = await RunningServer.Start(folder: Server.DataFolder);
        Admin = await Server.SignIn(Roles.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
