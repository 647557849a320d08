using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Presence;

/// <summary>What breaks there are, and how long wrap-up lasts.</summary>
internal sealed class PresenceRulesStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>What another node has changed is known here after so long.</summary>
    static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);

    (DateTimeOffset Until, IReadOnlyDictionary<string, int> Seconds) wrapUps = (DateTimeOffset.MinValue, new Dictionary<string, int>());

    public async Task<PresenceRules> Rules(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return new()
        {
            Breaks = await session.Query<BreakReason>(BreaksSql(session.Dialect), null, cancel),
            WrapUps = await session.Query<WrapUpRule>(WrapUpsSql(session.Dialect), null, cancel),
        };
    }

    /// <summary>Puts these in the place of all that there were.</summary>
    public async Task Set(PresenceRules rules, CancellationToken cancel)
    {
        var id = await ids.Take(rules.Breaks.Count + 1, cancel);
        var (breaks, queues) = (new JsonRows(), new JsonRows());
        foreach (var (position, reason) in rules.Breaks.Index())
            breaks.Row().Add(id++).Add(reason.Name.Trim()).Add(reason.Minutes).Add(position);
        foreach (var rule in rules.WrapUps)
            queues.Row().Add(rule.Queue.Trim()).Add(rule.Seconds);
        await using var session = await database.Write(cancel);
        await session.Execute(ForgetBreaksSql(session.Dialect), null, cancel);
        await session.Execute(ForgetWrapUpsSql(session.Dialect), null, cancel);
        await session.ExecuteRows([new(AddBreaksSql, breaks.Text()), new(AddWrapUpsSql, queues.Text())], cancel);
        await session.Commit(cancel);
        wrapUps = (DateTimeOffset.MinValue, wrapUps.Seconds);
    }

    /// <summary>How long an agent may work on a call of this queue after the talk; zero: not at all.</summary>
    public async ValueTask<TimeSpan> WrapUp(string? queue, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= wrapUps.Until)
        {
            await using var session = await database.Read(cancel);
            var rules = await session.Query<WrapUpRule>(WrapUpsSql(session.Dialect), null, cancel);
            wrapUps = (time.GetUtcNow() + KnownFor, rules.ToDictionary(rule => rule.Queue, rule => rule.Seconds));
        }
        var seconds = wrapUps.Seconds;
        return TimeSpan.FromSeconds(queue is not null && seconds.TryGetValue(queue, out var own) ? own : seconds.GetValueOrDefault(""));
    }

    static Sql BreaksSql(Dialect _) => new("SELECT name, minutes FROM break_reason ORDER BY position, id");

    static Sql WrapUpsSql(Dialect _) => new("SELECT queue, seconds FROM wrap_up_rule ORDER BY queue");

    static Sql ForgetBreaksSql(Dialect _) => new("DELETE FROM break_reason");

    static Sql ForgetWrapUpsSql(Dialect _) => new("DELETE FROM wrap_up_rule");

    static Sql AddBreaksSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("break_reason", "@rows", "id bigint, name text, minutes int, position int", "id"));

    static Sql AddWrapUpsSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("wrap_up_rule", "@rows", "queue key, seconds int", "queue"));
}
