using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>The relay of a PBX: its tokens, for the admin; and the lines of the PBX's own diaries (CEL, CDR), which it delivers.</summary>
internal static class RelayEndpoints
{
    const long LinesBytesMax = 8 * 1024 * 1024;
    const int LinesMax = 10_000;
    const int LineCharactersMax = 8_000;

    public static void MapRelayTokens(this IEndpointRouteBuilder pbx)
    {
        var tokens = pbx.MapGroup("/relay-tokens");
        tokens.MapGet("/", async (RelayTokenStore store, CancellationToken cancel) => TypedResults.Ok(await store.List(cancel)));
        tokens.MapPost("/", Create);
        tokens.MapDelete("/{id:long}", async Task<Results<NoContent, ProblemHttpResult>> (long id, RelayTokenStore store, CancellationToken cancel) =>
            await store.Revoke(id, cancel) ? TypedResults.NoContent() : Problems.NotFound());
    }

    public static void MapRelayedLines(this IEndpointRouteBuilder api) => api.MapPost("/relay/lines", Take)
        .RequireAuthorization(RelaySignIn.Policy)
        .WithMetadata(new RequestSizeLimitAttribute(LinesBytesMax));

    static async Task<Results<Ok<NewRelayToken>, ProblemHttpResult>> Create(
        RelayTokenEdit edit, PbxLinkStore links, RelayTokenStore store, CancellationToken cancel) =>
        (await links.List(cancel)).Any(link => link.Name == edit.Pbx)
            ? TypedResults.Ok(await store.Create(edit.Pbx, cancel))
            : Problems.Invalid("pbx", $"There is no PBX {edit.Pbx}.");

    /// <summary>
    /// Answered when every line is committed. A line that comes again is the same row. <paramref name="until"/>, in seconds since 1970 by the
    /// PBX's clock: with these lines, all that was written before has been delivered.
    /// </summary>
    static async Task<Results<NoContent, ProblemHttpResult>> Take(
        [FromHeader(Name = "X-Relay-Kind")] string? kind, [FromHeader(Name = "X-Relay-Until")] long? until,
        Relay relay, HttpRequest request, RelayedLines diary, PbxGapStore gaps, Quarantine quarantine, CancellationToken cancel)
    {
        if (kind is null || !RelayedLines.Kinds.Contains(kind))
            return Problems.Invalid("X-Relay-Kind", "cel or cdr.");
        if (until is < 0 or > 32_503_680_000)
            return Problems.Invalid("X-Relay-Until", "Seconds since 1970.");
        List<string> lines = [];
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (lines.Count == LinesMax)
                return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too_large", $"At most {LinesMax} lines.");
            if (line.Length > LineCharactersMax)
                quarantine.Keep(relay.Pbx, $"A line of the PBX's diary with more than {LineCharactersMax} characters.", line);
            else if (line.Length > 0)
                lines.Add(line);
        }
        await diary.Keep(kind, relay.Pbx, lines, cancel);
        if (kind == RelayedLines.Cel && until is { } seconds)
            await gaps.Written(relay.Pbx, DateTimeOffset.FromUnixTimeSeconds(seconds), cancel);
        return TypedResults.NoContent();
    }
}
