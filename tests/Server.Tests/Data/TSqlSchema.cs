using System.Text.RegularExpressions;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>
/// SQL Server's migrations as the T-SQL model takes them, a statement each: a column that a later migration adds stands in its table from
/// the beginning, for the model knows no such ALTER TABLE; rows that a migration adds are no part of a model.
/// </summary>
static partial class TSqlSchema
{
    public static IEnumerable<string> Statements()
    {
        var batches = Migrator.Scripts(Engine.SqlServer).SelectMany(script => Batches(script.Text)).ToList();
        var added = batches.Select(batch => AddedColumn().Match(batch)).Where(match => match.Success)
            .ToLookup(match => match.Groups["table"].Value, match => match.Groups["column"].Value);
        return batches.Where(batch => !AddedColumn().IsMatch(batch) && !batch.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase))
            .Select(batch => WithColumns(batch, added));
    }

    static string WithColumns(string batch, ILookup<string, string> added)
    {
        if (CreatedTable().Match(batch) is not { Success: true } created || !added.Contains(created.Groups["table"].Value))
            return batch;
        var columns = string.Concat(added[created.Groups["table"].Value].Select(column => $",\n    {column}"));
        return batch[..batch.LastIndexOf(')')].TrimEnd() + columns + "\n);";
    }

    static IEnumerable<string> Batches(string script) =>
        script.Split("\nGO", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(batch => string.Join('\n', batch.Split('\n').SkipWhile(line => line.StartsWith("--", StringComparison.Ordinal) || line.Length == 0)))
            .Where(batch => batch.Length > 0);

    [GeneratedRegex(@"^ALTER TABLE (?<table>\w+) ADD (?<column>[^;]+);?$")]
    private static partial Regex AddedColumn();

    [GeneratedRegex(@"^CREATE TABLE (?<table>\w+) \(")]
    private static partial Regex CreatedTable();
}
