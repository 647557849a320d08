using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;

namespace ContactCenterCrm.Benchmarks;

/// <summary>A migrated database of a benchmark's own, with agents and their phones; gone afterwards.</summary>
internal sealed class Install : IAsyncDisposable
{
    /// <summary>Below it, ids are for what is filled in; the product's own come after.</summary>
    const int FilledIds = 100_000_000;

    readonly PostgresHost? postgres;

    Install(string folder, DatabaseOptions options, PostgresHost? postgres)
    {
        (Folder, Options, this.postgres) = (folder, options, postgres);
        Database = new(options);
        Ids = new(Database);
    }

    public string Folder { get; }
    public DatabaseOptions Options { get; }
    public Database Database { get; }
    public IdBlocks Ids { get; }

    /// <summary>The ids of the agents; the phone of each is <see cref="History.Extension"/>.</summary>
    public IReadOnlyList<long> Agents { get; private set; } = [];

    /// <summary>What the word stands for: sqlite or postgres.</summary>
    public static Engine EngineOf(string word) => Enum.Parse<Engine>(word, ignoreCase: true);

    public static async Task<Install> New(Engine engine, int agents)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        var postgres = engine == Engine.Postgres ? await PostgresHost.Start(durable: true) : null;
        var options = new DatabaseOptions
        {
            Engine = engine,
            ConnectionString = postgres is null ? $"Data Source={Path.Combine(folder, "crm.db")}" : await postgres.NewDatabase(),
        };
        await TestDatabase.Migrate(engine, options.ConnectionString);
        var install = new Install(folder, options, postgres);
        await install.Ids.Take(FilledIds, CancellationToken.None);
        await install.AddAgents(agents);
        return install;
    }

    public async ValueTask DisposeAsync()
    {
        Ids.Dispose();
        Database.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    async Task AddAgents(int count)
    {
        var store = new AgentStore(Database, Ids, TimeProvider.System);
        // One hash for all: making one takes a while on purpose.
        var hash = PasswordCheck.Hash(RunningServer.Password);
        List<long> agents = [];
        for (var i = 0; i < count; i++)
        {
            agents.Add((await store.Add(History.Extension(i), $"Agent {i}", Roles.Agent, hash, isActive: true, CancellationToken.None))!.Value);
            await store.AssignExtension(History.Pbx, History.Extension(i), agents[i], CancellationToken.None);
        }
        Agents = agents;
    }
}
