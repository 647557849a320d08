using System.Globalization;
using ContactCenterCrm.Server.Platform.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// Logs on the console (section <c>Log</c>: <c>Level</c>, <c>Format</c> text or json), metrics at <c>/metrics</c>, health at <c>/health</c>.
/// Neither secrets nor numbers and names of clients are ever written.
/// </summary>
internal static class Observability
{
    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder)
    {
        var level = builder.Configuration.GetValue("Log:Level", LogEventLevel.Information);
        var isJson = builder.Configuration["Log:Format"] == "json";
        builder.Services.AddSerilog(
            log =>
            {
                // The framework's own chatter per request would hide what matters, and its addresses hold search words.
                log.MinimumLevel.Is(level).MinimumLevel.Override("Microsoft", LogEventLevel.Warning).MinimumLevel.Override("System", LogEventLevel.Warning)
                    .MinimumLevel.Override("Quartz", LogEventLevel.Warning);
                // It warns that keys are not encrypted: who can read them can read the database beside them.
                log.MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogEventLevel.Error);
                log.Filter.ByExcluding(IsFailedStart);
                if (isJson)
                    log.WriteTo.Console(new RenderedCompactJsonFormatter());
                else
                    log.WriteTo.Console(
                        outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                        formatProvider: CultureInfo.InvariantCulture);
            },
            preserveStaticLogger: true);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter("ContactCenterCrm.*")
            .AddPrometheusExporter());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return builder;
    }

    public static void MapObservability(this IEndpointRouteBuilder app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapHealthChecks("/health").AllowAnonymous();
    }

    // The one who started the program is told in a sentence, or gets the whole exception: not both. And that what had started already
    // is cancelled then is no failure of its own.
    static bool IsFailedStart(LogEvent log) =>
        log.Properties.TryGetValue("SourceContext", out var source) && source.ToString().Contains("Microsoft.Extensions.Hosting.Internal.Host", StringComparison.Ordinal)
        && (log.Exception is OperationCanceledException
            || (log.Properties.TryGetValue("EventId", out var id) && id.ToString().Contains("HostedServiceStartupFaulted", StringComparison.Ordinal)));

    sealed class DatabaseHealth(Database database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var session = await database.Read(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
