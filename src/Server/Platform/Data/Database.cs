using System.Data.Common;
using System.Net.Sockets;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Opens sessions on the configured engine. On SQLite there is one writer at a time: a write session takes the file's write lock
/// when it begins, so it never fails half-way, and must be short; take ids (<see cref="IdBlocks"/>) before it begins.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>SQLite's own 2 MB hold hardly the inner pages of the indexes.</summary>
    const int WriterCacheKiB = 32 * 1024;

    /// <summary>
    /// The driver's own 100 all work at once in a burst and keep each other from ending, and each has to prepare every statement for itself.
    /// </summary>
    const int PostgresConnectionsMax = 20;

    readonly string connectionString;
    readonly SqliteWriter? writer;

    public Database(DatabaseOptions options)
    {
        Dialect = Dialect.Of(options.Engine);
        connectionString = options.Engine switch
        {
            Engine.Sqlite => new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString,
            Engine.Postgres => Tuned(options.ConnectionString),
            Engine.SqlServer => options.ConnectionString,
        };
        writer = options.Engine == Engine.Sqlite ? new(async cancel => (SqliteConnection)await Open(cancel)) : null;
        DapperTypes.Register();
    }

    public Dialect Dialect { get; }

    /// <summary>A session without a transaction: each statement sees what was committed when it began.</summary>
    public async Task<DbSession> Read(CancellationToken cancel) => new(await Connect(cancel), null, Dialect);

    public Task<DbSession> Write(CancellationToken cancel) => writer is not null ? writer.Begin(cancel) : Begin(cancel);

    /// <summary>Closes what is kept open: the file of the embedded engine is free then, and a server has its places for others.</summary>
    public void Dispose()
    {
        writer?.Dispose();
        using var connection = Unopened();
        switch (connection)
        {
            case SqliteConnection sqlite:
                SqliteConnection.ClearPool(sqlite);
                break;
            case NpgsqlConnection postgres:
                NpgsqlConnection.ClearPool(postgres);
                break;
            case SqlConnection sqlServer:
                SqlConnection.ClearPool(sqlServer);
                break;
        }
    }

    async Task<DbSession> Begin(CancellationToken cancel)
    {
        var connection = await Open(cancel);
        try
        {
            return new(connection, await connection.BeginTransactionAsync(cancel), Dialect);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The statement broke a unique key: somebody else was first.</summary>
    public static bool IsUniqueViolation(DbException error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,   // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqlException sqlServer => sqlServer.Number is 2601 or 2627,
        _ => false,
    };

    /// <summary>The database undid a transaction because it stood in the way of others, or they in its: the same one may be run again at once.</summary>
    public static bool IsConflict(DbException error) => error switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        SqlException server => server.Number == 1205,
        _ => false,
    };

    /// <summary>
    /// The database did not do it, and not because of what it was asked: it is away, starting, full, busy or locked. The same statement
    /// may succeed later.
    /// </summary>
    public static bool IsAway(Exception error) => error switch
    {
        DbException refusal => !IsRefusal(refusal),
        TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    /// <summary>The values are wrong (a constraint, a type, a length): they will be wrong the next time, too.</summary>
    static bool IsRefusal(DbException error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is 18 or 19 or 20,                             // TOOBIG, CONSTRAINT, MISMATCH
        PostgresException postgres => postgres.SqlState[..2] is "22" or "23",                           // data exception, integrity violation
        SqlException server => server.Number is 245 or 515 or 547 or 2601 or 2627 or 2628 or 8114 or 8115 or 8152 or 13609,
        _ => false,
    };

    /// <summary>A connection for whoever writes, with no transaction yet.</summary>
    internal async Task<DbConnection> Open(CancellationToken cancel)
    {
        var connection = await Connect(cancel);
        // WAL: readers never wait for the writer. FULL: a commit is on the disk when it returns.
        if (Dialect.Engine == Engine.Sqlite)
            await connection.ExecuteAsync($"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{WriterCacheKiB};");
        return connection;
    }

    async Task<DbConnection> Connect(CancellationToken cancel)
    {
        var connection = Unopened();
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    DbConnection Unopened() => Dialect.Engine switch
    {
        Engine.Sqlite => new SqliteConnection(connectionString),
        Engine.Postgres => new NpgsqlConnection(connectionString),
        Engine.SqlServer => new SqlConnection(connectionString),
    };

    // Of two values for a word the later one counts: what the admin says.
    static string Tuned(string connectionString) => new NpgsqlConnectionStringBuilder(
        $"Maximum Pool Size={PostgresConnectionsMax};Max Auto Prepare=100;Auto Prepare Min Usages=2;{connectionString}").ConnectionString;
}
