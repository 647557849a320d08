using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Cards that lead to this one, because they went into it before: from now on they lead to where it goes.</summary>
internal sealed class LedCards() : ClientPart(Word, CountSql, OfClientSql, MoveSql)
{
    public const string Word = "card";

    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM client WHERE merged_into = @clientId");

    static Sql OfClientSql(Dialect _) => new("SELECT id FROM client WHERE merged_into = @clientId ORDER BY id");

    static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE client
        SET merged_into = @toClientId, version = version + 1
        WHERE merged_into = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);
}
