using System.Globalization;
using System.Security.Claims;
using ContactCenterCrm.Server.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ContactCenterCrm.Server.Agents;

/// <summary>
/// People: a session cookie of 12 hours that slides, or an API key for programs; whichever the request carries. A session is over
/// the moment its account's stamp changes.
/// </summary>
internal static class Sessions
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    const string Either = "Either";

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options =>
                options.ForwardDefaultSelector = context => ApiKeySignIn.IsMeant(context.Request) ? ApiKeySignIn.SchemeName : Scheme)
            .AddCookie(Scheme, Bake)
            .AddScheme<AuthenticationSchemeOptions, ApiKeySignIn>(ApiKeySignIn.SchemeName, null);
        return services;
    }

    public static Task Begin(HttpContext context, Agent agent)
    {
        var identity = new ClaimsIdentity(
        [
            new(Claims.Id, agent.Id.ToString(CultureInfo.InvariantCulture)),
            new(Claims.Role, agent.Role),
            new(Claims.Kind, Claims.Person),
            new(Claims.Stamp, agent.SessionStamp),
        ], Scheme, Claims.Id, Claims.Role);
        return context.SignInAsync(Scheme, new(identity), new() { IsPersistent = true });
    }

    public static Task End(HttpContext context) => context.SignOutAsync(Scheme);

    static void Bake(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "crm-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = EndWhenStampChanged;
        // The pages are a program of their own: nobody is redirected to a form.
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    static async Task EndWhenStampChanged(CookieValidatePrincipalContext context)
    {
        var access = Access.Of(context.Principal!);
        var agents = context.HttpContext.RequestServices.GetRequiredService<AgentStore>();
        var agent = await agents.ById(access.AgentId, context.HttpContext.RequestAborted);
        if (agent is { IsActive: true } && agent.SessionStamp == context.Principal!.FindFirstValue(Claims.Stamp))
            return;
        context.RejectPrincipal();
        await End(context.HttpContext);
    }

    static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
