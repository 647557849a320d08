using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>How much one sender may ask for, and how large.</summary>
internal static class RequestLimits
{
    /// <summary>For endpoints that check a password: each check costs a tenth of a second of a processor.</summary>
    public const string Passwords = "passwords";

    /// <summary>For "call this number": a person who calls by hand.</summary>
    public const string Dialling = "dialling";

    public static WebApplicationBuilder AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Passwords, PerAddress);
            limiter.AddPolicy(Dialling, PerPerson);
        });
        builder.Services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, builder.Configuration));
        return builder;
    }

    // A whole floor of agents behind one address signs in at nine o'clock: the burst is theirs, the refill is for a guesser.
    static RateLimitPartition<string> PerAddress(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new() { TokenLimit = 300, TokensPerPeriod = 60, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    // Nobody finds out faster than that that a call did not come about; a script that calls a list is stopped.
    static RateLimitPartition<string> PerPerson(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(
        context.User.FindFirst(Claims.Id)?.Value ?? "",
        _ => new() { TokenLimit = 12, TokensPerPeriod = 12, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    static void TrustProxies(ForwardedHeadersOptions options, ConfigurationManager configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in configuration.GetSection("TrustedProxies").Get<string[]>() ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network.Contains('/') ? network : $"{network}/{(network.Contains(':') ? 128 : 32)}"));
    }
}
