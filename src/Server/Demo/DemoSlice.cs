using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Demo;

/// <summary>A first look without a PBX: <c>--demo</c>.</summary>
internal static class DemoSlice
{
    /// <summary>Before the other slices: what it fills in, they find at their start. Returns the accounts that the sign-in page shows.</summary>
    public static DemoAccounts AddDemo(this IServiceCollection services, StartOptions start)
    {
        if (!start.IsDemo)
            return new([]);
        services.AddSingleton<DemoSeed>().AddHostedService<DemoStart>();
        return new(DemoOffice.Accounts);
    }
}
