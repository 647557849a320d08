using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Coming in, going out, and the one who is in.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sign-in", async (AgentStore agents, DemoAccounts demo, CancellationToken cancel) =>
            TypedResults.Ok(new SignInInfo { NeedsSetUp = await agents.NeedsSetUp(cancel), DemoAccounts = demo.All })).AllowAnonymous();
        api.MapPost("/sign-in", SignIn).AllowAnonymous().LimitEach(RequestLimits.Passwords);
        api.MapPost("/set-up", SetUp).AllowAnonymous().LimitEach(RequestLimits.Passwords);
        api.MapPost("/sign-out", async (HttpContext context) =>
        {
            await Sessions.End(context);
            return TypedResults.NoContent();
        }).RequireAuthorization(Rights.Person);
        api.MapGet("/me", async (Access access, AgentStore agents, CancellationToken cancel) =>
            TypedResults.Ok((await agents.Me(access.AgentId, cancel))!)).RequireAuthorization(Rights.Person);
        api.MapPut("/me/mail", ChangeMail).RequireAuthorization(Rights.Person);
        api.MapPut("/me/language", async (OwnLanguage own, Access access, AgentStore agents, CancellationToken cancel) =>
        {
            await agents.SetLanguage(access.AgentId, own.Language, cancel);
            return TypedResults.NoContent();
        }).RequireAuthorization(Rights.Person);
        api.MapPut("/me/password", ChangePassword).RequireAuthorization(Rights.Person).LimitEach(RequestLimits.Passwords);
    }

    static async Task<Results<Ok<Me>, ProblemHttpResult>> SignIn(
        SignIn request, HttpContext context, PasswordCheck passwords, AgentStore agents, CancellationToken cancel)
    {
        var verdict = await passwords.Of(request.Login, request.Password, cancel);
        if (verdict.LockedUntil is { } until)
            return LockedOut(until);
        if (verdict.Agent is not { } agent)
            return Problems.Of(StatusCodes.Status401Unauthorized, "wrong_credentials", "This login and password do not belong together.");
        await Sessions.Begin(context, agent);
        return TypedResults.Ok((await agents.Me(agent.Id, cancel))!);
    }

    static async Task<Results<Ok<Me>, ProblemHttpResult>> SetUp(SetUp request, HttpContext context, AgentStore agents, CancellationToken cancel)
    {
        var hash = PasswordCheck.Hash(request.Password);
        if (await agents.SetUp(request.Code.Trim().ToUpperInvariant(), request.Login, request.Name, hash, cancel) is not { } id)
            return await agents.NeedsSetUp(cancel)
                ? Problems.Of(StatusCodes.Status403Forbidden, "wrong_set_up_code", "This is not the code that the server printed when it started.")
                : Problems.Conflict("already_set_up", "The first admin exists already. Sign in.");
        await Sessions.Begin(context, (await agents.ById(id, cancel))!);
        return TypedResults.Ok((await agents.Me(id, cancel))!);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        PasswordChange request, Access access, HttpContext context, PasswordCheck passwords, AgentStore agents, CancellationToken cancel)
    {
        var me = (await agents.ById(access.AgentId, cancel))!;
        var verdict = await passwords.Of(me.Login, request.Current, cancel);
        if (verdict.LockedUntil is { } until)
            return LockedOut(until);
        if (verdict.Agent is null)
            return Problems.Invalid("current", "This is not your password.");
        await agents.SetPassword(me.Id, PasswordCheck.Hash(request.New), endsSessions: true, cancel);
        // All other sessions of this account are over; this one goes on.
        await Sessions.Begin(context, (await agents.ById(me.Id, cancel))!);
        return TypedResults.NoContent();
    }

    static async Task<Results<Ok<Me>, ProblemHttpResult>> ChangeMail(OwnMail mail, Access access, AgentStore agents, CancellationToken cancel)
    {
        if (AgentEndpoints.NoAddress(mail.Email) is { } refusal)
            return refusal;
        await agents.SetMail(access.AgentId, mail, cancel);
        return TypedResults.Ok((await agents.Me(access.AgentId, cancel))!);
    }

    static ProblemHttpResult LockedOut(DateTimeOffset until) =>
        Problems.Of(StatusCodes.Status423Locked, "locked_out", "Too many wrong passwords. Wait, or ask an admin to unlock the account.", ("until", until));
}
