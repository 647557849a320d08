using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Finds clients: all of them, by what somebody typed, by a number.</summary>
internal sealed class ClientList(Database database, ClientSettings settings)
{
    /// <summary>A switchboard's number may be on hundreds of cards: nobody chooses among more.</summary>
    const int MatchesMax = 20;

    /// <summary>Those with the latest contact first.</summary>
    public async Task<Page<ClientItem>> Page(Access access, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var args = new { callerId = access.AgentId, beforeAt = cursor.At, beforeId = cursor.Id, take = take + 1 };
        var clients = await session.Query<ClientItem>(PageSql(session.Dialect, !access.SeesAll), args, cancel);
        return Pages.Of(clients, take, client => new(ActiveAt(client), client.Id));
    }

    /// <summary>In the order of the words or numbers that were found. An unreadable cursor is the start.</summary>
    public async Task<Page<ClientItem>> Search(Access access, string typed, string? before, int take, CancellationToken cancel)
    {
        var attempts = SearchQuery.Read(typed, settings);
        var place = SearchPlace.Parse(before);
        await using var session = await database.Read(cancel);
        for (var i = place.Attempt; i < attempts.Count; i++)
        {
            var rows = await Find(session, access, attempts[i], place, take + 1, cancel);
            if (rows.Count == 0 && place == SearchPlace.Start)
                continue;
            return new()
            {
                Items = [.. rows.Take(take).Select(row => row.Item())],
                Next = rows.Count > take ? new SearchPlace(i, rows[take - 1].Token, rows[take - 1].Id).ToString() : null,
            };
        }
        return new() { Items = [] };
    }

    /// <summary>The clients that a number may belong to, the likeliest first. Null: it is no number.</summary>
    public async Task<IReadOnlyList<ClientMatch>?> Match(Access access, string number, CancellationToken cancel)
    {
        var reading = settings.Numbers.Read(number);
        if (reading.E164 is null)
            return null;
        await using var session = await database.Read(cancel);
        return await Matches(session, access, reading.E164, reading.Extension ?? "", cancel);
    }

    /// <inheritdoc cref="Match"/>
    public static async Task<IReadOnlyList<ClientMatch>> Matches(DbSession session, Access access, string e164, string extension, CancellationToken cancel)
    {
        var args = new { callerId = access.AgentId, e164 };
        var found = await session.Query<NumberMatch>(NumbersSql(session.Dialect, !access.SeesAll), args, cancel);
        var reasons = found.GroupBy(match => match.ClientId).ToDictionary(group => group.Key, group => group.Min(match => MatchRule.ReasonOf(match, extension)));
        var clients = await OfIds(session, reasons.Keys, cancel);
        return [.. clients.Values
            .OrderBy(client => reasons[client.Id]).ThenByDescending(ActiveAt).ThenBy(client => client.Id)
            .Take(MatchesMax)
            .Select(client => new ClientMatch { Client = client, Reason = MatchRule.Word(reasons[client.Id]) })];
    }

