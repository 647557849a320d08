using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Calls;

/// <summary>The record of calls: what comes from the PBXs is kept here, and read from here.</summary>
internal static class CallsSlice
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<CallStore>()
        .AddSingleton<IClientPart, CallPart>()
        .AddSingleton<CallList>()
        .AddSingleton<CallDiary>()
        .AddSingleton<CallSources>()
        .AddSingleton<CallIngests>()
        .AddSingleton<QuarantineStore>()
        .AddSingleton<Quarantine>()
        .AddHostedService(services => services.GetRequiredService<Quarantine>());

    public static void MapCalls(this IEndpointRouteBuilder api)
    {
        api.MapCallEndpoints();
        api.MapQuarantine();
    }
}
