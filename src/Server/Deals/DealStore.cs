using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Writes deals inside the caller's transaction.</summary>
internal sealed class DealStore(DbSession session, DateTimeOffset now)
{
    /// <param name="to">The stage that it comes to; null: it stays.</param>
    public Task Put(
        StoredDeal stored, IReadOnlyDictionary<string, string?> values, DealMoney money, FunnelStage? to, DealLoss? loss, int seq, int version, bool isNew, CancellationToken cancel)
    {
        var title = values.GetValueOrDefault(DealFields.Title) ?? "";
        var isLost = to?.Kind == StageKind.Lost;
        return session.Execute(isNew ? CreateSql(session.Dialect) : ChangeSql(session.Dialect, to is not null), new
        {
            id = stored.Id,
            funnelId = stored.FunnelId,
            stageId = to?.Id ?? stored.StageId,
            clientId = stored.ClientId,
            ownerId = values.GetValueOrDefault(DealFields.Owner) is { } owner ? long.Parse(owner, System.Globalization.CultureInfo.InvariantCulture) : (long?)null,
            title,
            titleKey = FieldValues.KeyOf(title),
            amount = money.Amount,
            cost = money.Cost,
            currency = money.Currency,
            rate = money.Rate,
            baseAmount = money.BaseAmount,
            baseCost = money.BaseCost,
            expectedClose = values.GetValueOrDefault(DealFields.ExpectedClose),
            source = values.GetValueOrDefault(DealFields.Source),
            createdAt = stored.CreatedAt,
            stageSince = to is null ? stored.StageSince : now,
            seq,
            closedAt = to is null or { Kind: StageKind.Open } ? (DateTimeOffset?)null : now,
            isWon = to?.Kind switch { StageKind.Won => true, StageKind.Lost => false, _ => (bool?)null },
            lossReason = isLost ? loss?.Reason : null,
            lossNote = isLost ? loss?.Note : null,
            competitor = isLost ? loss?.Competitor : null,
            offerAgainOn = isLost ? loss?.OfferAgainOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null,
            version,
        }, cancel);
    }

