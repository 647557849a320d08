using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>The rows of <c>client_search</c>: the words by which a client is found.</summary>
internal static class ClientWords
{
    public const string ByName = "name";
    public const string ByCompany = "company";
    public const string ByEmail = "email";
    public const string ByNumber = "number";

    /// <summary>Nobody's name has more words.</summary>
    const int WordsMax = 30;

    /// <summary>The words of a client. A word stands once, with the first of its places: name, company, e-mail.</summary>
    public static IEnumerable<(string Word, string Kind)> Of(string name, string? company, string? email)
    {
        var words = SearchText.Words(name).Select(word => (Word: word, Kind: ByName))
            .Concat(SearchText.Words(company).Select(word => (Word: word, Kind: ByCompany)))
            .Concat(SearchText.Words(email).Prepend(SearchText.Fold(email ?? "")).Select(word => (Word: word, Kind: ByEmail)));
        return words.Where(one => one.Word.Length > 0).DistinctBy(one => one.Word).Take(WordsMax);
    }

    /// <summary>Adds the words of a client to rows.</summary>
    public static void Write(JsonRows rows, long clientId, string name, string? company, string? email)
    {
        foreach (var (word, kind) in Of(name, company, email))
            rows.Row().Add(word).Add(clientId).Add(kind);
    }

    public static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("client_search", "@rows", "token exact, client_id bigint, kind key", "token, client_id"));

    public static Sql ForgetSql(Dialect _) => new("DELETE FROM client_search WHERE client_id = @clientId");
}
