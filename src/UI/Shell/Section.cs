using ContactCenterCrm.Contracts;
using MudBlazor;

namespace ContactCenterCrm.UI.Shell;

/// <summary>A place of the rail.</summary>
internal sealed record Section(string Path, string Icon, Func<ShellTexts, string> Name)
{
    static readonly Section MyDay = new("desk", Icons.Material.Rounded.SupportAgent, text => text.MyDay);
    static readonly Section Clients = new("clients", Icons.Material.Rounded.Contacts, text => text.Clients);
    static readonly Section Calls = new("calls", Icons.Material.Rounded.Call, text => text.Calls);
    static readonly Section Lost = new("lost", Icons.Material.Rounded.PhoneMissed, text => text.Lost);
    static readonly Section Deals = new("deals", Icons.Material.Rounded.ViewKanban, text => text.Deals);
    static readonly Section Funnels = new("funnels", Icons.Material.Rounded.FilterAlt, text => text.Funnels);
    static readonly Section Recordings = new("recordings", Icons.Material.Rounded.GraphicEq, text => text.Recordings);
    static readonly Section Pbx = new("pbx", Icons.Material.Rounded.SettingsPhone, text => text.Pbx);
    static readonly Section Twilio = new("twilio", Icons.Material.Rounded.Cloud, text => text.Twilio);
    static readonly Section Phones = new("extensions", Icons.Material.Rounded.Dialpad, text => text.Phones);
    static readonly Section Hours = new("calendars", Icons.Material.Rounded.Schedule, text => text.Hours);
    static readonly Section People = new("agents", Icons.Material.Rounded.Badge, text => text.People);

    /// <summary>What this person sees, the landing page first. A desk has everybody whose phone can ring.</summary>
    public static IReadOnlyList<Section> Of(Me me) => me.Role switch
    {
        Roles.Admin => me.Extensions.Count > 0 ? [Pbx, Twilio, Phones, People, MyDay, Clients, Deals, Calls, Lost, Recordings, Hours, Funnels] : [Pbx, Twilio, Phones, People, Clients, Deals, Calls, Lost, Recordings, Hours, Funnels],
        Roles.Manager => me.Extensions.Count > 0 ? [MyDay, Clients, Deals, Calls, Lost, Recordings, Funnels] : [Calls, Lost, Deals, Recordings, Clients, Funnels],
        Roles.Supervisor => [MyDay, Clients, Deals, Calls, Lost, Recordings],
        _ => [MyDay, Clients, Deals, Calls, Lost],
    };
}
