using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>The HTTP client for Twilio's API, with the platform's standard handler: time limits, retries with back-off and jitter, a circuit breaker.</summary>
internal static class TwilioResilience
{
    public const string ClientName = "twilio";

    /// <summary>On a request: it may be sent again though the first one may have been done.</summary>
    public static readonly HttpRequestOptionsKey<bool> MayRepeat = new("Twilio.MayRepeat");

    public static IServiceCollection AddTwilioHttp(this IServiceCollection services, TwilioApiSettings settings)
    {
        services.AddHttpClient(ClientName)
            // Its lines would hold addresses with numbers of clients in them.
            .RemoveAllLoggers()
            .ConfigureHttpClient(client =>
            {
                client.Timeout = settings.TotalTime * 2;
                client.MaxResponseContentBufferSize = 16 * 1024 * 1024;
                client.DefaultRequestHeaders.UserAgent.ParseAdd("ContactCenterCrm");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddStandardResilienceHandler(options => Configure(options, settings));
        return services;
    }

    static void Configure(HttpStandardResilienceOptions options, TwilioApiSettings settings)
    {
        options.AttemptTimeout.Timeout = settings.AttemptTime;
        options.TotalRequestTimeout.Timeout = settings.TotalTime;
        options.CircuitBreaker.SamplingDuration = settings.AttemptTime * 3;
        options.Retry.Delay = settings.RetryDelay;
        var isTransient = options.Retry.ShouldHandle;
        options.Retry.ShouldHandle = async args => IsSafe(args.Outcome, args.Context) && await isTransient(args);
    }

    // 429: "never processed, always safe to retry" (Twilio, error 20429).
    static bool IsSafe(Outcome<HttpResponseMessage> outcome, ResilienceContext context) =>
        outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests
        || (context.GetRequestMessage() is { } request && request.Options.TryGetValue(MayRepeat, out var mayRepeat) && mayRepeat);
}
