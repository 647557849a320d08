using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform.Jobs;

namespace ContactCenterCrm.Server.Deals;

/// <summary>The company's own funnels, the deals in them, and the gates between their stages.</summary>
internal static class DealsSlice
{
    public static IServiceCollection AddDeals(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(configuration.GetSection("Deals").Get<DealSettings>() ?? new())
        .AddSingleton<FunnelStore>()
        .AddSingleton<FieldStore>()
        .AddSingleton<DealRules>()
        .AddSingleton<IClientPart, DealPart>()
        .AddSingleton<IClientPart, ClientFieldPart>()
        .AddSingleton<DealNews>()
        .AddSingleton<DealMoves>()
        .AddSingleton<ExcuseRequests>()
        .AddSingleton<DealList>()
        .AddSingleton<DealReader>()
        .AddSingleton<DealTable>()
        .AddSingleton<DealViews>()
        .AddSingleton<DealReports>()
        .AddSingleton<DealImporter>()
        .AddSingleton<GatePreviews>()
        .AddSingleton<DealAutomation>()
        .AddJob<DealAutomationJob>(DealAutomation.Name, DealAutomation.Cron);

    public static void MapDeals(this IEndpointRouteBuilder api)
    {
        api.MapDealEndpoints();
        api.MapFunnelEndpoints();
    }
}
