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

    /// <summary>Like <see cref="ForUpdate"/>, where of several tables in FROM only one has the <see cref="LockHint"/>.</summary>
    public abstract string ForUpdateOf(string alias);

    /// <summary>Like <see cref="LockHint"/>, but skips rows that somebody else holds: for taking the next piece of work.</summary>
    public abstract string SkipLockedHint { get; }

    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>Inserts a row unless one with this key is there. Parameters carry the columns' names in camel case.</summary>
    public abstract string InsertIfAbsent(string table, string columns, string key);

    /// <summary>Inserts a row, or updates all of its other columns where the key is there and <paramref name="onlyIf"/> holds.</summary>
    /// <param name="onlyIf">A condition over <c>target</c> (the stored row) and parameters; empty for always.</param>
    public abstract string Upsert(string table, string columns, string key, string onlyIf = "");

    /// <summary>The truth value in a condition, for flags: <c>is_shared = {dialect.True}</c>.</summary>
    public abstract string True { get; }

    public abstract string False { get; }

    /// <summary>
    /// Many rows in one parameter, for FROM: a statement over it has the same text for one row and for a thousand, so it is prepared
    /// once and one round trip carries a batch. The parameter is a JSON array of arrays, see <see cref="JsonRows"/>.
    /// </summary>
    /// <param name="parameter">With its <c>@</c>.</param>
    /// <param name="columns">Names and kinds in the order of the values: <c>"id bigint, name text"</c>. Kinds: bigint, int, real, flag, time, text,
    /// key (text of at most 200 characters), exact (a key whose column is compared character by character on every engine).</param>
    public abstract string Rows(string parameter, string columns, string alias);

    /// <summary>Inserts the rows of <see cref="Rows"/>, or updates the stored ones with the same key.</summary>
    /// <param name="keep">Columns that an update leaves as they are.</param>
    public abstract string UpsertRows(string table, string parameter, string columns, string key, string keep = "");

    /// <summary>Inserts those rows of <see cref="Rows"/> whose key is not there yet.</summary>
    public abstract string InsertRowsIfAbsent(string table, string parameter, string columns, string key);

    /// <summary>The names of a list of columns with kinds.</summary>
    public static string NamesOf(string columns) => string.Join(", ", Columns(columns).Select(column => column.Name));

    /// <summary>snake_case column to @camelCase parameter.</summary>
    internal static string Parameter(string column)
    {
        var words = column.Split('_');
        return "@" + words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    protected static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    protected static IEnumerable<(string Name, string Kind)> Columns(string columns) =>
        Names(columns).Select(column => column.Split(' ')).Select(words => (words[0], words[1]));

    /// <summary>The columns that an update sets: all but the key and those to keep.</summary>
    protected static IEnumerable<string> Updated(string columns, string key, string keep) =>
        Columns(columns).Select(column => column.Name).Except(Names(key)).Except(Names(keep));

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

    // WHERE TRUE: without a WHERE, SQLite reads the ON of ON CONFLICT as a join's condition.
    public override string UpsertRows(string table, string parameter, string columns, string key, string keep = "")
    {
        var updates = Updated(columns, key, keep).Select(column => $"{column} = excluded.{column}");
        return $"INSERT INTO {table} ({NamesOf(columns)}) SELECT {NamesOf(columns)} FROM {Rows(parameter, columns, "source")} "
            + $"WHERE TRUE ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", updates)}";
    }

    public override string InsertRowsIfAbsent(string table, string parameter, string columns, string key) =>
        $"INSERT INTO {table} ({NamesOf(columns)}) SELECT {NamesOf(columns)} FROM {Rows(parameter, columns, "source")} "
        + $"WHERE TRUE ON CONFLICT ({key}) DO NOTHING";
}

internal sealed class SqliteDialect : LimitDialect
{
    public override Engine Engine => Engine.Sqlite;
    public override string ForUpdate => "";
    public override string ForUpdateOf(string alias) => "";
    public override string ForUpdateSkipLocked => "";
    public override string True => "1";
    public override string False => "0";

    // ->> gives numbers as numbers, true as 1, and text as text: the kinds need no cast. jsonb_each (since SQLite 3.51, which comes with
    // the driver) hands a row on as it was parsed; json_each makes text of it again for each column, 4 to 7 times slower with 30 columns.
    public override string Rows(string parameter, string columns, string alias) =>
        $"(SELECT {string.Join(", ", Columns(columns).Select((column, i) => $"value ->> {i} AS {column.Name}"))} FROM jsonb_each({parameter})) AS {alias}";
}

internal sealed class PostgresDialect : LimitDialect
{
    public override Engine Engine => Engine.Postgres;
    public override string ForUpdate => "FOR UPDATE";
    public override string ForUpdateOf(string alias) => $"FOR UPDATE OF {alias}";
    public override string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";
    public override string True => "TRUE";
    public override string False => "FALSE";

