using System.Data.Common;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What became of a change of a deal.</summary>
internal abstract record DealResult
{
    public sealed record Saved(long DealId) : DealResult;

    public sealed record NotFound : DealResult;

    /// <summary>Somebody changed it after the caller had loaded it.</summary>
    public sealed record ChangedByOther : DealResult;

    /// <param name="Field">As in the request.</param>
    public sealed record Invalid(string Field, string Detail) : DealResult;

    /// <summary>The gate is shut: nothing was changed.</summary>
    public sealed record Blocked(IReadOnlyList<UnmetItem> Unmet) : DealResult;

    public sealed record OverrideNotAllowed : DealResult;

    public sealed record ExcuseNotAllowed : DealResult;
}

/// <summary>What is to become of a deal, whoever wants it: a form, a board, a program, a table, a rule.</summary>
internal sealed record DealOrder
{
    /// <summary>Null: it stays in its stage.</summary>
    public long? StageId { get; init; }

    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();
    public IReadOnlyList<DealLine>? Items { get; init; }
    public IReadOnlyList<StageTaskDone> Tasks { get; init; } = [];
    public DealLoss? Loss { get; init; }
    public string? OverrideReason { get; init; }

    /// <summary>The word of the event.</summary>
    public string? What { get; init; }
}

/// <summary>
/// Changes deals. There is no other way: whatever moves a deal comes through <see cref="Run"/>, and so through the <see cref="Gate"/>. A change is one
/// transaction, whole or not at all; a move that was refused leaves an event.
/// </summary>
internal sealed class DealMoves(Database database, IdBlocks ids, DealSettings settings, TaskNews news, DealNews deals, TimeProvider time)
{
    /// <summary>The deal, its events, and the tasks of a stage with their reminders.</summary>
    const int IdsMax = 320;

    public Task<DealResult> Create(Access access, NewDeal deal, bool isTrial, CancellationToken cancel, string? overrideReason = null, DealLoss? loss = null) => Run(access, null, null, deal, new()
    {
        StageId = deal.StageId,
        Values = deal.Values,
        Items = deal.Items,
        OverrideReason = overrideReason,
        Loss = loss,
        What = "created",
    }, isTrial, cancel);

    public Task<DealResult> Change(Access access, long id, DealEdit edit, CancellationToken cancel) =>
        Run(access, id, edit.Version, null, new() { Values = edit.Values, Items = edit.Items }, isTrial: false, cancel);

    public Task<DealResult> Move(Access access, long id, DealMove move, CancellationToken cancel) => Run(access, id, move.Version, null, new()
    {
        StageId = move.StageId,
        Values = move.Values,
        Items = move.Items,
        Tasks = move.Tasks,
        Loss = move.Loss,
        OverrideReason = move.OverrideReason,
    }, isTrial: false, cancel);

    /// <param name="access">Null: a rule of the funnel.</param>
    /// <param name="id">Null: <paramref name="made"/> is made.</param>
    /// <param name="version">Null: whichever it is.</param>
    /// <param name="isTrial">Says what would become of it.</param>
    public async Task<DealResult> Run(Access? access, long? id, int? version, NewDeal? made, DealOrder order, bool isTrial, CancellationToken cancel)
    {
        var firstId = await ids.Take(IdsMax, cancel);
        DealTurn change;
        DealResult result;
        try
        {
            await using var session = await database.Write(cancel);
            var stored = id is { } dealId
                ? await StoredDeal.Lock(session, access, dealId, cancel)
                : await StoredDeal.New(session, access!, firstId, made!, settings.Currency, time.GetUtcNow(), cancel);
            if (stored is null)
                return id is null ? new DealResult.Invalid("clientId", "There is no such client, or it is not yours to see.") : new DealResult.NotFound();
            if (version is not null && stored.Version != version)
                return new DealResult.ChangedByOther();
            var reader = access ?? new(0, Roles.Admin);
            var funnel = order.StageId is null && id is not null
                ? await FunnelStore.One(session, reader, stored.FunnelId, cancel) : await FunnelStore.Held(session, reader, stored.FunnelId, cancel);
            if (funnel is null || (id is null && funnel.IsArchived))
                return new DealResult.Invalid("funnelId", "There is no such funnel, or it takes no new deals.");
            change = new(session, access, stored, funnel, order, settings, firstId + 1, time.GetUtcNow());
            result = await change.Apply(cancel);
            if (result is DealResult.Saved && !isTrial)
                await session.Commit(cancel);
        }
        catch (DbException error) when (Database.IsConflict(error))
        {
            return new DealResult.ChangedByOther();
        }
        if (isTrial)
            return result;
        if (result is DealResult.Blocked blocked && id is not null && order.StageId is not null)
            await KeepRefusal(change, blocked.Unmet, cancel);
        if (result is DealResult.Saved)
        {
            news.Tell(change.Concerned);
            deals.Tell(change.DealId);
        }
        return result;
    }

    // The same refusal of the same deal is kept once: whoever tries again without changing anything learns nothing new.
    async Task KeepRefusal(DealTurn change, IReadOnlyList<UnmetItem> unmet, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await DealEvents.Blocked(session, change.Event("blocked", [], unmet, reason: null), cancel);
        await session.Commit(cancel);
    }
}

/// <summary>Says which deal has changed, after the commit. A hint for the sake of speed.</summary>
internal sealed class DealNews
{
    public event Action<long>? Changed;

    public void Tell(long dealId) => Changed?.Invoke(dealId);
}
