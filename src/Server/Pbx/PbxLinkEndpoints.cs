using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Telephony.Numbers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>Lines to PBXs, for the admin: what is configured, and how each is doing now.</summary>
internal static class PbxLinkEndpoints
{
    public static void MapPbxLinks(this IEndpointRouteBuilder pbx)
    {
        var links = pbx.MapGroup("/links");
        links.MapGet("/", async (PbxLinkStore store, PbxLinks running, CancellationToken cancel) =>
            TypedResults.Ok(Items(await store.List(cancel), await store.LiveCalls(cancel), running)));
        links.MapPost("/", Add);
        links.MapPut("/{id:long}", Change);
        links.MapDelete("/{id:long}", Remove);
    }

    static async Task<Results<Created<PbxLinkItem>, ProblemHttpResult>> Add(
        PbxLinkEdit edit, PbxLinkStore store, PbxLinks running, PbxSecrets secrets, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(edit.Secret))
            return Problems.Invalid("secret", "A new link needs the secret of its AMI user.");
        if (await store.Add(Link(edit, secrets.Protect(edit.Secret)), cancel) is not { } id)
            return Problems.Conflict("name_taken", "Another link has this name.");
        running.LookAgain();
        return TypedResults.Created($"/api/pbx/links/{id}", await Changed(id, store, cancel));
    }

    static async Task<Results<Ok<PbxLinkItem>, ProblemHttpResult>> Change(
        long id, PbxLinkEdit edit, PbxLinkStore store, PbxLinks running, PbxSecrets secrets, CancellationToken cancel)
    {
        if (Refusal(edit) is { } refusal)
            return refusal;
        if (await store.ById(id, cancel) is not { } before)
            return Problems.NotFound();
        if (edit.Name != before.Name)
            return Problems.Conflict("name_fixed", "Calls are known by the name of their PBX, so it stays. Make a new link for another PBX.");
        var secret = string.IsNullOrEmpty(edit.Secret) ? before.ProtectedSecret : secrets.Protect(edit.Secret);
        if (!await store.Change(Link(edit, secret) with { Id = id }, cancel))
            return Problems.NotFound();
        running.LookAgain();
        return TypedResults.Ok(await Changed(id, store, cancel));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Remove(long id, PbxLinkStore store, PbxLinks running, CancellationToken cancel)
    {
        if (!await store.Remove(id, cancel))
            return Problems.NotFound();
        running.LookAgain();
        return TypedResults.NoContent();
    }

    /// <summary>What attributes cannot check.</summary>
    static ProblemHttpResult? Refusal(PbxLinkEdit edit)
    {
        if (!NumberPlan.IsRegion(edit.Region))
            return Problems.Invalid("region", $"{edit.Region} is not the code of a country, such as RU or DE.");
        if (edit.Trunks.Any(trunk => string.IsNullOrWhiteSpace(trunk) || trunk.Length > 100))
            return Problems.Invalid("trunks", "A trunk is the name of an endpoint of the PBX.");
        foreach (var rule in edit.Rewrites)
        {
            try
            {
                _ = new NumberRewrite(rule.Pattern, rule.Replacement);
            }
            catch (ArgumentException error)
            {
                return Problems.Invalid("rewrites", error.Message);
            }
        }
        return null;
    }

    static PbxLink Link(PbxLinkEdit edit, string protectedSecret) => new()
    {
        Name = edit.Name,
        Host = edit.Host.Trim(),
        Port = edit.Port,
        Username = edit.Username,
        ProtectedSecret = protectedSecret,
        UseTls = edit.UseTls,
        CertificateSha256 = string.IsNullOrEmpty(edit.CertificateSha256) ? null : edit.CertificateSha256.Replace(":", ""),
        Region = edit.Region,
        Trunks = [.. edit.Trunks.Select(trunk => trunk.Trim()).Distinct()],
        Rewrites = edit.Rewrites,
        DialChannel = edit.DialChannel,
        DialContext = edit.DialContext,
        DialNumber = edit.DialNumber,
        IsEnabled = edit.IsEnabled,
    };

    static IReadOnlyList<PbxLinkItem> Items(IReadOnlyList<PbxLink> links, IReadOnlyDictionary<string, int> liveCalls, PbxLinks running) =>
        [.. links.Select(link => Item(link, running.StateOf(link, liveCalls.GetValueOrDefault(link.Name))))];

    /// <summary>A link that was changed a moment ago: what it does now is seen in the list.</summary>
    static async Task<PbxLinkItem> Changed(long id, PbxLinkStore store, CancellationToken cancel)
    {
        var link = (await store.ById(id, cancel))!;
        return Item(link, new() { Status = link.IsEnabled ? "connecting" : "disabled" });
    }

    static PbxLinkItem Item(PbxLink link, PbxLinkState state) => new()
    {
        Id = link.Id,
        Name = link.Name,
        Host = link.Host,
        Port = link.Port,
        Username = link.Username,
        UseTls = link.UseTls,
        CertificateSha256 = link.CertificateSha256,
        Trunks = link.Trunks,
        Region = link.Region,
        Rewrites = link.Rewrites,
        DialChannel = link.DialChannel,
        DialContext = link.DialContext,
        DialNumber = link.DialNumber,
        IsEnabled = link.IsEnabled,
        State = state,
    };
}
