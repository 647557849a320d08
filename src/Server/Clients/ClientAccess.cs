namespace ContactCenterCrm.Server.Clients;

/// <summary>Which clients an agent may see: the own ones, those of nobody, and those that an own phone had a call with.</summary>
internal static class ClientAccess
{
    /// <summary>For <c>WHERE</c>, over the table <c>client k</c> and the parameter <c>@callerId</c>.</summary>
    public const string IsVisible = """
        (k.owner_id IS NULL OR k.owner_id = @callerId OR EXISTS (
            SELECT 1
            FROM call v
            JOIN call_party p ON p.call_id = v.id
            JOIN agent_extension e ON e.pbx = p.source AND e.extension = p.extension
            WHERE v.client_id = k.id AND e.agent_id = @callerId))
        """;
}
