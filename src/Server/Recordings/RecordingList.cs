using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Which recorded calls are asked for. Null: whatever.</summary>
internal sealed record RecordedCallFilter
{
    /// <summary>Started at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Started before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A phone of this agent rang, talked or placed the call.</summary>
    public long? AgentId { get; init; }

    public long? ClientId { get; init; }
    public string? Direction { get; init; }
    public string? Result { get; init; }
    public string? Did { get; init; }

    /// <summary>Only calls that were answered and have no sound.</summary>
    public bool? LacksAudio { get; init; }
}

/// <summary>Recordings as people see them: what is there, and what the caller may do with it. The right stands in every statement.</summary>
internal sealed class RecordingList(Database database, TimeProvider time)
{
    /// <summary>The recordings of a call in their order. Null when there is no such call, or it is not for the caller to see.</summary>
    public async Task<IReadOnlyList<RecordingItem>?> OfCall(Access access, long callId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await session.QueryFirst<long?>(VisibleCallSql(session.Dialect, !access.SeesAll), new { callId, callerId = access.AgentId }, cancel) is null)
            return null;
        return [.. (await OfCalls(session, access, [callId], cancel))[callId]];
    }

    /// <summary>Calls in the caller's scope that have recordings, or lack them; the newest first.</summary>
    public async Task<Page<RecordedCall>> Page(Access access, RecordedCallFilter filter, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var before = filter.To is { } to && to <= cursor.At ? new Cursor(to, 0) : cursor;
        var sql = PageSql(
            session.Dialect, filter.LacksAudio == true, filter.Direction is not null, filter.Result is not null, filter.ClientId is not null,
            filter.AgentId is not null, filter.Did is not null);
        var ids = await session.Query<long>(sql, new
        {
            callerId = access.AgentId,
            callerRole = access.Role,
            direction = filter.Direction,
            result = filter.Result,
            clientId = filter.ClientId,
            agentId = filter.AgentId,
            did = filter.Did,
            from = filter.From ?? Cursor.Earliest,
            beforeAt = before.At,
            beforeId = before.Id,
            take = take + 1,
        }, cancel);
        var calls = await CallList.OfIds(session, ids, cancel);
        var recordings = await OfCalls(session, access, ids, cancel);
        var rows = ids.Select(id => Row(calls[id], [.. recordings[id]])).ToList();
        return Pages.Of(rows, take, row => new(row.Call.StartedAt, row.Call.Id));
    }

    /// <summary>How many of the answered calls in the caller's scope lack sound.</summary>
    public async Task<RecordingCoverage> Coverage(Access access, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<RecordingCoverage>(CoverageSql(session.Dialect), new { callerId = access.AgentId, callerRole = access.Role, from, to }, cancel))!;
    }

    /// <summary>Null when there is no such recording, or the caller may not hear of it.</summary>
    public async Task<RecordingDetails?> Details(Access access, long recordingId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await session.QueryFirst<RecordingRow>(ByIdSql(session.Dialect), Args(access, recordingId), cancel) is not { } row || (!row.IsCovered && !row.IsShared))
            return null;
        var calls = row.IsCovered && row.CallId is { } callId ? await CallList.OfIds(session, [callId], cancel) : null;
        return new()
        {
            Recording = row.Item(),
            Call = row.CallId is { } id ? calls?.GetValueOrDefault(id) : null,
            Share = row.IsShared ? await RecordingShares.To(session, access.AgentId, recordingId, time.GetUtcNow(), cancel) : null,
        };
    }

    /// <summary>The sound, if the caller may use it so; else what there is of it, if anything.</summary>
    public async Task<FoundSound> Find(Access access, long recordingId, ListeningUse use, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var sound = await session.QueryFirst<Sound>(SoundSql(session.Dialect, use), Args(access, recordingId), cancel);
        return sound is not null
            ? new(sound, true)
            : new(null, await session.QueryFirst<long?>(ExistsSql(session.Dialect), new { id = recordingId }, cancel) is not null);
    }

    /// <summary>What the player draws. Null when there is none, or the caller may not play it.</summary>
    public async Task<RecordingPeaks?> Peaks(Access access, long recordingId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<PeaksRow>(PeaksSql(session.Dialect), Args(access, recordingId), cancel))?.ToPeaks();
    }

    async Task<ILookup<long, RecordingItem>> OfCalls(DbSession session, Access access, IReadOnlyCollection<long> callIds, CancellationToken cancel) =>
        (await session.Query<RecordingRow>(OfCallsSql(session.Dialect), new
        {
            ids = JsonRows.Of(callIds),
            callerId = access.AgentId,
            callerRole = access.Role,
            now = time.GetUtcNow(),
        }, cancel)).ToLookup(row => row.CallId!.Value, row => row.Item());

    object Args(Access access, long id) => new { id, callerId = access.AgentId, callerRole = access.Role, now = time.GetUtcNow() };

    static RecordedCall Row(CallItem call, IReadOnlyList<RecordingItem> recordings) => new()
    {
        Call = call,
        Recordings = recordings,
        LacksAudio = call is { AnsweredAt: not null, EndedAt: not null, Direction: not "internal" } && recordings.All(recording => recording.State == "missing"),
    };

    const string ItemColumns = """
        r.id, r.call_id, r.state, r.why, r.is_voicemail, r.recorded_at, r.ready_at, r.missing_at, r.deleted_at, r.content_type, r.bytes, r.channels,
        r.duration_seconds, r.damage, lr.may_play AS role_plays, lr.may_download AS role_downloads, lr.may_share AS role_shares
        """;

    const string ItemTables = """
        recording r
        JOIN listening_right lr ON lr.role = @callerRole
        LEFT JOIN call c ON c.id = r.call_id
        """;

    static string Flags => $"""
        CASE WHEN {ListeningScope.Covers} THEN 1 ELSE 0 END AS covered,
        CASE WHEN {ListeningScope.IsShared} THEN 1 ELSE 0 END AS shared,
        CASE WHEN EXISTS (SELECT 1 FROM call_talk spoken WHERE spoken.call_id = r.call_id) THEN 1 ELSE 0 END AS talked
        """;

    /// <summary>Nothing of the call's sound is here, nor on its way. What a rule deleted was here.</summary>
    const string Lacks = """
        (c.answered_at IS NOT NULL AND c.ended_at IS NOT NULL AND c.direction <> 'internal'
            AND NOT EXISTS (SELECT 1 FROM recording r WHERE r.call_id = c.id AND r.state <> 'missing'))
        """;

    const string HasRecording = "EXISTS (SELECT 1 FROM recording r WHERE r.call_id = c.id AND (r.state <> 'missing' OR c.answered_at IS NOT NULL))";

    static Sql VisibleCallSql(Dialect _, bool own) => new($"""
        SELECT c.id
        FROM call c
        WHERE c.id = @callId
        {(own ? $"AND c.id IN ({CallParties.OfAgent("@callerId")})" : "")}
        """);

    static Sql PageSql(Dialect dialect, bool lacksAudio, bool direction, bool result, bool client, bool agent, bool did) => new($"""
        SELECT c.id
        FROM call c
        JOIN listening_right lr ON lr.role = @callerRole
        WHERE c.merged_source IS NULL AND c.started_at >= @from AND {Cursor.After("c.started_at", "c.id")}
            AND {ListeningScope.Covers}
            AND {(lacksAudio ? Lacks : HasRecording)}
        {(direction ? "AND c.direction = @direction" : "")}
        {(result ? "AND c.result = @result" : "")}
        {(client ? "AND c.client_id = @clientId" : "")}
        {(agent ? $"AND c.id IN ({CallParties.OfAgent("@agentId")})" : "")}
        {(did ? "AND c.did = @did" : "")}
        ORDER BY c.started_at DESC, c.id DESC
        {dialect.Take}
        """);

    static Sql CoverageSql(Dialect _) => new($"""
        SELECT COUNT(*) AS answered, COALESCE(SUM(seen.lacking), 0) AS without_audio, COALESCE(SUM(seen.coming), 0) AS expected
        FROM (
            SELECT CASE WHEN {Lacks} THEN 1 ELSE 0 END AS lacking,
                CASE WHEN EXISTS (SELECT 1 FROM recording r WHERE r.call_id = c.id AND r.state = 'expected') THEN 1 ELSE 0 END AS coming
            FROM call c
            JOIN listening_right lr ON lr.role = @callerRole
            WHERE c.merged_source IS NULL AND c.started_at >= @from AND c.started_at < @to AND c.answered_at IS NOT NULL AND c.ended_at IS NOT NULL
                AND c.direction <> 'internal' AND {ListeningScope.Covers}) AS seen
        """);

    static Sql OfCallsSql(Dialect dialect) => new($"""
        SELECT {ItemColumns}, {Flags}
        FROM {ItemTables}
        WHERE r.call_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY r.recorded_at, r.id
        """);

    static Sql ByIdSql(Dialect _) => new($"""
        SELECT {ItemColumns}, {Flags}
        FROM {ItemTables}
        WHERE r.id = @id
        """);

    static Sql SoundSql(Dialect dialect, ListeningUse use) => new($"""
        SELECT r.id, r.call_id, r.state, r.blob_key, r.sha256, r.bytes, r.content_type, r.duration_seconds, r.recorded_at
        FROM {ItemTables}
        WHERE r.id = @id AND (({ListeningScope.Allows(use, dialect.True)} AND {ListeningScope.Covers}){(use == ListeningUse.Play ? $" OR {ListeningScope.IsShared}" : "")})
        """);

    static Sql ExistsSql(Dialect _) => new("SELECT id FROM recording WHERE id = @id");

    static Sql PeaksSql(Dialect dialect) => new($"""
        SELECT p.peaks, leg.kind
        FROM {ItemTables}
        JOIN recording_peaks p ON p.recording_id = r.id
        LEFT JOIN call_leg leg ON leg.call_id = r.call_id AND leg.leg_id = r.leg_id
        WHERE r.id = @id AND (({ListeningScope.Allows(ListeningUse.Play, dialect.True)} AND {ListeningScope.Covers}) OR {ListeningScope.IsShared})
        """);
}

/// <param name="Sound">Null: the caller may not use it so, or there is no such recording.</param>
/// <param name="Exists">There is such a recording, for whomever.</param>
internal sealed record FoundSound(Sound? Sound, bool Exists);

/// <summary>A recording that the caller may use. There is sound of it only when it is ready.</summary>
internal sealed record Sound
{
    public long Id { get; init; }
    public long? CallId { get; init; }
    public string State { get; init; } = "";
    public string? BlobKey { get; init; }
    public string? Sha256 { get; init; }
    public long? Bytes { get; init; }
    public string? ContentType { get; init; }
    public double? DurationSeconds { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
}
