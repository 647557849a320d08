using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Cards that may be the same person. They are only proposed: a person compares, and merges them or says that they are two.</summary>
internal sealed class Duplicates(Database database, TimeProvider time)
{
    const string ByNumber = "number";
    const string ByEmail = "email";

    /// <summary>More cards with one number are no likeness: it is a switchboard's.</summary>
    const int HoldersMax = 10;

    const int ProposedMax = 10;

    /// <summary>Of those that the caller may see, the likeliest first. Empty where there is no such client.</summary>
    public async Task<IReadOnlyList<ClientDuplicate>> Of(Access access, long clientId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await session.QueryFirst<AskedRow>(AskedSql(session.Dialect, !access.SeesAll), new { clientId, callerId = access.AgentId }, cancel) is not { } asked)
            return [];
        var args = new { clientId, emailWord = SearchText.Fold(asked.Email ?? ""), holdersMax = HoldersMax, callerId = access.AgentId };
        var found = await session.Query<FoundRow>(FoundSql(session.Dialect, !access.SeesAll), args, cancel);
        // The words of search forgive more than the case of letters.
        var reasons = found.Where(row => row.Reason == ByNumber || string.Equals(row.Email, asked.Email, StringComparison.OrdinalIgnoreCase))
            .ToLookup(row => row.Id, row => row.Reason);
        var clients = await ClientList.OfIds(session, reasons.Select(one => one.Key), cancel);
        return [.. clients.Values
            .OrderByDescending(client => reasons[client.Id].Count()).ThenByDescending(client => client.LastContactAt ?? client.CreatedAt).ThenBy(client => client.Id)
            .Take(ProposedMax)
            .Select(client => new ClientDuplicate { Client = client, Reasons = [.. reasons[client.Id].Order(StringComparer.Ordinal)] })];
    }

    /// <summary>They are two people, for good. False: one of them is not there, or not for the caller to see.</summary>
    public async Task<bool> Dismiss(Access access, long clientId, long otherId, CancellationToken cancel)
    {
        if (clientId == otherId)
            return false;
        await using var session = await database.Write(cancel);
        if ((await HeldCards.Visible(session, access, [clientId, otherId], cancel)).Count < 2)
            return false;
        var saidAt = time.GetUtcNow();
        foreach (var (one, other) in new[] { (clientId, otherId), (otherId, clientId) })
            await session.Execute(DismissSql(session.Dialect), new { clientId = one, otherId = other, saidById = access.AgentId, saidAt }, cancel);
        await session.Commit(cancel);
        return true;
    }

    static Sql AskedSql(Dialect _, bool own) => new($"""
        SELECT k.id, k.email
        FROM client k
        WHERE k.id = @clientId AND k.merged_into IS NULL
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        """);

    // What was said of a card holds for the one that it went into.
    static Sql FoundSql(Dialect _, bool own) => new($"""
        SELECT k.id, k.email, alike.reason
        FROM (
            SELECT other.client_id, '{ByNumber}' AS reason
            FROM client_number mine
            JOIN client_number other ON other.e164 = mine.e164 AND other.client_id <> mine.client_id
            WHERE mine.client_id = @clientId AND (SELECT COUNT(*) FROM client_number holder WHERE holder.e164 = mine.e164) <= @holdersMax
            UNION
            SELECT s.client_id, '{ByEmail}' AS reason
            FROM client_search s
            WHERE s.token = @emailWord AND s.client_id <> @clientId AND @emailWord <> ''
        ) AS alike
        JOIN client k ON k.id = alike.client_id
        WHERE k.merged_into IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM client asked
            JOIN client_distinction d ON d.client_id = asked.id
            JOIN client two ON two.id = d.other_id
            WHERE (asked.id = @clientId OR asked.merged_into = @clientId) AND (two.id = k.id OR two.merged_into = k.id))
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY k.id, alike.reason
        """);

    static Sql DismissSql(Dialect dialect) => new(dialect.InsertIfAbsent("client_distinction", "client_id, other_id, said_by_id, said_at", "client_id, other_id"));

    sealed record AskedRow
    {
        public long Id { get; init; }
        public string? Email { get; init; }
    }

    sealed record FoundRow
    {
        public long Id { get; init; }
        public string? Email { get; init; }
        public string Reason { get; init; } = "";
    }
}
