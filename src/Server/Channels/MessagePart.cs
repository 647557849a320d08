using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Channels;

/// <summary>The messages of a client.</summary>
internal sealed class MessagePart() : ClientPart("message", CountSql, OfClientSql, MoveSql)
{
    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM message WHERE client_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM message WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE message
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
