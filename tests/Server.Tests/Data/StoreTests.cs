using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>Tests that run on every engine, each on an empty database. An engine that is not there shows as skipped, with the reason.</summary>
[TestFixture(Engine.Sqlite), TestFixture(Engine.Postgres), TestFixture(Engine.SqlServer)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
abstract class StoreTests(Engine engine)
{
    TestDatabase? opened;

    protected Engine Engine => engine;
    protected TestDatabase Test => opened!;
    protected Database Database => Test.Database;

    [SetUp]
    public async Task Open()
    {
        if (TestDatabase.Missing(engine) is { } reason)
            Assert.Ignore(reason);
        opened = await TestDatabase.New(engine);
    }

    [TearDown]
    public async Task Close()
    {
        if (opened is not null)
            await opened.DisposeAsync();
    }

    protected async Task<T?> Scalar<T>(string sql, object? args = null)
    {
        await using var session = await Database.Read(CancellationToken.None);
        return await session.QueryFirst<T>(new(sql), args, CancellationToken.None);
    }

    protected async Task Execute(string sql, object? args = null)
    {
        await using var session = await Database.Write(CancellationToken.None);
        await session.Execute(new(sql), args, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }
}
