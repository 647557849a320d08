using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Somebody outside and we touched: who is it?</summary>
internal sealed record Touch
{
    /// <summary>The id of the call or the message.</summary>
    public required long Id { get; init; }

    /// <summary>The name of the call or the message in the world, <c>source/externalId</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The channel of the inquiry, if this is the first touch.</summary>
    public required string Channel { get; init; }

    /// <summary>Null: the number is hidden, or no public one, and is never a key.</summary>
    public required string? E164 { get; init; }

    /// <summary>What the client is called where the touch comes from; the name of the card, if one is made.</summary>
    public string? Name { get; init; }

    /// <summary>The client turned to us: a first touch of this kind is an inquiry.</summary>
    public required bool IsInbound { get; init; }

    public required string Source { get; init; }
    public required string? Did { get; init; }
    public required string? Queue { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>For the card, if one must be made: taken from <see cref="IdBlocks"/> before the transaction.</summary>
    public required long NewClientId { get; init; }

    public required long NewInquiryId { get; init; }

    /// <summary>A number has one card of this key, a hidden caller one for each call.</summary>
    public string OriginKey => E164 is null ? ClientIntake.OriginOfCall(Key) : ClientIntake.OriginOfNumber(E164);
}

/// <summary>
/// Finds the card of each touch, or makes it, inside the transaction that saves the touch. However many nodes and lines hear of an
/// unknown number at once, its <c>origin_key</c> is unique, and all of them get the one card.
/// </summary>
internal static class ClientIntake
{
    public static string OriginOfNumber(string e164) => $"tel:{e164}";

    public static string OriginOfCall(string callKey) => $"call:{callKey}";

    /// <summary>Who has these numbers now: the question that <see cref="Find"/> wants the answer to, so that it can be asked along with others.</summary>
    public static RowsStatement Matches(IReadOnlyCollection<string> numbers) => new(
        numbers.Count == 1 ? static dialect => MatchesSql(dialect, locked: true) : static dialect => MatchesSql(dialect, locked: false), JsonRows.Of(numbers));

    /// <summary>The card of each touch; where there is none, it is made.</summary>
    /// <param name="matches">The answer to <see cref="Matches"/> for all numbers of the touches.</param>
    public static async Task<IntakeResult> Find(DbSession session, IReadOnlyList<Touch> touches, IEnumerable<NumberMatch> matches, CancellationToken cancel)
    {
        if (touches.Count == 0)
            return IntakeResult.Nothing;
        var ofNumber = matches.ToLookup(match => match.E164);
        var found = touches.ToDictionary(touch => touch.Id, touch => touch.E164 is null ? Found.Nobody : MatchRule.Choose(ofNumber[touch.E164]));
        // A service number that an agent dialled is nobody to make a card of.
        var unknown = touches.Where(touch => found[touch.Id].Kind == FoundKind.Nobody && (touch.IsInbound || touch.E164 is not null)).ToList();
        List<RowsStatement> writes = [];
        var made = await Make(session, unknown, writes, cancel);
        var clients = touches.ToDictionary(touch => touch.Id, touch => found[touch.Id].ClientId);
        foreach (var touch in unknown)
            clients[touch.Id] = made[touch.OriginKey];
        if (touches.Count > 1)
            await Lock(session, clients, cancel);
        writes.AddRange(Touched(touches.Where(touch => clients[touch.Id] is not null), clients));
        return new(clients, writes);
    }

    /// <summary>
    /// Takes all cards of a batch at once, in the order of their ids: two transactions queue up instead of waiting crosswise. A card that
    /// was merged meanwhile gives the one it went into.
    /// </summary>
    static async Task Lock(DbSession session, Dictionary<long, long?> clients, CancellationToken cancel)
    {
        var ids = JsonRows.Of(clients.Values.OfType<long>().Distinct());
        var now = (await session.QueryRows<LockedRow>(new(LockSql, ids), cancel)).ToDictionary(row => row.Id, row => row.MergedInto);
        foreach (var (touchId, clientId) in clients.ToList())
            clients[touchId] = clientId is { } id ? now[id] ?? id : null;
    }

    /// <summary>One card for each origin; of those that another transaction made first, that one.</summary>
    static async Task<IReadOnlyDictionary<string, long>> Make(
        DbSession session, IReadOnlyList<Touch> unknown, List<RowsStatement> writes, CancellationToken cancel)
    {
        if (unknown.Count == 0)
            return new Dictionary<string, long>();
        // In the order of the keys: two transactions that make the same cards never wait for each other crosswise.
        var first = unknown.GroupBy(touch => touch.OriginKey).Select(touches => touches.First()).OrderBy(touch => touch.OriginKey, StringComparer.Ordinal).ToList();
        var cards = new JsonRows();
        foreach (var touch in first)
            cards.Row().Add(touch.NewClientId).Add(ClientStatus.Inquiry).Add(touch.Name ?? "").Add(touch.E164).Add(touch.OriginKey).Add(touch.At).Add(touch.At).Add(touch.At).Add(1);
        var keys = JsonRows.Of(first.Select(touch => touch.OriginKey));
        var made = (await session.QueryRows<MadeRow>(new(MakeSql, cards.Text()), new(MadeSql, keys), cancel)).ToDictionary(row => row.OriginKey, row => row.Id);
        var ours = first.Where(touch => made[touch.OriginKey] == touch.NewClientId).ToList();
        AddNumbers(ours, writes);
        AddWords(ours, writes);
        AddInquiries(ours, writes);
        return made;
    }

