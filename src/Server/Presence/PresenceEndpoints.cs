using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContactCenterCrm.Server.Presence;

/// <summary>The own state, for everybody; those of all and how each spent the day, for supervisors; the rules, changed by the admin.</summary>
internal static class PresenceEndpoints
{
    static readonly TimeSpan HistoryMax = TimeSpan.FromDays(32);

    public static void MapPresenceEndpoints(this IEndpointRouteBuilder api)
    {
        var presence = api.MapGroup("/presence");
        presence.MapGet("/rules", async (PresenceRulesStore rules, CancellationToken cancel) => TypedResults.Ok(await rules.Rules(cancel)));
        presence.MapPut("/rules", SetRules).RequireAuthorization(Rights.Admin);
        presence.MapGet("/agents", async (Access access, Database database, CancellationToken cancel) => TypedResults.Ok(await All(access, database, cancel)));
        presence.MapGet("/agents/{agentId:long}/day", Day);

        var own = presence.MapGroup("/me").RequireAuthorization(Rights.Person);
        own.MapGet("/", async (Access access, PresenceBook book, Database database, CancellationToken cancel) => TypedResults.Ok(await Own(access, book, database, cancel)));
        own.MapPut("/", Wish);
        own.MapDelete("/wish", (Access access, PresenceBook book, Database database, CancellationToken cancel) => Happens(access, now => new PresenceEvent.WishWithdrawn(now), book, database, cancel));
        own.MapPost("/here", (Access access, PresenceBook book, Database database, CancellationToken cancel) => Happens(access, now => new PresenceEvent.ShowedUp(now), book, database, cancel));
        own.MapPost("/wrap-up/{callId:long}/finish", (long callId, Access access, PresenceBook book, Database database, CancellationToken cancel) =>
            Happens(access, now => new PresenceEvent.WrapUpFinished(now, callId), book, database, cancel));
        own.MapPost("/wrap-up/{callId:long}/extend", Extend);
    }

    static async Task<Results<Ok<PresenceItem>, ProblemHttpResult>> Wish(
        PresenceWish wish, Access access, PresenceBook book, PresenceRulesStore rules, Database database, CancellationToken cancel)
    {
        if (wish.Break is not null && (await rules.Rules(cancel)).Breaks.All(reason => reason.Name != wish.Break))
            return Problems.Invalid("break", "There is no such break.");
        return await Happens(access, now => new PresenceEvent.Wished(now, new(wish.Break)), book, database, cancel);
    }

    static async Task<Results<Ok<PresenceItem>, ProblemHttpResult>> Extend(
        long callId, WrapUpExtension extension, Access access, PresenceBook book, Database database, CancellationToken cancel)
    {
        var own = await Own(access, book, database, cancel);
        if (own.WrapUpCallId != callId || own.WrapUpUntil is not { } until)
            return Problems.Conflict("wrap_up_over", "The wrap-up of this call is over.");
        return await Happens(access, now => new PresenceEvent.WrapUpExtended(now, callId, until.AddSeconds(extension.Seconds)), book, database, cancel);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> SetRules(PresenceRules rules, PresenceRulesStore store, CancellationToken cancel)
    {
        if (rules.Breaks.Count > 30 || rules.Breaks.Select(reason => reason.Name.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < rules.Breaks.Count)
            return Problems.Invalid("breaks", "At most thirty, each with a name of its own.");
        if (rules.WrapUps.Count > 1000 || rules.WrapUps.Select(rule => rule.Queue.Trim()).Distinct().Count() < rules.WrapUps.Count)
            return Problems.Invalid("wrapUps", "At most one for each queue.");
        await store.Set(rules, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>An agent sees the own day, everybody else all.</summary>
    static async Task<Results<Ok<IReadOnlyList<AgentStretch>>, ProblemHttpResult>> Day(
        long agentId, DateTimeOffset from, DateTimeOffset to, Access access, Database database, CancellationToken cancel)
    {
        if (!access.SeesAll && access.AgentId != agentId)
            return Problems.Of(StatusCodes.Status403Forbidden, "not_allowed", "You see your own day.");
        if (to <= from || to - from > HistoryMax)
            return Problems.Invalid("to", $"After the beginning, and at most {HistoryMax.Days} days.");
        await using var session = await database.Read(cancel);
        return TypedResults.Ok(await PresenceStore.Stretches(session, agentId, from, to, cancel));
    }

    static async Task<IReadOnlyList<PresenceItem>> All(Access access, Database database, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await PresenceStore.All(session, access, cancel);
    }

    static async Task<PresenceItem> Own(Access access, PresenceBook book, Database database, CancellationToken cancel)
    {
        await using (var session = await database.Read(cancel))
        {
            if (await PresenceStore.Of(session, [access.AgentId], cancel) is [var known])
                return known;
        }
        var (_, _, now) = (await book.Write(access.AgentId, at => new PresenceEvent.TimePassed(at), cancel)).Single();
        return now.Item(access.AgentId, now.State);
    }

    static async Task<Ok<PresenceItem>> Happens(Access access, Func<DateTimeOffset, PresenceEvent> happened, PresenceBook book, Database database, CancellationToken cancel)
    {
        await book.Write(access.AgentId, happened, cancel);
        return TypedResults.Ok(await Own(access, book, database, cancel));
    }
}
