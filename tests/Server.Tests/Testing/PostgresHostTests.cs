using ContactCenterCrm.Testing;
using Npgsql;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Testing;

/// <summary>The tests' own PostgreSQL.</summary>
sealed class PostgresHostTests
{
    PostgresHost postgres = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (PostgresHost.Missing is { } reason)
            Assert.Ignore(reason);
        postgres = await PostgresHost.Shared;
    }

    [Test]
    public async Task Copies_of_a_template_share_nothing()
    {
        var fills = 0;
        Task Fill(string database)
        {
            fills++;
            return Execute(database, "CREATE TABLE client (id bigint)");
        }

        var one = await postgres.CopyOf("with_clients", Fill);
        await Execute(one, "INSERT INTO client VALUES (1)");
        var other = await postgres.CopyOf("with_clients", Fill);

        Assert.Multiple(async () =>
        {
            Assert.That(await Count(one), Is.EqualTo(1));
            Assert.That(await Count(other), Is.Zero);
            Assert.That(fills, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task What_was_committed_outlives_a_power_cut()
    {
        await using var durable = await PostgresHost.Start(durable: true);
        var database = await durable.NewDatabase() + ";Pooling=false";
        await Execute(database, "CREATE TABLE client (id bigint); INSERT INTO client VALUES (1)");

        await durable.Kill();
        await durable.Boot(durable: true);

        Assert.That(await Count(database), Is.EqualTo(1));
    }

    static async Task<long> Count(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT count(*) FROM client");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
