using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Presence;

/// <summary>What each agent is doing now, and did before.</summary>
internal static class PresenceStore
{
    static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>
    /// What is known of these agents, also of one of whom nothing was known before. They stay as they are until the end of the session.
    /// </summary>
    public static async Task<Dictionary<long, AgentPresence>> Hold(DbSession session, IReadOnlyCollection<long> agentIds, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var agentId in agentIds)
            rows.Row().Add(agentId).Add(0L).Add(Word(AgentState.Offline)).Add(now).AddFlag(false).Add("{}");
        await session.ExecuteRows([new(AppearSql, rows.Text())], cancel);
        var asked = new { agents = JsonRows.Of(agentIds) };
        var held = await session.Query<PresenceRow>(HoldSql(session.Dialect), asked, cancel);
        var calls = (await session.Query<CallRow>(CallsSql(session.Dialect), asked, cancel)).ToLookup(call => call.AgentId);
        return held.ToDictionary(row => row.AgentId, row => row.Presence(calls[row.AgentId]));
    }

    /// <summary>Agents see themselves, everybody else all.</summary>
    public static async Task<IReadOnlyList<PresenceItem>> All(DbSession session, Access access, CancellationToken cancel) =>
        Items(await session.Query<PresenceRow>(AllSql(session.Dialect, access.SeesAll), new { isActive = true, agentId = access.AgentId }, cancel));

    public static async Task<IReadOnlyList<PresenceItem>> Of(DbSession session, IEnumerable<long> agentIds, CancellationToken cancel) =>
        Items(await session.Query<PresenceRow>(OfManySql(session.Dialect), new { agents = JsonRows.Of(agentIds) }, cancel));

    /// <param name="firstId">As many ids as there are changes, for the stretches that begin.</param>
    public static Task Put(DbSession session, IReadOnlyList<PresenceChange> changes, long firstId, CancellationToken cancel)
    {
        var (rows, calls, agents, ended, begun) = (new JsonRows(), new JsonRows(), new JsonRows(), new JsonRows(), new JsonRows());
        foreach (var change in changes)
        {
            var now = change.Now;
            rows.Row().Add(change.AgentId).Add(now.Version).Add(Word(now.State)).Add(now.Since).AddFlag(now.IsHere).Add(now.WrapUp?.Until).Add(JsonSerializer.Serialize(Body.Of(now), Json));
            agents.Row().Add(change.AgentId);
            foreach (var (callId, phase) in now.Calls)
                calls.Row().Add(change.AgentId).Add(callId).Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(phase.ToString()));
            if (!change.IsStretch)
                continue;
            ended.Row().Add(change.AgentId).Add(now.Since);
            begun.Row().Add(firstId++).Add(change.AgentId).Add(Word(now.State)).Add(now.Break).Add(now.Since).Add((DateTimeOffset?)null);
        }
        return session.ExecuteRows(
            [new(PutSql, rows.Text()), new(LeaveCallsSql, agents.Text()), new(JoinCallsSql, calls.Text()), new(EndStretchesSql, ended.Text()), new(BeginStretchesSql, begun.Text())], cancel);
    }

    /// <summary>A screen of each of these agents is there.</summary>
    public static Task Saw(DbSession session, IEnumerable<long> agentIds, DateTimeOffset now, CancellationToken cancel) =>
        session.Execute(SawSql(session.Dialect), new { agents = JsonRows.Of(agentIds), now }, cancel);

    /// <summary>Agents whose screens were seen last before this, although they count as present.</summary>
    public static Task<IReadOnlyList<long>> Unseen(DbSession session, DateTimeOffset since, CancellationToken cancel) =>
        session.Query<long>(UnseenSql(session.Dialect), new { since, isHere = true }, cancel);

    /// <summary>Agents with something that happens by itself until now.</summary>
    public static Task<IReadOnlyList<long>> Due(DbSession session, DateTimeOffset now, CancellationToken cancel) =>
        session.Query<long>(DueSql(session.Dialect), new { now }, cancel);

    /// <summary>Whose agents these calls are, as far as it is known here.</summary>
    public static async Task<ILookup<long, long>> AgentsIn(DbSession session, IEnumerable<long> callIds, CancellationToken cancel) =>
        (await session.Query<CallRow>(AgentsInSql(session.Dialect), new { calls = JsonRows.Of(callIds) }, cancel)).ToLookup(row => row.CallId, row => row.AgentId);

    /// <summary>Of each phone at a PBX whose owner has ever been at a screen: whether its owner takes calls, or why not.</summary>
    public static async Task<IReadOnlyList<QueuePause>> Pauses(DbSession session, string pbx, CancellationToken cancel) =>
        [.. (await session.Query<PhoneRow>(PausesSql(session.Dialect), new { pbx }, cancel)).Select(row => new QueuePause(row.Extension, row.Presence([]).WhyNot))];

    /// <summary>What the agent did between two moments, in its order.</summary>
    public static async Task<IReadOnlyList<AgentStretch>> Stretches(DbSession session, long agentId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) =>
        [.. (await session.Query<StretchRow>(StretchesSql(session.Dialect), new { agentId, from, to }, cancel)).Select(row => row.Stretch())];

    static IReadOnlyList<PresenceItem> Items(IEnumerable<PresenceRow> rows) => [.. rows.Select(row => row.Presence([]).Item(row.AgentId, row.StateNow))];

    static string Word(AgentState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    static AgentState State(string word) => Enum.Parse<AgentState>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    const string Columns = "p.agent_id, p.version, p.state, p.since, p.is_here, p.body";

    static Sql AppearSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "agent_presence", "@rows", "agent_id bigint, version bigint, state key, since time, is_here flag, body text", "agent_id"));

    static Sql HoldSql(Dialect dialect) => new($"""
        SELECT {Columns}
        FROM agent_presence p {dialect.LockHint}
        WHERE p.agent_id IN (SELECT agents.id FROM {dialect.Rows("@agents", "id bigint", "agents")})
        ORDER BY p.agent_id
        {dialect.ForUpdate}
        """);

    static Sql CallsSql(Dialect dialect) => new($"""
        SELECT c.agent_id, c.call_id, c.phase
        FROM {dialect.Rows("@agents", "id bigint", "agents")}
        JOIN agent_call c ON c.agent_id = agents.id
        """);

    static Sql AllSql(Dialect _, bool seesAll) => new($"""
        SELECT {Columns}
        FROM agent_presence p
        JOIN agent a ON a.id = p.agent_id AND a.is_active = @isActive
        {(seesAll ? "" : "WHERE p.agent_id = @agentId")}
        ORDER BY a.name, a.id
        """);

    static Sql OfManySql(Dialect dialect) => new($"""
        SELECT {Columns}
        FROM {dialect.Rows("@agents", "id bigint", "agents")}
        JOIN agent_presence p ON p.agent_id = agents.id
        ORDER BY p.agent_id
        """);

    static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows(
        "agent_presence", "@rows", "agent_id bigint, version bigint, state key, since time, is_here flag, due_at time, body text", "agent_id"));

    static Sql LeaveCallsSql(Dialect dialect) => new($"DELETE FROM agent_call WHERE agent_id IN (SELECT agents.id FROM {dialect.Rows("@rows", "id bigint", "agents")})");

    static Sql JoinCallsSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("agent_call", "@rows", "agent_id bigint, call_id bigint, phase key", "agent_id, call_id"));

    static Sql EndStretchesSql(Dialect dialect) => new($"""
        UPDATE agent_state
        SET ended_at = done.ended_at
        FROM {dialect.Rows("@rows", "agent_id bigint, ended_at time", "done")}
        WHERE agent_state.agent_id = done.agent_id AND agent_state.ended_at IS NULL
        """);

    static Sql BeginStretchesSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "agent_state", "@rows", "id bigint, agent_id bigint, state key, reason text, began_at time, ended_at time", "id"));

    static Sql SawSql(Dialect dialect) => new($"UPDATE agent_presence SET seen_at = @now WHERE agent_id IN (SELECT agents.id FROM {dialect.Rows("@agents", "id bigint", "agents")})");

    static Sql UnseenSql(Dialect _) => new("SELECT agent_id FROM agent_presence WHERE is_here = @isHere AND seen_at < @since");

    static Sql DueSql(Dialect _) => new("SELECT agent_id FROM agent_presence WHERE due_at <= @now");

    static Sql AgentsInSql(Dialect dialect) => new($"""
        SELECT c.agent_id, c.call_id, c.phase
        FROM {dialect.Rows("@calls", "id bigint", "calls")}
        JOIN agent_call c ON c.call_id = calls.id
        """);

    static Sql PausesSql(Dialect _) => new($"""
        SELECT {Columns}, e.extension
        FROM agent_extension e
        JOIN agent_presence p ON p.agent_id = e.agent_id
        WHERE e.pbx = @pbx
        ORDER BY e.extension
        """);

    static Sql StretchesSql(Dialect _) => new("""
        SELECT state, reason, began_at, ended_at
        FROM agent_state
        WHERE agent_id = @agentId AND began_at < @to AND (ended_at IS NULL OR ended_at > @from)
        ORDER BY began_at, id
        """);

    /// <summary>What only the program reads.</summary>
    sealed record Body
    {
        public string? Break { get; init; }
        public Wish? Pending { get; init; }
        public WrapUp? WrapUp { get; init; }
        public int RingsInVain { get; init; }

        public static Body Of(AgentPresence presence) =>
            new() { Break = presence.Break, Pending = presence.Pending, WrapUp = presence.WrapUp, RingsInVain = presence.RingsInVain };
    }

    sealed record PhoneRow : PresenceRow
    {
        public string Extension { get; init; } = "";
    }

    record PresenceRow
    {
        public long AgentId { get; init; }
        public long Version { get; init; }
        public string State { get; init; } = "";
        public DateTimeOffset Since { get; init; }
        public bool IsHere { get; init; }
        public string Body { get; init; } = "{}";

        public AgentState StateNow => PresenceStore.State(State);

        public AgentPresence Presence(IEnumerable<CallRow> calls)
        {
            var body = JsonSerializer.Deserialize<Body>(Body, Json)!;
            return new()
            {
                Version = Version,
                Since = Since,
                IsHere = IsHere,
                Break = body.Break,
                Pending = body.Pending,
                WrapUp = body.WrapUp,
                RingsInVain = body.RingsInVain,
                Calls = calls.ToImmutableSortedDictionary(call => call.CallId, call => Enum.Parse<CallPhase>(call.Phase.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)),
            };
        }
    }

    sealed record CallRow
    {
        public long AgentId { get; init; }
        public long CallId { get; init; }
        public string Phase { get; init; } = "";
    }

    sealed record StretchRow
    {
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public DateTimeOffset BeganAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }

        public AgentStretch Stretch() => new() { State = PresenceStore.State(State), Reason = Reason, BeganAt = BeganAt, EndedAt = EndedAt };
    }
}

/// <summary>What an agent is doing has changed.</summary>
internal sealed record PresenceChange(long AgentId, AgentPresence Before, AgentPresence Now)
{
    /// <summary>A stretch of the day ends and another begins; also the first one.</summary>
    public bool IsStretch => Before.Version == 0 || Before.State != Now.State || Before.Break != Now.Break;
}