    static void AddNumbers(IEnumerable<Touch> touches, List<RowsStatement> writes)
    {
        var numbers = new JsonRows();
        foreach (var touch in touches.Where(touch => touch.E164 is not null))
            ClientNumbers.Write(numbers.Row(), touch.NewClientId, touch.E164!);
        if (numbers.Count > 0)
            writes.Add(new(ClientNumbers.AddSql, numbers.Text()));
    }

    static void AddWords(IEnumerable<Touch> touches, List<RowsStatement> writes)
    {
        var words = new JsonRows();
        foreach (var touch in touches)
            ClientWords.Write(words, touch.NewClientId, touch.Name ?? "", company: null, email: null);
        if (words.Count > 0)
            writes.Add(new(ClientWords.AddSql, words.Text()));
    }

    static void AddInquiries(IEnumerable<Touch> touches, List<RowsStatement> writes)
    {
        var inquiries = new JsonRows();
        foreach (var touch in touches.Where(touch => touch.IsInbound))
        {
            inquiries.Row().Add(touch.NewInquiryId).Add(touch.NewClientId).Add(touch.Channel).Add(touch.Source).Add(touch.Did).Add(touch.Queue)
                .Add(touch.Channel == InquiryStore.ByCall ? touch.Id : null).Add(touch.At);
        }
        if (inquiries.Count > 0)
            writes.Add(InquiryStore.Open(inquiries));
    }

    /// <summary>The last contact of each card; a touch that did not make the card confirms it. The one that made it is written with it.</summary>
    static IEnumerable<RowsStatement> Touched(IEnumerable<Touch> touches, Dictionary<long, long?> clients)
    {
        var rows = new JsonRows();
        foreach (var ofClient in touches.GroupBy(touch => clients[touch.Id]!.Value).OrderBy(group => group.Key))
        {
            if (ofClient.Any(touch => touch.NewClientId != ofClient.Key))
                rows.Row().Add(ofClient.Key).Add(ofClient.Max(touch => touch.At)).AddFlag(true);
        }
        return rows.Count > 0 ? [Touched(rows)] : [];
    }

    /// <summary>A row: client, time of the contact, whether it confirms that the client is one.</summary>
    public static RowsStatement Touched(JsonRows clients) => new(TouchSql, clients.Text());

    // One card alone is locked with the look at it; several would be locked here in an order that another transaction need not share. Whoever
    // waited here for a card that went into another one meanwhile gets that one.
    static Sql MatchesSql(Dialect dialect, bool locked) => new($"""
        SELECT n.e164, COALESCE(c.merged_into, n.client_id) AS client_id, n.extension, n.is_shared, n.is_former
        FROM {dialect.Rows("@rows", "e164 exact", "asked")}
        JOIN client_number n ON n.e164 = asked.e164
        JOIN client c {(locked ? dialect.LockHint : "")} ON c.id = n.client_id
        ORDER BY n.client_id, n.e164, n.extension
        {(locked ? dialect.ForUpdateOf("c") : "")}
        """);

    static Sql LockSql(Dialect dialect) => new($"""
        SELECT c.id, c.merged_into
        FROM client c {dialect.LockHint}
        WHERE c.id IN (SELECT wanted.id FROM {dialect.Rows("@rows", "id bigint", "wanted")})
        ORDER BY c.id
        {dialect.ForUpdate}
        """);

    static Sql MakeSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("client", "@rows",
        "id bigint, status key, name key, main_number exact, origin_key exact, created_at time, last_contact_at time, active_at time, version int", "origin_key"));

    static Sql MadeSql(Dialect dialect) => new($"""
        SELECT c.origin_key, COALESCE(c.merged_into, c.id) AS id
        FROM client c
        JOIN {dialect.Rows("@rows", "origin_key exact", "wanted")} ON wanted.origin_key = c.origin_key
        """);

    static Sql TouchSql(Dialect dialect) => new($"""
        UPDATE client
        SET last_contact_at = CASE WHEN client.last_contact_at > touch.at THEN client.last_contact_at ELSE touch.at END,
            active_at = CASE WHEN client.active_at > touch.at THEN client.active_at ELSE touch.at END,
            status = CASE WHEN touch.confirms = {dialect.True} THEN '{ClientStatus.Contact}' ELSE client.status END
        FROM {dialect.Rows("@rows", "client_id bigint, at time, confirms flag", "touch")}
        WHERE client.id = touch.client_id
        """);

    sealed record LockedRow
    {
        public long Id { get; init; }
        public long? MergedInto { get; init; }
    }

    sealed record MadeRow
    {
        public string OriginKey { get; init; } = "";
        public long Id { get; init; }
    }
}

/// <summary>The card of each touch, and what is to be written with them.</summary>
internal sealed record IntakeResult(IReadOnlyDictionary<long, long?> Clients, IReadOnlyList<RowsStatement> Writes)
{
    public static readonly IntakeResult Nothing = new(new Dictionary<long, long?>(), []);

    /// <summary>Null: there is no party outside, or several cards match and somebody must choose.</summary>
    public long? ClientOf(long touchId) => Clients.GetValueOrDefault(touchId);
}
