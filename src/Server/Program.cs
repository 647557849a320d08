using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Calendars;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Demo;
using ContactCenterCrm.Server.Desk;
using ContactCenterCrm.Server.Dialling;
using ContactCenterCrm.Server.Mail;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Outcomes;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Blobs;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Jobs;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Server.Presence;
using ContactCenterCrm.Server.Recordings;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Server.Twilio;

return await CommandLine.Run(args, Product.Build, ReplayCommand.Make(), ApiKeyCommand.Make(Product.Build), RetellCommand.Make(Product.Build));

/// <summary>The product's table of contents.</summary>
internal static class Product
{
    /// <summary>A server that is not started yet.</summary>
    public static WebApplication Build(StartOptions start) => Build(start, _ => { });

    /// <param name="replace">Runs when all services are registered: tests bring their clock.</param>
    public static WebApplication Build(StartOptions start, Action<IServiceCollection> replace)
    {
        start = DemoSlice.Adapt(start);
        var builder = Hosting.CreateBuilder(start);
        builder.AddObservability();
        builder.AddData(start);
        builder.AddKeys(start);
        builder.AddBlobs(start);
        builder.AddJobs();
        builder.AddWeb();
        builder.Services.AddAgents(builder.Services.AddDemo(start));
        builder.Services.AddClients(builder.Configuration);
        builder.Services.AddCalls();
        builder.Services.AddChannels();
        builder.Services.AddCalendars();
        builder.Services.AddMail();
        builder.Services.AddTasks();
        builder.Services.AddDeals(builder.Configuration);
        builder.Services.AddCards();
        builder.Services.AddPbx();
        builder.Services.AddTwilio(builder.Configuration);
        builder.Services.AddAudit();
        builder.Services.AddOutcomes();
        builder.Services.AddRecordings();
        builder.Services.AddDialling(builder.Configuration);
        // After the desk: a ring pops first, and what else follows from it is written then.
        builder.Services.AddDesk();
        builder.Services.AddPresence();
        builder.Services.AddMissed(builder.Configuration);
        replace(builder.Services);

        var app = builder.Build();
        app.UseWeb();
        app.MapObservability();
        var api = app.MapGroup("/api");
        api.MapAgents();
        api.MapClients();
        api.MapCalls();
        api.MapCalendars();
        api.MapMail();
        api.MapTasks();
        api.MapDeals();
        api.MapCards();
        api.MapPbx();
        api.MapTwilio();
        app.MapTwilioWebhooks();
        api.MapAudit();
        api.MapOutcomes();
        api.MapRecordings();
        api.MapDialling();
        api.MapPresence();
        api.MapMissed();
        app.MapDesk();
        app.MapWeb();
        return app;
    }
}
