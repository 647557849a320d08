using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>The rows of <c>client_number</c>.</summary>
internal static class ClientNumbers
{
    const string Columns = "client_id bigint, e164 exact, extension exact, seq int, e164_reversed exact, is_shared flag, is_former flag";

    public static JsonRows Write(JsonRows row, long clientId, string e164, string extension = "", int seq = 0, bool isShared = false, bool isFormer = false) => row
        .Add(clientId).Add(e164).Add(extension).Add(seq).Add(Reversed(e164)).AddFlag(isShared).AddFlag(isFormer);

    /// <summary>The digits from the last to the first: a number is found by its end through an index on this.</summary>
    public static string Reversed(string digits) => string.Concat(digits.Reverse().Where(char.IsAsciiDigit));

    /// <summary>Adds numbers that the card does not have; others stay as they are.</summary>
    public static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("client_number", "@rows", Columns, "client_id, e164, extension"));

    public static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows("client_number", "@rows", Columns, "client_id, e164, extension"));
}
