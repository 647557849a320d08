using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Mail;

/// <summary>The mail server, for the admin: what is configured, and whether it works.</summary>
internal static class MailEndpoints
{
    // Whoever gets it may read one of them.
    const string TestSubject = "A test · Проверка";
    const string TestText = "Mail from Contact Center CRM arrives here.\n\nПисьма Contact Center CRM сюда доходят.\n";

    public static void MapMailEndpoints(this IEndpointRouteBuilder api)
    {
        var mail = api.MapGroup("/mail").RequireAuthorization(Rights.Admin);
        mail.MapGet("/server", async (MailServerStore servers, PublicUrl publicUrl, CancellationToken cancel) =>
            TypedResults.Ok(await Page(servers, publicUrl, cancel)));
        mail.MapPut("/server", Set);
        mail.MapDelete("/server", async (MailServerStore servers, CancellationToken cancel) =>
        {
            await servers.Remove(cancel);
            return TypedResults.NoContent();
        });
        mail.MapPost("/test", Test);
    }

    static async Task<Results<Ok<MailServerPage>, ProblemHttpResult>> Set(
        MailServerEdit edit, MailServerStore servers, MailSecrets secrets, PublicUrl publicUrl, CancellationToken cancel)
    {
        if (!MailAddresses.IsOne(edit.SenderAddress))
            return Problems.Invalid("senderAddress", "This is no e-mail address.");
        if (Uri.CheckHostName(edit.Host) == UriHostNameType.Unknown)
            return Problems.Invalid("host", "This is no name of a server; the port has a field of its own.");
        var before = await servers.Get(cancel);
        // The stored password goes nowhere but where it was meant for, and not in the clear where it was encrypted.
        var keeps = before is not null && (before.Host, before.Port, before.Username) == (edit.Host, edit.Port, edit.Username)
            && (edit.Security == before.Security || edit.Security != MailSecurity.None);
        if (edit.Username is not null && string.IsNullOrEmpty(edit.Password) && !(keeps && before!.ProtectedPassword is not null))
            return Problems.Invalid("password", "Another server or user needs its password.");
        await servers.Set(new()
        {
            Host = edit.Host,
            Port = edit.Port,
            Security = edit.Security,
            Username = edit.Username,
            ProtectedPassword = edit.Username is null ? null : string.IsNullOrEmpty(edit.Password) ? before!.ProtectedPassword : secrets.Protect(edit.Password),
            SenderAddress = edit.SenderAddress,
            SenderName = edit.SenderName.Trim(),
        }, cancel);
        return TypedResults.Ok(await Page(servers, publicUrl, cancel));
    }

    static async Task<Results<Ok<MailTestResult>, ProblemHttpResult>> Test(
        MailTest test, MailPost post, IdBlocks ids, CancellationToken cancel)
    {
        if (!MailAddresses.IsOne(test.To))
            return Problems.Invalid("to", "This is no e-mail address.");
        var mail = new OutgoingMail($"test.{await ids.Next(cancel)}", "", test.To, TestSubject, TestText);
        return await post.Try(mail, cancel) is { } result ? TypedResults.Ok(result) : Problems.Conflict("no_mail_server", "No mail server is configured.");
    }

    static async Task<MailServerPage> Page(MailServerStore servers, PublicUrl publicUrl, CancellationToken cancel) => new()
    {
        PublicUrl = publicUrl.Base,
        Server = await servers.Get(cancel) is { } server ? Item(server) : null,
    };

    static MailServerItem Item(MailServer server) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Security = server.Security,
        Username = server.Username,
        SenderAddress = server.SenderAddress,
        SenderName = server.SenderName,
        Fault = server.Problem,
        FaultAt = server.ProblemAt,
        RetryAt = server.RetryAt,
    };
}
