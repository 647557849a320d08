using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Cards;

/// <summary>The notes on a client.</summary>
internal sealed class NotePart() : ClientPart("note", CountSql, OfClientSql, MoveSql)
{
    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM note WHERE client_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM note WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE note
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
