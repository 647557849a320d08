using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using Microsoft.SqlServer.Dac.Model;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>The migrations of the engines say the same.</summary>
sealed class SchemaTests
{
    const string SqliteColumns = """
        SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_migration'
        """;

    const string PostgresColumns = """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'schema_migration'
        """;

    [Test]
    public void Each_migration_exists_for_every_engine()
    {
        var names = Enum.GetValues<Engine>().Select(engine => Migrator.Scripts(engine).Select(script => script.Name).ToList()).ToList();
        Assert.That(names[1], Is.EqualTo(names[0]));
        Assert.That(names[2], Is.EqualTo(names[0]));
    }

    [Test]
    public async Task SQLite_and_PostgreSQL_have_the_same_tables_and_columns()
    {
        if (TestDatabase.Missing(Engine.Postgres) is { } reason)
            Assert.Ignore(reason);
        Assert.That(await Columns(Engine.Postgres, PostgresColumns), Is.EquivalentTo(await Columns(Engine.Sqlite, SqliteColumns)));
    }

    [Test]
    public async Task SQL_Server_has_the_same_tables_and_columns_as_SQLite()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new());
        foreach (var statement in TSqlSchema.Statements())
            model.AddObjects(statement);
        var columns = model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass)
            .SelectMany(table => table.GetReferenced(Table.Columns), (table, column) => $"{table.Name.Parts[^1]}.{column.Name.Parts[^1]}");
        Assert.That(columns, Is.EquivalentTo(await Columns(Engine.Sqlite, SqliteColumns)));
    }

    static async Task<IReadOnlyList<string>> Columns(Engine engine, string sql)
    {
        await using var test = await TestDatabase.New(engine);
        await using var session = await test.Database.Read(CancellationToken.None);
        return await session.Query<string>(new(sql), null, CancellationToken.None);
    }
}
