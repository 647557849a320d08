namespace ContactCenterCrm.Server.Mail;

/// <summary>The mails that we send: by which server, and whether it takes them. What they say is the business of other slices.</summary>
internal static class MailSlice
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailSecrets>()
        .AddSingleton<MailServerStore>()
        .AddSingleton<MailPost>();

    public static void MapMail(this IEndpointRouteBuilder api) => api.MapMailEndpoints();
}
