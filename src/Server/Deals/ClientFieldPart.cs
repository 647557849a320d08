using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>
/// What is filled in of the company's own fields on a client's card. A row is known by its field. Where both cards have one, each keeps its own: the
/// card that stays speaks for the person, and the other one has it again when the merge is undone.
/// </summary>
internal sealed class ClientFieldPart() : ClientPart("field", CountSql, OfClientSql, MoveSql)
{
    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM field_value WHERE subject_id = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT field_id FROM field_value WHERE subject_id = @clientId ORDER BY field_id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE field_value
        SET subject_id = @toClientId
        WHERE subject_id = @fromClientId AND field_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
            AND field_id NOT IN (SELECT had.field_id FROM field_value had WHERE had.subject_id = @toClientId)
        """);
}
