using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Twilio.Rest;

/// <summary>Section <c>Twilio:Api</c> of the configuration.</summary>
internal sealed class TwilioApiSettings
{
    /// <summary>The only server that is ever told a secret. With a region: https://api.dublin.ie1.twilio.com.</summary>
    public string Base { get; set; } = "https://api.twilio.com";

    /// <summary>For one try; retries and waits between them stay within <see cref="TotalTime"/>.</summary>
    public TimeSpan AttemptTime { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan TotalTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the first retry; it doubles, with jitter, and a Retry-After from Twilio stands above it.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    public Uri BaseAddress => new(Base);

    /// <exception cref="SettingException">The address is none that credentials may go to.</exception>
    public static TwilioApiSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Twilio:Api").Get<TwilioApiSettings>() ?? new();
        // Without TLS a secret goes no further than this machine.
        return Uri.TryCreate(settings.Base, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true })
            ? settings
            : throw new SettingException($"Twilio:Api:Base looks like https://api.twilio.com, not {settings.Base}.");
    }
}
