using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ContactCenterCrm.Testing;

/// <summary>The product as a process of its own, with its data in a folder that outlives it: it can be killed without warning and started again.</summary>
public sealed class KillableProduct : IAsyncDisposable
{
    readonly string folder;
    readonly IReadOnlyList<string> settings;
    Process? process;

    /// <param name="settings">Configuration, as <c>Database:Engine=Postgres</c>.</param>
    KillableProduct(IReadOnlyList<string> settings)
    {
        folder = Directory.CreateTempSubdirectory("crm-kill-").FullName;
        this.settings = [.. settings.SelectMany(setting => new[] { "--set", setting })];
        Admin = new() { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Loopback.FreePort()}")) };
    }

    /// <summary>A program with an API key that may do everything. It stays the same through all lives of the product.</summary>
    public HttpClient Admin { get; }

    /// <summary>What it wrote in its present life, for the message of a test that failed.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    /// <summary>Starts the program as an admin does, with an API key of its own for this test.</summary>
    public static async Task<KillableProduct> Start(params IReadOnlyList<string> settings)
    {
        var product = new KillableProduct(settings);
        // The verb prints the key and nothing else.
        var key = await Command.Output("dotnet", [Program, "api-key", "create", "--name", "test", "--role", "admin", "--data", product.Data, .. product.settings]);
        product.Admin.DefaultRequestHeaders.Authorization = new("Bearer", key.Trim());
        await product.Start();
        return product;
    }

    /// <summary>After <see cref="Kill"/>. Returns when it answers.</summary>
    public async Task Start()
    {
        process = Command.Server("TERM", LogFile, "dotnet", [Program, "--data", Data, "--urls", Admin.BaseAddress!.ToString(), .. settings], folder);
        await Until.True(Answers, "the product answers");
    }

    /// <summary>As the power cut does.</summary>
    public async Task Kill()
    {
        foreach (var own in Process.GetProcessesByName("dotnet").Where(candidate => IsOurs(candidate.Id)))
            own.Kill();
        await process!.WaitForExitAsync();
        await Command.End(process);
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await Command.End(process);
        Admin.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    string Data => Path.Combine(folder, "data");

    string LogFile => Path.Combine(folder, "product.log");

    async Task<bool> Answers()
    {
        try
        {
            return (await Admin.GetAsync("/api/pbx/links")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    bool IsOurs(int id) =>
        File.Exists($"/proc/{id}/cmdline") && File.ReadAllText($"/proc/{id}/cmdline") is var line
        && line.Contains(Program, StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal);

    static string Program => typeof(Server.Agents.PasswordCheck).Assembly.Location;
}
