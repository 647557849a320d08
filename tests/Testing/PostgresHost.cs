using System.Diagnostics;
using Npgsql;

namespace ContactCenterCrm.Testing;

/// <summary>
/// A PostgreSQL cluster of the tests' own, on a Unix socket in a folder of its own: nothing that is installed or runs already is
/// touched. One for a test run is enough (<see cref="Shared"/>): each fixture takes a database of its own from it.
/// </summary>
public sealed class PostgresHost : IAsyncDisposable
{
    // No fixture is the last one: it ends, and its folder goes, with the test run.
    static readonly Lazy<Task<PostgresHost>> shared = new(() => Start());

    readonly string folder;
    readonly Dictionary<string, Task> templates = [];
    Process? process;
    int databases;

    PostgresHost(string folder) => this.folder = folder;

    /// <summary>Why no PostgreSQL can be started on this machine; null when one can.</summary>
    public static string? Missing { get; } =
        Programs is null ? "PostgreSQL is not installed (tests/environment/install)"
        : IsRoot && !Command.Exists("setpriv") ? "PostgreSQL does not run as root, and there is no setpriv to run it as somebody else"
        : null;

    public static Task<PostgresHost> Shared => shared.Value;

    // Debian keeps the programs of each version apart, and out of the PATH.
    static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    static bool IsRoot => Environment.UserName == "root";

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="durable">Whether a commit waits for the disk: only for tests that cut the power of the cluster itself, and for benchmarks.</param>
    public static async Task<PostgresHost> Start(bool durable = false)
    {
        // Short: the path of a Unix socket has at most 107 bytes.
        var host = new PostgresHost(Directory.CreateTempSubdirectory("crm-pg-").FullName);
        try
        {
            if (IsRoot)
                await Command.Output("chown", ["postgres:postgres", host.folder]);
            var (program, arguments) = AsPostgres("initdb", "-D", host.Data, "-N", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8");
            await Command.Output(program, arguments);
            await host.Boot(durable);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty database.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> NewDatabase() => Create("template1");

    /// <summary>
    /// A copy of the database <paramref name="template"/>, which <paramref name="fill"/> fills when it is asked for first: migrated
    /// once, copied in a tenth of a second for every fixture.
    /// </summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CopyOf(string template, Func<string, Task> fill)
    {
        Task filled;
        lock (templates)
            filled = templates.TryGetValue(template, out var known) ? known : templates[template] = Fill(template, fill);
        await filled;
        return await Create(template);
    }

    /// <summary>Ends the cluster at once, as a power cut does; <see cref="Boot"/> starts it again.</summary>
    public async Task Kill()
    {
        var id = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        await Command.Output("kill", ["-QUIT", id]);
        await process!.WaitForExitAsync();
        await Gone();
    }

    public async Task Boot(bool durable = false)
    {
        var sync = durable ? "on" : "off";
        var (program, arguments) = AsPostgres(
            "postgres", "-D", Data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=200",
            "-c", $"fsync={sync}", "-c", $"synchronous_commit={sync}", "-c", $"full_page_writes={sync}");
        process = Command.Server("INT", Path.Combine(folder, "log"), program, arguments, folder, removed: folder);
        await Until.True(() => IsUp(), $"PostgreSQL accepts connections, see {folder}/log");
    }

    public async ValueTask DisposeAsync()
    {
        await Gone();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    string Data => Path.Combine(folder, "data");

    static Version Version(string folder) => System.Version.TryParse(Path.GetFileName(folder) + ".0", out var version) ? version : new Version();

    static (string Program, IEnumerable<string> Arguments) AsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return IsRoot ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) : (path, arguments);
    }

    async Task Fill(string template, Func<string, Task> fill)
    {
        var database = ConnectionTo(template);
        await Execute($"CREATE DATABASE {template}");
        await fill(database);
        // A database with connections to it cannot be copied.
        await using var pool = new NpgsqlConnection(database);
        NpgsqlConnection.ClearPool(pool);
    }

    async Task<string> Create(string template)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionTo(name);
    }

    async Task<bool> IsUp()
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"PostgreSQL ended at once: {await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
        try
        {
            await Execute("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    string ConnectionTo(string database) => $"Host={folder};Username=postgres;Database={database}";

    async Task Gone()
    {
        if (process is not null)
            await Command.End(process);
        process = null;
    }
}
