using ContactCenterCrm.Server.Platform.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactCenterCrm.Testing;

/// <summary>A database of a test's own, migrated, gone afterwards.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>A connection string to a SQL Server on which the tests may create databases.</summary>
    public const string SqlServerSetting = "CRM_TEST_SQLSERVER";

    static readonly Lazy<Task<string>> sqliteTemplate = new(MigratedFile);
    static int sqlServerDatabases;

    readonly DatabaseOptions options;

    TestDatabase(DatabaseOptions options)
    {
        this.options = options;
        Database = new(options);
        Ids = new(Database);
    }

    public Database Database { get; }
    public IdBlocks Ids { get; }
    public Engine Engine => options.Engine;
    public string ConnectionString => options.ConnectionString;

    /// <summary>Another node on the same database: what one node keeps in memory, this one does not know.</summary>
    public TestDatabase AnotherNode() => new(options);

    /// <summary>Why this engine cannot be tested here; null when it can.</summary>
    public static string? Missing(Engine engine) => engine switch
    {
        Engine.Sqlite => null,
        Engine.Postgres => PostgresHost.Missing,
        Engine.SqlServer => SqlServerConnection is null ? $"No SQL Server: {SqlServerSetting} holds no connection string" : null,
    };

    public static async Task<TestDatabase> New(Engine engine) => new(new() { Engine = engine, ConnectionString = await NewConnectionString(engine) });

    /// <summary>On a database that is there already, such as one of a cluster that the test stops and starts.</summary>
    public static async Task<TestDatabase> On(Engine engine, string connectionString)
    {
        await Migrate(engine, connectionString);
        return new(new() { Engine = engine, ConnectionString = connectionString });
    }

    public static async Task Migrate(Engine engine, string connectionString) =>
        await new Migrator(new(new() { Engine = engine, ConnectionString = connectionString }), TimeProvider.System, NullLogger<Migrator>.Instance)
            .Run(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Ids.Dispose();
        Database.Dispose();
        switch (Engine)
        {
            case Engine.Sqlite:
                SqliteConnection.ClearAllPools();
                Directory.Delete(Path.GetDirectoryName(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource)!, recursive: true);
                break;
            case Engine.SqlServer:
                await DropSqlServerDatabase();
                break;
        }
    }

    static string? SqlServerConnection => Environment.GetEnvironmentVariable(SqlServerSetting) is { Length: > 0 } text ? text : null;

    static async Task<string> NewConnectionString(Engine engine) => engine switch
    {
        Engine.Sqlite => await CopyOfFile(),
        Engine.Postgres => await (await PostgresHost.Shared).CopyOf("migrated", empty => Migrate(Engine.Postgres, empty + ";Pooling=false")),
        Engine.SqlServer => await NewSqlServerDatabase(),
    };

    static async Task<string> MigratedFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("crm-sqlite-").FullName, "template.db");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        await Migrate(Engine.Sqlite, $"Data Source={file};Pooling=false");
        return file;
    }

    static async Task<string> CopyOfFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("crm-sqlite-").FullName, "crm.db");
        File.Copy(await sqliteTemplate.Value, file);
        return $"Data Source={file}";
    }

    static async Task<string> NewSqlServerDatabase()
    {
        var name = $"crm_test_{Environment.ProcessId}_{Interlocked.Increment(ref sqlServerDatabases)}";
        await OnSqlServer($"CREATE DATABASE {name}");
        var connection = new SqlConnectionStringBuilder(SqlServerConnection) { InitialCatalog = name }.ConnectionString;
        await Migrate(Engine.SqlServer, connection);
        return connection;
    }

    async Task DropSqlServerDatabase()
    {
        var name = new SqlConnectionStringBuilder(options.ConnectionString).InitialCatalog;
        SqlConnection.ClearAllPools();
        await OnSqlServer($"DROP DATABASE {name}");
    }

    static async Task OnSqlServer(string sql)
    {
        await using var connection = new SqlConnection(SqlServerConnection);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
