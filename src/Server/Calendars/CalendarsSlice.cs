using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Calendars;

/// <summary>When we are open, and how soon a client is answered.</summary>
internal static class CalendarsSlice
{
    public static IServiceCollection AddCalendars(this IServiceCollection services) => services.AddSingleton<CalendarStore>();

    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars").RequireAuthorization(Rights.Admin);
        calendars.MapGet("/", async (CalendarStore store, CancellationToken cancel) => TypedResults.Ok(await store.Page(cancel)));
        calendars.MapPost("/", Create);
        calendars.MapPut("/{id:long}", Change);
        calendars.MapPut("/uses", Use);
        calendars.MapDelete("/uses", Forget);
    }

    static async Task<Results<Created<CalendarItem>, ProblemHttpResult>> Create(CalendarEdit edit, Access access, CalendarStore store, CancellationToken cancel)
    {
        if (CalendarReading.Fault(edit.Hours) is (var field, var why))
            return Problems.Invalid(field, why);
        var (result, id) = await store.Create(access, edit, cancel);
        return result == CalendarEditResult.Saved
            ? TypedResults.Created($"/api/calendars/{id}", await Item(store, id, cancel))
            : Refusal(result);
    }

    static async Task<Results<Ok<CalendarItem>, ProblemHttpResult>> Change(long id, CalendarEdit edit, Access access, CalendarStore store, CancellationToken cancel)
    {
        if (CalendarReading.Fault(edit.Hours) is (var field, var why))
            return Problems.Invalid(field, why);
        var result = await store.Change(access, id, edit, cancel);
        return result == CalendarEditResult.Saved ? TypedResults.Ok(await Item(store, id, cancel)) : Refusal(result);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Use(CalendarUse use, CalendarStore store, CancellationToken cancel)
    {
        if (use.Kind == CalendarUseKinds.Default != (use.Target.Length == 0))
            return Problems.Invalid("target", "A line or a queue has a name; the default has none.");
        return await store.Use(use, cancel) ? TypedResults.NoContent() : Problems.Invalid("calendarId", "There is no such calendar.");
    }

    static async Task<NoContent> Forget(string kind, CalendarStore store, CancellationToken cancel, string target = "")
    {
        await store.Forget(kind, target, cancel);
        return TypedResults.NoContent();
    }

    static async Task<CalendarItem> Item(CalendarStore store, long id, CancellationToken cancel) =>
        (await store.Page(cancel)).Calendars.Single(calendar => calendar.Id == id);

    static ProblemHttpResult Refusal(CalendarEditResult refusal) => refusal switch
    {
        CalendarEditResult.ChangedByOther => Problems.Conflict("changed_by_other", "Somebody else changed this calendar meanwhile."),
        CalendarEditResult.NameTaken => Problems.Conflict("name_taken", "There is a calendar with this name already."),
        CalendarEditResult.RewritesThePast => Problems.Invalid("hours.effectiveFrom", "New hours begin today or later: what was stays as it was."),
        CalendarEditResult.NotFound or CalendarEditResult.Saved => Problems.NotFound(),
    };
}
