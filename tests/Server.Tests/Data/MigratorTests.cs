using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

sealed class MigratorTests
{
    [TestCase(Engine.Sqlite)]
    [TestCase(Engine.Postgres)]
    public async Task Three_nodes_that_start_at_once_run_each_script_once(Engine engine)
    {
        await using var empty = await Empty(engine);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Migrate(empty))));
        var scripts = Migrator.Scripts(engine).Select(script => script.Name);
        Assert.That(nodes.SelectMany(ran => ran), Is.EquivalentTo(scripts));
    }

    [TestCase(Engine.Sqlite)]
    [TestCase(Engine.Postgres)]
    public async Task A_script_that_was_changed_after_it_ran_is_refused(Engine engine)
    {
        await using var empty = await Empty(engine);
        await Migrate(empty);
        await using (var session = await empty.Database.Write(CancellationToken.None))
        {
            await session.Execute(new("UPDATE schema_migration SET sha256 = @other"), new { other = new string('0', 64) }, CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }
        Assert.That(() => Migrate(empty), Throws.InvalidOperationException.With.Message.Contains("0001_platform.sql"));
    }

    static Task<IReadOnlyList<string>> Migrate(EmptyDatabase empty) =>
        new Migrator(empty.Database, TimeProvider.System, NullLogger<Migrator>.Instance).Run(CancellationToken.None);

    static async Task<EmptyDatabase> Empty(Engine engine)
    {
        if (TestDatabase.Missing(engine) is { } reason)
            Assert.Ignore(reason);
        if (engine == Engine.Postgres)
            return new(new(new() { Engine = engine, ConnectionString = await (await PostgresHost.Shared).NewDatabase() }), null);
        var folder = Directory.CreateTempSubdirectory("crm-migrate-").FullName;
        return new(new(new() { Engine = engine, ConnectionString = $"Data Source={Path.Combine(folder, "crm.db")}" }), folder);
    }

    sealed record EmptyDatabase(Database Database, string? Folder) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            if (Folder is not null)
            {
                SqliteConnection.ClearAllPools();
                Directory.Delete(Folder, recursive: true);
            }
            return ValueTask.CompletedTask;
        }
    }
}
