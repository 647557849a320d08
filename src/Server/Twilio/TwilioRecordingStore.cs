using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>A recording that Twilio has, or will have, of a call that is known here.</summary>
internal sealed record ExpectedRecording(long AccountId, string RecordingSid, string CallSid, DateTimeOffset HeardAt);

/// <summary>A recording that something is to be done about.</summary>
internal sealed record DueRecording
{
    public long AccountId { get; init; }
    public string RecordingSid { get; init; } = "";
    public string CallSid { get; init; } = "";
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>Tries that failed.</summary>
    public int Tries { get; init; }

    /// <summary>Set: it is here, and is still to be deleted at Twilio.</summary>
    public DateTimeOffset? FetchedAt { get; init; }
}

/// <summary>Which recordings are to be fetched from Twilio, and which are to be deleted there.</summary>
internal sealed class TwilioRecordingStore(Database database)
{
    const string Columns = "account_id bigint, recording_sid key, call_sid key, heard_at time, tries int, try_at time";

    /// <summary>Hearing of one again changes nothing.</summary>
    public async Task Expect(IReadOnlyCollection<ExpectedRecording> recordings, CancellationToken cancel)
    {
        if (recordings.Count == 0)
            return;
        var rows = new JsonRows();
        foreach (var recording in recordings)
            rows.Row().Add(recording.AccountId).Add(recording.RecordingSid).Add(recording.CallSid).Add(recording.HeardAt).Add(0).Add(recording.HeardAt);
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([new(ExpectSql, rows.Text())], cancel);
        await session.Commit(cancel);
    }

    public async Task<IReadOnlyList<DueRecording>> Due(DateTimeOffset now, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<DueRecording>(DueSql(session.Dialect), new { now, take, isEnabled = true }, cancel);
    }

    /// <summary>How many are not here yet, by account: still on their way, or given up.</summary>
    public async Task<IReadOnlyDictionary<long, int>> Waiting(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<(long AccountId, int Recordings)>(WaitingSql(session.Dialect), null, cancel)).ToDictionary(row => row.AccountId, row => row.Recordings);
    }

    /// <param name="next">Null: nothing more is to be done.</param>
    public Task Fetched(DueRecording recording, DateTimeOffset at, DateTimeOffset? next, CancellationToken cancel) =>
        Set(FetchedSql, recording, new { accountId = recording.AccountId, recordingSid = recording.RecordingSid, fetchedAt = at, tryAt = next }, cancel);

    public Task Deleted(DueRecording recording, DateTimeOffset at, CancellationToken cancel) =>
        Set(DeletedSql, recording, new { accountId = recording.AccountId, recordingSid = recording.RecordingSid, deletedAt = at }, cancel);

    /// <param name="next">Null: it is given up.</param>
    public Task Failed(DueRecording recording, string problem, DateTimeOffset? next, CancellationToken cancel) =>
        Set(FailedSql, recording, new { accountId = recording.AccountId, recordingSid = recording.RecordingSid, problem, tryAt = next }, cancel);

    async Task Set(Func<Dialect, Sql> sql, DueRecording recording, object values, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await session.Execute(sql(session.Dialect), values, cancel) == 0)
            throw new InvalidOperationException($"Recording {recording.RecordingSid} is not expected any more.");
        await session.Commit(cancel);
    }

    static Sql ExpectSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("twilio_recording", "@rows", Columns, "account_id, recording_sid"));

    static Sql DueSql(Dialect dialect) => new($"""
        SELECT due.account_id, due.recording_sid, due.call_sid, due.heard_at, due.tries, due.fetched_at
        FROM twilio_recording due
        JOIN twilio_account account ON account.id = due.account_id AND account.is_enabled = @isEnabled
        WHERE due.try_at <= @now
        ORDER BY due.try_at, due.account_id, due.recording_sid
        {dialect.Take}
        """);

    static Sql WaitingSql(Dialect _) => new("""
        SELECT account_id, COUNT(*)
        FROM twilio_recording
        WHERE fetched_at IS NULL AND (try_at IS NOT NULL OR problem IS NOT NULL)
        GROUP BY account_id
        """);

    static Sql FetchedSql(Dialect _) => new("""
        UPDATE twilio_recording
        SET fetched_at = @fetchedAt, tries = 0, try_at = @tryAt, problem = NULL
        WHERE account_id = @accountId AND recording_sid = @recordingSid
        """);

    static Sql DeletedSql(Dialect _) => new("""
        UPDATE twilio_recording
        SET deleted_at = @deletedAt, try_at = NULL, problem = NULL
        WHERE account_id = @accountId AND recording_sid = @recordingSid
        """);

    static Sql FailedSql(Dialect _) => new("""
        UPDATE twilio_recording
        SET tries = tries + 1, try_at = @tryAt, problem = @problem
        WHERE account_id = @accountId AND recording_sid = @recordingSid
        """);
}
