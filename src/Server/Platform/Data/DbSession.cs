using System.Data.Common;
using Dapper;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>One open connection, with or without a transaction. Disposing it without <see cref="Commit"/> undoes what it wrote.</summary>
/// <param name="writing">The right to write, given back at the end; null where the engine has many writers.</param>
internal sealed class DbSession(DbConnection connection, DbTransaction? transaction, Dialect dialect, SemaphoreSlim? writing = null) : IAsyncDisposable
{
    public Dialect Dialect => dialect;

    /// <summary>For what Dapper does not do, such as bulk copy. Prefer the methods below.</summary>
    public DbConnection Connection => connection;

    public async Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancel) =>
        (await connection.QueryAsync<T>(Command(sql, args, cancel))).AsList();

    /// <summary>The first row, or null (the type's default) when there is none.</summary>
    public Task<T?> QueryFirst<T>(Sql sql, object? args, CancellationToken cancel) =>
        connection.QueryFirstOrDefaultAsync<T?>(Command(sql, args, cancel));

    /// <summary>Runs it once, or once for each item when <paramref name="args"/> is a list. Returns the rows that it changed.</summary>
    public Task<int> Execute(Sql sql, object? args, CancellationToken cancel) =>
        connection.ExecuteAsync(Command(sql, args, cancel));

    /// <summary>Runs statements that take <c>@rows</c> (<see cref="JsonRows"/>) in their order; in one round trip where the driver can.</summary>
    public async Task ExecuteRows(IReadOnlyList<RowsStatement> statements, CancellationToken cancel)
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var (sql, rows) in statements)
                await Execute(sql, new { rows }, cancel);
            return;
        }
        if (statements.Count == 0)
            return;
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var (sql, rows) in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql.Text;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("rows", rows);
            command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public async Task Commit(CancellationToken cancel)
    {
        if (transaction is null)
            throw new InvalidOperationException("This session only reads: there is nothing to commit.");
        await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            writing?.Release();
        }
    }

    CommandDefinition Command(Sql sql, object? args, CancellationToken cancel) =>
        new(sql.Text, args, transaction, cancellationToken: cancel);
}

/// <summary>A statement over many rows, and the rows: see <see cref="JsonRows"/>.</summary>
internal readonly record struct RowsStatement(Sql Sql, string Rows);
