using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Server.Demo;

/// <summary>
/// A first look without a PBX: <c>--demo</c>. It begins anew at each start, in a folder of its own and on the embedded engine, whatever
/// is configured: nothing of a real installation is touched.
/// </summary>
internal static class DemoSlice
{
    public static StartOptions Adapt(StartOptions start) => !start.IsDemo ? start : start with
    {
        DataFolder = Path.Combine(start.DataFolder, "demo"),
        Settings = new Dictionary<string, string?>(start.Settings)
        {
            ["Database:Engine"] = "Sqlite",
            ["Database:ConnectionString"] = "",
            ["Keys:Folder"] = null,
            ["Roles"] = null,
        },
    };

    /// <summary>Before the other slices: what it fills in, they find at their start. Returns the accounts that the sign-in page shows.</summary>
    public static DemoAccounts AddDemo(this IServiceCollection services, StartOptions start)
    {
        if (!start.IsDemo)
            return new([]);
        services
            .AddSingleton<DemoDeals>()
            .AddSingleton<DemoSeed>()
            .AddHostedService<DemoStart>()
            .AddSingleton<DemoRelay>()
            .AddSingleton<ICallWatcher>(services => services.GetRequiredService<DemoRelay>())
            .AddHostedService(services => services.GetRequiredService<DemoRelay>());
        return new(DemoOffice.Accounts);
    }
}
