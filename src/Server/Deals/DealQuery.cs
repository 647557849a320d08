using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>A filter as a condition over <c>deal d</c>, its client <c>client k</c> and its stage <c>stage s</c>, with its parameters.</summary>
internal sealed record DealQuery(bool Own, bool OfFunnel, bool OfStage, bool OfOwner, bool OfClient, string State, bool? HasNextStep, bool? IsTooOld, bool Found, bool ByField)
{
    const string OpenTask = "SELECT 1 FROM agent_task y WHERE y.deal_id = d.id AND y.state = 'open'";

    public static DealQuery Of(Access access, DealFilter filter) => new(
        !access.SeesAll, filter.FunnelId is not null, filter.StageId is not null, filter.OwnerId is not null, filter.ClientId is not null, filter.State ?? "",
        filter.HasNextStep, filter.IsTooOld, !string.IsNullOrWhiteSpace(filter.Search), filter.Field is not null);

    /// <summary>Begins with AND. What is too old is compared with a time for each number of hours: <c>@limits</c>.</summary>
    public string Condition(Dialect dialect) => string.Join('\n', new[]
    {
        Own ? $"AND {DealAccess.IsVisible}" : "",
        OfFunnel ? "AND d.funnel_id = @funnelId" : "",
        OfStage ? "AND d.stage_id = @stageId" : "",
        OfOwner ? "AND d.owner_id = @ownerId" : "",
        OfClient ? "AND d.client_id = @clientId" : "",
        State switch { "open" => "AND d.closed_at IS NULL", "won" => $"AND d.is_won = {dialect.True}", "lost" => $"AND d.is_won = {dialect.False}", _ => "" },
        HasNextStep switch { true => $"AND EXISTS ({OpenTask})", false => $"AND NOT EXISTS ({OpenTask})", null => "" },
        IsTooOld switch { true => $"AND {TooOld(dialect)}", false => $"AND NOT {TooOld(dialect)}", null => "" },
        Found ? "AND (d.title_key LIKE @like OR EXISTS (SELECT 1 FROM client_search f WHERE f.client_id = d.client_id AND f.token >= @low AND f.token < @high))" : "",
        ByField ? "AND EXISTS (SELECT 1 FROM field_value v WHERE v.subject_id IN (d.id, d.client_id) AND v.field_id = @fieldId AND v.value_key = @valueKey)" : "",
    }.Where(part => part.Length > 0));

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

    static Sql LimitsSql(Dialect _) => new("SELECT id, limit_hours FROM stage WHERE limit_hours IS NOT NULL ORDER BY id");

    sealed record StageLimit
    {
        public long Id { get; init; }
        public int LimitHours { get; init; }
    }
}
