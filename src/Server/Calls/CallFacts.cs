using System.Collections.Immutable;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// The facts of calls: a table for each list of <see cref="Call"/>, a row for each entry, known by the call and its place in the
/// list. Only entries that changed since the stored version are written.
/// </summary>
internal static class CallFacts
{
    public const string Legs = "call_id bigint, seq int, leg_id key, kind key, endpoint key, started_at time, ringing_at time, up_at time, ended_at time, cause int, tech_cause key, origin key, dialled_by key, number key, result key";
    public const string Offers = "call_id bigint, seq int, extension key, leg_id key, queue key, offered_at time, ring_started_at time, ended_at time, result key, transferred_by key";
    public const string Talks = "call_id bigint, seq int, extension key, external_number key, kind key, started_at time, ended_at time, leg_id key";
    public const string Holds = "call_id bigint, seq int, held_by key, started_at time, ended_at time, leg_id key";
    public const string Transfers = "call_id bigint, seq int, kind key, given_by key, given_to key, happened_at time, is_answered flag";
    public const string QueueVisits = "call_id bigint, seq int, queue key, entered_at time, left_at time, left_how key, first_agent key";
    public const string Recordings = "call_id bigint, seq int, leg_id key, file_name text, started_at time";
    const string Key = "call_id, seq";

    /// <summary>The statements that bring the facts of these calls up to date.</summary>
    public static IEnumerable<RowsStatement> Write(IReadOnlyList<CallChange> changes)
    {
        List<(Func<Dialect, Sql> Sql, JsonRows Rows)> writes =
        [
            (ForgetLegsSql, Dropped(changes, call => call.Legs)),
            (LegsSql, Changed(changes, call => call.Legs, WriteLeg)),
            (ForgetOffersSql, Dropped(changes, call => call.Offers)),
            (OffersSql, Changed(changes, call => call.Offers, WriteOffer)),
            (ForgetTalksSql, Dropped(changes, call => call.Talks)),
            (TalksSql, Changed(changes, call => call.Talks, WriteTalk)),
            (ForgetHoldsSql, Dropped(changes, call => call.Holds)),
            (HoldsSql, Changed(changes, call => call.Holds, WriteHold)),
            (ForgetTransfersSql, Dropped(changes, call => call.Transfers)),
            (TransfersSql, Changed(changes, call => call.Transfers, WriteTransfer)),
            (ForgetQueueVisitsSql, Dropped(changes, call => call.QueueVisits)),
            (QueueVisitsSql, Changed(changes, call => call.QueueVisits, WriteQueueVisit)),
            (ForgetRecordingsSql, Dropped(changes, call => call.Recordings)),
            (RecordingsSql, Changed(changes, call => call.Recordings, WriteRecording)),
        ];
        return writes.Where(write => write.Rows.Count > 0).Select(write => new RowsStatement(write.Sql, write.Rows.Text()));
    }

    static JsonRows Changed<T>(IReadOnlyList<CallChange> changes, Func<Call, ImmutableArray<T>> list, Action<JsonRows, T> write) where T : notnull
    {
        var rows = new JsonRows();
        foreach (var change in changes)
        {
            var now = list(change.Call);
            var before = change.Stored is { } stored ? list(stored) : [];
            for (var i = 0; i < now.Length; i++)
            {
                if (i >= before.Length || !now[i].Equals(before[i]))
                    write(rows.Row().Add(change.CallId).Add(i), now[i]);
            }
        }
        return rows;
    }

    /// <summary>Where the stored list is longer than the new one, or nobody knows how long it is: from which place on its rows go.</summary>
    static JsonRows Dropped<T>(IReadOnlyList<CallChange> changes, Func<Call, ImmutableArray<T>> list)
    {
        var rows = new JsonRows();
        foreach (var change in changes)
        {
            var length = list(change.Call).Length;
            if (change.Stored is { } stored ? list(stored).Length > length : !change.IsNew)
                rows.Row().Add(change.CallId).Add(length);
        }
        return rows;
    }

