using System.Text.Json;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>Sound that lies in the storage already, and what it told of itself.</summary>
internal sealed record KeptSound(string BlobKey, string Sha256, long Bytes, SoundFacts Facts);

/// <summary>A recording that a call speaks of.</summary>
internal sealed record ExpectedRecording(string Source, string LegId, string ExternalId, string CallExternalId, long CallId, DateTimeOffset RecordedAt);

/// <summary>
/// What is known of each recording: that it is to come, that it is here, to which call it belongs. Known by source, leg and the source's own
/// name for it together.
/// </summary>
internal sealed class RecordingStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>What a source may call a recording, in characters.</summary>
    public const int ExternalIdMax = 400;

    /// <summary>
    /// Decides what becomes of sound that has come. <c>Replaced</c>: sound of this recording that is not needed any more.
    /// </summary>
    public async Task<(IntakeResult Result, long Id, string? Replaced)> Keep(ArrivingRecording arriving, KeptSound sound, CancellationToken cancel)
    {
        var newId = await ids.Next(cancel);
        var now = time.GetUtcNow();
        await using var session = await database.Write(cancel);
        var names = new { source = arriving.Source, legId = arriving.LegId, externalId = arriving.ExternalId };
        await session.Execute(FirstSql(session.Dialect), new
        {
            id = newId,
            names.source,
            names.legId,
            names.externalId,
            callExternalId = arriving.CallExternalId,
            state = CallWords.Of(RecordingState.Expected),
            isVoicemail = arriving.IsVoicemail,
            recordedAt = arriving.RecordedAt ?? now,
        }, cancel);
        var stored = (await session.QueryFirst<StoredRecording>(StoredSql(session.Dialect), names, cancel))!;
        await session.Execute(BindSql(session.Dialect), new { id = stored.Id }, cancel);
        var (result, replaced) = Verdict(stored, sound);
        if (result == IntakeResult.Stored)
            await MakeReady(session, stored.Id, arriving, sound, now, cancel);
        else if (result == IntakeResult.Empty)
            await session.Execute(EmptySql(session.Dialect), new { id = stored.Id, state = CallWords.Of(RecordingState.Missing), why = RecordingWhy.Empty, missingAt = now }, cancel);
        await session.Commit(cancel);
        return (result, stored.Id, replaced);
    }

    /// <summary>Calls say that they are recorded. Saying it again changes nothing; a call that was merged into another takes its recordings along.</summary>
    public async Task Expect(IReadOnlyList<ExpectedRecording> expected, CancellationToken cancel)
    {
        var firstId = await ids.Take(expected.Count, cancel);
        var rows = new JsonRows();
        foreach (var recording in expected)
        {
            rows.Row().Add(firstId++).Add(recording.Source).Add(recording.LegId).Add(recording.ExternalId).Add(recording.CallExternalId)
                .Add(recording.CallId).Add(CallWords.Of(RecordingState.Expected)).AddFlag(false).Add(recording.RecordedAt);
        }
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([new(ExpectSql, rows.Text()), new(RebindSql, rows.Text())], cancel);
        await session.Commit(cancel);
    }

    /// <summary>Binds what came before its call. Returns how many were bound.</summary>
    public async Task<int> BindWaiting(CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var bound = await session.Execute(BindWaitingSql(session.Dialect), null, cancel);
        await session.Commit(cancel);
        return bound;
    }

    /// <summary>Recordings of calls that ended before this are missing if they have not come. Returns how many.</summary>
    public async Task<int> MarkMissing(DateTimeOffset endedBefore, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var missing = await session.Execute(MissingSql(session.Dialect), new
        {
            expected = CallWords.Of(RecordingState.Expected),
            missing = CallWords.Of(RecordingState.Missing),
            why = RecordingWhy.NoFile,
            missingAt = time.GetUtcNow(),
            endedBefore,
        }, cancel);
        await session.Commit(cancel);
        return missing;
    }

    static (IntakeResult Result, string? Replaced) Verdict(StoredRecording stored, KeptSound sound) => CallWords.Parse<RecordingState>(stored.State) switch
    {
        RecordingState.Expected or RecordingState.Missing => (sound.Facts.IsEmpty ? IntakeResult.Empty : IntakeResult.Stored, null),
        RecordingState.Ready => stored.Sha256 != sound.Sha256 ? (IntakeResult.Other, null)
            : stored.Damage is not null ? (IntakeResult.Stored, stored.BlobKey)
            : (IntakeResult.Known, null),
        RecordingState.Deleted => (IntakeResult.Deleted, null),
    };

    static async Task MakeReady(DbSession session, long id, ArrivingRecording arriving, KeptSound sound, DateTimeOffset now, CancellationToken cancel)
    {
        var facts = sound.Facts;
        await session.Execute(ReadySql(session.Dialect), new
        {
            id,
            state = CallWords.Of(RecordingState.Ready),
            readyAt = now,
            isVoicemail = arriving.IsVoicemail,
            blobKey = sound.BlobKey,
            sha256 = sound.Sha256,
            bytes = sound.Bytes,
            contentType = facts.ContentType,
            channels = facts.Channels,
            durationSeconds = facts.DurationSeconds,
        }, cancel);
        var peaks = JsonSerializer.Serialize(new StoredPeaks(facts.StepSeconds, facts.Peaks));
        await session.Execute(PeaksSql(session.Dialect), new { recordingId = id, peaks }, cancel);
    }

    static Sql FirstSql(Dialect dialect) => new(dialect.InsertIfAbsent(
        "recording", "id, source, leg_id, external_id, call_external_id, state, is_voicemail, recorded_at", "source, leg_id, external_id"));

    static Sql StoredSql(Dialect dialect) => new($"""
        SELECT id, state, sha256, damage, blob_key
        FROM recording {dialect.LockHint}
        WHERE source = @source AND leg_id = @legId AND external_id = @externalId
        {dialect.ForUpdate}
        """);

    /// <summary>
    /// The call of which the recorded leg is a part: the sender names it, or it bears the leg's own name. One that was merged into another
    /// stands for that one.
    /// </summary>
    const string CallOfLeg = """
        SELECT COALESCE(whole.id, part.id)
        FROM call part
        JOIN call_leg leg ON leg.call_id = part.id AND leg.leg_id = recording.leg_id
        LEFT JOIN call whole ON whole.source = part.merged_source AND whole.external_id = part.merged_external_id
        WHERE part.source = recording.source AND part.external_id = COALESCE(recording.call_external_id, recording.leg_id)
        """;

    static Sql BindSql(Dialect _) => new($"UPDATE recording SET call_id = ({CallOfLeg}) WHERE id = @id AND call_id IS NULL");

    static Sql BindWaitingSql(Dialect _) => new($"UPDATE recording SET call_id = ({CallOfLeg}) WHERE call_id IS NULL AND EXISTS ({CallOfLeg})");

    static Sql ReadySql(Dialect _) => new("""
        UPDATE recording
        SET state = @state, why = NULL, ready_at = @readyAt, missing_at = NULL, is_voicemail = @isVoicemail, blob_key = @blobKey, sha256 = @sha256,
            bytes = @bytes, content_type = @contentType, channels = @channels, duration_seconds = @durationSeconds, checked_at = @readyAt, damage = NULL
        WHERE id = @id
        """);

    static Sql PeaksSql(Dialect dialect) => new(dialect.Upsert("recording_peaks", "recording_id, peaks", "recording_id"));

    static Sql EmptySql(Dialect _) => new("UPDATE recording SET state = @state, why = @why, missing_at = @missingAt WHERE id = @id");

    const string ExpectedColumns = """
        id bigint, source key, leg_id key, external_id text, call_external_id key, call_id bigint, state key, is_voicemail flag, recorded_at time
        """;

    static Sql ExpectSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("recording", "@rows", ExpectedColumns, "source, leg_id, external_id"));

    static Sql RebindSql(Dialect dialect) => new($"""
        UPDATE recording
        SET call_id = told.call_id, call_external_id = told.call_external_id
        FROM {dialect.Rows("@rows", ExpectedColumns, "told")}
        WHERE recording.source = told.source AND recording.leg_id = told.leg_id AND recording.external_id = told.external_id
            AND (recording.call_id IS NULL OR recording.call_id <> told.call_id)
        """);

    static Sql MissingSql(Dialect _) => new("""
        UPDATE recording
        SET state = @missing, why = @why, missing_at = @missingAt
        WHERE state = @expected AND EXISTS (SELECT 1 FROM call WHERE call.id = recording.call_id AND call.ended_at < @endedBefore)
        """);

    sealed record StoredRecording
    {
        public long Id { get; init; }
        public string State { get; init; } = "";
        public string? Sha256 { get; init; }
        public string? Damage { get; init; }
        public string? BlobKey { get; init; }
    }
}

/// <summary>Peaks as they are stored: read with one recording at a time.</summary>
internal sealed record StoredPeaks(double StepSeconds, IReadOnlyList<byte[]> Channels);
