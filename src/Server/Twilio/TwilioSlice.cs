namespace ContactCenterCrm.Server.Twilio;

/// <summary>Twilio: the accounts and numbers there, and the way to its API.</summary>
internal static class TwilioSlice
{
    public static IServiceCollection AddTwilio(this IServiceCollection services) => services
        .AddSingleton<TwilioAccountStore>()
        .AddSingleton<TwilioNumberStore>()
        .AddSingleton<TwilioSecrets>()
        .AddSingleton<TwilioUrls>();
}
