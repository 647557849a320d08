using System.Data.Common;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Our numbers at Twilio: what callers meet there, and what is known of their webhooks.</summary>
internal sealed class TwilioNumberStore(Database database, IdBlocks ids)
{
    public async Task<IReadOnlyList<TwilioNumber>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<NumberRow>(ListSql(session.Dialect), null, cancel)).Select(row => row.Number())];
    }

    public async Task<IReadOnlyList<TwilioNumber>> OfAccount(long accountId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<NumberRow>(OfAccountSql(session.Dialect), new { accountId }, cancel)).Select(row => row.Number())];
    }

    public async Task<TwilioNumber?> ById(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<NumberRow>(ByIdSql(session.Dialect), new { id }, cancel))?.Number();
    }

    public async Task<TwilioNumber?> ByE164(string e164, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<NumberRow>(ByE164Sql(session.Dialect), new { e164 }, cancel))?.Number();
    }

    /// <summary>Returns the new number's id when it is done.</summary>
    public async Task<(TwilioEdit Edit, long Id)> Add(TwilioNumber number, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (await session.Execute(InsertSql(session.Dialect), Parameters(number with { Id = id, Changed = 1 }), cancel) == 0)
            return (TwilioEdit.NumberTaken, 0);
        await session.Commit(cancel);
        return (TwilioEdit.Done, id);
    }

    public async Task<TwilioEdit> Change(TwilioNumber number, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        try
        {
            if (await session.Execute(ChangeSql(session.Dialect), Parameters(number), cancel) == 0)
                return TwilioEdit.NotFound;
        }
        catch (DbException error) when (Database.IsUniqueViolation(error))
        {
            return TwilioEdit.NumberTaken;
        }
        await session.Commit(cancel);
        return TwilioEdit.Done;
    }

    public async Task<TwilioEdit> Remove(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var removed = await session.Execute(RemoveSql(session.Dialect), new { id }, cancel);
        await session.Commit(cancel);
        return removed == 1 ? TwilioEdit.Done : TwilioEdit.NotFound;
    }

    public async Task SetCheck(long id, TwilioCheck check, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetCheckSql(session.Dialect), new { id, checkJson = JsonSerializer.Serialize(check) }, cancel);
        await session.Commit(cancel);
    }

    static object Parameters(TwilioNumber number) => new
    {
        id = number.Id,
        accountId = number.AccountId,
        e164 = number.E164,
        lineName = number.LineName,
        language = number.Language,
        greetingText = number.GreetingText,
        consentText = number.ConsentText,
        isClosed = number.IsClosed,
        closedText = number.ClosedText,
        endpoints = JsonSerializer.Serialize(number.Endpoints),
        ringSeconds = number.RingSeconds,
        afterRing = CallWords.Of(number.AfterRing),
        queueName = number.QueueName,
        queueMembers = JsonSerializer.Serialize(number.QueueMembers),
        takesVoicemail = number.TakesVoicemail,
        isRecorded = number.IsRecorded,
        changed = number.Changed,
    };

    const string Configured = "id, account_id, e164, line_name, language, greeting_text, consent_text, is_closed, closed_text, endpoints, ring_seconds, "
        + "after_ring, queue_name, queue_members, takes_voicemail, is_recorded, changed";

    const string Columns = $"{Configured}, check_json";

    static Sql ListSql(Dialect _) => new($"SELECT {Columns} FROM twilio_number ORDER BY e164");

    static Sql OfAccountSql(Dialect _) => new($"SELECT {Columns} FROM twilio_number WHERE account_id = @accountId ORDER BY e164");

    static Sql ByIdSql(Dialect _) => new($"SELECT {Columns} FROM twilio_number WHERE id = @id");

    static Sql ByE164Sql(Dialect _) => new($"SELECT {Columns} FROM twilio_number WHERE e164 = @e164");

    static Sql InsertSql(Dialect dialect) => new(dialect.InsertIfAbsent("twilio_number", Configured, "e164"));

    // The check stays: it is of what Twilio does with the number, unless it is another number now.
    static Sql ChangeSql(Dialect _) => new("""
        UPDATE twilio_number
        SET check_json = CASE WHEN account_id = @accountId AND e164 = @e164 THEN check_json END, account_id = @accountId, e164 = @e164,
            line_name = @lineName, language = @language, greeting_text = @greetingText, consent_text = @consentText, is_closed = @isClosed,
            closed_text = @closedText, endpoints = @endpoints, ring_seconds = @ringSeconds, after_ring = @afterRing, queue_name = @queueName,
            queue_members = @queueMembers, takes_voicemail = @takesVoicemail, is_recorded = @isRecorded, changed = changed + 1
        WHERE id = @id
        """);

    static Sql RemoveSql(Dialect _) => new("DELETE FROM twilio_number WHERE id = @id");

    static Sql SetCheckSql(Dialect _) => new("UPDATE twilio_number SET check_json = @checkJson WHERE id = @id");

    sealed record NumberRow
    {
        public long Id { get; init; }
        public long AccountId { get; init; }
        public string E164 { get; init; } = "";
        public string LineName { get; init; } = "";
        public string Language { get; init; } = "";
        public string GreetingText { get; init; } = "";
        public string ConsentText { get; init; } = "";
        public bool IsClosed { get; init; }
        public string ClosedText { get; init; } = "";
        public string Endpoints { get; init; } = "";
        public int RingSeconds { get; init; }
        public string AfterRing { get; init; } = "";
        public string? QueueName { get; init; }
        public string QueueMembers { get; init; } = "";
        public bool TakesVoicemail { get; init; }
        public bool IsRecorded { get; init; }
        public long Changed { get; init; }
        public string? CheckJson { get; init; }

        public TwilioNumber Number() => new()
        {
            Id = Id,
            AccountId = AccountId,
            E164 = E164,
            LineName = LineName,
            Language = Language,
            GreetingText = GreetingText,
            ConsentText = ConsentText,
            IsClosed = IsClosed,
            ClosedText = ClosedText,
            Endpoints = JsonSerializer.Deserialize<string[]>(Endpoints) ?? [],
            RingSeconds = RingSeconds,
            AfterRing = CallWords.Parse<AfterRing>(AfterRing),
            QueueName = QueueName,
            QueueMembers = JsonSerializer.Deserialize<string[]>(QueueMembers) ?? [],
            TakesVoicemail = TakesVoicemail,
            IsRecorded = IsRecorded,
            Changed = Changed,
            Check = CheckJson is null ? null : JsonSerializer.Deserialize<TwilioCheck>(CheckJson),
        };
    }
}
