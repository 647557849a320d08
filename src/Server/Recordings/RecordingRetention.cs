using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Deletes recordings that are older than the policy keeps them, tells beforehand what that would be, and keeps the journal of it.</summary>
internal sealed partial class RecordingRetention(
    Database database, IdBlocks ids, IBlobs blobs, RecordingRules rules, TimeProvider time, ILogger<RecordingRetention> log)
{
    const int BatchMax = 100;

    public async Task<RetentionPreview> Preview(int keepDays, CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-keepDays);
        await using var session = await database.Read(cancel);
        var doomed = (await session.QueryFirst<Doomed>(PreviewSql(session.Dialect), new { ready = CallWords.Of(RecordingState.Ready), before }, cancel))!;
        return new() { KeepDays = keepDays, Before = before, Recordings = doomed.Recordings, Bytes = doomed.Bytes, Oldest = doomed.Oldest };
    }

    /// <summary>The journal, the newest first.</summary>
    public async Task<Page<RecordingDeletion>> Deletions(Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var deletions = await session.Query<DeletionRow>(DeletionsSql(session.Dialect), new { beforeAt = cursor.At, beforeId = cursor.Id, take = take + 1 }, cancel);
        return Pages.Of([.. deletions.Select(row => row.Deletion())], take, deletion => new(deletion.DeletedAt, deletion.Id));
    }

    /// <summary>Applies the policy. Returns how many recordings it deleted.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        if ((await rules.Policy(cancel)).KeepDays is not { } days)
            return 0;
        var before = time.GetUtcNow().AddDays(-days);
        var rule = string.Create(CultureInfo.InvariantCulture, $"age {days}");
        var deleted = 0;
        while (await Next(before, cancel) is { Count: > 0 } batch)
        {
            foreach (var recording in batch)
            {
                await Delete(recording, rule, cancel);
                deleted++;
            }
        }
        if (deleted > 0)
            LogDeleted(deleted, rule);
        return deleted;
    }

    async Task<IReadOnlyList<OldRecording>> Next(DateTimeOffset before, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<OldRecording>(NextSql(session.Dialect), new { ready = CallWords.Of(RecordingState.Ready), before, take = BatchMax }, cancel);
    }

    /// <summary>First the sound, then the word that it is gone: whoever is killed in between finds the recording again, and nothing under its key.</summary>
    async Task Delete(OldRecording recording, string rule, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await blobs.Delete(recording.BlobKey, cancel);
        var now = time.GetUtcNow();
        await using var session = await database.Write(cancel);
        var marked = await session.Execute(MarkSql(session.Dialect), new
        {
            id = recording.Id,
            ready = CallWords.Of(RecordingState.Ready),
            deleted = CallWords.Of(RecordingState.Deleted),
            why = RecordingWhy.Age,
            deletedAt = now,
        }, cancel);
        // Another node was quicker.
        if (marked == 0)
            return;
        await session.Execute(ForgetPeaksSql(session.Dialect), new { id = recording.Id }, cancel);
        await session.Execute(JournalSql(session.Dialect), new
        {
            id,
            recordingId = recording.Id,
            ruleText = rule,
            recordedAt = recording.RecordedAt,
            deletedAt = now,
            bytes = recording.Bytes,
            sha256 = recording.Sha256,
        }, cancel);
        await session.Commit(cancel);
    }

    static Sql PreviewSql(Dialect _) => new("""
        SELECT COUNT(*) AS recordings, COALESCE(SUM(bytes), 0) AS bytes, MIN(recorded_at) AS oldest
        FROM recording
        WHERE state = @ready AND recorded_at < @before
        """);

    static Sql NextSql(Dialect dialect) => new($"""
        SELECT id, blob_key, recorded_at, bytes, sha256
        FROM recording
        WHERE state = @ready AND recorded_at < @before
        ORDER BY recorded_at, id
        {dialect.Take}
        """);

    static Sql MarkSql(Dialect _) => new("""
        UPDATE recording
        SET state = @deleted, why = @why, deleted_at = @deletedAt, blob_key = NULL, damage = NULL
        WHERE id = @id AND state = @ready
        """);

    static Sql ForgetPeaksSql(Dialect _) => new("DELETE FROM recording_peaks WHERE recording_id = @id");

    static Sql JournalSql(Dialect _) => new("""
        INSERT INTO recording_deletion (id, recording_id, rule_text, recorded_at, deleted_at, bytes, sha256)
        VALUES (@id, @recordingId, @ruleText, @recordedAt, @deletedAt, @bytes, @sha256)
        """);

    static Sql DeletionsSql(Dialect dialect) => new($"""
        SELECT d.id, d.recording_id, r.call_id, d.rule_text, d.recorded_at, d.deleted_at, d.bytes, d.sha256
        FROM recording_deletion d
        JOIN recording r ON r.id = d.recording_id
        WHERE {Cursor.After("d.deleted_at", "d.id")}
        ORDER BY d.deleted_at DESC, d.id DESC
        {dialect.Take}
        """);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} recordings were deleted by the rule {Rule}")]
    private partial void LogDeleted(int count, string rule);

    sealed record OldRecording
    {
        public long Id { get; init; }
        public string BlobKey { get; init; } = "";
        public DateTimeOffset RecordedAt { get; init; }
        public long Bytes { get; init; }
        public string Sha256 { get; init; } = "";
    }

    sealed record DeletionRow
    {
        public long Id { get; init; }
        public long RecordingId { get; init; }
        public long? CallId { get; init; }
        public string RuleText { get; init; } = "";
        public DateTimeOffset RecordedAt { get; init; }
        public DateTimeOffset DeletedAt { get; init; }
        public long Bytes { get; init; }
        public string Sha256 { get; init; } = "";

        public RecordingDeletion Deletion() => new()
        {
            Id = Id,
            RecordingId = RecordingId,
            CallId = CallId,
            Rule = RuleText,
            RecordedAt = RecordedAt,
            DeletedAt = DeletedAt,
            Bytes = Bytes,
            Sha256 = Sha256,
        };
    }

    sealed record Doomed
    {
        public long Recordings { get; init; }
        public long Bytes { get; init; }
        public DateTimeOffset? Oldest { get; init; }
    }
}
