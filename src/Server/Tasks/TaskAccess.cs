using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>Which tasks an agent may see and work on: the own ones, those to stand in for, and those of nobody for a client that is the agent's to see.</summary>
internal static class TaskAccess
{
    /// <summary>For <c>WHERE</c>, over <c>agent_task t</c> and the parameter <c>@callerId</c>.</summary>
    public const string IsVisible = $"""
        (t.owner_id = @callerId OR t.deputy_id = @callerId OR (t.owner_id IS NULL AND (t.author_id = @callerId OR EXISTS (
            SELECT 1
            FROM client k
            WHERE k.id = t.client_id AND {ClientAccess.IsVisible}))))
        """;
}
