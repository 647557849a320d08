using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Clients;

/// <summary>Clients: all, found by what was typed, found by a number, found to look like another.</summary>
internal static class ClientEndpoints
{
    /// <summary>Characters in a search field.</summary>
    const int SearchMax = 200;

    public static void MapClientEndpoints(this IEndpointRouteBuilder api)
    {
        var clients = api.MapGroup("/clients");
        clients.MapGet("/", List);
        clients.MapGet("/match", Match);
        clients.MapGet("/{id:long}/duplicates", DuplicatesOf);
        clients.MapPost("/{id:long}/duplicates/{otherId:long}/dismiss", Dismiss);
    }

    static async Task<Results<Ok<Page<ClientItem>>, ProblemHttpResult>> List(
        string? search, [AsParameters] PageQuery page, Access access, ClientList clients, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(search))
            return page.IsValid(out var cursor, out var take, out var refusal) ? TypedResults.Ok(await clients.Page(access, cursor, take, cancel)) : refusal;
        if (search.Length > SearchMax)
            return Problems.Invalid("search", $"At most {SearchMax} characters.");
        return page.IsValid(out var found, out var refused) ? TypedResults.Ok(await clients.Search(access, search, page.Before, found, cancel)) : refused;
    }

    static async Task<Results<Ok<IReadOnlyList<ClientMatch>>, ProblemHttpResult>> Match(string number, Access access, ClientList clients, CancellationToken cancel) =>
        await clients.Match(access, number, cancel) is { } matches ? TypedResults.Ok(matches) : Problems.Invalid("number", "This is not a phone number.");

    static async Task<Ok<IReadOnlyList<ClientDuplicate>>> DuplicatesOf(long id, Access access, Duplicates duplicates, CancellationToken cancel) =>
        TypedResults.Ok(await duplicates.Of(access, id, cancel));

    static async Task<Results<NoContent, ProblemHttpResult>> Dismiss(long id, long otherId, Access access, Duplicates duplicates, CancellationToken cancel) =>
        await duplicates.Dismiss(access, id, otherId, cancel) ? TypedResults.NoContent() : Problems.NotFound();
}
