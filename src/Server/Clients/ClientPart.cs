using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Rows of one table that belong to clients, by the statements of the slice that keeps them.</summary>
/// <param name="count">How many there are of <c>@clientId</c>.</param>
/// <param name="ofClient">Their ids.</param>
/// <param name="move">Gives those of <c>@ids</c> that are <c>@fromClientId</c>'s to <c>@toClientId</c>.</param>
internal abstract class ClientPart(string kind, Func<Dialect, Sql> count, Func<Dialect, Sql> ofClient, Func<Dialect, Sql> move) : IClientPart
{
    public string Kind => kind;

    public Task<int> Count(DbSession session, long clientId, CancellationToken cancel) => session.QueryFirst<int>(count(session.Dialect), new { clientId }, cancel);

    public Task<IReadOnlyList<long>> Of(DbSession session, long clientId, CancellationToken cancel) => session.Query<long>(ofClient(session.Dialect), new { clientId }, cancel);

    public virtual Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel) =>
        session.Execute(move(session.Dialect), new { ids = JsonRows.Of(rowIds), fromClientId, toClientId }, cancel);
}
