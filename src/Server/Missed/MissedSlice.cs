using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Jobs;

namespace ContactCenterCrm.Server.Missed;

/// <summary>The ledger of lost calls: no client is forgotten.</summary>
internal static class MissedSlice
{
    public static IServiceCollection AddMissed(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Missed").Get<MissedSettings>() ?? new())
        .AddSingleton<LostNews>()
        .AddSingleton<LostLedger>()
        .AddSingleton<LostList>()
        .AddSingleton<LostActions>()
        .AddSingleton<ICallWatcher, LostWatcher>()
        .AddJob<LostCatchUp>("missed.catch-up", "20 * * * * ?")
        .AddJob<LostEscalation>("missed.escalation", "40 * * * * ?");

    public static void MapMissed(this IEndpointRouteBuilder api) => api.MapLostEndpoints();
}
