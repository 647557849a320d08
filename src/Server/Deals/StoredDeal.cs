using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>A deal as whoever changes it has it before them: the row, locked, and what is filled in.</summary>
internal sealed record StoredDeal
{
    public long Id { get; init; }
    public long FunnelId { get; init; }

    /// <summary>Null: it is about to be made.</summary>
    public long? StageId { get; init; }

    public long ClientId { get; init; }
    public int Seq { get; init; }
    public int Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StageSince { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public double Rate { get; init; } = 1;
    public long? BaseAmount { get; init; }
    public long? BaseCost { get; init; }
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<DealLine> Lines { get; init; } = [];

    /// <summary>The latest task of each task of a stage.</summary>
    public IReadOnlyList<StageTaskRow> Tasks { get; init; } = [];

    public IReadOnlySet<long> Excused { get; init; } = new HashSet<long>();

    /// <summary>Null: there is none, or it is not for the caller to see.</summary>
    /// <param name="access">Null: a rule asks.</param>
    public static async Task<StoredDeal?> Lock(DbSession session, Access? access, long id, CancellationToken cancel)
    {
        var args = new { id, callerId = access?.AgentId };
        var row = await session.QueryFirst<Row>(LockSql(session.Dialect, access is { SeesAll: false }), args, cancel);
        return row is null ? null : row.Deal(await Filled(session, row, cancel)) with
        {
            Lines = await LinesOf(session, id, cancel),
            Tasks = await StageTaskRow.Of(session, id, cancel),
            Excused = (await session.Query<long>(ExcusesSql(session.Dialect), new { id }, cancel)).ToHashSet(),
        };
    }

    /// <summary>One that is not there yet. Null: the client is not for the caller to see.</summary>
    public static async Task<StoredDeal?> New(DbSession session, Access access, long id, NewDeal deal, string currency, DateTimeOffset now, CancellationToken cancel)
    {
        if (!await HeldCards.IsAlive(session, deal.ClientId, cancel))
            return null;
        var args = new { clientId = deal.ClientId, callerId = access.AgentId };
        var client = await session.QueryFirst<Row>(ClientSql(session.Dialect, !access.SeesAll), args, cancel);
        if (client is null)
            return null;
        // A program is nobody who could look after a client.
        long? maker = access.SeesAll || !(await DealStore.Employed(session, [access.AgentId], cancel)).Contains(access.AgentId) ? null : access.AgentId;
        var row = client with { Id = id, FunnelId = deal.FunnelId, Currency = currency, OwnerId = client.OwnerId ?? maker, CreatedAt = now, StageSince = now };
        return row.Deal(await Filled(session, row, cancel)) with { StageId = null };
    }

    public static async Task<IReadOnlyList<DealLine>> LinesOf(DbSession session, long id, CancellationToken cancel) =>
        [.. (await session.Query<LineRow>(LinesSql(session.Dialect), new { id }, cancel)).Select(line => line.Line())];

    static async Task<Dictionary<string, string>> Filled(DbSession session, Row row, CancellationToken cancel)
    {
        var values = row.Own().Where(value => !string.IsNullOrEmpty(value.Value)).ToDictionary(value => value.Key, value => value.Value!);
        foreach (var (_, (key, value)) in (await FieldStore.ValuesOf(session, [row.Id, row.ClientId], cancel)).SelectMany(group => group.Select(one => (group.Key, one))))
            values[key] = value;
        return values;
    }

    const string ClientColumns = "k.name AS client_name, k.company AS client_company, k.email AS client_email";

    static Sql LockSql(Dialect dialect, bool own) => new($"""
        SELECT d.id, d.funnel_id, d.stage_id, d.client_id, d.owner_id, d.title, d.amount, d.cost, d.currency, d.rate, d.base_amount, d.base_cost, d.expected_close,
            d.source, d.created_at, d.stage_since, d.seq, d.closed_at, d.version, {ClientColumns}
        FROM deal d {dialect.LockHint}
        JOIN client k ON k.id = d.client_id
        WHERE d.id = @id {(own ? $"AND {DealAccess.IsVisible}" : "")}
        {dialect.ForUpdate}
        """);

    static Sql ClientSql(Dialect _, bool own) => new($"""
        SELECT k.id AS client_id, k.owner_id, {ClientColumns},
            (SELECT q.source FROM inquiry q WHERE q.id = (SELECT MIN(f.id) FROM inquiry f WHERE f.client_id = k.id)) AS source
        FROM client k
        WHERE k.id = @clientId {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        """);

    static Sql LinesSql(Dialect _) => new("SELECT name, quantity, price, cost FROM deal_line WHERE deal_id = @id ORDER BY seq");

    static Sql ExcusesSql(Dialect _) => new("SELECT stage_task_id FROM deal_excuse WHERE deal_id = @id ORDER BY stage_task_id");

    sealed record Row
    {
        public long Id { get; init; }
        public long FunnelId { get; init; }
        public long StageId { get; init; }
        public long ClientId { get; init; }
        public long? OwnerId { get; init; }
        public string? Title { get; init; }
        public long? Amount { get; init; }
        public long? Cost { get; init; }
        public string Currency { get; init; } = "";
        public double Rate { get; init; } = 1;
        public long? BaseAmount { get; init; }
        public long? BaseCost { get; init; }
        public string? ExpectedClose { get; init; }
        public string? Source { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset StageSince { get; init; }
        public int Seq { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public int Version { get; init; }
        public string? ClientName { get; init; }
        public string? ClientCompany { get; init; }
        public string? ClientEmail { get; init; }

        public IEnumerable<KeyValuePair<string, string?>> Own() =>
        [
            new(DealFields.Title, Title),
            new(DealFields.Owner, OwnerId is { } owner ? FormattableString.Invariant($"{owner}") : null),
            new(DealFields.Amount, FieldValues.Text(FieldValues.Money(Amount))),
            new(DealFields.Cost, FieldValues.Text(FieldValues.Money(Cost))),
            new(DealFields.Currency, Currency),
            new(DealFields.ExpectedClose, ExpectedClose),
            new(DealFields.Source, Source),
            new(DealFields.ClientName, ClientName),
            new(DealFields.ClientCompany, ClientCompany),
            new(DealFields.ClientEmail, ClientEmail),
        ];

        public StoredDeal Deal(IReadOnlyDictionary<string, string> values) => new()
        {
            Id = Id,
            FunnelId = FunnelId,
            StageId = StageId,
            ClientId = ClientId,
            Seq = Seq,
            Version = Version,
            CreatedAt = CreatedAt,
            StageSince = StageSince,
            ClosedAt = ClosedAt,
            Rate = Rate,
            BaseAmount = BaseAmount,
            BaseCost = BaseCost,
            Values = values,
        };
    }

    sealed record LineRow
    {
        public string Name { get; init; } = "";
        public long Quantity { get; init; }
        public long Price { get; init; }
        public long Cost { get; init; }

        public DealLine Line() => new() { Name = Name, Quantity = Quantity / 1000m, Price = Price / 100m, Cost = Cost / 100m };
    }
}

/// <summary>A task that a stage gave to a deal.</summary>
internal sealed record StageTaskRow
{
    public long Id { get; init; }
    public long DealId { get; init; }
    public string NaturalKey { get; init; } = "";
    public string State { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public double LongestCallSeconds { get; init; }
    public int Messages { get; init; }

    public long StageTaskId => long.Parse(NaturalKey.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture);

    public bool IsDone => State == CallWords.Of(AgentTaskState.Done);

    public bool IsOpen => State == CallWords.Of(AgentTaskState.Open);

    /// <summary>One for each stay in the stage.</summary>
    public static string KeyOf(long dealId, long stageTaskId, int seq) => FormattableString.Invariant($"stage:{dealId}:{stageTaskId}:{seq}");

    /// <summary>One that no stay gave: it was done by the way, in this change of the deal.</summary>
    public static string KeyByTheWay(long dealId, long stageTaskId, int version) => FormattableString.Invariant($"stage:{dealId}:{stageTaskId}:v{version}");

    /// <summary>The latest task of each task of a stage.</summary>
    public static async Task<IReadOnlyList<StageTaskRow>> Of(DbSession session, long dealId, CancellationToken cancel) =>
        Latest(await session.Query<StageTaskRow>(OfDealSql(session.Dialect), new { dealId }, cancel));

    /// <summary>Of all open deals of a funnel, by deal.</summary>
    public static async Task<IReadOnlyDictionary<long, IReadOnlyList<StageTaskRow>>> OfFunnel(DbSession session, long funnelId, CancellationToken cancel) =>
        (await session.Query<StageTaskRow>(OfFunnelSql(session.Dialect), new { funnelId }, cancel)).GroupBy(task => task.DealId).ToDictionary(tasks => tasks.Key, Latest);

    static IReadOnlyList<StageTaskRow> Latest(IEnumerable<StageTaskRow> tasks) =>
        [.. tasks.GroupBy(task => task.StageTaskId).Select(alike => alike.MaxBy(task => (task.CreatedAt, task.Id))!)];

    public GateTask Gate(bool isExcused) => new(Id, IsDone, isExcused, (int)LongestCallSeconds, Messages > 0);

    // A task is believed by what happened with the deal's client since it was given.
    const string Columns = """
        t.id, t.deal_id, t.natural_key, t.state, t.created_at,
        (SELECT CAST(COALESCE(MAX(c.talk_seconds), 0) AS double precision) FROM call c WHERE c.client_id = d.client_id AND c.started_at >= t.created_at AND c.result = 'answered') AS longest_call_seconds,
        (SELECT COUNT(*) FROM message m WHERE m.client_id = d.client_id AND m.happened_at >= t.created_at AND m.direction = 'outbound') AS messages
        """;

    static Sql OfDealSql(Dialect _) => new($"""
        SELECT {Columns}
        FROM deal d
        JOIN agent_task t ON t.deal_id = d.id
        WHERE d.id = @dealId AND t.rule_name = '{Tasks.TaskRules.Stage}'
        ORDER BY t.id
        """);

    static Sql OfFunnelSql(Dialect _) => new($"""
        SELECT {Columns}
        FROM deal d
        JOIN agent_task t ON t.deal_id = d.id
        WHERE d.funnel_id = @funnelId AND d.closed_at IS NULL AND t.rule_name = '{Tasks.TaskRules.Stage}'
        ORDER BY t.id
        """);
}
