using ContactCenterCrm.Server.Calls;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>Click-to-call: from an agent's wish to the order that a line takes. What becomes of the call is the business of Calls and Desk.</summary>
internal static class DiallingSlice
{
    public static IServiceCollection AddDialling(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(DialSettings.Of(configuration))
        .AddSingleton<DialStore>()
        .AddSingleton<DialIntake>()
        .AddSingleton<DialRunner>()
        .AddHostedService(services => services.GetRequiredService<DialRunner>())
        .AddSingleton<ICallWatcher, DialWatch>();

    public static void MapDialling(this IEndpointRouteBuilder api) => api.MapDialEndpoints();
}
