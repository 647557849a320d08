using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What a funnel's new rules would mean for the deals that are open in it. Rules hold for moves that come; nobody is moved by them.</summary>
internal sealed class GatePreviews(Database database, TimeProvider time)
{
    const int DealsMax = 50;

    /// <summary>Null: there is no such funnel.</summary>
    public async Task<GatePreview?> Of(Access access, long funnelId, FunnelEdit edit, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        if (await FunnelStore.One(session, access, funnelId, cancel) is not { } before)
            return null;
        var after = FunnelRules.Apply(funnelId, before, edit, long.MinValue / 2, "", time.GetUtcNow());
        var fields = await FieldStore.Fields(session, funnelId, cancel);
        var deals = await session.Query<OpenRow>(OpenSql(session.Dialect), new { funnelId }, cancel);
        var filled = (await session.Query<FilledRow>(FilledSql(session.Dialect), new { funnelId }, cancel)).ToLookup(row => row.DealId, row => FieldStore.KeyOf(row.FieldId));
        var tasks = await StageTaskRow.OfFunnel(session, funnelId, cancel);
        var excused = (await session.Query<ExcuseRow>(ExcusesSql(session.Dialect), new { funnelId }, cancel)).ToLookup(row => row.DealId, row => row.StageTaskId);
        var stuck = deals.Select(deal => (deal, unmet: NextUnmet(after, before, deal, [.. deal.Own(), .. filled[deal.Id]], Tasks(deal.Id))))
            .Where(one => one.unmet.Count > 0).ToList();
        var items = (await DealList.OfIds(session, stuck.Take(DealsMax).Select(one => one.deal.Id), time.GetUtcNow(), cancel)).ToDictionary(deal => deal.Id);
        return new()
        {
            OpenDeals = deals.Count,
            StuckDeals = stuck.Count,
            Stages =
            [
                .. after.Stages.Where(stage => stage.Kind == StageKind.Open).Select(stage => new StageStuck
                {
                    StageId = stage.Id,
                    StageName = stage.Name,
                    OpenDeals = deals.Count(deal => deal.StageId == stage.Id),
                    StuckDeals = stuck.Count(one => one.deal.StageId == stage.Id),
                }),
            ],
            Deals = [.. stuck.Take(DealsMax).Select(one => new StuckDeal { Deal = items[one.deal.Id], Unmet = Gate.Named(one.unmet, fields) })],
        };

        Dictionary<long, GateTask> Tasks(long dealId)
        {
            var known = tasks.GetValueOrDefault(dealId, []).ToDictionary(task => task.StageTaskId, task => task.Gate(isExcused: false));
            foreach (var id in excused[dealId])
                known[id] = new(null, IsDone: false, IsExcused: true);
            return known;
        }
    }

    /// <summary>What newly keeps a deal from the stage after its own.</summary>
    static IReadOnlyList<UnmetItem> NextUnmet(Funnel after, Funnel before, OpenRow deal, HashSet<string> filled, Dictionary<long, GateTask> tasks)
    {
        var gate = new GateDeal { StageId = deal.StageId, Filled = filled, Tasks = tasks, HasLossReason = true };
        var was = Unmet(before).Select(Key).ToHashSet();
        return [.. Unmet(after).Where(unmet => !was.Contains(Key(unmet)))];

        IReadOnlyList<UnmetItem> Unmet(Funnel funnel)
        {
            var stages = funnel.Stages.ToList();
            var here = stages.FindIndex(stage => stage.Id == deal.StageId);
            return here < 0 ? [] : Gate.Unmet(funnel, gate, stages[here + 1].Id);
        }

        static (string, string?, long?) Key(UnmetItem unmet) => (unmet.What, unmet.Field, unmet.StageTaskId);
    }

    static Sql OpenSql(Dialect _) => new("""
        SELECT d.id, d.stage_id, d.title, d.owner_id, d.amount, d.cost, d.expected_close, d.source, k.name AS client_name, k.company, k.email,
            (SELECT COUNT(*) FROM deal_line i WHERE i.deal_id = d.id) AS items
        FROM deal d
        JOIN client k ON k.id = d.client_id
        WHERE d.funnel_id = @funnelId AND d.closed_at IS NULL
        ORDER BY d.stage_since, d.id
        """);

    static Sql FilledSql(Dialect _) => new("""
        SELECT d.id AS deal_id, v.field_id
        FROM deal d
        JOIN field_value v ON v.subject_id = d.id OR v.subject_id = d.client_id
        WHERE d.funnel_id = @funnelId AND d.closed_at IS NULL
        ORDER BY d.id, v.field_id
        """);

    static Sql ExcusesSql(Dialect _) => new("""
        SELECT e.deal_id, e.stage_task_id
        FROM deal d
        JOIN deal_excuse e ON e.deal_id = d.id
        WHERE d.funnel_id = @funnelId AND d.closed_at IS NULL
        ORDER BY e.deal_id, e.stage_task_id
        """);

    sealed record OpenRow
    {
        public long Id { get; init; }
        public long StageId { get; init; }
        public string Title { get; init; } = "";
        public long? OwnerId { get; init; }
        public long? Amount { get; init; }
        public long? Cost { get; init; }
        public string? ExpectedClose { get; init; }
        public string? Source { get; init; }
        public string ClientName { get; init; } = "";
        public string? Company { get; init; }
        public string? Email { get; init; }
        public int Items { get; init; }

        public IEnumerable<string> Own() => new (string Key, bool IsFilled)[]
        {
            (DealFields.Title, Title.Length > 0),
            (DealFields.Owner, OwnerId is not null),
            (DealFields.Amount, Amount is not null),
            (DealFields.Cost, Cost is not null),
            (DealFields.Currency, true),
            (DealFields.ExpectedClose, ExpectedClose is not null),
            (DealFields.Source, Source is not null),
            (DealFields.Items, Items > 0),
            (DealFields.ClientName, ClientName.Length > 0),
            (DealFields.ClientCompany, Company is not null),
            (DealFields.ClientEmail, Email is not null),
        }.Where(field => field.IsFilled).Select(field => field.Key);
    }

    sealed record FilledRow
    {
        public long DealId { get; init; }
        public long FieldId { get; init; }
    }

    sealed record ExcuseRow
    {
        public long DealId { get; init; }
        public long StageTaskId { get; init; }
    }
}
