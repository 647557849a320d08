using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Clients;

/// <summary>A card that nobody else changes until the transaction ends.</summary>
internal sealed record HeldCard
{
    public long Id { get; init; }
    public int Version { get; init; }
    public long? MergedInto { get; init; }
}

/// <summary>Holds cards until the caller's transaction ends, so that nothing comes to one of them while it goes into another.</summary>
internal static class HeldCards
{
    /// <summary>Two cards in the order of their ids, so that two transactions never wait for each other crosswise. Null: one is not there.</summary>
    public static async Task<(HeldCard One, HeldCard Other)?> Take(DbSession session, long oneId, long otherId, CancellationToken cancel)
    {
        var cards = await session.Query<HeldCard>(TakeSql(session.Dialect), new { oneId, otherId }, cancel);
        return cards.Count == 2 ? (cards.Single(card => card.Id == oneId), cards.Single(card => card.Id == otherId)) : null;
    }

    /// <summary>A card to which something is to be added. False: it went into another one meanwhile.</summary>
    public static async Task<bool> IsAlive(DbSession session, long clientId, CancellationToken cancel) =>
        await session.Query<HeldCard>(TakeSql(session.Dialect), new { oneId = clientId, otherId = clientId }, cancel) is [{ MergedInto: null }];

    /// <summary>Those of the cards that the caller may see.</summary>
    public static async Task<IReadOnlyList<long>> Visible(DbSession session, Access access, IEnumerable<long> clientIds, CancellationToken cancel) =>
        await session.Query<long>(VisibleSql(session.Dialect, !access.SeesAll), new { ids = JsonRows.Of(clientIds), callerId = access.AgentId }, cancel);

    static Sql TakeSql(Dialect dialect) => new($"""
        SELECT k.id, k.version, k.merged_into
        FROM client k {dialect.LockHint}
        WHERE k.id IN (@oneId, @otherId)
        ORDER BY k.id
        {dialect.ForUpdate}
        """);

    static Sql VisibleSql(Dialect dialect, bool own) => new($"""
        SELECT k.id
        FROM client k
        WHERE k.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        ORDER BY k.id
        """);
}
