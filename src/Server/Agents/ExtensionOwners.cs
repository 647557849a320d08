using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Whose phones these are.</summary>
internal static class ExtensionOwners
{
    /// <summary>Those of nobody, and of accounts that are retired, are absent.</summary>
    public static async Task<IReadOnlyDictionary<(string Pbx, string Extension), long>> Of(
        DbSession session, IEnumerable<(string Pbx, string Extension)> extensions, CancellationToken cancel)
    {
        var asked = new JsonRows();
        foreach (var (pbx, extension) in extensions.Distinct())
            asked.Row().Add(pbx).Add(extension);
        var owners = await session.Query<OwnerRow>(OwnersSql(session.Dialect), new { asked = asked.Text(), isActive = true }, cancel);
        return owners.ToDictionary(owner => (owner.Pbx, owner.Extension), owner => owner.AgentId);
    }

    static Sql OwnersSql(Dialect dialect) => new($"""
        SELECT owned.pbx, owned.extension, owned.agent_id
        FROM {dialect.Rows("@asked", "pbx key, extension key", "asked")}
        JOIN agent_extension owned ON owned.pbx = asked.pbx AND owned.extension = asked.extension
        JOIN agent ON agent.id = owned.agent_id AND agent.is_active = @isActive
        """);

    sealed record OwnerRow
    {
        public string Pbx { get; init; } = "";
        public string Extension { get; init; } = "";
        public long AgentId { get; init; }
    }
}
