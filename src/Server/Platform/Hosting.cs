using System.Data.Common;
using System.Net.Sockets;
using ContactCenterCrm.Server.Platform.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ContactCenterCrm.Server.Platform;

/// <summary>A run of the server, from an empty builder to its end.</summary>
internal static class Hosting
{
    public static WebApplicationBuilder CreateBuilder(StartOptions start)
    {
        // Files that belong to the program (appsettings.json, pages) lie beside it and bear its name, wherever and by whom it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Hosting).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(start.Settings);
        if (start.Urls is not null || string.IsNullOrEmpty(builder.Configuration["Urls"]))
            builder.WebHost.UseUrls(start.Urls ?? StartOptions.DefaultUrls);
        builder.Host.ConfigureHostOptions(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder;
    }

    /// <summary>Serves until it is told to stop. Returns the process's exit code.</summary>
    public static Task<int> Serve(StartOptions start, Func<StartOptions, WebApplication> build, CancellationToken cancel) => InWords(async () =>
    {
        await using var app = build(start);
        await app.StartAsync(cancel);
        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
            Console.WriteLine($"Contact Center CRM is at {address}");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    });

    /// <summary>Runs it; what goes wrong and a person at the console can put right is told in a sentence, and the exit code is 1.</summary>
    public static async Task<int> InWords(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (Sentence(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Null: it is a bug, and its stack is wanted.</summary>
    static string? Sentence(Exception error) => error switch
    {
        DataFolderInUseException => error.Message,
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another with --urls URLS.",
        FormatException { Source: "Microsoft.AspNetCore.Http" } => $"{error.Message} An address looks like {StartOptions.DefaultUrls}; give it with --urls URLS.",
        IOException or UnauthorizedAccessException => $"{error.Message} Choose another data folder with --data FOLDER.",
        DbException or SocketException => $"The database cannot be opened: {error.Message} Check Database:Engine and Database:ConnectionString.",
        SettingException => error.Message,
        _ => null,
    };
}
