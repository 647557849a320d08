using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace ContactCenterCrm.Server.Platform.Web;

/// <summary>Every error leaves as a problem with a code; a surprise also carries an id that stands in the log.</summary>
internal static class ErrorResponses
{
    public static IServiceCollection AddErrorResponses(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = Complete)
        .AddExceptionHandler<SurpriseResponses>();

    static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem is HttpValidationProblemDetails validation)
            NameFieldsAsInJson(validation);
        problem.Extensions.TryAdd("code", problem is HttpValidationProblemDetails ? "validation" : CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode));
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            problem.Extensions.TryAdd("id", IdOf(context.HttpContext));
    }

    /// <summary>What a person copies from the error page and an admin finds in the log.</summary>
    public static string IdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_request",
        StatusCodes.Status401Unauthorized => "not_signed_in",
        StatusCodes.Status403Forbidden => "not_allowed",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "not_json",
        StatusCodes.Status429TooManyRequests => "too_many_requests",
        StatusCodes.Status503ServiceUnavailable => "database_away",
        _ => status >= StatusCodes.Status500InternalServerError ? "internal_error" : "refused",
    };

    static void NameFieldsAsInJson(HttpValidationProblemDetails problem)
    {
        foreach (var (field, messages) in problem.Errors.ToList())
        {
            problem.Errors.Remove(field);
            problem.Errors[string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName))] = messages;
        }
    }
}

/// <summary>What nobody expected: logged with its stack, answered without it.</summary>
internal sealed partial class SurpriseResponses(IProblemDetailsService problems, ILogger<SurpriseResponses> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        httpContext.Response.StatusCode = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // A database that is away comes back: the same request may be sent again.
            DbException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (httpContext.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            LogSurprise(exception, httpContext.Request.Method, httpContext.Request.Path, ErrorResponses.IdOf(httpContext));
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, Exception = exception });
    }

    // The path only: the query may hold a client's number.
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, id {Id}")]
    private partial void LogSurprise(Exception error, string method, PathString path, string id);
}
