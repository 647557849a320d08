using System.Collections.Concurrent;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// A statement over many rows, whose one parameter is <c>@rows</c>, and the rows (<see cref="JsonRows"/>). Its text is made once for each
/// dialect and kept, and so is what the engine prepares of it.
/// </summary>
/// <param name="Sql">A static method, or a lambda that captures nothing: it is its own key in the cache.</param>
internal readonly record struct RowsStatement(Func<Dialect, Sql> Sql, string Rows)
{
    static readonly ConcurrentDictionary<(Func<Dialect, Sql>, Engine), string> texts = new();

    public string Text(Dialect dialect) => texts.GetOrAdd((Sql, dialect.Engine), static (key, dialect) => key.Item1(dialect).Text, dialect);
}
