using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>The notes on a client.</summary>
internal sealed class NotePart : IClientPart
{
    public string Kind => "note";

    public Task<int> Count(DbSession session, long clientId, CancellationToken cancel) => session.QueryFirst<int>(CountSql(session.Dialect), new { clientId }, cancel);

    public Task<IReadOnlyList<long>> Of(DbSession session, long clientId, CancellationToken cancel) =>
        session.Query<long>(OfClientSql(session.Dialect), new { clientId }, cancel);

    public Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveSql(session.Dialect), new { ids = JsonRows.Of(rowIds), fromClientId, toClientId }, cancel);

    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM note WHERE client_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM note WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE note
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
