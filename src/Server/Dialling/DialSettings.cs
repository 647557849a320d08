using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>Section <c>Dialling</c> of the configuration.</summary>
internal sealed class DialSettings
{
    const int RingSecondsMax = 120;

    /// <summary>How long an agent's own phone rings before click-to-call gives up.</summary>
    public int RingSeconds { get; set; } = 30;

    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static DialSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Dialling").Get<DialSettings>() ?? new();
        return settings.RingSeconds is >= 1 and <= RingSecondsMax
            ? settings
            : throw new SettingException($"Dialling:RingSeconds is a number of seconds from 1 to {RingSecondsMax}, not {settings.RingSeconds}.");
    }
}
