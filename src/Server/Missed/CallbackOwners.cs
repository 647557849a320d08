using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Missed;

/// <summary>
/// Who is to call a lost client back: the client's owner, if present; else somebody of those who have to do with the call who is ready for calls,
/// else one who is at least signed in. While nobody is there it is the owner's again, and without one, anybody's of them. Among equals it goes
/// by turns. Inside the caller's transaction.
/// </summary>
internal static class CallbackOwners
{
    /// <summary>Calls on a line that tell who belongs to it.</summary>
    const int RecentCalls = 50;

    /// <summary>By call; null: there is nobody who would know of the line.</summary>
    public static async Task<IReadOnlyDictionary<long, long?>> Of(DbSession session, IReadOnlyList<SettledRow> entries, DateTimeOffset now, CancellationToken cancel)
    {
        if (entries.Count == 0)
            return new Dictionary<long, long?>();
        var args = new { ids = JsonRows.Of(entries.Select(entry => entry.Row.CallId)), take = RecentCalls };
        var candidates = (await session.Query<Candidate>(CandidatesSql(session.Dialect), args, cancel)).ToLookup(candidate => candidate.CallId);
        var turns = new Turns(await session.Query<(long AgentId, long Turn)>(TurnsSql(session.Dialect), null, cancel));
        var owners = entries.ToDictionary(
            entry => entry.Row.CallId,
            entry => Choose([.. candidates[entry.Row.CallId].Select(candidate => entry.Promise.Hours.IsOpen(now) ? candidate : candidate with { State = null })], turns));
        await session.ExecuteRows(turns.Changed is { } rows ? [new(PutTurnsSql, rows)] : [], cancel);
        return owners;
    }

    /// <summary>Null: there is nobody to choose from.</summary>
    /// <param name="candidates">Without states while we are closed: who is there now says nothing of the morning.</param>
    public static long? Choose(IReadOnlyList<Candidate> candidates, Turns turns)
    {
        var owner = candidates.FirstOrDefault(candidate => candidate.Tie == Tie.Owner);
        var others = candidates.Where(candidate => candidate.Tie != Tie.Owner).GroupBy(candidate => (candidate.Presence, candidate.Tie)).MinBy(group => group.Key);
        if (owner is not null && (owner.Presence != Presence.Away || others is null || others.Key.Presence == Presence.Away))
            return owner.AgentId;
        return others is null ? null : turns.Next(others.Select(candidate => candidate.AgentId));
    }

    // The PBX does not tell us who belongs to a queue while nobody is called: whose phones lately rang on its line do.
    static Sql CandidatesSql(Dialect dialect)
    {
        var wanted = dialect.Rows("@ids", "id bigint", "wanted");
        return new($"""
            SELECT found.call_id, found.agent_id, MIN(found.tie) AS tie, p.state
            FROM (
                SELECT c.id AS call_id, k.owner_id AS agent_id, 0 AS tie
                FROM {wanted}
                JOIN call c ON c.id = wanted.id
                JOIN client k ON k.id = c.client_id
                UNION ALL
                SELECT c.id, x.agent_id, 1
                FROM {wanted}
                JOIN call c ON c.id = wanted.id
                JOIN call_offer o ON o.call_id = c.id AND o.ring_started_at IS NOT NULL
                JOIN agent_extension x ON x.pbx = c.source AND x.extension = o.extension
                UNION ALL
                SELECT c.id, x.agent_id, 2
                FROM {wanted}
                JOIN call c ON c.id = wanted.id
                JOIN call recent ON recent.did = c.did
                JOIN call_offer o ON o.call_id = recent.id
                JOIN agent_extension x ON x.pbx = recent.source AND x.extension = o.extension
                WHERE recent.id IN (
                    SELECT earlier.id
                    FROM call earlier
                    WHERE earlier.did = c.did AND earlier.started_at < c.started_at
                    ORDER BY earlier.started_at DESC, earlier.id DESC
                    {dialect.Take})
                UNION ALL
                SELECT c.id, mate.id, 3
                FROM {wanted}
                JOIN call c ON c.id = wanted.id
                JOIN client k ON k.id = c.client_id
                JOIN agent owner ON owner.id = k.owner_id
                JOIN agent mate ON mate.team_id = owner.team_id) found
            JOIN agent a ON a.id = found.agent_id AND a.is_active = {dialect.True}
            LEFT JOIN agent_presence p ON p.agent_id = a.id
            GROUP BY found.call_id, found.agent_id, p.state
            ORDER BY found.call_id, found.agent_id
            """);
    }

    static Sql TurnsSql(Dialect _) => new("SELECT agent_id, turn FROM lost_turn ORDER BY agent_id");

    static Sql PutTurnsSql(Dialect dialect) => new(dialect.UpsertRows("lost_turn", "@rows", "agent_id bigint, turn bigint", "agent_id"));

    /// <summary>What an agent has to do with a call, the nearest first.</summary>
    internal enum Tie
    {
        /// <summary>The client is the agent's.</summary>
        Owner,

        /// <summary>The agent's phone rang in this call.</summary>
        Rang,

        /// <summary>The agent's phone lately rang on this line.</summary>
        Line,

        /// <summary>The client's owner is in the agent's team.</summary>
        Team,
    }

    /// <summary>Whether an agent could call back now, the likeliest first.</summary>
    internal enum Presence { Ready, Here, Away }

    internal sealed record Candidate
    {
        public long CallId { get; init; }
        public long AgentId { get; init; }
        public Tie Tie { get; init; }

        /// <summary>As the table of presence writes it; null: nothing is known.</summary>
        public string? State { get; init; }

        public Presence Presence => State switch
        {
            "ready" => Presence.Ready,
            null or "offline" => Presence.Away,
            _ => Presence.Here,
        };
    }
}
