using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Accounts, for the admin; their names, for everybody who is signed in.</summary>
internal static class AgentEndpoints
{
    public static void MapAgentAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agents/names", async (AgentStore agents, CancellationToken cancel) => TypedResults.Ok(await agents.Names(cancel)));

        var admin = api.MapGroup("/agents").RequireAuthorization(Rights.Admin);
        admin.MapGet("/", async (AgentStore agents, LockOut lockOut, CancellationToken cancel) => TypedResults.Ok(await List(agents, lockOut, cancel)));
        admin.MapPost("/", Add);
        admin.MapPut("/{id:long}", Change);
        admin.MapPost("/{id:long}/unlock", Unlock);
    }

    static async Task<IReadOnlyList<AgentItem>> List(AgentStore agents, LockOut lockOut, CancellationToken cancel)
    {
        var items = await agents.List(cancel);
        var closed = await lockOut.Closed(items.Select(agent => agent.Login), cancel);
        return [.. items.Select(agent => agent with { LockedUntil = closed.TryGetValue(agent.Login, out var until) ? until : null })];
    }

    static async Task<Results<Created<AgentItem>, ProblemHttpResult>> Add(
        AgentEdit edit, AgentStore agents, TeamStore teams, LockOut lockOut, CancellationToken cancel)
    {
        if ((UnknownRole(edit) ?? NoAddress(edit.Email) ?? await UnknownTeam(edit, teams, cancel)) is { } refusal)
            return refusal;
        if (edit.Password is null)
            return Problems.Invalid("password", "A new account needs a password.");
        var hash = PasswordCheck.Hash(edit.Password);
        if (await agents.Add(edit, hash, cancel) is not { } id)
            return LoginTaken();
        return TypedResults.Created($"/api/agents/{id}", await Item(id, agents, lockOut, cancel));
    }

    static async Task<Results<Ok<AgentItem>, ProblemHttpResult>> Change(
        long id, AgentEdit edit, AgentStore agents, TeamStore teams, LockOut lockOut, CancellationToken cancel)
    {
        if ((UnknownRole(edit) ?? NoAddress(edit.Email) ?? await UnknownTeam(edit, teams, cancel)) is { } refusal)
            return refusal;
        var hash = edit.Password is null ? null : PasswordCheck.Hash(edit.Password);
        return await agents.Change(id, edit, hash, cancel) switch
        {
            AgentChange.Done => TypedResults.Ok(await Item(id, agents, lockOut, cancel)),
            AgentChange.NotFound => Problems.NotFound(),
            AgentChange.LoginTaken => LoginTaken(),
            AgentChange.LastAdmin => Problems.Conflict("last_admin", "Nobody else is an active admin: make one first."),
        };
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Unlock(long id, AgentStore agents, LockOut lockOut, CancellationToken cancel)
    {
        if (await agents.ById(id, cancel) is not { } agent)
            return Problems.NotFound();
        await lockOut.Clear(agent.Login, cancel);
        return TypedResults.NoContent();
    }

    static async Task<AgentItem> Item(long id, AgentStore agents, LockOut lockOut, CancellationToken cancel) =>
        (await List(agents, lockOut, cancel)).Single(agent => agent.Id == id);

    static ProblemHttpResult? UnknownRole(AgentEdit edit) =>
        Roles.All.Contains(edit.Role) ? null : Problems.Invalid("role", $"A role is one of: {string.Join(", ", Roles.All)}.");

    /// <summary>Null: it is one, or there is none.</summary>
    public static ProblemHttpResult? NoAddress(string? email) =>
        email is null || MailAddresses.IsOne(email.Trim()) ? null : Problems.Invalid("email", "This is no e-mail address.");

    static async Task<ProblemHttpResult?> UnknownTeam(AgentEdit edit, TeamStore teams, CancellationToken cancel) =>
        edit.TeamId is { } id && (await teams.List(cancel)).All(team => team.Id != id) ? Problems.Invalid("teamId", "There is no such team.") : null;

    static ProblemHttpResult LoginTaken() => Problems.Conflict("login_taken", "Another account has this login.");
}
