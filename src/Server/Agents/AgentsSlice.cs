namespace ContactCenterCrm.Server.Agents;

/// <summary>Who may come in: accounts, sessions, API keys, and whose phone an extension is.</summary>
internal static class AgentsSlice
{
    public static IServiceCollection AddAgents(this IServiceCollection services, DemoAccounts demo) => services
        .AddSessions()
        .AddSingleton<AgentStore>()
        .AddSingleton<TeamStore>()
        .AddSingleton<ApiKeyStore>()
        .AddSingleton<LockOut>()
        .AddSingleton<PasswordCheck>()
        .AddSingleton(demo)
        .AddHostedService<FirstRun>();

    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        api.MapSignIn();
        api.MapAgentAccounts();
        api.MapTeams();
    }
}
