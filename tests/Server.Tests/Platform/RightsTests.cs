using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ContactCenterCrm.Server.Tests.Platform;

/// <summary>Who is let through to each endpoint. A new endpoint fails here until its line is written.</summary>
sealed class RightsTests
{
    // Letters: n nobody signed in, a agent, s supervisor, m manager, A admin; p and P programs with the key of an agent or an admin.
    const string Table = """
        GET    /api/agents                    A P
        POST   /api/agents                    A P
        GET    /api/agents/names              asmA pP
        PUT    /api/agents/{id:long}          A P
        POST   /api/agents/{id:long}/unlock   A P
        GET    /api/audit                     A P
        GET    /api/calendars                 A P
        POST   /api/calendars                 A P
        DELETE /api/calendars/uses            A P
        PUT    /api/calendars/uses            A P
        PUT    /api/calendars/{id:long}       A P
        GET    /api/calls                     asmA pP
        GET    /api/calls/completeness        asmA pP
        POST   /api/calls/dial                asmA
        DELETE /api/calls/dial/{id:long}      asmA
        GET    /api/calls/{id:long}           asmA pP
        GET    /api/calls/{id:long}/recordings asmA pP
        POST   /api/client-merges/{id:long}/undo asmA pP
        GET    /api/clients                   asmA pP
        POST   /api/clients                   asmA pP
        GET    /api/clients/match             asmA pP
        GET    /api/clients/{id:long}         asmA pP
        PUT    /api/clients/{id:long}         asmA pP
        GET    /api/clients/{id:long}/duplicates asmA pP
        POST   /api/clients/{id:long}/duplicates/{otherId:long}/dismiss asmA pP
        POST   /api/clients/{id:long}/merge   asmA pP
        GET    /api/clients/{id:long}/merge/{otherId:long} asmA pP
        POST   /api/clients/{id:long}/notes   asmA pP
        PUT    /api/clients/{id:long}/notes/{noteId:long} asmA pP
        GET    /api/clients/{id:long}/notes/{noteId:long}/versions asmA pP
        GET    /api/clients/{id:long}/timeline asmA pP
        GET    /api/currency-rates            asmA pP
        PUT    /api/currency-rates            mA P
        GET    /api/custom-fields             mA P
        POST   /api/custom-fields             mA P
        PUT    /api/custom-fields/{id:long}   mA P
        GET    /api/deal-fields               asmA pP
        GET    /api/deal-views                asmA
        POST   /api/deal-views                asmA
        DELETE /api/deal-views/{id:long}      asmA
        PUT    /api/deal-views/{id:long}      asmA
        GET    /api/deals                     asmA pP
        POST   /api/deals                     asmA pP
        GET    /api/deals/board               asmA pP
        GET    /api/deals/board/{stageId:long} asmA pP
        GET    /api/deals/export              mA P
        POST   /api/deals/import              mA P
        POST   /api/deals/move                asmA pP
        GET    /api/deals/{id:long}           asmA pP
        PUT    /api/deals/{id:long}           asmA pP
        POST   /api/deals/{id:long}/excuse-requests asmA pP
        POST   /api/deals/{id:long}/move      asmA pP
        GET    /api/desk                      asmA
        POST   /api/desk/{callId:long}/client asmA
        POST   /api/desk/{callId:long}/close  asmA
        PUT    /api/desk/{callId:long}/note   asmA
        GET    /api/funnels                   asmA pP
        POST   /api/funnels                   mA P
        GET    /api/funnels/{id:long}         asmA pP
        PUT    /api/funnels/{id:long}         mA P
        POST   /api/funnels/{id:long}/preview mA P
        GET    /api/funnels/{id:long}/report  asmA pP
        GET    /api/funnels/{id:long}/versions mA P
        GET    /api/gaps                      asmA pP
        GET    /api/gate-rights               asmA pP
        PUT    /api/gate-rights               A P
        GET    /api/loss-reasons              asmA pP
        PUT    /api/loss-reasons              mA P
        GET    /api/lost                      asmA pP
        GET    /api/lost/count                asmA pP
        GET    /api/lost/{callId:long}        asmA pP
        POST   /api/lost/{callId:long}/claim  asmA
        POST   /api/lost/{callId:long}/close  asmA
        POST   /api/lost/{callId:long}/release asmA
        DELETE /api/mail/server               A P
        GET    /api/mail/server               A P
        PUT    /api/mail/server               A P
        POST   /api/mail/test                 A P
        GET    /api/me                        asmA
        PUT    /api/me/language               asmA
        PUT    /api/me/mail                   asmA
        PUT    /api/me/password               asmA
        GET    /api/outcomes                  asmA pP
        PUT    /api/outcomes                  A P
        GET    /api/pbx/extensions            A P
        PUT    /api/pbx/extensions            A P
        GET    /api/pbx/links                 A P
        POST   /api/pbx/links                 A P
        DELETE /api/pbx/links/{id:long}       A P
        PUT    /api/pbx/links/{id:long}       A P
        POST   /api/pbx/number-test           A P
        GET    /api/pbx/quarantine            A P
        GET    /api/pbx/relay-tokens          A P
        POST   /api/pbx/relay-tokens          A P
        DELETE /api/pbx/relay-tokens/{id:long} A P
        GET    /api/presence/agents           asmA pP
        GET    /api/presence/agents/{agentId:long}/day asmA pP
        GET    /api/presence/me               asmA
        PUT    /api/presence/me               asmA
        POST   /api/presence/me/here          asmA
        DELETE /api/presence/me/wish          asmA
        POST   /api/presence/me/wrap-up/{callId:long}/extend asmA
        POST   /api/presence/me/wrap-up/{callId:long}/finish asmA
        GET    /api/presence/rules            asmA pP
        PUT    /api/presence/rules            A P
        GET    /api/recordings                asmA pP
        GET    /api/recordings/coverage       asmA pP
        GET    /api/recordings/deletions      A P
        GET    /api/recordings/policy         A P
        PUT    /api/recordings/policy         A P
        GET    /api/recordings/retention      A P
        GET    /api/recordings/rights         A P
        PUT    /api/recordings/rights/{role}  A P
        GET    /api/recordings/sound/{ticket} asmA pP
        GET    /api/recordings/storage        A P
        GET    /api/recordings/{id:long}      asmA pP
        GET    /api/recordings/{id:long}/comments asmA
        POST   /api/recordings/{id:long}/comments asmA
        DELETE /api/recordings/{id:long}/comments/{commentId:long} asmA
        POST   /api/recordings/{id:long}/download asmA pP
        GET    /api/recordings/{id:long}/peaks asmA pP
        POST   /api/recordings/{id:long}/play asmA pP
        POST   /api/recordings/{id:long}/shares asmA
        DELETE /api/recordings/{id:long}/shares/{shareId:long} asmA
        GET    /api/recordings/{id:long}/uses asmA pP
        POST   /api/relay/lines
        PUT    /api/relay/recordings
        GET    /api/reminders                 asmA
        POST   /api/reminders/seen            asmA
        POST   /api/reminders/{id:long}/acknowledge asmA
        POST   /api/reminders/{id:long}/snooze asmA
        POST   /api/set-up                    n asmA pP
        GET    /api/sign-in                   n asmA pP
        POST   /api/sign-in                   n asmA pP
        GET    /api/tasks                     asmA pP
        POST   /api/tasks                     asmA pP
        GET    /api/tasks/{id:long}           asmA pP
        PUT    /api/tasks/{id:long}           asmA pP
        POST   /api/tasks/{id:long}/cancel    asmA pP
        POST   /api/tasks/{id:long}/complete  asmA pP
        GET    /api/tasks/{id:long}/deliveries asmA pP
        POST   /api/tasks/{id:long}/owner     asmA pP
        POST   /api/tasks/{id:long}/refuse-proposal asmA pP
        GET    /api/teams                     mA P
        POST   /api/teams                     A P
        DELETE /api/teams/{id:long}           A P
        PUT    /api/teams/{id:long}           A P
        GET    /api/twilio/accounts           A P
        POST   /api/twilio/accounts           A P
        DELETE /api/twilio/accounts/{id:long} A P
        PUT    /api/twilio/accounts/{id:long} A P
        POST   /api/twilio/accounts/{id:long}/check A P
        GET    /api/twilio/numbers            A P
        POST   /api/twilio/numbers            A P
        DELETE /api/twilio/numbers/{id:long}  A P
        PUT    /api/twilio/numbers/{id:long}  A P
        POST   /api/twilio/numbers/{id:long}/check A P
        POST   /api/twilio/numbers/{id:long}/webhooks A P
        GET    /health                        n asmA pP
        GET    /hubs/desk                     asmA
        GET    /hubs/desk/negotiate           asmA
        GET    /metrics                       asmA pP
        GET    /openapi/{documentName}.json   n asmA pP
        GET    /scalar/favicon.svg            n asmA pP
        GET    /scalar/scalar.aspnetcore.js   n asmA pP
        GET    /scalar/scalar.js              n asmA pP
        GET    /scalar/{documentName?}        n asmA pP
        GET    /webhooks/twilio/{area}/{name}
        POST   /webhooks/twilio/{area}/{name}
        POST   /api/sign-out                  asmA
        """;

