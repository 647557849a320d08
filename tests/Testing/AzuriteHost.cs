using System.Diagnostics;
using System.Globalization;

namespace ContactCenterCrm.Testing;

/// <summary>
/// Microsoft's own emulator of Azure Storage, on a port of this machine and a folder of its own. One for a test run is enough
/// (<see cref="Shared"/>): each fixture takes a container of its own from it.
/// </summary>
public sealed class AzuriteHost : IAsyncDisposable
{
    // Azurite's well-known account: not a secret, and good for nothing else.
    const string Account = "devstoreaccount1";
    const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // No fixture is the last one: it ends, and its folder goes, with the test run.
    static readonly Lazy<Task<AzuriteHost>> shared = new(Start);
    static int containers;

    readonly string folder;
    readonly int port;
    Process? process;

    AzuriteHost(string folder, int port) => (this.folder, this.port) = (folder, port);

    /// <summary>Why there is none on this machine; null when there is.</summary>
    public static string? Missing { get; } =
        !File.Exists(Program) ? $"Azurite is not installed in {Program} (tests/environment/install)"
        : !Command.Exists("node") ? "there is no node to run Azurite (tests/environment/install)"
        : null;

    public static Task<AzuriteHost> Shared => shared.Value;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};";

    /// <summary>A name that no other test uses.</summary>
    public static string NewContainer() => string.Create(CultureInfo.InvariantCulture, $"test-{Environment.ProcessId}-{Interlocked.Increment(ref containers)}");

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await Command.End(process);
        process = null;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    static string Program => Path.Combine(TestCache.Folder, "azurite-3.37.0", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    static async Task<AzuriteHost> Start()
    {
        var host = new AzuriteHost(Directory.CreateTempSubdirectory("crm-azurite-").FullName, Loopback.FreePort());
        // Without skipApiVersionCheck it refuses clients that are newer than itself.
        host.process = Command.Server(
            "TERM", Path.Combine(host.folder, "log"), "node",
            [
                Program, "--silent", "--location", host.folder, "--blobHost", "127.0.0.1", "--blobPort", host.port.ToString(CultureInfo.InvariantCulture),
                "--disableTelemetry", "--skipApiVersionCheck",
            ],
            host.folder, removed: host.folder);
        await Until.True(() => host.IsUp(), $"Azurite accepts connections, see {host.folder}/log");
        return host;
    }

    async Task<bool> IsUp()
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"Azurite ended at once: {await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
        return await Loopback.Accepts(port);
    }
}
