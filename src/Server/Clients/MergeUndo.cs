using System.Data.Common;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>What became of the wish to have two cards again.</summary>
internal abstract record UndoResult
{
    /// <summary>The card that stands on its own again; the same when somebody has done it before.</summary>
    public sealed record Undone(long ClientId) : UndoResult;

    public sealed record NotFound : UndoResult;

    /// <summary>It is longer ago than <see cref="MergeJournal.UndoTime"/>.</summary>
    public sealed record TooLate : UndoResult;

    /// <summary>The card that stayed went into another one, or another one went into it: that comes first.</summary>
    public sealed record LaterMerge : UndoResult;

    /// <summary>Other clients have a number now that would have to go back: these, as far as the caller may see them.</summary>
    public sealed record NumberElsewhere(IReadOnlyList<ClientItem> By) : UndoResult;
}

/// <summary>
/// Takes a merge back, in one transaction. The rows that came with it go back, as far as they still are with the card that stayed; so do its
/// numbers, and the fields that nobody has changed since. What came later stays where it is.
/// </summary>
internal sealed class MergeUndo(Database database, IdBlocks ids, IEnumerable<IClientPart> parts, TimeProvider time)
{
    const int AttemptsMax = 3;

    public async Task<UndoResult> Undo(Caller caller, long mergeId, CancellationToken cancel)
    {
        var auditId = await ids.Next(cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await UndoOnce(caller, mergeId, auditId, cancel);
            }
            catch (DbException error) when (attempt < AttemptsMax && Database.IsConflict(error))
            {
                // As in MergeStore.
            }
        }
    }

    async Task<UndoResult> UndoOnce(Caller caller, long mergeId, long auditId, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await MergeJournal.Of(session, mergeId, cancel) is not { } seen
            || await HeldCards.Take(session, seen.FromId, seen.IntoId, cancel) is not var (from, into))
            return new UndoResult.NotFound();
        // Read again: whoever held the cards before us may have undone it.
        var merge = (await MergeJournal.Of(session, mergeId, cancel))!;
        var visible = await HeldCards.Visible(session, caller.Access, [from.Id, into.Id], cancel);
        if (!visible.Contains(into.Id) || !(visible.Contains(from.Id) || merge.MergedById == caller.Access.AgentId))
            return new UndoResult.NotFound();
        // It was undone before: whoever may see the card goes on with it.
        if (merge.UndoneAt is not null)
            return visible.Contains(from.Id) ? new UndoResult.Undone(from.Id) : new UndoResult.NotFound();
        var now = time.GetUtcNow();
        if (now - merge.MergedAt >= MergeJournal.UndoTime)
            return new UndoResult.TooLate();
        if (from.MergedInto != into.Id || into.MergedInto is not null || await MergeJournal.HasLater(session, merge, cancel))
            return new UndoResult.LaterMerge();
        var body = merge.Read();
        if (await TakenSince(session, merge, body, cancel) is { Count: > 0 } holders)
            return new UndoResult.NumberElsewhere([.. (await ClientList.OfIds(session, await HeldCards.Visible(session, caller.Access, holders, cancel), cancel)).Values]);
        await Separate(session, merge, body, cancel);
        await MergeJournal.MarkUndone(session, mergeId, caller.Access.AgentId, now, cancel);
        var action = new AuditedAction(AuditWords.UndoMerge, AuditWords.Client, into.Id, $"from {from.Id}");
        await AuditLog.Append(session, auditId, now, caller, action, AuditWords.Done, cancel);
        await session.Commit(cancel);
        return new UndoResult.Undone(from.Id);
    }

    async Task Separate(DbSession session, StoredMerge merge, MergeBody body, CancellationToken cancel)
    {
        await ClientMerge.EndLead(session, merge.FromId, cancel);
        var moved = await MergeJournal.Rows(session, merge.Id, cancel);
        foreach (var part in parts.Where(part => moved.Contains(part.Kind)))
            await part.Move(session, moved[part.Kind], merge.IntoId, merge.FromId, cancel);
        var now = await CardState.Of(session, merge.IntoId, cancel);
        await MergeRule.Undone(now, body.Before, body.Merged, body.From).Write(session, merge.IntoId, now, cancel);
        await CardState.WriteNumbers(session, merge.FromId, [], body.From.Numbers, cancel);
        await body.From.WriteWords(session, merge.FromId, cancel);
        await ClientNumbers.MarkShared(session, now.Numbers.Concat(body.From.Numbers).Select(number => number.E164), cancel);
    }

    /// <summary>Cards that have numbers of the one that went, beside these two.</summary>
    public static Task<IReadOnlyList<NumberHolder>> Holders(DbSession session, CardState from, long fromId, long intoId, CancellationToken cancel)
    {
        var numbers = JsonRows.Of(from.Numbers.Where(number => !number.IsFormer).Select(number => number.E164).Distinct());
        return session.Query<NumberHolder>(HoldersSql(session.Dialect), new { numbers, fromId, intoId }, cancel);
    }

    /// <summary>Who has a number now and had it not when the cards were merged. A card that went into another one since then is that one.</summary>
    static async Task<IReadOnlyList<long>> TakenSince(DbSession session, StoredMerge merge, MergeBody body, CancellationToken cancel)
    {
        var now = await Holders(session, body.From, merge.FromId, merge.IntoId, cancel);
        if (now.Count == 0)
            return [];
        var led = (await session.Query<HeldCard>(LedSql(session.Dialect), new { ids = JsonRows.Of(body.Holders.Select(holder => holder.ClientId).Distinct()) }, cancel))
            .ToDictionary(card => card.Id, card => card.MergedInto ?? card.Id);
        var then = body.Holders.Select(holder => (holder.E164, led[holder.ClientId])).ToHashSet();
        return [.. now.Where(holder => !then.Contains((holder.E164, holder.ClientId))).Select(holder => holder.ClientId).Distinct()];
    }

    static Sql HoldersSql(Dialect dialect) => new($"""
        SELECT DISTINCT n.e164, n.client_id
        FROM client_number n
        WHERE n.client_id <> @fromId AND n.client_id <> @intoId AND n.is_former = {dialect.False}
        AND n.e164 IN (SELECT wanted.e164 FROM {dialect.Rows("@numbers", "e164 exact", "wanted")})
        ORDER BY n.e164, n.client_id
        """);

    static Sql LedSql(Dialect dialect) => new($"""
        SELECT k.id, k.version, k.merged_into
        FROM client k
        WHERE k.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY k.id
        """);
}