    public override string Rows(string parameter, string columns, string alias) =>
        $"(SELECT {string.Join(", ", Columns(columns).Select((column, i) => $"CAST(value ->> {i} AS {Type(column.Kind)}) AS {column.Name}"))} "
        + $"FROM jsonb_array_elements(CAST({parameter} AS jsonb))) AS {alias}";

    static string Type(string kind) => kind switch
    {
        "real" => "double precision",
        "flag" => "boolean",
        "time" => "timestamptz",
        "key" or "exact" => "text",
        _ => kind,
    };
}

internal sealed class SqlServerDialect : Dialect
{
    public override Engine Engine => Engine.SqlServer;
    public override string Take => "OFFSET 0 ROWS FETCH NEXT @take ROWS ONLY";
    public override string LockHint => "WITH (UPDLOCK, ROWLOCK)";
    public override string ForUpdate => "";
    public override string ForUpdateOf(string alias) => "";
    public override string SkipLockedHint => "WITH (UPDLOCK, ROWLOCK, READPAST)";
    public override string ForUpdateSkipLocked => "";
    public override string True => "1";
    public override string False => "0";

    public override string Rows(string parameter, string columns, string alias) =>
        $"(SELECT {string.Join(", ", Columns(columns).Select(Collated))} FROM OPENJSON({parameter}) "
        + $"WITH ({string.Join(", ", Columns(columns).Select((column, i) => $"{column.Name} {Type(column.Kind)} '$[{i}]'"))}) AS item) AS {alias}";

    // HOLDLOCK: without it two sessions may both find the key absent, and one of them then fails on the unique index.
    public override string InsertIfAbsent(string table, string columns, string key) =>
        $"INSERT INTO {table} ({columns}) SELECT {Parameters(columns)} "
        + $"WHERE NOT EXISTS (SELECT 1 FROM {table} WITH (UPDLOCK, HOLDLOCK) WHERE {Match(key)})";

    public override string Upsert(string table, string columns, string key, string onlyIf = "")
    {
        var source = string.Join(", ", Names(columns).Select(column => $"{Parameter(column)} AS {column}"));
        var on = string.Join(" AND ", Names(key).Select(column => $"target.{column} = incoming.{column}"));
        var updates = Names(columns).Except(Names(key)).Select(column => $"{column} = incoming.{column}");
        var condition = onlyIf.Length == 0 ? "" : $" AND {onlyIf}";
        return $"MERGE {table} WITH (HOLDLOCK) AS target USING (SELECT {source}) AS incoming ON {on} "
            + $"WHEN MATCHED{condition} THEN UPDATE SET {string.Join(", ", updates)} "
            + $"WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({string.Join(", ", Names(columns).Select(column => $"incoming.{column}"))});";
    }

    public override string UpsertRows(string table, string parameter, string columns, string key, string keep = "") =>
        $"MERGE {table} WITH (HOLDLOCK) AS target USING {Rows(parameter, columns, "incoming")} ON {On(key)} "
        + $"WHEN MATCHED THEN UPDATE SET {string.Join(", ", Updated(columns, key, keep).Select(column => $"{column} = incoming.{column}"))} "
        + $"WHEN NOT MATCHED THEN INSERT ({NamesOf(columns)}) VALUES ({SourceValues(columns)});";

    public override string InsertRowsIfAbsent(string table, string parameter, string columns, string key) =>
        $"MERGE {table} WITH (HOLDLOCK) AS target USING {Rows(parameter, columns, "incoming")} ON {On(key)} "
        + $"WHEN NOT MATCHED THEN INSERT ({NamesOf(columns)}) VALUES ({SourceValues(columns)});";

    // A column of another collation than the database's cannot be compared with a value from JSON before that has the same.
    static string Collated((string Name, string Kind) column) =>
        column.Kind == "exact" ? $"item.{column.Name} COLLATE Latin1_General_100_BIN2 AS {column.Name}" : $"item.{column.Name}";

    static string On(string key) => string.Join(" AND ", Names(key).Select(column => $"target.{column} = incoming.{column}"));

    static string SourceValues(string columns) => string.Join(", ", Columns(columns).Select(column => $"incoming.{column.Name}"));

    static string Type(string kind) => kind switch
    {
        "real" => "float",
        "flag" => "bit",
        "time" => "datetimeoffset(3)",
        "text" => "nvarchar(max)",
        "key" or "exact" => "nvarchar(200)",
        _ => kind,
    };

    static string Match(string key) => string.Join(" AND ", Names(key).Select(column => $"{column} = {Parameter(column)}"));
}