    static void WriteLeg(JsonRows row, Leg leg) => row
        .Add(leg.Id).Add(CallWords.Of(leg.Kind)).Add(leg.Endpoint).Add(leg.StartedAt).Add(leg.RingingAt).Add(leg.UpAt).Add(leg.EndedAt)
        .Add(leg.Cause).Add(leg.TechCause).Add(CallWords.Of(leg.Origin)).Add(leg.DialledBy).Add(leg.Number).Add(CallWords.Of(leg.Result));

    static void WriteOffer(JsonRows row, Offer offer) => row
        .Add(offer.Extension).Add(offer.LegId).Add(offer.Queue).Add(offer.OfferedAt).Add(offer.RingStartedAt).Add(offer.EndedAt)
        .Add(CallWords.Of(offer.Result)).Add(offer.TransferredBy);

    static void WriteTalk(JsonRows row, TalkSegment talk) => row
        .Add(talk.Extension).Add(talk.ExternalNumber).Add(CallWords.Of(talk.Kind)).Add(talk.StartedAt).Add(talk.EndedAt).Add(talk.LegId);

    static void WriteHold(JsonRows row, Hold hold) => row.Add(hold.By).Add(hold.StartedAt).Add(hold.EndedAt).Add(hold.LegId);

    static void WriteTransfer(JsonRows row, Transfer transfer) => row
        .Add(CallWords.Of(transfer.Type)).Add(transfer.By).Add(transfer.To).Add(transfer.At).AddFlag(transfer.Answered);

    static void WriteQueueVisit(JsonRows row, QueueVisit visit) => row
        .Add(visit.Queue).Add(visit.EnteredAt).Add(visit.LeftAt).Add(CallWords.Of(visit.Exit)).Add(visit.FirstAgent);

    static void WriteRecording(JsonRows row, CallRecording recording) => row.Add(recording.LegId).Add(recording.File).Add(recording.StartedAt);

    static Sql LegsSql(Dialect dialect) => new(dialect.UpsertRows("call_leg", "@rows", Legs, Key));

    static Sql OffersSql(Dialect dialect) => new(dialect.UpsertRows("call_offer", "@rows", Offers, Key));

    static Sql TalksSql(Dialect dialect) => new(dialect.UpsertRows("call_talk", "@rows", Talks, Key));

    static Sql HoldsSql(Dialect dialect) => new(dialect.UpsertRows("call_hold", "@rows", Holds, Key));

    static Sql TransfersSql(Dialect dialect) => new(dialect.UpsertRows("call_transfer", "@rows", Transfers, Key));

    static Sql QueueVisitsSql(Dialect dialect) => new(dialect.UpsertRows("call_queue_visit", "@rows", QueueVisits, Key));

    static Sql RecordingsSql(Dialect dialect) => new(dialect.UpsertRows("call_recording", "@rows", Recordings, Key));

    static Sql ForgetLegsSql(Dialect dialect) => new(Forget(dialect, "call_leg"));

    static Sql ForgetOffersSql(Dialect dialect) => new(Forget(dialect, "call_offer"));

    static Sql ForgetTalksSql(Dialect dialect) => new(Forget(dialect, "call_talk"));

    static Sql ForgetHoldsSql(Dialect dialect) => new(Forget(dialect, "call_hold"));

    static Sql ForgetTransfersSql(Dialect dialect) => new(Forget(dialect, "call_transfer"));

    static Sql ForgetQueueVisitsSql(Dialect dialect) => new(Forget(dialect, "call_queue_visit"));

    static Sql ForgetRecordingsSql(Dialect dialect) => new(Forget(dialect, "call_recording"));

    // The IN leads to the rows of these calls; without it, engines look at the whole table.
    static string Forget(Dialect dialect, string table)
    {
        const string Columns = "id bigint, length int";
        return $"""
            DELETE FROM {table}
            WHERE {table}.call_id IN (SELECT cut.id FROM {dialect.Rows("@rows", Columns, "cut")})
            AND {table}.seq >= (SELECT kept.length FROM {dialect.Rows("@rows", Columns, "kept")} WHERE kept.id = {table}.call_id)
            """;
    }
}
