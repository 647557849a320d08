using ContactCenterCrm.Server.Clients;

namespace ContactCenterCrm.Server.Cards;

/// <summary>
/// A client's card as one thing to look at and to work on: the header, the timeline of calls, messages, notes and inquiries, and what changes them
/// together. It stands above the slices that keep each part.
/// </summary>
internal static class CardsSlice
{
    public static IServiceCollection AddCards(this IServiceCollection services) => services
        .AddSingleton<CardReader>()
        .AddSingleton<IClientPart, NotePart>()
        .AddSingleton<CardComparison>()
        .AddSingleton<ClientNotes>()
        .AddSingleton<CallLinks>();

    public static void MapCards(this IEndpointRouteBuilder api)
    {
        api.MapCardEndpoints();
        api.MapMergeEndpoints();
    }
}
