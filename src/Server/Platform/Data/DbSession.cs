using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>One open connection, with or without a transaction. Disposing it without <see cref="Commit"/> undoes what it wrote.</summary>
/// <param name="writer">SQLite, in a transaction: whose connection it is.</param>
internal sealed class DbSession(DbConnection connection, DbTransaction? transaction, Dialect dialect, SqliteWriter? writer = null) : IAsyncDisposable
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

    /// <summary>Runs statements in their order; in one round trip where the driver can.</summary>
    public async Task ExecuteRows(IReadOnlyList<RowsStatement> statements, CancellationToken cancel)
    {
        if (statements.Count == 0)
            return;
        if (connection.CanCreateBatch)
        {
            await using var batch = Batch(statements);
            await batch.ExecuteNonQueryAsync(cancel);
            return;
        }
        foreach (var statement in statements)
            await Run(statement, command => command.ExecuteNonQueryAsync(cancel));
    }

    /// <summary>Runs a statement, then a query; in one round trip where the driver can.</summary>
    public async Task<IReadOnlyList<T>> QueryRows<T>(RowsStatement before, RowsStatement query, CancellationToken cancel)
    {
        if (connection.CanCreateBatch)
        {
            await using var batch = Batch([before, query]);
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            return await Read<T>(reader, cancel);
        }
        await ExecuteRows([before], cancel);
        return await QueryRows<T>(query, cancel);
    }

    /// <summary>Runs two queries; in one round trip where the driver can.</summary>
    public async Task<(IReadOnlyList<T1> First, IReadOnlyList<T2> Second)> QueryRows<T1, T2>(RowsStatement first, RowsStatement second, CancellationToken cancel)
    {
        if (connection.CanCreateBatch)
        {
            await using var batch = Batch([first, second]);
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var rows = await Read<T1>(reader, cancel);
            await reader.NextResultAsync(cancel);
            return (rows, await Read<T2>(reader, cancel));
        }
        return (await QueryRows<T1>(first, cancel), await QueryRows<T2>(second, cancel));
    }

    public Task<IReadOnlyList<T>> QueryRows<T>(RowsStatement query, CancellationToken cancel) => Run(query, async command =>
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await Read<T>(reader, cancel);
    });

    public async Task Commit(CancellationToken cancel)
    {
        if (transaction is null)
            throw new InvalidOperationException("This session only reads: there is nothing to commit.");
        await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        var isSound = false;
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            if (writer is null)
                await connection.DisposeAsync();
            isSound = true;
        }
        finally
        {
            writer?.End(isSound);
        }
    }

    DbBatch Batch(IReadOnlyList<RowsStatement> statements)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Text(dialect);
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("rows", statement.Rows);
            command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    async Task<TResult> Run<TResult>(RowsStatement statement, Func<DbCommand, Task<TResult>> run)
    {
        if (writer is not null)
            return await run(writer.Command(statement.Text(dialect), statement.Rows, (SqliteTransaction)transaction!));
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (statement.Text(dialect), transaction);
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("rows", statement.Rows);
        command.Parameters.Add(parameter);
        return await run(command);
    }

    static async Task<IReadOnlyList<T>> Read<T>(DbDataReader reader, CancellationToken cancel)
    {
        List<T> rows = [];
        var parse = reader.GetRowParser<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(parse(reader));
        return rows;
    }

    CommandDefinition Command(Sql sql, object? args, CancellationToken cancel) =>
        new(sql.Text, args, transaction, cancellationToken: cancel);
}
