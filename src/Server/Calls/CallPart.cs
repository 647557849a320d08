using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The calls of a client; those that became part of another call go with them, and do not count.</summary>
internal sealed class CallPart() : ClientPart("call", CountSql, OfClientSql, MoveSql)
{
    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM call WHERE client_id = @clientId AND merged_source IS NULL");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM call WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE call
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