    RunningServer server = null!;
    readonly List<(string Letter, HttpClient Caller)> callers = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        server = await RunningServer.Start();
        callers.Add(("n", server.Browser()));
        foreach (var (letter, role) in new[] { ("a", Roles.Agent), ("s", Roles.Supervisor), ("m", Roles.Manager), ("A", Roles.Admin) })
            callers.Add((letter, await server.SignInAs(role)));
        callers.Add(("p", await server.Program(Roles.Agent)));
        callers.Add(("P", await server.Program(Roles.Admin)));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        callers.ForEach(caller => caller.Caller.Dispose());
        await server.DisposeAsync();
    }

    [Test]
    public async Task Each_role_gets_through_to_exactly_the_endpoints_of_the_table()
    {
        List<string> lines = [];
        foreach (var (method, route) in Endpoints())
            lines.Add($"{method,-6} {route,-30} {await LetThrough(method, route)}");

        var found = string.Join('\n', lines);
        Assert.That(Normal(found), Is.EqualTo(Normal(Table)), found);
    }

    async Task<string> LetThrough(string method, string route)
    {
        var letters = new StringBuilder();
        foreach (var (letter, caller) in callers)
        {
            using var request = new HttpRequestMessage(new(method), Address(route));
            if (method is "POST" or "PUT")
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if ((int)response.StatusCode is not (401 or 403) || await response.Outcome() is "401 wrong_credentials" or "403 wrong_set_up_code")
                letters.Append(letter);
        }
        return letters.ToString();
    }

    static string Address(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{documentName\}|\{[^}]*\}", match => match.Value == "{documentName}" ? "v1" : "0");

    // Signing out comes last: it takes the cookies.
    IEnumerable<(string Method, string Route)> Endpoints() =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => !IsFileOrPage(route))
            .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (Method: method, Route: "/" + route.RoutePattern.RawText!.Trim('/'))))
            .Distinct()
            .OrderBy(endpoint => endpoint.Route == "/api/sign-out")
            .ThenBy(endpoint => endpoint.Route, StringComparer.Ordinal)
            .ThenBy(endpoint => endpoint.Method, StringComparer.Ordinal);

    static bool IsFileOrPage(RouteEndpoint route) =>
        route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || route.RoutePattern.RawText is "{**path:file}" or WebPlatform.Pages or WebPlatform.StartPage;

    static string Normal(string table) => string.Join('\n', table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => $"{words[0]} {words[1]} {string.Concat(words.Skip(2))}"));
}
