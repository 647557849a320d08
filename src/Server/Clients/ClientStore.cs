using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>
/// Keeps the cards that people fill in. Who saves a card has confirmed it: it is a contact. A number belongs to one card, unless whoever
/// saves it says that several people use it; then it is marked as shared on all of them, and no call finds one of them by itself.
/// </summary>
internal sealed class ClientStore(Database database, IdBlocks ids, TimeProvider time)
{
    public async Task<ClientEditResult> Create(Access access, ClientFields fields, bool sharesNumbers, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (await Refusal(session, access, id, fields.Numbers, fields.OwnerId, sharesNumbers, cancel) is { } refusal)
            return refusal;
        // The key of the first number keeps out a call that comes at this very moment and would make a card of it, too.
        var originKey = fields.Numbers.Count == 0 || sharesNumbers ? null : ClientIntake.OriginOfNumber(fields.Numbers[0].E164);
        await session.Execute(CreateSql(session.Dialect), Values(id, fields, originKey, time.GetUtcNow()), cancel);
        if (originKey is not null && await session.QueryFirst<long>(OfOriginSql(session.Dialect), new { originKey }, cancel) is var holder && holder != id)
            return new ClientEditResult.NumberTaken(await Visible(session, access, [holder], cancel));
        await WriteParts(session, id, fields, [], cancel);
        await session.Commit(cancel);
        return new ClientEditResult.Saved(id);
    }

    /// <param name="version">The one that the editor had loaded.</param>
    public async Task<ClientEditResult> Change(
        Access access, long id, int version, ClientFields fields, bool sharesNumbers, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var stored = await session.QueryFirst<StoredClient>(
            StoredSql(session.Dialect, !access.SeesAll), new { id, callerId = access.AgentId }, cancel);
        if (stored is null)
            return new ClientEditResult.NotFound();
        if (stored.Version != version)
            return new ClientEditResult.ChangedByOther();
        var before = await session.Query<NumberMatch>(NumbersSql(session.Dialect), new { clientId = id }, cancel);
        var added = fields.Numbers.Where(number => !before.Any(had => had.E164 == number.E164 && !had.IsFormer)).ToList();
        if (await Refusal(session, access, id, added, fields.OwnerId, sharesNumbers, cancel) is { } refusal)
            return refusal;
        // A card that gave its number away no longer stands in the way of the next one who has it.
        var keepsOrigin = stored.OriginKey is null || !stored.OriginKey.StartsWith("tel:", StringComparison.Ordinal)
            || fields.Numbers.Any(number => ClientIntake.OriginOfNumber(number.E164) == stored.OriginKey);
        await session.Execute(ChangeSql(session.Dialect), Values(id, fields, keepsOrigin ? stored.OriginKey : null, time.GetUtcNow()), cancel);
        await FreeOrigins(session, id, fields, before, cancel);
        await WriteParts(session, id, fields, before, cancel);
        await session.Commit(cancel);
        return new ClientEditResult.Saved(id);
    }

    /// <summary>Words that a deal's form asked for. For a writer who has seen to it that the caller may change the card.</summary>
    public static async Task Complete(DbSession session, long id, string name, string? company, string? email, CancellationToken cancel)
    {
        var words = new JsonRows();
        ClientWords.Write(words, id, name, company, email);
        await session.Execute(CompleteSql(session.Dialect), new { id, status = ClientStatus.Contact, name, company, email }, cancel);
        await session.Execute(ClientWords.ForgetSql(session.Dialect), new { clientId = id }, cancel);
        await session.ExecuteRows([new(ClientWords.AddSql, words.Text())], cancel);
    }

    /// <summary>Nor does a card that went into this one, and had the number first.</summary>
    static Task FreeOrigins(DbSession session, long id, ClientFields fields, IReadOnlyList<NumberMatch> before, CancellationToken cancel)
    {
        var gone = before.Where(had => fields.Numbers.All(number => number.E164 != had.E164)).Select(had => ClientIntake.OriginOfNumber(had.E164));
        return session.Execute(FreeOriginsSql(session.Dialect), new { id, keys = JsonRows.Of(gone) }, cancel);
    }

    static async Task<ClientEditResult?> Refusal(
        DbSession session, Access access, long id, IReadOnlyList<CardNumber> added, long? ownerId, bool sharesNumbers, CancellationToken cancel)
    {
        if (ownerId is not null && await session.QueryFirst<long?>(OwnerSql(session.Dialect), new { ownerId }, cancel) is null)
            return new ClientEditResult.NoSuchOwner();
        if (sharesNumbers || added.Count == 0)
            return null;
        var holders = await session.Query<long>(
            HoldersSql(session.Dialect), new { id, numbers = JsonRows.Of(added.Select(number => number.E164)) }, cancel);
        return holders.Count > 0 ? new ClientEditResult.NumberTaken(await Visible(session, access, holders, cancel)) : null;
    }

