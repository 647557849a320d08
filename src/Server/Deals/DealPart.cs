using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>The deals of a client.</summary>
internal sealed class DealPart() : ClientPart("deal", CountSql, OfClientSql, MoveSql)
{
    /// <summary>With their tasks, also those that came later: a deal and what is to be done for it are about one client.</summary>
    public override async Task Move(DbSession session, IEnumerable<long> rowIds, long fromClientId, long toClientId, CancellationToken cancel)
    {
        var ids = rowIds.ToList();
        await base.Move(session, ids, fromClientId, toClientId, cancel);
        await TaskStore.MoveOfDeals(session, ids, fromClientId, toClientId, cancel);
    }

    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM deal WHERE client_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM deal WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE deal
        SET client_id = @toClientId, version = version + 1
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
