using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Teams, for the admin. Who is in which stands in the account.</summary>
internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        api.MapGet("/teams", async (TeamStore store, CancellationToken cancel) => TypedResults.Ok(await store.List(cancel))).RequireAuthorization(Rights.Manager);
        var teams = api.MapGroup("/teams").RequireAuthorization(Rights.Admin);
        teams.MapPost("/", async Task<Results<Ok<TeamItem>, ProblemHttpResult>> (TeamEdit edit, TeamStore store, CancellationToken cancel) =>
            await store.Add(edit.Name.Trim(), cancel) is { } team ? TypedResults.Ok(team) : NameTaken());
        teams.MapPut("/{id:long}", async (long id, TeamEdit edit, TeamStore store, CancellationToken cancel) => Answer(await store.Rename(id, edit.Name.Trim(), cancel)));
        teams.MapDelete("/{id:long}", async (long id, TeamStore store, CancellationToken cancel) => Answer(await store.Remove(id, cancel)));
    }

    static Results<NoContent, ProblemHttpResult> Answer(TeamChange change) => change switch
    {
        TeamChange.Done => TypedResults.NoContent(),
        TeamChange.NotFound => Problems.NotFound(),
        TeamChange.NameTaken => NameTaken(),
        TeamChange.HasMembers => Problems.Conflict("team_has_members", "Somebody is in this team. Give them another one first."),
    };

    static ProblemHttpResult NameTaken() => Problems.Conflict("name_taken", "Another team has this name.");
}