    public async Task PutLines(long dealId, IReadOnlyList<DealLine> lines, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var (seq, line) in lines.Index())
        {
            rows.Row().Add(dealId).Add((long)seq).Add(line.Name.Trim()).Add((long)decimal.Round(line.Quantity * 1000))
                .Add((long)decimal.Round(line.Price * 100)).Add((long)decimal.Round(line.Cost * 100));
        }
        await session.Execute(NoLinesSql(session.Dialect), new { dealId }, cancel);
        await session.ExecuteRows([new(AddLinesSql, rows.Text())], cancel);
    }

    public Task PutTerms(long dealId, int version, long? ownerId, DealMoney money, CancellationToken cancel) => session.Execute(
        AddTermsSql(session.Dialect), new { dealId, version, since = now, ownerId, baseAmount = money.BaseAmount, baseCost = money.BaseCost }, cancel);

    /// <summary>The stay before ends, and the new one begins; so does being closed, or being so ends.</summary>
    public async Task Enter(
        StoredDeal stored, FunnelStage to, int seq, long? byId, bool isOverride, int funnelVersion, long? ownerId, DealMoney money, string? lossReason, bool isValid, CancellationToken cancel)
    {
        var dealId = stored.Id;
        await session.Execute(LeaveSql(session.Dialect), new { dealId, seq = stored.Seq, leftAt = now }, cancel);
        await session.Execute(EnterSql(session.Dialect), new { dealId, seq, stageId = to.Id, enteredAt = now, byId, isOverride, funnelVersion }, cancel);
        await session.Execute(ReopenSql(session.Dialect), new { dealId, reopenedAt = now }, cancel);
        if (to.Kind == StageKind.Open)
            return;
        var isWon = to.Kind == StageKind.Won;
        await session.Execute(CloseSql(session.Dialect), new
        {
            dealId,
            seq,
            closedAt = now,
            isWon,
            isValid = isWon || isValid,
            ownerId,
            baseAmount = money.BaseAmount,
            baseCost = money.BaseCost,
            lossReason = isWon ? null : lossReason,
        }, cancel);
    }

    /// <summary>What is to be done in the stage. What was still open of an earlier stay there, or of a deal that is closed now, is done with.</summary>
    /// <returns>The next free id.</returns>
    public async Task<long> GiveTasks(StoredDeal stored, FunnelStage to, IReadOnlySet<long> employed, int seq, long? ownerId, long nextId, string zone, CancellationToken cancel)
    {
        var again = to.Tasks.Select(task => task.Id).ToHashSet();
        var over = stored.Tasks.Where(task => task.IsOpen && (to.Kind != StageKind.Open || again.Contains(task.StageTaskId)));
        await TaskStore.End(session, over.Select(task => new TaskEnd(task.NaturalKey, AgentTaskState.Cancelled, null, null)), now, cancel);
        List<NewTask> given = [];
        foreach (var task in to.Tasks.Select(task => task.OwnerId is { } own && !employed.Contains(own) ? task with { OwnerId = null } : task))
        {
            given.Add(TaskOf(stored, task, StageTaskRow.KeyOf(stored.Id, task.Id, seq), ownerId, nextId, zone));
            nextId += given[^1].IdsTaken;
        }
        await TaskStore.Put(session, given, cancel);
        return nextId;
    }

    public async Task Excuse(long dealId, long stageTaskId, long byId, string byName, string reason, CancellationToken cancel)
    {
        await session.Execute(ExcuseSql(session.Dialect), new { dealId, stageTaskId, byId, byName, reason, excusedAt = now }, cancel);
        await ExcuseRequests.Answered(session, dealId, stageTaskId, reason, byId, now, cancel);
    }

    /// <summary>Somebody says that it is done, or not needed. One that was never given is given, so that it is known who did it.</summary>
    /// <returns>The next free id.</returns>
    public async Task<long> EndTask(StoredDeal stored, StageTask task, StageTaskDone done, long? ownerId, long? byId, long nextId, string zone, CancellationToken cancel)
    {
        var had = stored.Tasks.FirstOrDefault(one => one.StageTaskId == task.Id);
        if (had is { IsOpen: false } && done.ExcuseReason is null && !had.IsDone)
            had = null;
        var key = had?.NaturalKey;
        if (key is null && done.ExcuseReason is null)
        {
            var given = TaskOf(stored, task, StageTaskRow.KeyByTheWay(stored.Id, task.Id, stored.Version + 1), ownerId, nextId, zone);
            nextId += given.IdsTaken;
            key = given.NaturalKey;
            await TaskStore.Put(session, [given], cancel);
        }
        if (key is not null)
        {
            var state = done.ExcuseReason is null ? AgentTaskState.Done : AgentTaskState.Cancelled;
            await TaskStore.End(session, [new(key, state, null, done.ExcuseReason ?? done.Note, byId)], now, cancel);
        }
        return nextId;
    }

    /// <summary>Those of the people who are still with us: nobody else gets a deal, or a task.</summary>
    public static async Task<HashSet<long>> Employed(DbSession session, IEnumerable<long> agentIds, CancellationToken cancel) =>
        [.. await session.Query<long>(EmployedSql(session.Dialect), new { ids = JsonRows.Of(agentIds), isActive = true }, cancel)];

    NewTask TaskOf(StoredDeal stored, StageTask task, string key, long? ownerId, long id, string zone) => new()
    {
        Id = id,
        NaturalKey = key,
        Kind = task.Kind,
        Subject = task.Subject,
        ClientId = stored.ClientId,
        DealId = stored.Id,
        OwnerId = task.OwnerId ?? ownerId,
        DueAt = now.AddHours(task.DueHours),
        DueZone = zone,
        Rule = TaskRules.Stage,
        CreatedAt = now,
        RemindMinutesBefore = [0],
    };

    static Sql EmployedSql(Dialect dialect) => new($"SELECT id FROM agent WHERE is_active = @isActive AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})");

    static Sql CreateSql(Dialect _) => new("""
        INSERT INTO deal (id, funnel_id, stage_id, client_id, owner_id, title, title_key, amount, cost, currency, rate, base_amount, base_cost, expected_close, source,
            created_at, stage_since, seq, closed_at, is_won, loss_reason, loss_note, competitor, offer_again_on, version)
        VALUES (@id, @funnelId, @stageId, @clientId, @ownerId, @title, @titleKey, @amount, @cost, @currency, @rate, @baseAmount, @baseCost, @expectedClose, @source,
            @createdAt, @stageSince, @seq, @closedAt, @isWon, @lossReason, @lossNote, @competitor, @offerAgainOn, @version)
        """);

    static Sql ChangeSql(Dialect _, bool moves) => new($"""
        UPDATE deal
        SET owner_id = @ownerId, title = @title, title_key = @titleKey, amount = @amount, cost = @cost, currency = @currency, rate = @rate,
            base_amount = @baseAmount, base_cost = @baseCost, expected_close = @expectedClose, source = @source,
            {(moves ? """
            stage_id = @stageId, stage_since = @stageSince, seq = @seq, closed_at = @closedAt, is_won = @isWon, loss_reason = @lossReason, loss_note = @lossNote,
            competitor = @competitor, offer_again_on = @offerAgainOn,
            """ : "")}
            tried_at = NULL, version = @version
        WHERE id = @id
        """);

    static Sql NoLinesSql(Dialect _) => new("DELETE FROM deal_line WHERE deal_id = @dealId");

    static Sql AddLinesSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "deal_line", "@rows", "deal_id bigint, seq int, name key, quantity bigint, price bigint, cost bigint", "deal_id, seq"));

    static Sql AddTermsSql(Dialect _) => new("""
        INSERT INTO deal_terms (deal_id, version, since, owner_id, base_amount, base_cost)
        VALUES (@dealId, @version, @since, @ownerId, @baseAmount, @baseCost)
        """);

    static Sql LeaveSql(Dialect _) => new("UPDATE deal_stay SET left_at = @leftAt WHERE deal_id = @dealId AND seq = @seq");

    static Sql EnterSql(Dialect _) => new("""
        INSERT INTO deal_stay (deal_id, seq, stage_id, entered_at, by_id, is_override, funnel_version)
        VALUES (@dealId, @seq, @stageId, @enteredAt, @byId, @isOverride, @funnelVersion)
        """);

    static Sql ReopenSql(Dialect _) => new("UPDATE deal_close SET reopened_at = @reopenedAt WHERE deal_id = @dealId AND reopened_at IS NULL");

    static Sql CloseSql(Dialect _) => new("""
        INSERT INTO deal_close (deal_id, seq, closed_at, is_won, is_valid, owner_id, base_amount, base_cost, loss_reason)
        VALUES (@dealId, @seq, @closedAt, @isWon, @isValid, @ownerId, @baseAmount, @baseCost, @lossReason)
        """);

    static Sql ExcuseSql(Dialect dialect) => new(dialect.InsertIfAbsent("deal_excuse", "deal_id, stage_task_id, by_id, by_name, reason, excused_at", "deal_id, stage_task_id"));
}
