using System.Net;
using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ContactCenterCrm.Testing;

/// <summary>The whole product on a free port of this machine, with a data folder of its own that is gone afterwards.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    static readonly Lazy<string> PasswordHash = new(() => PasswordCheck.Hash(Password));
    readonly WebApplication app;
    readonly bool ownsFolder;

    RunningServer(WebApplication app, string folder, bool ownsFolder)
    {
        (this.app, DataFolder, this.ownsFolder) = (app, folder, ownsFolder);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }
    public string DataFolder { get; }
    public IServiceProvider Services => app.Services;

    /// <param name="settings">Configuration, for example <c>Database:Engine</c>.</param>
    /// <param name="services">Replaces services, for example the clock.</param>
    /// <param name="folder">A data folder that outlives this server; null: one of its own.</param>
    public static async Task<RunningServer> Start(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, string? folder = null, bool isDemo = false)
    {
        var dataFolder = folder ?? Directory.CreateTempSubdirectory("crm-test-").FullName;
        var start = new StartOptions
        {
            IsDemo = isDemo,
            DataFolder = dataFolder,
            Urls = "http://127.0.0.1:0",
            Settings = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Log:Level"] = Environment.GetEnvironmentVariable("CRM_TEST_LOG") ?? "Error" },
        };
        var app = Product.Build(start, services ?? (_ => { }));
        await app.StartAsync();
        return new(app, dataFolder, folder is null);
    }

    /// <summary>A browser: it keeps cookies, and nobody is signed in.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A new account, its password <see cref="Password"/>.</summary>
    public async Task<long> AddAccount(string login, string role = Roles.Agent, string? name = null) =>
        await Services.GetRequiredService<AgentStore>().Add(login, name ?? login, role, PasswordHash.Value, isActive: true, CancellationToken.None)
            ?? throw new InvalidOperationException($"There is an account {login} already.");

    /// <summary>A browser in which this account is signed in.</summary>
    public async Task<HttpClient> SignIn(string login)
    {
        var browser = Browser();
        (await browser.PostAsJsonAsync("/api/sign-in", new SignIn { Login = login, Password = Password })).EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>A browser in which a new account with this role is signed in.</summary>
    public async Task<HttpClient> SignInAs(string role, string? login = null)
    {
        await AddAccount(login ?? role, role);
        return await SignIn(login ?? role);
    }

    /// <summary>A program with a new API key.</summary>
    public async Task<HttpClient> Program(string role)
    {
        var (_, key) = await Services.GetRequiredService<ApiKeyStore>().Create("test", role, CancellationToken.None);
        return new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = new("Bearer", key) },
        };
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsFolder)
            Directory.Delete(DataFolder, recursive: true);
    }
}
