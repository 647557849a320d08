namespace ContactCenterCrm.Server.Clients;

/// <summary>Who our clients are: their cards and numbers, who a number belongs to, and how they are found.</summary>
internal static class ClientsSlice
{
    public static IServiceCollection AddClients(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Settings(configuration))
        .AddSingleton<RecordingRefusals>()
        .AddSingleton<ClientStore>()
        .AddSingleton<ClientList>()
        .AddSingleton<Duplicates>()
        .AddSingleton<IClientPart, LedCards>()
        .AddSingleton<IClientPart, InquiryPart>()
        .AddSingleton<MergeStore>()
        .AddSingleton<MergeUndo>();

    public static void MapClients(this IEndpointRouteBuilder api) => api.MapClientEndpoints();

    static ClientSettings Settings(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Clients").Get<ClientSettings>() ?? new();
        // A region that does not exist is told at the start, not when the first number is typed.
        _ = settings.Numbers;
        return settings;
    }
}