    static async Task<IReadOnlyList<ClientItem>> Visible(DbSession session, Access access, IEnumerable<long> clientIds, CancellationToken cancel)
    {
        var visible = await HeldCards.Visible(session, access, clientIds, cancel);
        return [.. (await ClientList.OfIds(session, visible, cancel)).Values];
    }

    /// <summary>The words and the numbers. Numbers that the card had and has no more stay as former ones: an old caller is still recognised.</summary>
    static async Task WriteParts(
        DbSession session, long id, ClientFields fields, IReadOnlyList<NumberMatch> before, CancellationToken cancel)
    {
        JsonRows numbers = new(), words = new();
        for (var i = 0; i < fields.Numbers.Count; i++)
        {
            var number = fields.Numbers[i];
            ClientNumbers.Write(numbers.Row(), id, number.E164, number.Extension, seq: i);
        }
        foreach (var had in before.Where(had => !fields.Numbers.Contains(new(had.E164, had.Extension))))
            ClientNumbers.Write(numbers.Row(), id, had.E164, had.Extension, seq: fields.Numbers.Count, isFormer: true);
        ClientWords.Write(words, id, fields.Name, fields.Company, fields.Email);
        await session.Execute(ClientWords.ForgetSql(session.Dialect), new { clientId = id }, cancel);
        await session.ExecuteRows([new(ClientWords.AddSql, words.Text()), new(ClientNumbers.PutSql, numbers.Text())], cancel);
        await RecordingRefusals.Set(session, id, fields.DoNotRecord, cancel);
        await ClientNumbers.MarkShared(session, fields.Numbers.Select(number => number.E164).Concat(before.Select(had => had.E164)), cancel);
    }

    static object Values(long id, ClientFields fields, string? originKey, DateTimeOffset now) => new
    {
        id,
        status = ClientStatus.Contact,
        name = fields.Name,
        company = fields.Company,
        email = fields.Email,
        mainNumber = fields.Numbers.Count == 0 ? null : fields.Numbers[0].E164,
        ownerId = fields.OwnerId,
        doNotCall = fields.DoNotCall,
        originKey,
        createdAt = now,
        activeAt = now,
        version = 1,
    };

    static Sql CreateSql(Dialect dialect) => new(dialect.InsertIfAbsent(
        "client", "id, status, name, company, email, main_number, owner_id, do_not_call, origin_key, created_at, active_at, version", "origin_key"));

    static Sql OfOriginSql(Dialect _) => new("SELECT COALESCE(merged_into, id) FROM client WHERE origin_key = @originKey");

    static Sql StoredSql(Dialect dialect, bool own) => new($"""
        SELECT k.version, k.origin_key
        FROM client k {dialect.LockHint}
        WHERE k.id = @id AND k.merged_into IS NULL
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        {dialect.ForUpdate}
        """);

    static Sql ChangeSql(Dialect _) => new("""
        UPDATE client
        SET status = @status, name = @name, company = @company, email = @email, main_number = @mainNumber, owner_id = @ownerId,
            do_not_call = @doNotCall, origin_key = @originKey, version = version + 1
        WHERE id = @id
        """);

    static Sql CompleteSql(Dialect _) => new("UPDATE client SET status = @status, name = @name, company = @company, email = @email, version = version + 1 WHERE id = @id");

    static Sql FreeOriginsSql(Dialect dialect) => new($"""
        UPDATE client
        SET origin_key = NULL
        WHERE merged_into = @id AND origin_key IN (SELECT gone.origin_key FROM {dialect.Rows("@keys", "origin_key exact", "gone")})
        """);

    static Sql NumbersSql(Dialect _) => new("""
        SELECT e164, client_id, extension, is_shared, is_former
        FROM client_number
        WHERE client_id = @clientId
        ORDER BY seq, e164, extension
        """);

    static Sql HoldersSql(Dialect dialect) => new($"""
        SELECT DISTINCT n.client_id
        FROM client_number n
        WHERE n.client_id <> @id AND n.is_former = {dialect.False}
        AND n.e164 IN (SELECT wanted.e164 FROM {dialect.Rows("@numbers", "e164 exact", "wanted")})
        ORDER BY n.client_id
        """);

    static Sql OwnerSql(Dialect _) => new("SELECT id FROM agent WHERE id = @ownerId");

    sealed record StoredClient
    {
        public int Version { get; init; }
        public string? OriginKey { get; init; }
    }
}
