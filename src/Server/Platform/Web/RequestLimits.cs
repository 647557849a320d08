using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>
/// How much one sender may ask for, and how large. Endpoints that are limited say so with <see cref="RequestLimitsSetUp.LimitEach"/>; the framework's own middleware
/// for this never disposes its limiter, whose timer keeps a stopped server in memory.
/// </summary>
internal sealed class RequestLimits : IDisposable
{
    // Checking a password costs a tenth of a second of a processor. A whole floor of agents behind one address signs in at nine o'clock: the burst is
    // theirs, the refill is for a guesser.
    readonly PartitionedRateLimiter<HttpContext> passwords = Limiter(
        request => request.Connection.RemoteIpAddress?.ToString(), new() { TokenLimit = 300, TokensPerPeriod = 60, ReplenishmentPeriod = TimeSpan.FromMinutes(1) });

    // Nobody finds out faster than that that a call did not come about; a script that calls a list is stopped.
    readonly PartitionedRateLimiter<HttpContext> dials = Limiter(
        request => request.User.FindFirst(Claims.Id)?.Value, new() { TokenLimit = 12, TokensPerPeriod = 12, ReplenishmentPeriod = TimeSpan.FromMinutes(1) });

    /// <summary>Password checks, per address.</summary>
    public static PartitionedRateLimiter<HttpContext> Passwords(RequestLimits limits) => limits.passwords;

    /// <summary>Calls placed by hand, per person.</summary>
    public static PartitionedRateLimiter<HttpContext> Dials(RequestLimits limits) => limits.dials;

    public void Dispose()
    {
        passwords.Dispose();
        dials.Dispose();
    }

    static PartitionedRateLimiter<HttpContext> Limiter(Func<HttpContext, string?> sender, TokenBucketRateLimiterOptions limit) =>
        PartitionedRateLimiter.Create<HttpContext, string>(request => RateLimitPartition.GetTokenBucketLimiter(sender(request) ?? "", _ => limit));
}

internal static class RequestLimitsSetUp
{
    public static WebApplicationBuilder AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.AddSingleton<RequestLimits>();
        builder.Services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, builder.Configuration));
        return builder;
    }

    /// <summary>Whoever asks too often is told to wait: 429.</summary>
    public static RouteHandlerBuilder LimitEach(this RouteHandlerBuilder endpoint, Func<RequestLimits, PartitionedRateLimiter<HttpContext>> limiter) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var request = context.HttpContext;
            using var lease = limiter(request.RequestServices.GetRequiredService<RequestLimits>()).AttemptAcquire(request);
            if (lease.IsAcquired)
                return await next(context);
            request.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        });

    static void TrustProxies(ForwardedHeadersOptions options, ConfigurationManager configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in configuration.GetSection("TrustedProxies").Get<string[]>() ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network.Contains('/') ? network : $"{network}/{(network.Contains(':') ? 128 : 32)}"));
    }
}
