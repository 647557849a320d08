namespace ContactCenterCrm.Server.Clients;

/// <summary>
/// Which clients an agent may see: the own ones, those of nobody, those that an own phone had a call with, those with whom the agent has
/// something to do now, and those of the agent's deals.
/// </summary>
internal static class ClientAccess
{
    /// <summary>For <c>WHERE</c>, over the table <c>client k</c> and the parameter <c>@callerId</c>.</summary>
    // CROSS JOIN: SQLite then keeps to this order, from the client's calls to who had part in them. Left to itself it goes through all
    // calls of the agent, for each client.
    public const string IsVisible = """
        (k.owner_id IS NULL OR k.owner_id = @callerId OR EXISTS (
            SELECT 1
            FROM call v
            CROSS JOIN call_party p
            CROSS JOIN agent_extension e
            WHERE v.client_id = k.id AND p.call_id = v.id AND e.pbx = p.source AND e.extension = p.extension AND e.agent_id = @callerId) OR EXISTS (
            SELECT 1
            FROM agent_task u
            WHERE u.client_id = k.id AND u.state = 'open' AND (u.owner_id = @callerId OR u.deputy_id = @callerId)) OR EXISTS (
            SELECT 1
            FROM deal w
            WHERE w.client_id = k.id AND w.owner_id = @callerId))
        """;
}
