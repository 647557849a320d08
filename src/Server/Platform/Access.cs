namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// Who asks. Every store method that returns client data takes it, and the predicate stands in the SQL: what a caller may not see
/// never leaves the database.
/// </summary>
/// <param name="AgentId">The account; for an API key, the key's own id.</param>
internal sealed record Access(long AgentId, string Role)
{
    /// <summary>Supervisors, managers and admins see everybody's clients and calls; an agent sees the own ones and those of nobody.</summary>
    public bool SeesAll => Role != Contracts.Roles.Agent;
}
