using System.Globalization;
using System.Security.Claims;

namespace ContactCenterCrm.Server.Platform;

/// <summary>
/// Who asks. Every store method that returns client data takes it, and the predicate stands in the SQL: what a caller may not see
/// never leaves the database. An endpoint takes it as a parameter.
/// </summary>
/// <param name="AgentId">The account; for an API key, the key's own id.</param>
internal sealed record Access(long AgentId, string Role)
{
    /// <summary>Supervisors, managers and admins see everybody's clients and calls; an agent sees the own ones and those of nobody.</summary>
    public bool SeesAll => Role != Contracts.Roles.Agent;

    public static Access Of(ClaimsPrincipal user) => new(
        long.Parse(user.FindFirstValue(Claims.Id)!, CultureInfo.InvariantCulture),
        user.FindFirstValue(Claims.Role)!);

    /// <summary>Lets an endpoint's lambda take the caller as a parameter. Only for endpoints that require a caller.</summary>
    public static ValueTask<Access?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<Access?>(context.User.Identity?.IsAuthenticated == true ? Of(context.User) : null);
}

/// <summary>What a session's cookie or an API key says about its holder.</summary>
internal static class Claims
{
    public const string Id = "sub";
    public const string Role = "role";

    /// <summary>Changes when the account's password, role or state does: a session with an older one is over.</summary>
    public const string Stamp = "stamp";

    public const string Kind = "kind";
    public const string Person = "person";
    public const string Program = "program";
}
