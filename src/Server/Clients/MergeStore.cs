using System.Data.Common;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Two cards, the versions that somebody compared, and what of them stays.</summary>
internal sealed record MergePlan
{
    public required long FromId { get; init; }
    public required long IntoId { get; init; }
    public required int FromVersion { get; init; }
    public required int IntoVersion { get; init; }
    public required MergeChoice Choice { get; init; }
}

internal enum MergeResult { Merged, NotFound, ChangedByOther, OwnerOpen }

/// <summary>
/// Makes one card of two, in one transaction. The one that goes leads to the other from then on, keeps its own fields, and its journal says which
/// rows of which kind went along: <see cref="MergeUndo"/> brings back exactly these.
/// </summary>
internal sealed class MergeStore(Database database, IdBlocks ids, IEnumerable<IClientPart> parts, TimeProvider time)
{
    const int AttemptsMax = 3;

    public async Task<MergeResult> Merge(Caller caller, MergePlan plan, CancellationToken cancel)
    {
        var mergeId = await ids.Take(2, cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await MergeOnce(caller, plan, mergeId, cancel);
            }
            catch (DbException error) when (attempt < AttemptsMax && Database.IsConflict(error))
            {
                // A call of one of these clients was being saved at the same moment, and we stood in each other's way.
            }
        }
    }

    async Task<MergeResult> MergeOnce(Caller caller, MergePlan plan, long mergeId, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await HeldCards.Take(session, plan.FromId, plan.IntoId, cancel) is not var (goes, stays))
            return MergeResult.NotFound;
        if ((await HeldCards.Visible(session, caller.Access, [goes.Id, stays.Id], cancel)).Count < 2)
            return MergeResult.NotFound;
        if (goes.MergedInto is not null || stays.MergedInto is not null || goes.Version != plan.FromVersion || stays.Version != plan.IntoVersion)
            return MergeResult.ChangedByOther;
        var (from, before) = (await CardState.Of(session, goes.Id, cancel), await CardState.Of(session, stays.Id, cancel));
        if (MergeRule.IsOwnerOpen(before, from, plan.Choice))
            return MergeResult.OwnerOpen;
        var body = new MergeBody
        {
            From = from,
            Before = before,
            Merged = MergeRule.Merged(before, from, plan.Choice),
            Holders = await MergeUndo.Holders(session, from, goes.Id, stays.Id, cancel),
        };
        var now = time.GetUtcNow();
        await MergeJournal.Write(session, mergeId, goes.Id, stays.Id, stays.Version + 1, caller.Access.AgentId, now, body, cancel);
        await MoveParts(session, mergeId, goes.Id, stays.Id, cancel);
        await ClientMerge.Lead(session, goes.Id, stays.Id, cancel);
        await CardState.WriteNumbers(session, goes.Id, from.Numbers, [], cancel);
        await session.Execute(ClientWords.ForgetSql(session.Dialect), new { clientId = goes.Id }, cancel);
        await body.Merged.Write(session, stays.Id, before, cancel);
        await ClientNumbers.MarkShared(session, body.Merged.Numbers.Select(number => number.E164), cancel);
        var action = new AuditedAction(AuditWords.Merge, AuditWords.Client, stays.Id, $"from {goes.Id}");
        await AuditLog.Append(session, mergeId + 1, now, caller, action, AuditWords.Done, cancel);
        await session.Commit(cancel);
        return MergeResult.Merged;
    }

    async Task MoveParts(DbSession session, long mergeId, long fromId, long intoId, CancellationToken cancel)
    {
        foreach (var part in parts)
        {
            var rowIds = await part.Of(session, fromId, cancel);
            if (rowIds.Count == 0)
                continue;
            await part.Move(session, rowIds, fromId, intoId, cancel);
            await MergeJournal.WriteRows(session, mergeId, part.Kind, rowIds, cancel);
        }
    }
}
