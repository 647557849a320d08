using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Reads a deal with all that is known of it.</summary>
internal sealed class DealReader(Database database, TimeProvider time)
{
    /// <summary>Null: there is none, or it is not for the caller to see.</summary>
    public async Task<DealCard?> Card(Access access, long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await DealList.One(session, access, id, time.GetUtcNow(), cancel) is not { } deal)
            return null;
        var extra = (await session.QueryFirst<ExtraRow>(ExtraSql(session.Dialect), new { id }, cancel))!;
        var funnel = await FunnelStore.One(session, access, deal.FunnelId, cancel);
        var right = await DealRules.RightOf(session, access, cancel);
        return new()
        {
            Deal = deal,
            Values = await Values(session, deal, extra, cancel),
            Items = await StoredDeal.LinesOf(session, id, cancel),
            Tasks = await TasksOf(session, id, funnel, cancel),
            Loss = deal.LossReason is { } reason
                ? new() { Reason = reason, Note = extra.LossNote, Competitor = extra.Competitor, OfferAgainOn = DealRow.DateOf(extra.OfferAgainOn) } : null,
            Rate = (decimal)extra.Rate,
            Events = await DealEvents.Of(session, id, -1, cancel),
            MayOverride = right.MayOverride,
            MayExcuse = right.MayExcuse,
        };
    }

    /// <summary>What happened after the version that somebody had loaded.</summary>
    public async Task<IReadOnlyList<DealEvent>> Since(long id, int version, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await DealEvents.Of(session, id, version, cancel);
    }

    static async Task<IReadOnlyDictionary<string, string>> Values(DbSession session, DealItem deal, ExtraRow extra, CancellationToken cancel)
    {
        Dictionary<string, string?> values = new()
        {
            [DealFields.Title] = deal.Title,
            [DealFields.Owner] = deal.OwnerId is { } owner ? FormattableString.Invariant($"{owner}") : null,
            [DealFields.Amount] = FieldValues.Text(deal.Amount),
            [DealFields.Cost] = FieldValues.Text(deal.Cost),
            [DealFields.Currency] = deal.Currency,
            [DealFields.ExpectedClose] = deal.ExpectedClose?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [DealFields.Source] = extra.Source,
            [DealFields.ClientName] = deal.ClientName,
            [DealFields.ClientCompany] = extra.Company,
            [DealFields.ClientEmail] = extra.Email,
        };
        foreach (var (key, value) in (await FieldStore.ValuesOf(session, [deal.Id, deal.ClientId], cancel)).SelectMany(group => group))
            values[key] = value;
        return values.Where(value => !string.IsNullOrEmpty(value.Value)).ToDictionary(value => value.Key, value => value.Value!);
    }

    static async Task<IReadOnlyList<DealTask>> TasksOf(DbSession session, long id, Funnel? funnel, CancellationToken cancel)
    {
        var required = (funnel?.Stages ?? []).SelectMany(stage => stage.Tasks).Where(task => task.IsRequired).Select(task => task.Id).ToHashSet();
        var rows = await session.Query<TaskOfDeal>(TasksSql(session.Dialect), new { id }, cancel);
        var excuses = (await session.Query<ExcuseRow>(ExcusesSql(session.Dialect), new { id }, cancel)).ToDictionary(excuse => excuse.StageTaskId);
        var tasks = await TaskList.OfIds(session, rows.Select(row => row.Id), cancel);
        return
        [
            .. rows.Where(row => tasks.ContainsKey(row.Id)).Select(row => new DealTask
            {
                Task = tasks[row.Id],
                StageTaskId = row.StageTaskId,
                IsRequired = row.StageTaskId is { } asked && required.Contains(asked),
                ExcusedByName = excuses.GetValueOrDefault(row.StageTaskId ?? 0)?.ByName,
                ExcuseReason = excuses.GetValueOrDefault(row.StageTaskId ?? 0)?.Reason,
            }).OrderBy(task => task.Task.State).ThenBy(task => task.Task.DueAt),
        ];
    }

    static Sql ExtraSql(Dialect _) => new("""
        SELECT d.rate, d.source, d.loss_note, d.competitor, d.offer_again_on, k.company, k.email
        FROM deal d
        JOIN client k ON k.id = d.client_id
        WHERE d.id = @id
        """);

    static Sql TasksSql(Dialect _) => new("SELECT id, natural_key FROM agent_task WHERE deal_id = @id ORDER BY id");

    static Sql ExcusesSql(Dialect _) => new("SELECT stage_task_id, by_name, reason FROM deal_excuse WHERE deal_id = @id ORDER BY stage_task_id");

    sealed record ExtraRow
    {
        public double Rate { get; init; }
        public string? Source { get; init; }
        public string? LossNote { get; init; }
        public string? Competitor { get; init; }
        public string? OfferAgainOn { get; init; }
        public string? Company { get; init; }
        public string? Email { get; init; }
    }

    sealed record ExcuseRow
    {
        public long StageTaskId { get; init; }
        public string ByName { get; init; } = "";
        public string Reason { get; init; } = "";
    }

    sealed record TaskOfDeal
    {
        public long Id { get; init; }
        public string NaturalKey { get; init; } = "";

        public long? StageTaskId => NaturalKey.StartsWith("stage:", StringComparison.Ordinal)
            ? long.Parse(NaturalKey.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
