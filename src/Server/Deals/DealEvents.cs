using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>An event on its way into the table.</summary>
internal sealed record NewDealEvent(
    long Id, long DealId, DateTimeOffset At, string What, long? ById, string? ByName, long? FromStageId, long? ToStageId, string? Reason, EventBody Body, int Version);

internal sealed record EventBody(IReadOnlyList<DealChange> Changes, IReadOnlyList<UnmetItem> Unmet);

/// <summary>What happened with deals. Rows are only added.</summary>
internal static class DealEvents
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static Task Add(DbSession session, NewDealEvent happened, CancellationToken cancel) => session.Execute(AddSql(session.Dialect), Values(happened), cancel);

    /// <summary>Once for each version and stage.</summary>
    public static async Task Blocked(DbSession session, NewDealEvent refused, CancellationToken cancel)
    {
        var args = new { dealId = refused.DealId, version = refused.Version, toStageId = refused.ToStageId };
        if (await session.QueryFirst<long?>(IsKeptSql(session.Dialect), args, cancel) is null)
            await Add(session, refused, cancel);
    }

    /// <summary>The newest first.</summary>
    /// <param name="afterVersion">What happened since; below zero: all.</param>
    public static async Task<IReadOnlyList<DealEvent>> Of(DbSession session, long dealId, int afterVersion, CancellationToken cancel) =>
        [.. (await session.Query<EventRow>(OfSql(session.Dialect), new { dealId, afterVersion, take = EventsMax }, cancel)).Select(row => row.Event())];

    const int EventsMax = 500;

    static object Values(NewDealEvent happened) => new
    {
        id = happened.Id,
        dealId = happened.DealId,
        happenedAt = happened.At,
        what = happened.What,
        byId = happened.ById,
        byName = happened.ByName,
        fromStageId = happened.FromStageId,
        toStageId = happened.ToStageId,
        reason = happened.Reason,
        body = JsonSerializer.Serialize(happened.Body, json),
        version = happened.Version,
    };

    static Sql AddSql(Dialect _) => new("""
        INSERT INTO deal_event (id, deal_id, happened_at, what, by_id, by_name, from_stage_id, to_stage_id, reason, body, version)
        VALUES (@id, @dealId, @happenedAt, @what, @byId, @byName, @fromStageId, @toStageId, @reason, @body, @version)
        """);

    static Sql IsKeptSql(Dialect _) => new("SELECT MIN(id) FROM deal_event WHERE deal_id = @dealId AND what = 'blocked' AND version = @version AND to_stage_id = @toStageId");

    static Sql OfSql(Dialect dialect) => new($"""
        SELECT id, happened_at, what, by_name, from_stage_id, to_stage_id, reason, body, version
        FROM deal_event
        WHERE deal_id = @dealId AND version > @afterVersion
        ORDER BY happened_at DESC, id DESC
        {dialect.Take}
        """);

    sealed record EventRow
    {
        public long Id { get; init; }
        public DateTimeOffset HappenedAt { get; init; }
        public string What { get; init; } = "";
        public string? ByName { get; init; }
        public long? FromStageId { get; init; }
        public long? ToStageId { get; init; }
        public string? Reason { get; init; }
        public string Body { get; init; } = "{}";
        public int Version { get; init; }

        public DealEvent Event()
        {
            var body = JsonSerializer.Deserialize<EventBody>(Body, json)!;
            return new()
            {
                Id = Id,
                At = HappenedAt,
                What = What,
                ByName = ByName,
                FromStageId = FromStageId,
                ToStageId = ToStageId,
                Reason = Reason,
                Changes = body.Changes,
                Unmet = body.Unmet,
                Version = Version,
            };
        }
    }
}
