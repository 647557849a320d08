using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Calls;

/// <summary>A call, as far as it matters for whose it is.</summary>
internal sealed record CallClient
{
    public long? ClientId { get; init; }

    /// <summary>The number outside; null when hidden.</summary>
    public string? E164 { get; init; }

    public string Direction { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
}

/// <summary>Whose a call is, said by a person; who said it, and what stood there before, is kept. Inside the caller's transaction.</summary>
internal static class CallClients
{
    /// <summary>Null when there is no such call, or it is not for the caller to see. It stays as it is until the transaction ends.</summary>
    public static Task<CallClient?> Of(DbSession session, Access access, long callId, CancellationToken cancel) =>
        session.QueryFirst<CallClient>(OfSql(session.Dialect, !access.SeesAll), new { callId, callerId = access.AgentId }, cancel);

    /// <param name="linkId">A new id, for the record of this.</param>
    public static async Task Link(
        DbSession session, long linkId, long callId, long? fromClientId, long toClientId, long agentId, DateTimeOffset at, CancellationToken cancel)
    {
        await session.Execute(LinkSql(session.Dialect), new { callId, toClientId }, cancel);
        await session.Execute(RecordSql(session.Dialect), new { id = linkId, callId, fromClientId, toClientId, agentId, linkedAt = at }, cancel);
    }

    static Sql OfSql(Dialect dialect, bool own) => new($"""
        SELECT c.client_id, c.party_e164 AS e164, c.direction, c.started_at
        FROM call c {dialect.LockHint}
        WHERE c.id = @callId AND c.merged_source IS NULL
        {(own ? $"AND c.id IN ({CallParties.OfAgent("@callerId")})" : "")}
        {dialect.ForUpdate}
        """);

    static Sql LinkSql(Dialect _) => new("UPDATE call SET client_id = @toClientId WHERE id = @callId");

    static Sql RecordSql(Dialect _) => new("""
        INSERT INTO call_link (id, call_id, from_client_id, to_client_id, agent_id, linked_at)
        VALUES (@id, @callId, @fromClientId, @toClientId, @agentId, @linkedAt)
        """);
}
