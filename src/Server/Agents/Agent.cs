namespace ContactCenterCrm.Server.Agents;

/// <summary>An account, as signing in needs it.</summary>
internal sealed record Agent
{
    public long Id { get; init; }
    public string Login { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public string PasswordHash { get; init; } = "";
    public string SessionStamp { get; init; } = "";
    public bool IsActive { get; init; }
}

/// <summary>What became of a change to an account.</summary>
internal enum AgentChange
{
    Done,
    NotFound,

    /// <summary>Another account has this login.</summary>
    LoginTaken,

    /// <summary>It would leave nobody who may administer.</summary>
    LastAdmin,
}
