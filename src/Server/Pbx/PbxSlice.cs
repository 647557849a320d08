using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Jobs;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>PBXs: the lines to them, their extensions, and how their numbers are read.</summary>
internal static class PbxSlice
{
    public static IServiceCollection AddPbx(this IServiceCollection services) => services
        .AddRelaySignIn()
        .AddSingleton<RelayTokenStore>()
        .AddSingleton<RelayedLines>()
        .AddSingleton<PbxGapStore>()
        .AddSingleton<PbxDiaryStore>()
        .AddSingleton<PbxDiary>()
        .AddJob<PbxDiaryJob>("pbx.diary", "0/5 * * * * ?")
        .AddJob<PbxDiaryNightJob>("pbx.diary-night", "0 17 3 * * ?")
        .AddSingleton<PbxLinkStore>()
        .AddSingleton<PbxSecrets>()
        .AddSingleton<PbxLinkRuns>()
        .AddSingleton<ExtensionStore>()
        .AddSingleton<ICallWatcher, ExtensionSightings>()
        .AddSingleton<PbxLinks>()
        .AddSingleton<ICallDialler, PbxDialler>()
        .AddHostedService(services => services.GetRequiredService<PbxLinks>());

    public static void MapPbx(this IEndpointRouteBuilder api)
    {
        var pbx = api.MapGroup("/pbx").RequireAuthorization(Rights.Admin);
        pbx.MapPbxLinks();
        pbx.MapExtensions();
        pbx.MapNumberTest();
        pbx.MapRelayTokens();
        api.MapRelayedLines();
        api.MapGaps();
    }
}
