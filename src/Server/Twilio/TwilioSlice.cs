using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Jobs;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Server.Twilio.Rest;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>Twilio: the accounts and numbers there, and the way to its API.</summary>
internal static class TwilioSlice
{
    public static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TwilioApiSettings.Of(configuration);
        return services
            .AddSingleton<TwilioAccountStore>()
            .AddSingleton<TwilioNumberStore>()
            .AddSingleton<TwilioSecrets>()
            .AddSingleton<TwilioUrls>()
            .AddSingleton(settings)
            .AddTwilioHttp(settings)
            .AddSingleton<TwilioHttp>()
            .AddSingleton<TwilioApi>()
            .AddSingleton<TwilioChecks>()
            .AddHostedService<TwilioChecksAtStart>()
            .AddSingleton<KnownTwilioCalls>()
            .AddSingleton<TwilioReconciliation>()
            .AddSingleton<TwilioRecordingStore>()
            .AddSingleton<TwilioRecordings>()
            .AddSingleton<ICallWatcher, TwilioRecordingWatch>()
            .AddSingleton<ICallDialler, TwilioDialler>()
            .AddJob<TwilioOpenCallsJob>("twilio.open_calls", "40 */3 * * * ?")
            .AddJob<TwilioDayJob>("twilio.day", "10 7 * * * ?")
            .AddJob<TwilioRecordingsJob>("twilio.recordings", "5/15 * * * * ?")
            .AddTwilioWebhooks();
    }

    public static void MapTwilio(this IEndpointRouteBuilder api)
    {
        var twilio = api.MapGroup("/twilio").RequireAuthorization(Rights.Admin);
        twilio.MapTwilioAccounts();
        twilio.MapTwilioNumbers();
    }
}
