using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;

namespace ContactCenterCrm.Server.Platform.Blobs;

/// <summary>
/// The blob storage of this run: <c>Blobs:Kind</c> folder (the default) with <c>Blobs:Folder</c>, or azure with
/// <c>Blobs:ConnectionString</c> and <c>Blobs:Container</c>.
/// </summary>
internal static class BlobsPlatform
{
    const string DefaultContainer = "recordings";

    /// <exception cref="SettingException">The configuration names no storage that can be used.</exception>
    public static WebApplicationBuilder AddBlobs(this WebApplicationBuilder builder, StartOptions start)
    {
        var section = builder.Configuration.GetSection("Blobs");
        switch (section["Kind"] ?? "folder")
        {
            case "folder":
                var folder = section["Folder"] ?? Path.Combine(start.DataFolder, "blobs");
                builder.Services.AddSingleton<IBlobs>(services => new FolderBlobs(
                    folder, services.GetRequiredService<IDataProtectionProvider>(), services.GetRequiredService<TimeProvider>()));
                break;
            case "azure":
                var container = Container(section["ConnectionString"], section["Container"] ?? DefaultContainer);
                builder.Services.AddSingleton<IBlobs>(_ => new AzureBlobs(container));
                break;
            case var other:
                throw new SettingException($"Blobs:Kind is folder or azure, not {other}.");
        }
        return builder;
    }

    static BlobContainerClient Container(string? connectionString, string name)
    {
        try
        {
            return new(connectionString, name);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new SettingException($"Blobs:ConnectionString is not one of an Azure storage account: {error.Message}");
        }
    }
}
