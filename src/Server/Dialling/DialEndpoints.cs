using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>"Call this number", and the end of one that did not work.</summary>
internal static class DialEndpoints
{
    public static void MapDialEndpoints(this IEndpointRouteBuilder api)
    {
        var dial = api.MapGroup("/calls/dial").RequireAuthorization(Rights.Person);
        dial.MapPost("/", Dial).LimitEach(RequestLimits.Dials);
        dial.MapDelete("/{id:long}", async (long id, Access access, DialStore store, CancellationToken cancel) =>
        {
            await store.Close(access.AgentId, id, cancel);
            return TypedResults.NoContent();
        });
    }

    static async Task<Results<Accepted<DialItem>, ProblemHttpResult>> Dial(
        DialRequest request, Access access, DialIntake intake, DialRunner runner, CancellationToken cancel)
    {
        switch (await intake.Take(access, request, cancel))
        {
            case DialAnswer.Accepted accepted:
                runner.LookAgain();
                return TypedResults.Accepted((string?)null, accepted.Item);
            case var refusal:
                return Refusal(refusal);
        }
    }

    static ProblemHttpResult Refusal(DialAnswer answer) => answer switch
    {
        DialAnswer.NumberUnreadable => Problems.Of(StatusCodes.Status400BadRequest, "number_unreadable", "This is no phone number that can be called."),
        DialAnswer.NoSuchClient => Problems.Invalid("clientId", "There is no such client, or it is not yours to see."),
        DialAnswer.DoNotCall => Problems.Conflict("do_not_call", "This client does not want to be called."),
        DialAnswer.NoPhone => Problems.Conflict("no_extension", "No phone is assigned to you. Ask an administrator to give you an extension."),
        DialAnswer.NotYourPhone => Problems.Invalid("extension", "This is not one of your phones."),
        DialAnswer.SeveralPhones several => Problems.Conflict("several_phones", "You have several phones: say which one shall ring.", ("phones", several.Phones)),
        DialAnswer.LineDown down => Problems.Conflict("line_down", $"There is no line to {down.Source} now.", ("pbx", down.Source)),
        DialAnswer.AlreadyDialling => Problems.Conflict("already_dialling", "Your phone is being called already."),
        _ => throw new InvalidOperationException($"{answer} is no refusal."),
    };
}
