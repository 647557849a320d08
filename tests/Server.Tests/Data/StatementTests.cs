using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Testing;
using Dapper;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>Every statement is one that the engine can run on the migrated schema: it makes a plan for it.</summary>
sealed class StatementTests
{
    [TestCase(Engine.Sqlite, "EXPLAIN ")]
    [TestCase(Engine.Postgres, "PREPARE checked AS ")]
    public async Task Every_statement_can_be_prepared(Engine engine, string prefix)
    {
        if (TestDatabase.Missing(engine) is { } reason)
            Assert.Ignore(reason);
        await using var test = await TestDatabase.New(engine);
        await using var session = await test.Database.Read(CancellationToken.None);
        List<string> refused = [];
        foreach (var statement in Statement.Of(test.Database.Dialect).Where(statement => !statement.Text.Contains("CREATE TABLE", StringComparison.Ordinal)))
        {
            if (await Refusal(session, engine, prefix, statement) is { } why)
                refused.Add($"{statement.Name}: {why}\n{statement.Text}");
        }
        Assert.That(refused, Is.Empty);
    }

    static async Task<string?> Refusal(DbSession session, Engine engine, string prefix, Statement statement)
    {
        try
        {
            if (engine == Engine.Sqlite)
            {
                var values = new DynamicParameters();
                foreach (var name in statement.Parameters)
                    values.Add(name, name == "rows" || name.EndsWith("Ids", StringComparison.Ordinal) || name == "ids" ? "[]" : null);
                await session.Connection.QueryAsync(prefix + statement.Text, values);
                return null;
            }
            // PREPARE takes numbered parameters and finds their types by itself.
            var numbered = statement.Parameters.OrderByDescending(name => name.Length)
                .Select((name, index) => (name, index))
                .Aggregate(statement.Text, (text, parameter) => text.Replace("@" + parameter.name, "$" + (parameter.index + 1), StringComparison.Ordinal));
            await session.Connection.ExecuteAsync($"{prefix}{numbered}");
            await session.Connection.ExecuteAsync("DEALLOCATE checked");
            return null;
        }
        catch (System.Data.Common.DbException error)
        {
            return error.Message;
        }
    }
}
