using System.Security.Cryptography;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>
/// Looks whether the storage still has what was put into it: reads recordings again, those first that were not read for the longest time, and
/// compares their hashes; and looks for sound that no recording knows. It finds and tells, and deletes nothing.
/// </summary>
internal sealed partial class RecordingCheck(Database database, IBlobs blobs, TimeProvider time, ILogger<RecordingCheck> log)
{
    public const string Gone = "gone";
    public const string Changed = "changed";

    const int KeysAtOnce = 500;
    const int DamagedMax = 200;

    /// <summary>A recording is not read again before that.</summary>
    static readonly TimeSpan CheckedFor = TimeSpan.FromDays(7);

    /// <summary>Reads about so many bytes of recordings. Returns how many it found gone or changed, and how many it read.</summary>
    public async Task<(int Checked, int Damaged)> Run(long bytesMax, CancellationToken cancel)
    {
        var (read, damaged) = (0, 0);
        long bytes = 0;
        while (bytes < bytesMax && await Next(cancel) is { } recording)
        {
            var damage = await DamageOf(recording, cancel);
            await Note(recording, damage, cancel);
            bytes += recording.Bytes;
            read++;
            if (damage is null)
                continue;
            damaged++;
            LogDamage(recording.Id, damage);
        }
        return (read, damaged);
    }

    /// <summary>Reads one recording again now. Returns what is wrong with it, <see cref="Gone"/> or <see cref="Changed"/>; null: nothing.</summary>
    public async Task<string?> Recheck(long recordingId, CancellationToken cancel)
    {
        if (await One(recordingId, cancel) is not { } recording)
            return Gone;
        var damage = await DamageOf(recording, cancel);
        await Note(recording, damage, cancel);
        return damage;
    }

    /// <summary>How many blobs belong to no recording: what a killed upload left, or another installation's. The day's own are not counted.</summary>
    public async Task<int> CountStrays(CancellationToken cancel)
    {
        var today = BlobKeys.New(RecordingIntake.Prefix, time.GetUtcNow());
        var day = today[..today.LastIndexOf('/')];
        var strays = 0;
        List<string> keys = [];
        await foreach (var key in blobs.List(RecordingIntake.Prefix + "/", cancel))
        {
            if (!key.StartsWith(day, StringComparison.Ordinal))
                keys.Add(key);
            if (keys.Count < KeysAtOnce)
                continue;
            strays += await Unknown(keys, cancel);
            keys.Clear();
        }
        strays += await Unknown(keys, cancel);
        if (strays > 0)
            LogStrays(strays);
        return strays;
    }

    public async Task<StorageCheck> Report(Access access, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var ready = CallWords.Of(RecordingState.Ready);
        var sum = (await session.QueryFirst<Sum>(SumSql(session.Dialect), new { ready }, cancel))!;
        var damaged = await session.Query<RecordingRow>(
            DamagedSql(session.Dialect), new { ready, callerId = access.AgentId, callerRole = access.Role, take = DamagedMax }, cancel);
        return new()
        {
            Kind = blobs.Kind,
            Recordings = sum.Recordings,
            Bytes = sum.Bytes,
            NeverChecked = sum.NeverChecked,
            OldestCheck = sum.OldestCheck,
            Damaged = [.. damaged.Select(row => row.Item())],
        };
    }

    async Task<string?> DamageOf(StoredSound recording, CancellationToken cancel)
    {
        try
        {
            await using var stream = await blobs.Open(recording.BlobKey, cancel);
            if (stream is null)
                return Gone;
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel)) == recording.Sha256 ? null : Changed;
        }
        catch (InvalidDataException)
        {
            return Changed;
        }
    }

    async Task<StoredSound?> One(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<StoredSound>(OneSql(session.Dialect), new { id, ready = CallWords.Of(RecordingState.Ready) }, cancel);
    }

    async Task<StoredSound?> Next(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<StoredSound>(
            NextSql(session.Dialect), new { ready = CallWords.Of(RecordingState.Ready), before = time.GetUtcNow() - CheckedFor, take = 1 }, cancel);
    }

    async Task Note(StoredSound recording, string? damage, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(NoteSql(session.Dialect), new { id = recording.Id, blobKey = recording.BlobKey, checkedAt = time.GetUtcNow(), damage }, cancel);
        await session.Commit(cancel);
    }

    async Task<int> Unknown(IReadOnlyCollection<string> keys, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<int>(UnknownSql(session.Dialect), new { ids = JsonRows.Of(keys) }, cancel);
    }

    static Sql OneSql(Dialect _) => new("SELECT id, blob_key, sha256, bytes FROM recording WHERE id = @id AND state = @ready");

    static Sql NextSql(Dialect dialect) => new($"""
        SELECT id, blob_key, sha256, bytes
        FROM recording
        WHERE state = @ready AND checked_at < @before
        ORDER BY checked_at, id
        {dialect.Take}
        """);

    // Only if it is still the same sound: it may have come anew meanwhile, or gone by a rule.
    static Sql NoteSql(Dialect _) => new("UPDATE recording SET checked_at = @checkedAt, damage = @damage WHERE id = @id AND blob_key = @blobKey");

    static Sql UnknownSql(Dialect dialect) => new($"""
        SELECT COUNT(*)
        FROM {dialect.Rows("@ids", "blob_key key", "listed")}
        WHERE NOT EXISTS (SELECT 1 FROM recording WHERE recording.blob_key = listed.blob_key)
        """);

    static Sql SumSql(Dialect _) => new("""
        SELECT COUNT(*) AS recordings, COALESCE(SUM(bytes), 0) AS bytes,
            COALESCE(SUM(CASE WHEN checked_at = ready_at THEN 1 ELSE 0 END), 0) AS never_checked, MIN(checked_at) AS oldest_check
        FROM recording
        WHERE state = @ready
        """);

    static Sql DamagedSql(Dialect dialect) => new($"""
        SELECT r.id, r.call_id, r.state, r.why, r.is_voicemail, r.recorded_at, r.ready_at, r.missing_at, r.deleted_at, r.content_type, r.bytes, r.channels,
            r.duration_seconds, r.damage, lr.may_play AS role_plays, lr.may_download AS role_downloads, lr.may_share AS role_shares,
            CASE WHEN {ListeningScope.Covers} THEN 1 ELSE 0 END AS covered, 0 AS shared, 1 AS talked
        FROM recording r
        JOIN listening_right lr ON lr.role = @callerRole
        LEFT JOIN call c ON c.id = r.call_id
        WHERE r.state = @ready AND r.damage IS NOT NULL
        ORDER BY r.recorded_at DESC, r.id DESC
        {dialect.Take}
        """);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sound of recording {Id} is {Damage}")]
    private partial void LogDamage(long id, string damage);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} blobs in the storage belong to no recording")]
    private partial void LogStrays(int count);

    sealed record StoredSound
    {
        public long Id { get; init; }
        public string BlobKey { get; init; } = "";
        public string Sha256 { get; init; } = "";
        public long Bytes { get; init; }
    }

    sealed record Sum
    {
        public long Recordings { get; init; }
        public long Bytes { get; init; }
        public long NeverChecked { get; init; }
        public DateTimeOffset? OldestCheck { get; init; }
    }
}
