using ContactCenterCrm.Server.Calls;

namespace ContactCenterCrm.Server.Presence;

/// <summary>What each agent is doing: ready, in a call, at its wrap-up, away.</summary>
internal static class PresenceSlice
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<PresenceBook>()
        .AddSingleton<PresenceRulesStore>()
        .AddSingleton<ICallWatcher, PresenceOfCalls>()
        .AddSingleton<PresenceScreens>()
        .AddHostedService<QueuePauses>()
        .AddHostedService(services => services.GetRequiredService<PresenceScreens>());

    public static void MapPresence(this IEndpointRouteBuilder api) => api.MapPresenceEndpoints();
}
