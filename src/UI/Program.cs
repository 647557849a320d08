using ContactCenterCrm.UI;
using ContactCenterCrm.UI.Agents;
using ContactCenterCrm.UI.Calendars;
using ContactCenterCrm.UI.Calls;
using ContactCenterCrm.UI.Clients;
using ContactCenterCrm.UI.Deals;
using ContactCenterCrm.UI.Desk;
using ContactCenterCrm.UI.Dialling;
using ContactCenterCrm.UI.Funnels;
using ContactCenterCrm.UI.Mail;
using ContactCenterCrm.UI.Missed;
using ContactCenterCrm.UI.Outcomes;
using ContactCenterCrm.UI.Pbx;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Presence;
using ContactCenterCrm.UI.Recordings;
using ContactCenterCrm.UI.Shell;
using ContactCenterCrm.UI.SignIn;
using ContactCenterCrm.UI.Tasks;
using ContactCenterCrm.UI.Twilio;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using MudBlazor.Services;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");

var services = builder.Services;
services.AddMudServices();
services.AddAuthorizationCore();
services.AddCascadingAuthenticationState();
services.AddSingleton(TimeProvider.System);
services.AddSingleton(new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) });

// Platform
services.AddSingleton<Api>();
services.AddSingleton<Browser>();
services.AddSingleton<Preferences>();
services.AddSingleton<ServerClock>();
services.AddSingleton<Toasts>();

// Who is signed in
services.AddSingleton<SignInApi>();
services.AddSingleton<Session>();
services.AddSingleton<AuthenticationStateProvider>(provider => provider.GetRequiredService<Session>());

// Shell
services.AddSingleton<Keys>();
services.AddSingleton<PageHeading>();

// Desk
services.AddSingleton<DeskApi>();
services.AddSingleton<DeskBoard>();
services.AddSingleton<DeskLine>();
services.AddSingleton<DeskNotes>();
services.AddSingleton<LeaderTab>();
services.AddSingleton<Bell>();
services.AddSingleton<PresenceApi>();
services.AddSingleton<OutcomesApi>();
services.AddSingleton<DiallingApi>();
services.AddSingleton<Dialler>();

// Tasks
services.AddSingleton<TasksApi>();
services.AddSingleton<TaskBoard>();

// The other slices
services.AddSingleton<AgentsApi>();
services.AddSingleton<CalendarsApi>();
services.AddSingleton<CallsApi>();
services.AddSingleton<ClientsApi>();
services.AddSingleton<DealsApi>();
services.AddScoped<DealMover>();
services.AddSingleton<FunnelsApi>();
services.AddSingleton<LostApi>();
services.AddSingleton<MailApi>();
services.AddSingleton<PbxApi>();
services.AddSingleton<Player>();
services.AddSingleton<RecordingsApi>();
services.AddSingleton<RulesApi>();
services.AddSingleton<TwilioApi>();

var host = builder.Build();
await host.Services.GetRequiredService<Browser>().Open();
await host.RunAsync();
