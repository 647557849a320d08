using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Extensions that were seen on calls or given to agents, and what keeps calls on them from popping.</summary>
internal sealed class ExtensionStore(Database database)
{
    public async Task<ExtensionsPage> Page(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var extensions = await session.Query<ExtensionRow>(ListSql(session.Dialect), null, cancel);
        var phoneless = await session.Query<AgentName>(PhonelessSql(session.Dialect), new { role = Roles.Agent, isActive = true }, cancel);
        return new()
        {
            Extensions = [.. extensions.Select(row => row.Item())],
            Conflicts = [.. extensions.Select(row => row.Conflict()).OfType<ExtensionConflict>(), .. phoneless.Select(WithoutPhone)],
        };
    }

    /// <summary>Records that calls went through these extensions. The latest time counts.</summary>
    public async Task See(IReadOnlyCollection<(string Pbx, string Extension, DateTimeOffset At)> sightings, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(
            SeeSql(session.Dialect),
            sightings.Select(seen => new { pbx = seen.Pbx, extension = seen.Extension, lastSeenAt = seen.At }),
            cancel);
        await session.Commit(cancel);
    }

    static ExtensionConflict WithoutPhone(AgentName agent) => new() { Kind = "agent_without_phone", AgentId = agent.Id, AgentName = agent.Name };

    static Sql SeeSql(Dialect dialect) => new(dialect.Upsert(
        "extension_sighting", "pbx, extension, last_seen_at", "pbx, extension", onlyIf: "target.last_seen_at < @lastSeenAt"));

    static Sql ListSql(Dialect _) => new("""
        SELECT known.pbx, known.extension, agent.id AS agent_id, agent.name AS agent_name, agent.is_active, seen.last_seen_at
        FROM (SELECT pbx, extension FROM extension_sighting UNION SELECT pbx, extension FROM agent_extension) AS known
        LEFT JOIN extension_sighting seen ON seen.pbx = known.pbx AND seen.extension = known.extension
        LEFT JOIN agent_extension owned ON owned.pbx = known.pbx AND owned.extension = known.extension
        LEFT JOIN agent ON agent.id = owned.agent_id
        ORDER BY known.pbx, known.extension
        """);

    static Sql PhonelessSql(Dialect _) => new("""
        SELECT id, name
        FROM agent
        WHERE is_active = @isActive AND role = @role
            AND NOT EXISTS (SELECT 1 FROM agent_extension owned WHERE owned.agent_id = agent.id)
        ORDER BY name, id
        """);

    sealed record ExtensionRow
    {
        public string Pbx { get; init; } = "";
        public string Extension { get; init; } = "";
        public long? AgentId { get; init; }
        public string? AgentName { get; init; }
        public bool? IsActive { get; init; }
        public DateTimeOffset? LastSeenAt { get; init; }

        public ExtensionItem Item() => new() { Pbx = Pbx, Extension = Extension, AgentId = AgentId, AgentName = AgentName, LastSeenAt = LastSeenAt };

        public ExtensionConflict? Conflict() => IsActive switch
        {
            null => new() { Kind = "nobody_owns", Pbx = Pbx, Extension = Extension },
            false => new() { Kind = "inactive_owner", Pbx = Pbx, Extension = Extension, AgentId = AgentId, AgentName = AgentName },
            true => null,
        };
    }
}
