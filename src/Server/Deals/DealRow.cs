using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Server.Deals;

/// <summary>A deal as it is read for boards and lists.</summary>
internal sealed record DealRow
{
    /// <summary>Over <c>deal d</c> and <see cref="Joins"/>.</summary>
    public const string Columns = """
        d.id, d.funnel_id, d.stage_id, d.title, d.client_id, k.name AS client_name, k.main_number AS client_number, d.owner_id, o.name AS owner_name, d.amount,
        d.cost, d.currency, d.expected_close, d.created_at, d.stage_since, s.limit_hours, x.due_at AS next_step_at, x.subject AS next_step_subject,
        d.closed_at, d.is_won, d.loss_reason, d.version
        """;

    /// <summary>The next step: the open task that is due first.</summary>
    public static readonly string Joins = $"""
        JOIN client k ON k.id = d.client_id
        JOIN stage s ON s.id = d.stage_id
        LEFT JOIN agent o ON o.id = d.owner_id
        LEFT JOIN agent_task x ON x.id = (
            SELECT MIN(t.id)
            FROM agent_task t
            WHERE {DealQuery.IsStep("t")} AND t.due_at = (SELECT MIN(u.due_at) FROM agent_task u WHERE {DealQuery.IsStep("u")}))
        """;

    public long Id { get; init; }
    public long FunnelId { get; init; }
    public long StageId { get; init; }
    public string Title { get; init; } = "";
    public long ClientId { get; init; }
    public string ClientName { get; init; } = "";
    public string? ClientNumber { get; init; }
    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }
    public long? Amount { get; init; }
    public long? Cost { get; init; }
    public string Currency { get; init; } = "";
    public string? ExpectedClose { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StageSince { get; init; }
    public int? LimitHours { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }
    public string? NextStepSubject { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public bool? IsWon { get; init; }
    public string? LossReason { get; init; }
    public int Version { get; init; }

    public DealItem Item(DateTimeOffset now) => new()
    {
        Id = Id,
        FunnelId = FunnelId,
        StageId = StageId,
        Title = Title,
        ClientId = ClientId,
        ClientName = ClientName,
        ClientNumber = ClientNumber,
        OwnerId = OwnerId,
        OwnerName = OwnerName,
        Amount = FieldValues.Money(Amount),
        Cost = FieldValues.Money(Cost),
        PlannedProfit = Amount is { } amount ? FieldValues.Money(amount - (Cost ?? 0)) : null,
        Currency = Currency,
        ExpectedClose = DateOf(ExpectedClose),
        CreatedAt = CreatedAt,
        StageSince = StageSince,
        IsTooOld = ClosedAt is null && LimitHours is { } limit && now - StageSince > TimeSpan.FromHours(limit),
        NextStepAt = ClosedAt is null ? NextStepAt : null,
        NextStepSubject = ClosedAt is null ? NextStepSubject : null,
        ClosedAt = ClosedAt,
        IsWon = IsWon,
        LossReason = LossReason,
        Version = Version,
    };

    public static DateOnly? DateOf(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
