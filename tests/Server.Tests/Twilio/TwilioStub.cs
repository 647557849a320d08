using ContactCenterCrm.Server.Twilio;
using ContactCenterCrm.Server.Twilio.Rest;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using WireMock.Logging;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ContactCenterCrm.Server.Tests.Twilio;

/// <summary>Something that answers as Twilio's API does, on this machine; and the product's way to it.</summary>
sealed class TwilioStub : IDisposable
{
    public const string Sid = "AC00000000000000000000000000000001";
    public const string Token = "the-auth-token";
    public const string CallSid = "CA00000000000000000000000000000001";
    public const string RecordingSid = "RE00000000000000000000000000000001";

    readonly ServiceProvider services;

    /// <param name="attemptTime">How long an answer is waited for; null: longer than a slow machine takes.</param>
    public TwilioStub(TimeSpan? attemptTime = null)
    {
        Secrets = new(new EphemeralDataProtectionProvider());
        var settings = new TwilioApiSettings
        {
            Base = Server.Url!,
            AttemptTime = attemptTime ?? TimeSpan.FromSeconds(20),
            TotalTime = TimeSpan.FromSeconds(60),
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        services = new ServiceCollection()
            .AddSingleton(settings)
            .AddSingleton(Secrets)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<TwilioHttp>()
            .AddSingleton<TwilioApi>()
            .AddTwilioHttp(settings)
            .BuildServiceProvider();
        Account = new() { Id = 1, Name = "cloud", AccountSid = Sid, ProtectedAuthToken = Secrets.Protect(Token), Region = "US", IsEnabled = true };
    }

    public WireMockServer Server { get; } = WireMockServer.Start();
    public TwilioSecrets Secrets { get; }
    public TwilioApi Api => services.GetRequiredService<TwilioApi>();

    /// <summary>An account with the right token.</summary>
    public TwilioAccount Account { get; }

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ILogEntry> Asked => Server.LogEntries;

    public static string Basic(string name, string secret) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{name}:{secret}"));

    public static string HeaderOf(ILogEntry entry, string name) => entry.RequestMessage.Headers!.TryGetValue(name, out var values) ? string.Join(",", values) : "";

    public static IRequestBuilder Get(string resource) => Request.Create().UsingGet().WithPath(PathOf(resource));

    public static IRequestBuilder Post(string resource) => Request.Create().UsingPost().WithPath(PathOf(resource));

    public static IResponseBuilder Json(int status, string body) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);

    public static IResponseBuilder Mistake(int status, int code, string message) =>
        Json(status, $$"""{"code": {{code}}, "message": "{{message}}", "more_info": "https://www.twilio.com/docs/errors/{{code}}", "status": {{status}}}""");

    public static string Call(string sid = CallSid, string status = "completed", string more = "") =>
        $$"""{"sid": "{{sid}}", "account_sid": "{{Sid}}", "from": "+12025550111", "to": "+12025550100", "status": "{{status}}", "direction": "inbound", "price": null {{more}}}""";

    public static string PathOf(string resource) => $"/2010-04-01/Accounts/{Sid}/{resource}";

    public void Dispose()
    {
        services.Dispose();
        Server.Dispose();
    }
}
