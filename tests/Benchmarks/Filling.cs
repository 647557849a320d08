using ContactCenterCrm.Server.Platform.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Fills the tables of a migrated database as fast as each engine can, past the product's stores: a million rows in seconds. Values are
/// text, numbers, flags and times.
/// </summary>
internal static class Filling
{
    const int CacheKiB = 1024 * 1024;

    /// <param name="columns">In the order of the values of each row.</param>
    public static Task Fill(DatabaseOptions database, string table, string columns, IEnumerable<object?[]> rows) => database.Engine switch
    {
        Engine.Sqlite => FillSqlite(database.ConnectionString, table, columns, rows),
        Engine.Postgres => FillPostgres(database.ConnectionString, table, columns, rows),
        Engine.SqlServer => throw new NotSupportedException("Benchmarks run on SQLite and PostgreSQL."),
    };

    /// <summary>What PostgreSQL does by itself some time after so many rows came in, done now; and everything is on the disk.</summary>
    public static async Task Settle(DatabaseOptions database)
    {
        if (database.Engine == Engine.Sqlite)
            await OnSqlite(database.ConnectionString, "PRAGMA wal_checkpoint(TRUNCATE)");
        else
            foreach (var statement in new[] { "VACUUM (ANALYZE)", "CHECKPOINT" })
                await OnPostgres(database.ConnectionString, statement);
    }

    static async Task FillSqlite(string connectionString, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var connection = new SqliteConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await Run(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -{CacheKiB}");
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        var names = columns.Split(", ");
        insert.CommandText = $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})";
        var parameters = names.Select(name => insert.Parameters.Add(new SqliteParameter { ParameterName = "@" + name })).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                parameters[i].Value = row[i] switch { null => DBNull.Value, DateTimeOffset time => TimeText.Of(time), var value => value };
            insert.ExecuteNonQuery();
        }
        await transaction.CommitAsync();
    }

    static async Task FillPostgres(string connectionString, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        // What refers to what is known to be there: it is not looked up row by row.
        await using (var trust = new NpgsqlCommand("SET session_replication_role = replica", connection))
            await trust.ExecuteNonQueryAsync();
        await using var import = await connection.BeginBinaryImportAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)");
        import.Timeout = TimeSpan.FromHours(1);
        foreach (var row in rows)
            await import.WriteRowAsync(CancellationToken.None, row);
        await import.CompleteAsync();
    }

    static async Task OnSqlite(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await Run(connection, sql);
    }

    static async Task OnPostgres(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
