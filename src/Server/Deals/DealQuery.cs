using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What a filter asks.</summary>
[Flags]
internal enum DealCondition
{
    None = 0,
    Own = 1,
    OfFunnel = 1 << 1,
    OfStage = 1 << 2,
    OfOwner = 1 << 3,
    OfClient = 1 << 4,
    Open = 1 << 5,
    Won = 1 << 6,
    Lost = 1 << 7,
    HasNextStep = 1 << 8,
    HasNoNextStep = 1 << 9,
    IsTooOld = 1 << 10,
    IsNotTooOld = 1 << 11,
    Found = 1 << 12,
    ByField = 1 << 13,
    Every = (1 << 14) - 1,
}

/// <summary>A filter as a condition over <c>deal d</c> and its client <c>client k</c>, with its parameters.</summary>
internal static class DealQuery
{
    /// <summary>For <c>WHERE</c>, of tasks: a step that leads on with the client.</summary>
    public static string IsStep(string task) => $"{task}.deal_id = d.id AND {task}.state = 'open' AND COALESCE({task}.rule_name, '') <> '{TaskRules.Excuse}'";

    static readonly string OpenTask = $"SELECT 1 FROM agent_task y WHERE {IsStep("y")}";

    public static DealCondition Of(Access access, DealFilter filter) =>
        When(DealCondition.Own, !access.SeesAll)
        | When(DealCondition.OfFunnel, filter.FunnelId is not null)
        | When(DealCondition.OfStage, filter.StageId is not null)
        | When(DealCondition.OfOwner, filter.OwnerId is not null)
        | When(DealCondition.OfClient, filter.ClientId is not null)
        | When(DealCondition.Open, filter.State == "open")
        | When(DealCondition.Won, filter.State == "won")
        | When(DealCondition.Lost, filter.State == "lost")
        | When(DealCondition.HasNextStep, filter.HasNextStep == true)
        | When(DealCondition.HasNoNextStep, filter.HasNextStep == false)
        | When(DealCondition.IsTooOld, filter.IsTooOld == true)
        | When(DealCondition.IsNotTooOld, filter.IsTooOld == false)
        | When(DealCondition.Found, !string.IsNullOrWhiteSpace(filter.Search))
        | When(DealCondition.ByField, filter.Field is not null);

    /// <summary>Begins with AND. What is too old is compared with a time for each stage: <c>@limits</c>.</summary>
    public static string Sql(Dialect dialect, DealCondition conditions) => string.Concat(new (DealCondition When, string Sql)[]
    {
        (DealCondition.Own, DealAccess.IsVisible),
        (DealCondition.OfFunnel, "d.funnel_id = @funnelId"),
        (DealCondition.OfStage, "d.stage_id = @stageId"),
        (DealCondition.OfOwner, "d.owner_id = @ownerId"),
        (DealCondition.OfClient, "d.client_id = @clientId"),
        (DealCondition.Open, "d.closed_at IS NULL"),
        (DealCondition.Won, $"d.is_won = {dialect.True}"),
        (DealCondition.Lost, $"d.is_won = {dialect.False}"),
        (DealCondition.HasNextStep, $"EXISTS ({OpenTask})"),
        (DealCondition.HasNoNextStep, $"NOT EXISTS ({OpenTask})"),
        (DealCondition.IsTooOld, TooOld(dialect)),
        (DealCondition.IsNotTooOld, $"NOT {TooOld(dialect)}"),
        (DealCondition.Found, "(d.title_key LIKE @like OR EXISTS (SELECT 1 FROM client_search f WHERE f.client_id = d.client_id AND f.token >= @low AND f.token < @high))"),
        (DealCondition.ByField, "EXISTS (SELECT 1 FROM field_value v WHERE v.subject_id IN (d.id, d.client_id) AND v.field_id = @fieldId AND v.value_key = @valueKey)"),
    }.Where(condition => conditions.HasFlag(condition.When)).Select(condition => $" AND {condition.Sql}"));

    static DealCondition When(DealCondition condition, bool holds) => holds ? condition : DealCondition.None;

    /// <summary>An open deal is in its stage for longer than the stage allows.</summary>
    public static string TooOld(Dialect dialect) => $"""
        (d.closed_at IS NULL AND EXISTS (
            SELECT 1
            FROM {dialect.Rows("@limits", "stage_id bigint, since time", "l")}
            WHERE l.stage_id = d.stage_id AND d.stage_since < l.since))
        """;

    public static object Args(Access access, DealFilter filter, string limits, Cursor cursor, int take)
    {
        var word = SearchText.Words(filter.Search).FirstOrDefault() ?? "";
        return new
        {
            callerId = access.AgentId,
            funnelId = filter.FunnelId,
            stageId = filter.StageId,
            ownerId = filter.OwnerId,
            clientId = filter.ClientId,
            like = $"%{string.Join(' ', SearchText.Words(filter.Search))}%",
            low = word,
            high = word + '\uffff',
            fieldId = filter.Field is { } key ? FieldStore.IdOf(key) : null,
            valueKey = FieldValues.KeyOf(filter.Value ?? ""),
            limits,
            earliest = Cursor.Earliest,
            beforeAt = cursor.At,
            beforeId = cursor.Id,
            take,
        };
    }

    /// <summary>The stages with a limit, and since when a deal must be there to be too old.</summary>
    public static async Task<string> Limits(DbSession session, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var (id, hours) in (await session.Query<StageLimit>(LimitsSql(session.Dialect), null, cancel)).Select(limit => (limit.Id, limit.LimitHours)))
            rows.Row().Add(id).Add(now.AddHours(-hours));
        return rows.Text();
    }

    static Platform.Data.Sql LimitsSql(Dialect _) => new("SELECT id, limit_hours FROM stage WHERE limit_hours IS NOT NULL ORDER BY id");

    sealed record StageLimit
    {
        public long Id { get; init; }
        public int LimitHours { get; init; }
    }
}
