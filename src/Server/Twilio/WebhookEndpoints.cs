using System.Buffers;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Twilio;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>
/// The addresses that Twilio asks. Whoever cannot prove to be Twilio gets 403 and nothing else, and leaves nothing but a count. A request is
/// answered when it is safe in the inbox; what it means is found out later.
/// </summary>
internal static class WebhookEndpoints
{
    public static IServiceCollection AddTwilioWebhooks(this IServiceCollection services) => services
        .AddSingleton<TwilioInbox>()
        .AddSingleton<TwimlAnswers>()
        .AddSingleton<Webhooks>()
        .AddSingleton<TwilioIntakeMaker>()
        .AddSingleton<RestNews>()
        .AddSingleton<TellTwilioCalls>(services => services.GetRequiredService<RestNews>().Tell)
        .AddSingleton<QueueRinger>()
        .AddHostedService(services => services.GetRequiredService<QueueRinger>())
        .AddSingleton<TwilioIntakes>()
        .AddHostedService(services => services.GetRequiredService<TwilioIntakes>());

    public static void MapTwilioWebhooks(this IEndpointRouteBuilder app) => app
        .MapMethods(TwilioUrls.Root + "/{area}/{name}", [HttpMethods.Get, HttpMethods.Post], (HttpContext context, string area, string name, Webhooks webhooks) =>
        {
            // What Twilio does not understand it reads aloud: an error has no body.
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            return webhooks.Take(context, $"{area}/{name}");
        })
        .AllowAnonymous()
        .ExcludeFromDescription();
}

internal sealed partial class Webhooks(
    TwilioAccountStore accounts, TwilioSecrets secrets, TwilioUrls urls, TwilioInbox inbox, TwimlAnswers answers, TwilioIntakes intakes,
    TimeProvider time, ILogger<Webhooks> log)
{
    /// <summary>Twilio's forms grow without notice, and none has come near.</summary>
    const int BodyMax = 256 * 1024;

    /// <summary>Then Twilio is better off with the fallback address; it waits 15 s in all.</summary>
    static readonly TimeSpan TakeTimeMax = TimeSpan.FromSeconds(2);

    public async Task<IResult> Take(HttpContext context, string path)
    {
        var cancel = context.RequestAborted;
        if (await Body(context.Request, cancel) is not { } body || Received.Read(context, urls, body) is not { } received)
            return Refuse();
        try
        {
            // SQLite's driver does not return while somebody else holds the file.
            return await Task.Run(() => Take(received, path, cancel), cancel).WaitAsync(TakeTimeMax, time, cancel);
        }
        catch (Exception error) when (Database.IsAway(error))
        {
            WebhookMetrics.Failed();
            LogDatabaseAway(error, path);
            return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
        }
    }

    async Task<IResult> Take(Received received, string path, CancellationToken cancel)
    {
        if (received.AccountSid is not { } sid || await accounts.BySid(sid, cancel) is not { IsEnabled: true } account
            || !account.AuthTokens(secrets).Any(received.IsSignedWith))
            return Refuse();
        if (TwilioRoles.Parse(path) is not { } role || role == TwilioRole.RestCall)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var request = new TwilioRequest(role, received.Form, time.GetUtcNow()) { Query = received.Query };
        await inbox.Put(account.Name, [request], cancel);
        intakes.LookAgain(account.Id);
        WebhookMetrics.Taken(role);
        return await answers.Answer(account, request, cancel) is { } twiml
            ? TypedResults.Text(twiml.ToString(), Twiml.ContentType, System.Text.Encoding.UTF8)
            : TypedResults.NoContent();
    }

    static IResult Refuse()
    {
        WebhookMetrics.Refused();
        return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>Null: it is longer than any that Twilio sends.</summary>
    static async Task<byte[]?> Body(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > BodyMax)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(BodyMax + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer.AsMemory(0, BodyMax + 1), BodyMax + 1, throwOnEndOfStream: false, cancel);
            return length > BodyMax ? null : buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: a request of Twilio's to {Path} is not taken")]
    private partial void LogDatabaseAway(Exception error, string path);

    /// <summary>A request before it is known to be Twilio's.</summary>
    /// <param name="Url">As it is configured at Twilio: the public address, and the rest as it stood in the request, letter by letter.</param>
    /// <param name="Form">The parameters: of a POST those in the body, else those of the address.</param>
    sealed record Received(string Url, string? Signature, TwilioForm Form, TwilioForm Query, byte[] Content, bool IsForm)
    {
        /// <summary>Null: nobody outside knows an address of ours, so nothing can come.</summary>
        public static Received? Read(HttpContext context, TwilioUrls urls, byte[] body)
        {
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            if (urls.Called(target) is not { } url)
                return null;
            var question = target.IndexOf('?', StringComparison.Ordinal);
            var query = question < 0 ? TwilioForm.Empty : TwilioForm.Parse(target[(question + 1)..]);
            var isPost = HttpMethods.IsPost(context.Request.Method);
            var isForm = !isPost || context.Request.HasFormContentType;
            return new(url, context.Request.Headers[TwilioSignature.Header], isPost && isForm ? TwilioForm.Parse(body) : query, query, body, isForm);
        }

        public string? AccountSid => Form["AccountSid"];

        // Of a GET everything is in the address, which is signed as it is.
        public bool IsSignedWith(string token) => !IsForm ? TwilioSignature.IsValid(token, Url, Content, Signature)
            : TwilioSignature.IsValid(token, Url, ReferenceEquals(Form, Query) ? TwilioForm.Empty : Form, Signature);
    }
}
