namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// What differs between the engines, as named fragments. All other SQL is written once, in the subset that they share.
/// Columns and keys are names from our own code, never input.
/// </summary>
internal abstract class Dialect
{
    public static readonly Dialect Sqlite = new SqliteDialect();
    public static readonly Dialect Postgres = new PostgresDialect();
    public static readonly Dialect SqlServer = new SqlServerDialect();

    public static Dialect Of(Engine engine) => engine switch
    {
        Engine.Sqlite => Sqlite,
        Engine.Postgres => Postgres,
        Engine.SqlServer => SqlServer,
    };

    public abstract Engine Engine { get; }

    /// <summary>After ORDER BY: the first <c>@take</c> rows.</summary>
    public abstract string Take { get; }

    /// <summary>After a table name in FROM: lock the rows read here until the transaction ends (SQLite locks the whole file anyway).</summary>
    public abstract string LockHint { get; }

    /// <summary>At the end of the SELECT: the counterpart of <see cref="LockHint"/> for engines that lock by a clause.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Like <see cref="LockHint"/>, but skips rows that somebody else holds: for taking the next piece of work.</summary>
    public abstract string SkipLockedHint { get; }

    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>Inserts a row unless one with this key is there. Parameters carry the columns' names in camel case.</summary>
    public abstract string InsertIfAbsent(string table, string columns, string key);

    /// <summary>Inserts a row, or updates all of its other columns where the key is there and <paramref name="onlyIf"/> holds.</summary>
    /// <param name="onlyIf">A condition over <c>target</c> (the stored row) and parameters; empty for always.</param>
    public abstract string Upsert(string table, string columns, string key, string onlyIf = "");

    /// <summary>snake_case column to @camelCase parameter.</summary>
    internal static string Parameter(string column)
    {
        var words = column.Split('_');
        return "@" + words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    protected static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    protected static string Parameters(string columns) => string.Join(", ", Names(columns).Select(Parameter));
}

/// <summary>SQLite and PostgreSQL write these fragments alike.</summary>
internal abstract class LimitDialect : Dialect
{
    public override string Take => "LIMIT @take";
    public override string LockHint => "";
    public override string SkipLockedHint => "";

    public override string InsertIfAbsent(string table, string columns, string key) =>
        $"INSERT INTO {table} ({columns}) VALUES ({Parameters(columns)}) ON CONFLICT ({key}) DO NOTHING";

    public override string Upsert(string table, string columns, string key, string onlyIf = "")
    {
        var updates = Names(columns).Except(Names(key)).Select(column => $"{column} = excluded.{column}");
        var condition = onlyIf.Length == 0 ? "" : $" WHERE {onlyIf}";
        return $"INSERT INTO {table} AS target ({columns}) VALUES ({Parameters(columns)}) "
            + $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", updates)}{condition}";
    }
}

internal sealed class SqliteDialect : LimitDialect
{
    public override Engine Engine => Engine.Sqlite;
    public override string ForUpdate => "";
    public override string ForUpdateSkipLocked => "";
}

internal sealed class PostgresDialect : LimitDialect
{
    public override Engine Engine => Engine.Postgres;
    public override string ForUpdate => "FOR UPDATE";
    public override string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";
}

internal sealed class SqlServerDialect : Dialect
{
    public override Engine Engine => Engine.SqlServer;
    public override string Take => "OFFSET 0 ROWS FETCH NEXT @take ROWS ONLY";
    public override string LockHint => "WITH (UPDLOCK, ROWLOCK)";
    public override string ForUpdate => "";
    public override string SkipLockedHint => "WITH (UPDLOCK, ROWLOCK, READPAST)";
    public override string ForUpdateSkipLocked => "";

    // HOLDLOCK: without it two sessions may both find the key absent, and one of them then fails on the unique index.
    public override string InsertIfAbsent(string table, string columns, string key) =>
        $"INSERT INTO {table} ({columns}) SELECT {Parameters(columns)} "
        + $"WHERE NOT EXISTS (SELECT 1 FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE {Match(key)})";

    public override string Upsert(string table, string columns, string key, string onlyIf = "")
    {
        var source = string.Join(", ", Names(columns).Select(column => $"{Parameter(column)} AS {column}"));
        var on = string.Join(" AND ", Names(key).Select(column => $"target.{column} = source.{column}"));
        var updates = Names(columns).Except(Names(key)).Select(column => $"{column} = source.{column}");
        var condition = onlyIf.Length == 0 ? "" : $" AND {onlyIf}";
        return $"MERGE {table} WITH (HOLDLOCK) AS target USING (SELECT {source}) AS source ON {on} "
            + $"WHEN MATCHED{condition} THEN UPDATE SET {string.Join(", ", updates)} "
            + $"WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({string.Join(", ", Names(columns).Select(column => $"source.{column}"))});";
    }

    static string Match(string key) => string.Join(" AND ", Names(key).Select(column => $"{column} = {Parameter(column)}"));
}
