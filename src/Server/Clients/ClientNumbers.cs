using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>The rows of <c>client_number</c>.</summary>
internal static class ClientNumbers
{
    /// <summary>After those that a person put in order.</summary>
    const int SeqLast = 1_000;

    const string Columns = "client_id bigint, e164 exact, extension exact, seq int, e164_reversed exact, is_shared flag, is_former flag";

    public static JsonRows Write(JsonRows row, long clientId, string e164, string extension = "", int seq = 0, bool isFormer = false) => row
        .Add(clientId).Add(e164).Add(extension).Add(seq).Add(Reversed(e164)).AddFlag(false).AddFlag(isFormer);

    /// <summary>The digits from the last to the first: a number is found by its end through an index on this.</summary>
    public static string Reversed(string digits) => string.Concat(digits.Reverse().Where(char.IsAsciiDigit));

    /// <summary>A number that several cards have now is shared. To be called when the cards of these numbers have changed.</summary>
    public static Task MarkShared(DbSession session, IEnumerable<string> numbers, CancellationToken cancel) =>
        session.Execute(MarkSharedSql(session.Dialect), new { numbers = JsonRows.Of(numbers.Distinct()) }, cancel);

    /// <summary>Gives a card one more number, if it does not have it.</summary>
    public static Task Add(DbSession session, long clientId, string e164, CancellationToken cancel) =>
        session.ExecuteRows([new(PutSql, Write(new JsonRows().Row(), clientId, e164, seq: SeqLast).Text())], cancel);

    /// <summary>Adds numbers that the card does not have; others stay as they are.</summary>
    public static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("client_number", "@rows", Columns, "client_id, e164, extension"));

    /// <summary>Takes numbers off their cards. A row: client, number, extension.</summary>
    public static Sql RemoveSql(Dialect dialect) => new($"""
        DELETE FROM client_number
        WHERE EXISTS (
            SELECT 1
            FROM {dialect.Rows("@rows", "client_id bigint, e164 exact, extension exact", "gone")}
            WHERE gone.client_id = client_number.client_id AND gone.e164 = client_number.e164 AND gone.extension = client_number.extension)
        """);

    public static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows("client_number", "@rows", Columns, "client_id, e164, extension"));

    static Sql MarkSharedSql(Dialect dialect) => new($"""
        UPDATE client_number
        SET is_shared = CASE WHEN EXISTS (
            SELECT 1
            FROM client_number o
            WHERE o.e164 = client_number.e164 AND o.client_id <> client_number.client_id AND o.is_former = {dialect.False})
            THEN {dialect.True} ELSE {dialect.False} END
        WHERE e164 IN (SELECT changed.e164 FROM {dialect.Rows("@numbers", "e164 exact", "changed")})
        """);
}
