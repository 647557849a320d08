using ContactCenterCrm.Server.Platform.Data;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>
/// T-SQL without a server: the migrations make a model, each statement becomes a procedure in it, and Microsoft's own parser and
/// model say what they cannot resolve. They do not see wrong types or unknown built-in functions; the latter are listed here.
/// </summary>
sealed class TSqlTests
{
    static readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "COALESCE", "COUNT", "MAX", "MIN", "SUM", "AVG", "LOWER", "UPPER", "LEN", "SUBSTRING", "REPLACE", "CAST", "CONCAT", "ISNULL",
        "NULLIF", "ROW_NUMBER", "DATEDIFF", "DATEADD", "SYSUTCDATETIME", "STRING_AGG", "OBJECT_ID", "JSON_VALUE", "JSON_QUERY", "ABS", "ROUND",
        "LEFT", "RIGHT", "RANK", "DENSE_RANK", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "IIF", "CHARINDEX",
    };

    [Test]
    public void Every_migration_and_statement_is_sound_t_sql()
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new());
        List<string> faults = [];
        foreach (var statement in TSqlSchema.Statements())
            Add(model, statement, faults, name: null);
        // The journal of migrations is made by the migrator itself.
        Add(model, "CREATE TABLE schema_migration (name nvarchar(200) PRIMARY KEY, sha256 char(64) NOT NULL, applied_at datetimeoffset(3) NOT NULL)", faults, null);
        var number = 0;
        foreach (var statement in Statement.Of(Dialect.SqlServer))
            Check(model, statement, ++number, faults);
        faults.AddRange(model.Validate().Select(message => message.Message));
        Assert.That(faults, Is.Empty);
    }

    [TestCase("SELECT nmae FROM agent WHERE id = @id")]
    [TestCase("SELECT id FROM agents WHERE id = @id")]
    [TestCase("SELECT id FROM agent WHERE id = @id LIMIT 1")]
    [TestCase("INSERT INTO lease (name, holder, beat) VALUES (@id, @id)")]
    [TestCase("SELECT STRFTIME('%Y', login) FROM agent WHERE id = @id")]
    public void A_wrong_statement_is_found(string text)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new());
        List<string> faults = [];
        foreach (var statement in TSqlSchema.Statements())
            Add(model, statement, faults, name: null);
        Check(model, new("wrong", typeof(TSqlTests), text), 1, faults);
        faults.AddRange(model.Validate().Select(message => message.Message));
        Assert.That(faults, Is.Not.Empty);
    }

    static void Check(TSqlModel model, Statement statement, int number, List<string> faults)
    {
        var parameters = string.Join(", ", statement.Parameters.Select(name => $"@{name} {(name == "take" ? "bigint" : "nvarchar(max)")}"));
        var procedure = $"CREATE PROCEDURE dbo.[{number} {statement.Name}] {parameters} AS BEGIN SET NOCOUNT ON;\n{statement.Text.TrimEnd().TrimEnd(';')};\nEND";
        using var reader = new StringReader(procedure);
        var parsed = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        faults.AddRange(errors.Select(error => $"{statement.Name}: {error.Message}\n{statement.Text}"));
        if (errors.Count > 0)
            return;
        var visitor = new Visitor();
        parsed.Accept(visitor);
        faults.AddRange(visitor.Faults.Select(fault => $"{statement.Name}: {fault}\n{statement.Text}"));
        Add(model, procedure, faults, $"{number} {statement.Name}");
    }

    static void Add(TSqlModel model, string text, List<string> faults, string? name)
    {
        try
        {
            if (name is null)
                model.AddObjects(text);
            else
                model.AddOrUpdateObjects(text, name, new());
        }
        catch (DacModelException error)
        {
            faults.Add($"{name}: {error.Message}");
        }
    }

    sealed class Visitor : TSqlFragmentVisitor
    {
        public List<string> Faults { get; } = [];

        public override void Visit(FunctionCall node)
        {
            if (node.CallTarget is null && !functions.Contains(node.FunctionName.Value))
                Faults.Add($"function {node.FunctionName.Value} is not known");
        }

        public override void Visit(InsertSpecification node)
        {
            if (node.InsertSource is not ValuesInsertSource source)
                return;
            foreach (var row in source.RowValues.Where(row => row.ColumnValues.Count != node.Columns.Count))
                Faults.Add($"{node.Columns.Count} columns, {row.ColumnValues.Count} values");
        }
    }
}
