using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// Brings the schema up to date at start: runs the scripts under <c>Platform/Migrations/&lt;engine&gt;</c> that have not run yet, in
/// order of name, each in a transaction, under a lock that makes other nodes wait. A script that was changed after it ran is refused.
/// </summary>
internal sealed partial class Migrator(Database database, TimeProvider time, ILogger<Migrator> log)
{
    const long PostgresLock = 7_420_001;

    /// <summary>Returns the names of the scripts that ran.</summary>
    public async Task<IReadOnlyList<string>> Run(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        if (connection is SqliteConnection sqlite)
        {
            // The whole run is one write transaction: that is SQLite's lock.
            await using var transaction = sqlite.BeginTransaction(deferred: false);
            var ran = await RunScripts(new(connection, transaction, Dialect.Sqlite), oneTransaction: true, cancel);
            await transaction.CommitAsync(cancel);
            return ran;
        }
        await connection.ExecuteAsync(Lock(), commandTimeout: 600);
        try
        {
            return await RunScripts(new(connection, null, database.Dialect), oneTransaction: false, cancel);
        }
        finally
        {
            await connection.ExecuteAsync(Unlock());
        }
    }

    async Task<IReadOnlyList<string>> RunScripts(DbSession session, bool oneTransaction, CancellationToken cancel)
    {
        await session.Execute(CreateJournalSql(session.Dialect), null, cancel);
        var applied = (await session.Query<(string Name, string Sha256)>(JournalSql(session.Dialect), null, cancel))
            .ToDictionary(row => row.Name, row => row.Sha256);
        List<string> ran = [];
        foreach (var (name, text) in Scripts(session.Dialect.Engine))
        {
            var sha256 = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (applied.TryGetValue(name, out var before))
            {
                if (before != sha256)
                    throw new InvalidOperationException($"Migration {name} was changed after it had run on this database. Restore it and add a new one.");
                continue;
            }
            await RunScript(session, name, text, sha256, oneTransaction, cancel);
            LogRan(name);
            ran.Add(name);
        }
        return ran;
    }

    async Task RunScript(DbSession session, string name, string text, string sha256, bool oneTransaction, CancellationToken cancel)
    {
        await using var transaction = oneTransaction ? null : await session.Connection.BeginTransactionAsync(cancel);
        var inside = transaction is null ? session : new DbSession(session.Connection, transaction, session.Dialect);
        foreach (var batch in GoLine().Split(text).Where(batch => !string.IsNullOrWhiteSpace(batch)))
            await inside.Execute(new(batch), null, cancel);
        await inside.Execute(WriteJournalSql(session.Dialect), new { name, sha256, appliedAt = time.GetUtcNow() }, cancel);
        if (transaction is not null)
            await transaction.CommitAsync(cancel);
    }

    /// <summary>The scripts of an engine, in the order in which they run.</summary>
    internal static IEnumerable<(string Name, string Text)> Scripts(Engine engine)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $".Platform.Migrations.{engine.ToString().ToLowerInvariant()}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    static Sql CreateJournalSql(Dialect dialect) => new(dialect.Engine == Engine.SqlServer
        ? "IF OBJECT_ID('schema_migration') IS NULL CREATE TABLE schema_migration (name nvarchar(200) PRIMARY KEY, sha256 char(64) NOT NULL, applied_at datetimeoffset(3) NOT NULL)"
        : $"CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, sha256 char(64) NOT NULL, applied_at {(dialect.Engine == Engine.Postgres ? "timestamptz" : "text")} NOT NULL)");

    static Sql JournalSql(Dialect _) => new("SELECT name, sha256 FROM schema_migration");

    static Sql WriteJournalSql(Dialect _) => new("INSERT INTO schema_migration (name, sha256, applied_at) VALUES (@name, @sha256, @appliedAt)");

    string Lock() => database.Dialect.Engine == Engine.Postgres
        ? $"SELECT pg_advisory_lock({PostgresLock})"
        : "EXEC sp_getapplock @Resource = 'ContactCenterCrm.Migrate', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 600000";

    string Unlock() => database.Dialect.Engine == Engine.Postgres
        ? $"SELECT pg_advisory_unlock({PostgresLock})"
        : "EXEC sp_releaseapplock @Resource = 'ContactCenterCrm.Migrate', @LockOwner = 'Session'";

    // T-SQL runs batch by batch; GO on a line of its own separates them (a convention of Microsoft's tools, not of the server).
    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex GoLine();

    [LoggerMessage(Level = LogLevel.Information, Message = "Migration {Name} ran")]
    private partial void LogRan(string name);
}
