using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>The tasks that are about a client.</summary>
internal sealed class TaskPart() : ClientPart("task", CountSql, OfClientSql, MoveSql)
{
    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM agent_task WHERE client_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM agent_task WHERE client_id = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE agent_task
        SET client_id = @toClientId, version = version + 1
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
