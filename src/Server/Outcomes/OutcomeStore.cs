using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Outcomes;

/// <summary>Whether a call may be finished with this outcome.</summary>
internal enum OutcomeVerdict { Fits, Missing, Unknown }

/// <summary>The lists of outcomes, and which one each call had.</summary>
internal sealed class OutcomeStore(Database database)
{
    public async Task<IReadOnlyList<OutcomeList>> Lists(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await Lists(session, cancel);
    }

    /// <summary>Puts these in the place of all that there were. Calls keep what was chosen for them.</summary>
    public async Task Set(IReadOnlyList<OutcomeList> lists, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var list in lists)
            rows.Row().Add(list.Queue.Trim()).AddFlag(list.IsRequired).Add(JsonSerializer.Serialize(list.Outcomes));
        await using var session = await database.Write(cancel);
        await session.Execute(ForgetSql(session.Dialect), null, cancel);
        await session.ExecuteRows([new(AddSql, rows.Text())], cancel);
        await session.Commit(cancel);
    }

    /// <summary>By the list of the queue, or that of all other calls; without a list nothing is required and nothing is known.</summary>
    /// <param name="hadTalk">Nobody has to say how a call ended in which nobody talked: its result says so.</param>
    public static async Task<OutcomeVerdict> Judge(DbSession session, string? queue, string? outcome, bool hadTalk, CancellationToken cancel)
    {
        var lists = await Lists(session, cancel);
        var list = lists.FirstOrDefault(list => list.Queue == queue) ?? lists.FirstOrDefault(list => list.Queue.Length == 0);
        if (outcome is null)
            return list is { IsRequired: true } && hadTalk ? OutcomeVerdict.Missing : OutcomeVerdict.Fits;
        return list?.Outcomes.Contains(outcome) == true ? OutcomeVerdict.Fits : OutcomeVerdict.Unknown;
    }

    /// <summary>Whoever had the call last is right.</summary>
    public static Task Choose(DbSession session, long callId, long agentId, string outcome, DateTimeOffset now, CancellationToken cancel) =>
        session.Execute(ChooseSql(session.Dialect), new { callId, agentId, outcome, chosenAt = now }, cancel);

    static async Task<IReadOnlyList<OutcomeList>> Lists(DbSession session, CancellationToken cancel) =>
        [.. (await session.Query<ListRow>(ListsSql(session.Dialect), null, cancel)).Select(row => row.List())];

    static Sql ListsSql(Dialect _) => new("SELECT queue, is_required, outcomes FROM outcome_list ORDER BY queue");

    static Sql ForgetSql(Dialect _) => new("DELETE FROM outcome_list");

    static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("outcome_list", "@rows", "queue key, is_required flag, outcomes text", "queue"));

    static Sql ChooseSql(Dialect dialect) => new(dialect.Upsert("call_outcome", "call_id, agent_id, outcome, chosen_at", "call_id"));

    sealed record ListRow
    {
        public string Queue { get; init; } = "";
        public bool IsRequired { get; init; }
        public string Outcomes { get; init; } = "[]";

        public OutcomeList List() => new() { Queue = Queue, IsRequired = IsRequired, Outcomes = JsonSerializer.Deserialize<string[]>(Outcomes)! };
    }
}
