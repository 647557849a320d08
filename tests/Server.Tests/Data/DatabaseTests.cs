using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using Npgsql;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>The connections of a database.</summary>
sealed class DatabaseTests
{
    [Test]
    public async Task Who_has_done_with_a_server_keeps_no_connection_to_it()
    {
        if (PostgresHost.Missing is { } reason)
            Assert.Ignore(reason);
        var connectionString = await (await PostgresHost.Shared).NewDatabase();
        using (var database = new Database(new() { Engine = Engine.Postgres, ConnectionString = connectionString }))
        {
            await using var session = await database.Read(CancellationToken.None);
        }

        await using var watcher = new NpgsqlConnection(connectionString + ";Pooling=false");
        await watcher.OpenAsync();
        await using var others = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", watcher);
        await Until.True(async () => (long)(await others.ExecuteScalarAsync())! == 0, "nobody else is connected");
    }
}
