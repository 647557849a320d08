using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Web;

namespace ContactCenterCrm.Server.Desk;

/// <summary>The agents' desks: which call is on whose screen, and what was noted there.</summary>
internal static class DeskSlice
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSignalR().AddJsonProtocol(json => WebPlatform.SpeakJson(json.PayloadSerializerOptions));
        return services
            .AddSingleton<DeskScreens>()
            .AddSingleton<DeskPainting>()
            .AddSingleton<OwnDesk>()
            .AddSingleton<ICallWatcher, AgentDesk>()
            .AddSingleton<DeskSessions>()
            .AddHostedService(services => services.GetRequiredService<DeskSessions>())
            .AddHostedService(services => services.GetRequiredService<DeskPainting>())
            .AddHostedService<DialStrip>()
            .AddHostedService<PresenceStrip>()
            .AddHostedService<LinkStrip>()
            .AddHostedService<TaskHints>()
            .AddHostedService<LostStrip>();
    }

    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/api").MapDeskEndpoints();
        app.MapHub<DeskHub>(DeskHubNames.Path);
    }
}
