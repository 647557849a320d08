using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;

return await CommandLine.Run(args, Product.Build, ApiKeyCommand.Make(Product.Build));

/// <summary>The product's table of contents.</summary>
internal static class Product
{
    /// <summary>A server that is not started yet.</summary>
    public static WebApplication Build(StartOptions start)
    {
        var builder = Hosting.CreateBuilder(start);
        builder.AddObservability();
        builder.AddData(start);
        builder.AddKeys(start);
        builder.AddWeb();
        builder.Services.AddAgents(new([]));

        var app = builder.Build();
        app.UseWeb();
        app.MapObservability();
        var api = app.MapGroup("/api");
        api.MapAgents();
        app.MapWeb();
        return app;
    }
}
