using System.Data.Common;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A version of a call to be saved.</summary>
/// <param name="Before">What was saved of this call last, where the caller remembers it: then only the difference is written.</param>
internal sealed record CallToSave(Call Call, SavedCall? Before = null);

/// <summary>
/// Keeps the newest version of each call. A batch is one transaction: all of it is there afterwards, or nothing. Saving a version
/// again changes nothing, and an older one never overwrites a newer one.
/// </summary>
internal sealed class CallStore(Database database, IdBlocks ids)
{
    const int AttemptsMax = 3;
    const int IdsForCall = 3;   // the call, and the client and the inquiry that it may open

    /// <summary>
    /// Returns what stands in the database now of each call in the batch, leaving out those of which a newer version was there already.
    /// </summary>
    public async Task<IReadOnlyList<SavedCall>> Save(IReadOnlyList<CallToSave> batch, CancellationToken cancel)
    {
        // The newest version of each call; in the order of the keys, so that two savers never wait for each other crosswise.
        var calls = batch.GroupBy(save => save.Call.Key).Select(versions => versions.MaxBy(save => save.Call.Revision)!)
            .OrderBy(save => save.Call.Key.Source, StringComparer.Ordinal).ThenBy(save => save.Call.Key.ExternalId, StringComparer.Ordinal).ToList();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SaveNewest(calls, cancel);
            }
            catch (DbException error) when (attempt < AttemptsMax && (Database.IsUniqueViolation(error) || Database.IsConflict(error)))
            {
                // Another node stored one of these calls for the first time between our look and our write; now it is seen. Or it
                // held what we wanted and wanted what we held.
            }
        }
    }

    /// <summary>The calls of a source that go on, as they were saved last: where its owner takes up the work.</summary>
    public async Task<IReadOnlyList<SavedCall>> Live(string source, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await LiveCalls.Of(session, source, cancel);
    }

    async Task<IReadOnlyList<SavedCall>> SaveNewest(IReadOnlyList<CallToSave> calls, CancellationToken cancel)
    {
        var spareId = await SpareIds(calls, cancel);
        await using var session = await database.Write(cancel);
        var (stored, matches) = await Look(session, calls, cancel);
        var changes = calls.Where(save => !(stored.GetValueOrDefault(save.Call.Key)?.Revision >= save.Call.Revision))
            .Select(save => ChangeOf(save, stored.GetValueOrDefault(save.Call.Key), spareId)).ToList();
        var intake = await ClientIntake.Find(session, changes.Where(change => change.IsTouch).Select(TouchOf).ToList(), matches, cancel);
        await session.ExecuteRows([.. Write(changes, intake), .. intake.Writes], cancel);
        await session.Commit(cancel);
        return
        [
            .. changes.Select(change => new SavedCall(change.CallId, change.Call, change.ClientId ?? intake.ClientOf(change.CallId))),
            // What was there already, at this very version: an earlier try saved it, and its answer was lost on the way.
            .. calls.Where(save => stored.GetValueOrDefault(save.Call.Key)?.Revision == save.Call.Revision)
                .Select(save => new SavedCall(stored[save.Call.Key].Id, save.Call, stored[save.Call.Key].ClientId)),
        ];
    }

    /// <summary>Ids for calls not stored yet and cards not made yet: a call that has both needs none.</summary>
    async Task<Func<CallKey, long>> SpareIds(IReadOnlyList<CallToSave> calls, CancellationToken cancel)
    {
        var needy = calls.Where(save => save.Before is null || NeedsClient(save)).ToList();
        var first = needy.Count == 0 ? 0 : await ids.Take(needy.Count * IdsForCall, cancel);
        var spare = needy.Select((save, i) => (save.Call.Key, Id: first + i * IdsForCall)).ToDictionary(pair => pair.Key, pair => pair.Id);
        return key => spare.GetValueOrDefault(key);
    }

    /// <summary>What is stored of these calls, and who has the numbers of those whose client is not known yet.</summary>
    static async Task<(IReadOnlyDictionary<CallKey, StoredCall> Stored, IReadOnlyList<NumberMatch> Matches)> Look(
        DbSession session, IReadOnlyList<CallToSave> calls, CancellationToken cancel)
    {
        var keys = new JsonRows();
        foreach (var save in calls)
            keys.Row().Add(save.Call.Key.Source).Add(save.Call.Key.ExternalId);
        var numbers = calls.Where(NeedsClient).Select(save => save.Call.Client?.E164).OfType<string>().Distinct().ToList();
        var stored = new RowsStatement(StoredSql, keys.Text());
        var (rows, matches) = numbers.Count > 0
            ? await session.QueryRows<StoredCall, NumberMatch>(stored, ClientIntake.Matches(numbers), cancel)
            : (await session.QueryRows<StoredCall>(stored, cancel), []);
        return (rows.ToDictionary(row => new CallKey(row.Source, row.ExternalId)), matches);
    }

    static bool NeedsClient(CallToSave save) => save.Call.Client is not null && save.Before?.ClientId is null;

    static CallChange ChangeOf(CallToSave save, StoredCall? row, Func<CallKey, long> spareId) => new()
    {
        Call = save.Call,
        CallId = row?.Id ?? save.Before?.CallId ?? spareId(save.Call.Key),
        IsNew = row is null,
        ClientId = row?.ClientId,
        Stored = save.Before is { } before && before.Call.Revision == row?.Revision ? before.Call : null,
        SpareId = spareId(save.Call.Key),
    };

    static Touch TouchOf(CallChange change) => new()
    {
        Id = change.CallId,
        Key = change.Call.Key.ToString(),
        Channel = InquiryStore.ByCall,
        E164 = change.Call.Client!.E164,
        IsInbound = change.Call.Direction == CallDirection.Inbound,
        Source = change.Call.Key.Source,
        Did = change.Call.Did,
        Queue = change.Call.Queue,
        At = change.Call.StartedAt,
        NewClientId = change.SpareId + 1,
        NewInquiryId = change.SpareId + 2,
    };

    static IEnumerable<RowsStatement> Write(IReadOnlyList<CallChange> changes, IntakeResult intake)
    {
        if (changes.Count == 0)
            return [];
        var rows = new JsonRows();
        foreach (var change in changes)
            WriteCall(rows.Row(), change, change.ClientId ?? intake.ClientOf(change.CallId));
        var lateInquiries = LateInquiries(changes);
        return
        [
            new(SaveSql, rows.Text()),
            .. CallFacts.Write(changes),
            .. CallParties.Write(changes),
            .. LiveCalls.Write(changes),
            .. lateInquiries.Count > 0 ? [InquiryStore.Complete(lateInquiries)] : Array.Empty<RowsStatement>(),
        ];
    }

    /// <summary>At first ring, the menu and the queue lie still ahead: what they turn out to be belongs to the inquiry as well.</summary>
    static JsonRows LateInquiries(IReadOnlyList<CallChange> changes)
    {
        var rows = new JsonRows();
        foreach (var (callId, call, stored) in changes.Where(change => !change.IsNew).Select(change => (change.CallId, change.Call, change.Stored)))
        {
            if (call.Direction == CallDirection.Inbound && (call.Did, call.Queue) != (stored?.Did, stored?.Queue))
                rows.Row().Add(callId).Add(call.Did).Add(call.Queue);
        }
        return rows;
    }

    static void WriteCall(JsonRows row, CallChange change, long? clientId)
    {
        var call = change.Call;
        row.Add(change.CallId).Add(call.Key.Source).Add(call.Key.ExternalId).Add(call.Revision).Add(CallWords.Of(call.Direction))
            .Add(call.StartedAt).Add(call.AnsweredAt).Add(call.EndedAt).Add(clientId)
            .Add(call.Client?.RawNumber).Add(call.Client?.Name).Add(call.Client?.E164).AddFlag(call.Client?.IsHidden)
            .Add(call.Did).Add(call.Dialled).Add(call.PlacedBy).Add(call.AnsweredBy).Add(call.AnsweredExternal).Add(call.LastAgent)
            .Add(CallWords.Of(call.Result)).Add(CallWords.Of(call.Reason)).Add(call.HangupBy).Add(CallWords.Of(call.Uncertain))
            .Add(call.MergedInto?.Source).Add(call.MergedInto?.ExternalId)
            .AddReal(call.RingSeconds).Add(call.Queue).AddReal(call.WaitSeconds).AddReal(call.TalkSeconds);
    }

    static Sql StoredSql(Dialect dialect) => new($"""
        SELECT c.id, c.source, c.external_id, c.revision, c.client_id
        FROM {dialect.Rows("@rows", "source key, external_id key", "asked")}
        JOIN call c {dialect.LockHint} ON c.source = asked.source AND c.external_id = asked.external_id
        ORDER BY c.source, c.external_id
        {dialect.ForUpdate}
        """);

    // The client is written once, with the call: later, a person decides.
    static Sql SaveSql(Dialect dialect) => new(dialect.UpsertRows("call", "@rows", """
        id bigint, source key, external_id key, revision int, direction key, started_at time, answered_at time, ended_at time, client_id bigint,
        party_number text, party_name text, party_e164 key, party_hidden flag, did key, dialled key, placed_by key, answered_by key, answered_external key,
        last_agent key, result key, reason key, hangup_by key, uncertain key, merged_source key, merged_external_id key,
        ring_seconds real, queue key, wait_seconds real, talk_seconds real
        """, "id"));

    sealed record StoredCall
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
        public string ExternalId { get; init; } = "";
        public int Revision { get; init; }
        public long? ClientId { get; init; }
    }
}
