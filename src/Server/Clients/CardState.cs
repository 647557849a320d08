using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>A number of a card with its place and its state.</summary>
internal sealed record CardNumberState
{
    public string E164 { get; init; } = "";
    public string Extension { get; init; } = "";
    public int Seq { get; init; }
    public bool IsFormer { get; init; }

    public bool IsSame(CardNumberState other) => E164 == other.E164 && Extension == other.Extension;
}

/// <summary>What a merge changes on a card, and puts back. Also kept as JSON, in <c>client_merge.body</c>: fields are only ever added.</summary>
internal sealed record CardState
{
    public string Name { get; init; } = "";
    public string? Company { get; init; }
    public string? Email { get; init; }
    public long? OwnerId { get; init; }
    public string Status { get; init; } = "";
    public string? MainNumber { get; init; }
    public bool DoNotCall { get; init; }
    public bool DoNotRecord { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }
    public DateTimeOffset ActiveAt { get; init; }
    public IReadOnlyList<CardNumberState> Numbers { get; init; } = [];

    public static async Task<CardState> Of(DbSession session, long clientId, CancellationToken cancel)
    {
        var state = await session.QueryFirst<CardState>(OfSql(session.Dialect), new { clientId }, cancel)
            ?? throw new InvalidOperationException($"Client {clientId} is gone: cards are never deleted.");
        return state with { Numbers = await session.Query<CardNumberState>(NumbersSql(session.Dialect), new { clientId }, cancel) };
    }

    /// <summary>Makes the card what this says. Numbers that are on it and not here leave it.</summary>
    /// <param name="before">What the card is now.</param>
    public async Task Write(DbSession session, long clientId, CardState before, CancellationToken cancel)
    {
        await session.Execute(WriteSql(session.Dialect), new
        {
            clientId,
            name = Name,
            company = Company,
            email = Email,
            ownerId = OwnerId,
            status = Status,
            mainNumber = MainNumber,
            doNotCall = DoNotCall,
            lastContactAt = LastContactAt,
            activeAt = ActiveAt,
        }, cancel);
        await RecordingRefusals.Set(session, clientId, DoNotRecord, cancel);
        await WriteNumbers(session, clientId, before.Numbers, Numbers, cancel);
        await WriteWords(session, clientId, cancel);
    }

    /// <summary>The words by which a living card is found.</summary>
    public async Task WriteWords(DbSession session, long clientId, CancellationToken cancel)
    {
        var words = new JsonRows();
        ClientWords.Write(words, clientId, Name, Company, Email);
        await session.Execute(ClientWords.ForgetSql(session.Dialect), new { clientId }, cancel);
        await session.ExecuteRows([new(ClientWords.AddSql, words.Text())], cancel);
    }

    public static async Task WriteNumbers(
        DbSession session, long clientId, IReadOnlyList<CardNumberState> before, IReadOnlyList<CardNumberState> after, CancellationToken cancel)
    {
        JsonRows gone = new(), stay = new();
        foreach (var number in before.Where(had => !after.Any(had.IsSame)))
            gone.Row().Add(clientId).Add(number.E164).Add(number.Extension);
        foreach (var number in after)
            ClientNumbers.Write(stay.Row(), clientId, number.E164, number.Extension, number.Seq, number.IsFormer);
        await session.ExecuteRows([new(ClientNumbers.RemoveSql, gone.Text()), new(ClientNumbers.PutSql, stay.Text())], cancel);
    }

    static Sql OfSql(Dialect dialect) => new($"""
        SELECT k.name, k.company, k.email, k.owner_id, k.status, k.main_number, k.do_not_call, k.last_contact_at, k.active_at,
            CASE WHEN r.client_id IS NULL THEN {dialect.False} ELSE {dialect.True} END AS do_not_record
        FROM client k
        LEFT JOIN recording_refusal r ON r.client_id = k.id
        WHERE k.id = @clientId
        """);

    static Sql NumbersSql(Dialect _) => new("""
        SELECT e164, extension, seq, is_former
        FROM client_number
        WHERE client_id = @clientId
        ORDER BY is_former, seq, e164, extension
        """);

    static Sql WriteSql(Dialect _) => new("""
        UPDATE client
        SET name = @name, company = @company, email = @email, owner_id = @ownerId, status = @status, main_number = @mainNumber,
            do_not_call = @doNotCall, last_contact_at = @lastContactAt, active_at = @activeAt, version = version + 1
        WHERE id = @clientId
        """);
}
