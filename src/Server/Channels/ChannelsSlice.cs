using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Channels;

/// <summary>What clients write to us and we to them.</summary>
internal static class ChannelsSlice
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<MessageStore>()
        .AddSingleton<IClientPart, MessagePart>();
}
