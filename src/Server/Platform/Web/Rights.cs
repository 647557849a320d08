using ContactCenterCrm.Contracts;
using Microsoft.AspNetCore.Authorization;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>Who may call an endpoint. One that says nothing is for everybody who is signed in: anonymous is what must be said.</summary>
internal static class Rights
{
    /// <summary>Admins, and programs with the role of one.</summary>
    public const string Admin = "admin";

    /// <summary>Managers and admins, and programs with such a role.</summary>
    public const string Manager = "manager";

    /// <summary>People at a browser: not programs with an API key.</summary>
    public const string Person = "person";

    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Admin, policy => policy.RequireClaim(Claims.Role, Roles.Admin))
            .AddPolicy(Manager, policy => policy.RequireClaim(Claims.Role, Roles.Manager, Roles.Admin))
            .AddPolicy(Person, policy => policy.RequireClaim(Claims.Kind, Claims.Person));
        return services;
    }
}
