using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Programs: <c>Authorization: Bearer cck_…</c> with every request.</summary>
internal sealed class ApiKeySignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "ApiKey";
    const string Bearer = "Bearer ";

    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request))
            return AuthenticateResult.NoResult();
        var key = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        if (await keys.Use(key, Context.RequestAborted) is not { } found)
            return AuthenticateResult.Fail("This API key is not known, or it was revoked.");
        var identity = new ClaimsIdentity(
        [
            new(Claims.Id, found.Id.ToString(CultureInfo.InvariantCulture)),
            new(Claims.Role, found.Role),
            new(Claims.Kind, Claims.Program),
        ], SchemeName, Claims.Id, Claims.Role);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }
}
