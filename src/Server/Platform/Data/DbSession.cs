using System.Data.Common;
using Dapper;

namespace ContactCenterCrm.Server.Platform.Data;

/// <summary>One open connection, with or without a transaction. Disposing it without <see cref="Commit"/> undoes what it wrote.</summary>
internal sealed class DbSession(DbConnection connection, DbTransaction? transaction, Dialect dialect) : IAsyncDisposable
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

    public async Task Commit(CancellationToken cancel)
    {
        if (transaction is null)
            throw new InvalidOperationException("This session only reads: there is nothing to commit.");
        await transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
            await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    CommandDefinition Command(Sql sql, object? args, CancellationToken cancel) =>
        new(sql.Text, args, transaction, cancellationToken: cancel);
}