    /// <summary>These clients, by id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, ClientItem>> OfIds(DbSession session, IEnumerable<long> clientIds, CancellationToken cancel) =>
        (await session.Query<ClientItem>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(clientIds) }, cancel)).ToDictionary(client => client.Id);

    static Task<IReadOnlyList<FoundRow>> Find(DbSession session, Access access, SearchAttempt attempt, SearchPlace place, int take, CancellationToken cancel)
    {
        var others = new JsonRows();
        foreach (var other in attempt.Others)
            others.Row().Add(other.Low).Add(other.High);
        var args = new
        {
            callerId = access.AgentId,
            low = attempt.First.Low,
            high = attempt.First.High,
            others = others.Text(),
            digitsLow = attempt.Digits?.Low,
            digitsHigh = attempt.Digits?.High,
            afterToken = place.Token,
            afterId = place.ClientId,
            take,
        };
        var own = !access.SeesAll;
        return session.Query<FoundRow>(attempt.Kind switch
        {
            SearchKind.Word => WordsSql(session.Dialect, own, others.Count > 0, attempt.Digits is not null),
            SearchKind.NumberStart => NumberSql(session.Dialect, own, reversed: false),
            SearchKind.NumberEnd => NumberSql(session.Dialect, own, reversed: true),
        }, args, cancel);
    }

    /// <summary>As <c>client.active_at</c> is written.</summary>
    static DateTimeOffset ActiveAt(ClientItem client) => client.LastContactAt is { } last && last > client.CreatedAt ? last : client.CreatedAt;

    const string ItemColumns = """
        k.id, k.status, k.name, k.company, k.main_number, k.owner_id, o.name AS owner_name, k.last_contact_at,
        (SELECT MIN(step.due_at) FROM agent_task step WHERE step.client_id = k.id AND step.state = 'open') AS next_step_at, k.created_at
        """;

    static Sql PageSql(Dialect dialect, bool own) => new($"""
        SELECT {ItemColumns}
        FROM client k
        LEFT JOIN agent o ON o.id = k.owner_id
        WHERE k.merged_into IS NULL AND {Cursor.After("k.active_at", "k.id")}
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY k.active_at DESC, k.id DESC
        {dialect.Take}
        """);

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT {ItemColumns}
        FROM client k
        LEFT JOIN agent o ON o.id = k.owner_id
        WHERE k.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY k.id
        """);

    // A client who has several words in the range is found by the first of them, once.
    static Sql WordsSql(Dialect dialect, bool own, bool others, bool digits) => new($"""
        SELECT s.token, s.kind AS matched_by, {ItemColumns}
        FROM client_search s
        JOIN client k ON k.id = s.client_id
        LEFT JOIN agent o ON o.id = k.owner_id
        WHERE s.token >= @low AND s.token < @high
        AND s.token >= @afterToken AND (s.token > @afterToken OR s.client_id > @afterId)
        AND NOT EXISTS (SELECT 1 FROM client_search f WHERE f.client_id = s.client_id AND f.token >= @low AND f.token < s.token)
        {(others ? $"""
            AND NOT EXISTS (
                SELECT 1
                FROM {dialect.Rows("@others", "low exact, high exact", "w")}
                WHERE NOT EXISTS (SELECT 1 FROM client_search t WHERE t.client_id = s.client_id AND t.token >= w.low AND t.token < w.high))
            """ : "")}
        {(digits ? "AND EXISTS (SELECT 1 FROM client_number n WHERE n.client_id = s.client_id AND n.e164_reversed >= @digitsLow AND n.e164_reversed < @digitsHigh)" : "")}
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY s.token, s.client_id
        {dialect.Take}
        """);

    // As with words: of several numbers in the range, the first one counts.
    static Sql NumberSql(Dialect dialect, bool own, bool reversed)
    {
        var column = reversed ? "e164_reversed" : "e164";
        return new($"""
            SELECT n.{column} AS token, '{ClientWords.ByNumber}' AS matched_by, {ItemColumns}
            FROM client_number n
            JOIN client k ON k.id = n.client_id
            LEFT JOIN agent o ON o.id = k.owner_id
            WHERE n.{column} >= @low AND n.{column} < @high
            AND n.{column} >= @afterToken AND (n.{column} > @afterToken OR n.client_id > @afterId)
            AND NOT EXISTS (
                SELECT 1
                FROM client_number f
                WHERE f.client_id = n.client_id AND f.{column} >= @low AND (f.{column} < n.{column} OR (f.{column} = n.{column} AND f.extension < n.extension)))
            {(own ? $"AND {ClientAccess.IsVisible}" : "")}
            ORDER BY n.{column}, n.client_id
            {dialect.Take}
            """);
    }

    static Sql NumbersSql(Dialect _, bool own) => new($"""
        SELECT n.e164, n.client_id, n.extension, n.is_shared, n.is_former
        FROM client_number n
        JOIN client k ON k.id = n.client_id
        WHERE n.e164 = @e164
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY n.client_id, n.extension
        """);

    /// <summary>The place in a search after which the next page begins.</summary>
    readonly record struct SearchPlace(int Attempt, string Token, long ClientId)
    {
        public static readonly SearchPlace Start = new(0, "", 0);

        public static SearchPlace Parse(string? text)
        {
            var parts = (text ?? "").Split('.');
            return parts.Length == 3
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var clientId)
                && Base64Url.IsValid(parts[2])
                ? new(attempt, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[2])), clientId)
                : Start;
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Attempt}.{ClientId}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Token))}");
    }

    /// <summary>An item, and the word or number by which it was found.</summary>
    sealed record FoundRow
    {
        public string Token { get; init; } = "";
        public string MatchedBy { get; init; } = "";
        public long Id { get; init; }
        public string Status { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Company { get; init; }
        public string? MainNumber { get; init; }
        public long? OwnerId { get; init; }
        public string? OwnerName { get; init; }
        public DateTimeOffset? LastContactAt { get; init; }
        public DateTimeOffset? NextStepAt { get; init; }
        public DateTimeOffset CreatedAt { get; init; }

        public ClientItem Item() => new()
        {
            Id = Id,
            Status = Status,
            Name = Name,
            Company = Company,
            MainNumber = MainNumber,
            OwnerId = OwnerId,
            OwnerName = OwnerName,
            LastContactAt = LastContactAt,
            NextStepAt = NextStepAt,
            CreatedAt = CreatedAt,
            MatchedBy = MatchedBy,
        };
    }
}
