using Microsoft.Data.Sqlite;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>
/// The one connection that writes to the SQLite file: SQLite has one writer at a time anyway. It stays open with its statements prepared
/// and its pages in memory. Whoever wants to write waits for the turn here, in order; SQLite's own way is to look again after 150 ms.
/// </summary>
internal sealed class SqliteWriter(Func<CancellationToken, Task<SqliteConnection>> open) : IDisposable
{
    readonly SemaphoreSlim turn = new(1, 1);
    readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    SqliteConnection? connection;

    /// <summary>A session that may write. Its end gives the turn to the next.</summary>
    public async Task<DbSession> Begin(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            connection ??= await open(cancel);
            return new(connection, connection.BeginTransaction(deferred: false), Dialect.Sqlite, this);
        }
        catch
        {
            End(isSound: false);
            throw;
        }
    }

    /// <summary>The statement, prepared, with its one parameter <c>@rows</c>; in the running transaction.</summary>
    public SqliteCommand Command(string sql, string rows, SqliteTransaction transaction)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = new(sql, connection);
            command.Parameters.Add("@rows", SqliteType.Text);
            prepared.Add(sql, command);
        }
        command.Transaction = transaction;
        command.Parameters[0].Value = rows;
        return command;
    }

    /// <param name="isSound">False: the connection may be broken; the next session gets a new one.</param>
    public void End(bool isSound)
    {
        if (!isSound)
            Close();
        turn.Release();
    }

    public void Dispose()
    {
        Close();
        turn.Dispose();
    }

    void Close()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
        connection?.Dispose();
        connection = null;
    }
}
