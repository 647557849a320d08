using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.ResponseCompression;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>What every request passes through, whatever slice answers it.</summary>
internal static class WebPlatform
{
    /// <summary>Every other address is a page of the browser program; one that no part of the API has is an error, not a page.</summary>
    internal const string Pages = "{*path:nonfile:regex(^(?!(api|hubs)/))}";

    internal const string StartPage = "";

    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        // Otherwise `dotnet run` outside Development finds no file of the browser program.
        builder.WebHost.UseStaticWebAssets();
        builder.AddRequestLimits();
        builder.Services
            .AddSingleton(PublicUrl.Of(builder.Configuration))
            .AddErrorResponses()
            .AddRights()
            .AddApiDocument()
            .AddValidation()
            .ConfigureHttpJsonOptions(options => SpeakJson(options.SerializerOptions))
            .AddResponseCompression(Compress);
        return builder;
    }

    /// <summary>Enums as snake_case words, on HTTP and on the hub alike.</summary>
    public static void SpeakJson(JsonSerializerOptions json) =>
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));

    public static void UseWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseBrowserGuard();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapWeb(this WebApplication app)
    {
        app.MapApiDocument();
        app.MapStaticAssets().AllowAnonymous();
        app.MapFallbackToFile(Pages, "index.html").AllowAnonymous();
        // The bare address has no path for the expression to look at.
        app.MapFallbackToFile(StartPage, "index.html").AllowAnonymous();
    }

    // Over TLS too: compression leaks only what a foreign page can make us repeat beside a secret, and no body holds both
    // (the session's cookie is SameSite=Strict and never in a body).
    static void Compress(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["application/json", "application/problem+json"];
    }
}
