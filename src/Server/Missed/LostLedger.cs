using System.Data.Common;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calendars;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Missed;

/// <summary>
/// Keeps the ledger true to the calls: enters who was lost, with a task to call back; counts attempts; settles who was reached; takes back
/// what turns out answered. It looks at the calls as they are stored, so it may be told of them late, twice or in any order; a batch is one
/// transaction.
/// </summary>
internal sealed class LostLedger(Database database, IdBlocks ids, MissedSettings settings, LostNews news, TaskNews taskNews, TimeProvider time)
{
    const int AttemptsMax = 3;

    /// <summary>Calls in one transaction.</summary>
    const int BatchMax = 200;

    /// <summary>These calls were saved: whatever the ledger has to do with them is brought up to date.</summary>
    public async Task Take(IReadOnlyCollection<long> callIds, CancellationToken cancel)
    {
        IReadOnlyList<long> concerned;
        await using (var session = await database.Read(cancel))
            concerned = await LostStore.Concerned(session, callIds, settings.ShortSeconds, cancel);
        await Settle(concerned, cancel);
    }

    /// <summary>Finds what nobody was told of since a time, and settles all who wait.</summary>
    public async Task CatchUp(DateTimeOffset since, CancellationToken cancel)
    {
        IReadOnlyList<long> unsettled;
        await using (var session = await database.Read(cancel))
            unsettled = await LostStore.Unsettled(session, since, settings.ShortSeconds, cancel);
        foreach (var batch in unsettled.Chunk(BatchMax))
            await Take(batch, cancel);
    }

    /// <summary>Marks what is late, for the supervisors.</summary>
    public async Task Escalate(CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var escalated = await LostStore.Escalate(session, time.GetUtcNow(), cancel);
        await session.Commit(cancel);
        if (escalated > 0)
            news.Tell();
    }

    async Task Settle(IReadOnlyList<long> callIds, CancellationToken cancel)
    {
        if (callIds.Count == 0)
            return;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SettleOnce(callIds, cancel);
                return;
            }
            catch (DbException error) when (attempt < AttemptsMax && (Database.IsUniqueViolation(error) || Database.IsConflict(error)))
            {
                // Another node wrote one of these at the same moment; now it is seen.
            }
        }
    }

    async Task SettleOnce(IReadOnlyList<long> callIds, CancellationToken cancel)
    {
        // Each new entry belongs to one of these calls: what else is found has its task already.
        var firstTaskId = await ids.Take(callIds.Count * Callbacks.IdsForTask, cancel);
        await using var session = await database.Write(cancel);
        var rows = await LostStore.Hold(session, callIds, settings.ShortSeconds, cancel);
        var entries = await Settled(session, rows.Where(row => row.IsLost).ToList(), cancel);
        var withdrawn = rows.Where(row => !row.IsLost && row.EntryId is not null).ToList();
        var changed = entries.Where(pair => pair.Entry != pair.Row.Entry).ToList();
        if (changed.Count == 0 && withdrawn.Count == 0)
            return;
        var tasks = await Callbacks.Give(session, entries, firstTaskId, time.GetUtcNow(), cancel);
        await LostStore.Put(session, [.. changed.Select(pair => pair.Entry with { TaskId = tasks.ByCall.GetValueOrDefault(pair.Row.CallId, pair.Entry.TaskId) })], cancel);
        await LostStore.Withdraw(session, [.. withdrawn.Select(row => row.CallId)], cancel);
        await Callbacks.End(session, Ends(changed, withdrawn), time.GetUtcNow(), cancel);
        await session.Commit(cancel);
        news.Tell();
        TellTasks(tasks.Owners.Concat(changed.Select(pair => pair.Row).Concat(withdrawn).Where(row => row.TaskId is not null).Select(row => row.TaskOwnerId)));
    }

    void TellTasks(IEnumerable<long?> ownerIds)
    {
        var owners = ownerIds.ToList();
        if (owners.Count > 0)
            taskNews.Tell(owners);
    }

    async Task<IReadOnlyList<SettledRow>> Settled(DbSession session, IReadOnlyList<LostRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return [];
        var hours = await CalendarStore.Hours(session, cancel);
        var later = await LostStore.Later(session, rows.Select(row => row.CallId), cancel);
        var claimsSince = time.GetUtcNow() - settings.Claim;
        return [.. rows.Select(row =>
        {
            var promise = hours.Of(row.Did, row.Queue);
            return new SettledRow(row, LostRules.Settle(row.Renewed(promise), [.. later[row.CallId]], claimsSince), promise);
        })];
    }

    /// <summary>Entries that have just come to an end end their task, unless somebody else waits in it.</summary>
    static IEnumerable<CallbackEnd> Ends(IEnumerable<SettledRow> changed, IEnumerable<LostRow> withdrawn) => changed
        .Where(pair => !pair.Entry.IsWaiting && pair.Row.Entry is { IsWaiting: true })
        .Select(pair => new CallbackEnd(pair.Row, AgentTaskState.Done, pair.Entry.ReachedCallId))
        .Concat(withdrawn.Select(row => new CallbackEnd(row, AgentTaskState.Cancelled, null)));
}

/// <summary>A lost call with its entry as it is to be, and what its client may expect.</summary>
internal sealed record SettledRow(LostRow Row, LostCall Entry, ServicePromise Promise);
