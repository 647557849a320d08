using System.Security.Claims;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Audit;

/// <summary>Who asks, and from where: what the audit writes down. An endpoint that is audited takes it as a parameter.</summary>
/// <param name="Kind">person or program.</param>
/// <param name="Address">Null where there is no network between.</param>
internal sealed record Caller(Access Access, string Kind, string? Address)
{
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(
        context.User.Identity?.IsAuthenticated == true
            ? new Caller(Access.Of(context.User), context.User.FindFirstValue(Claims.Kind)!, context.Connection.RemoteIpAddress?.ToString())
            : null);
}
