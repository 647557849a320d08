using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ContactCenterCrm.Server.Pbx;

/// <summary>
/// The relay of a PBX: <c>Authorization: Bearer ccr_…</c> with every request. It may deliver what its PBX recorded and wrote down, and
/// nothing else: no other endpoint asks this scheme.
/// </summary>
internal sealed class RelaySignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, RelayTokenStore tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Relay";

    /// <summary>Relays of PBXs, and nobody else.</summary>
    public const string Policy = "relay";

    internal const string PbxClaim = "pbx";
    internal const string RelayKind = "relay";
    const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer + RelayTokenStore.Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await tokens.Use(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } found)
            return AuthenticateResult.Fail("This relay token is not known, or it was revoked.");
        var identity = new ClaimsIdentity(
        [
            new(Claims.Id, found.Id.ToString(CultureInfo.InvariantCulture)),
            new(Claims.Kind, RelayKind),
            new(PbxClaim, found.Pbx),
        ], SchemeName);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }
}

internal static class RelaySignInRegistration
{
    public static IServiceCollection AddRelaySignIn(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, RelaySignIn>(RelaySignIn.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(RelaySignIn.Policy, policy => policy
            .AddAuthenticationSchemes(RelaySignIn.SchemeName)
            .RequireClaim(Claims.Kind, RelaySignIn.RelayKind));
        return services;
    }
}

/// <summary>The PBX whose relay asks. An endpoint for relays takes it as a parameter.</summary>
internal sealed record Relay(string Pbx)
{
    public static ValueTask<Relay?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.User.FindFirstValue(RelaySignIn.PbxClaim) is { } pbx ? new Relay(pbx) : null);
}
