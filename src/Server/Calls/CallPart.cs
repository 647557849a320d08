using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The calls of a client; those that became part of another call go with them, and do not count.</summary>
internal sealed class CallPart : IClientPart
{
    public string Kind => "call";

    public Task<int> Count(DbSession session, long clientId, CancellationToken cancel) => session.QueryFirst<int>(CountSql(session.Dialect), new { clientId }, cancel);

    public Task<IReadOnlyList<long>> Of(DbSession session, long clientId, CancellationToken cancel) =>
        session.Query<long>(OfClientSql(session.Dialect), new { clientId }, cancel);

    public Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveSql(session.Dialect), new { ids = JsonRows.Of(rowIds), fromClientId, toClientId }, cancel);

    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM call WHERE client_id = @clientId AND merged_source IS NULL");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM call WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE call
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
