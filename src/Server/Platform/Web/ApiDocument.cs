using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>The description of the API, for programs at <c>/openapi/v1.json</c> and for people at <c>/scalar</c>.</summary>
internal static class ApiDocument
{
    const string Bearer = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Contact Center CRM",
                Version = "v1",
                Description = "Programs send an API key as a bearer token: Authorization: Bearer cck_… "
                    + "Make one with the command api-key create. Errors are RFC 9457 problems with a stable code.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        }));

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/scalar", options => options.WithTitle("Contact Center CRM: API").DisableDefaultFonts()).AllowAnonymous();
    }
}
