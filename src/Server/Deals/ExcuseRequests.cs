using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Asks to excuse a deal from a task that its stage requires. The question is a task of nobody, which supervisors see; it ends when somebody excuses the deal.</summary>
internal sealed class ExcuseRequests(Database database, IdBlocks ids, DealSettings settings, TaskNews news, TimeProvider time)
{
    /// <summary>Once: while a question is open, it is not asked again.</summary>
    /// <returns>False: there is no such deal for the caller, or no such task in its funnel.</returns>
    public async Task<bool> Ask(Access access, long dealId, ExcuseRequest request, CancellationToken cancel)
    {
        var id = await ids.Take(4, cancel);
        await using var session = await database.Write(cancel);
        if (await StoredDeal.Lock(session, access, dealId, cancel) is not { } deal || await FunnelStore.One(session, access, deal.FunnelId, cancel) is not { } funnel
            || funnel.Stages.SelectMany(stage => stage.Tasks).FirstOrDefault(task => task.Id == request.StageTaskId) is not { } task)
            return false;
        if ((await OpenOnes(session, dealId, task.Id, cancel)).Count > 0)
            return true;
        var now = time.GetUtcNow();
        await TaskStore.Put(session, [new()
        {
            Id = id,
            NaturalKey = FormattableString.Invariant($"excuse:{dealId}:{task.Id}:{id}"),
            Kind = AgentTaskKind.Document,
            Subject = $"{request.Reason} · {task.Subject}",
            ClientId = deal.ClientId,
            DealId = dealId,
            DueAt = now.AddHours(4),
            DueZone = settings.Zone,
            AuthorId = access.AgentId,
            AuthorName = await Authors.NameOf(session, access.AgentId, cancel),
            Rule = TaskRules.Excuse,
            CreatedAt = now,
            RemindMinutesBefore = [0],
        }], cancel);
        await session.Commit(cancel);
        news.Tell([null]);
        return true;
    }

    /// <summary>The deal was excused from this task: nobody has to answer any more.</summary>
    public static async Task Answered(DbSession session, long dealId, long stageTaskId, string reason, long byId, DateTimeOffset now, CancellationToken cancel)
    {
        var open = await OpenOnes(session, dealId, stageTaskId, cancel);
        await TaskStore.End(session, open.Select(key => new TaskEnd(key, AgentTaskState.Done, null, reason, byId)), now, cancel);
    }

    static Task<IReadOnlyList<string>> OpenOnes(DbSession session, long dealId, long stageTaskId, CancellationToken cancel) =>
        session.Query<string>(OpenSql(session.Dialect), new { dealId, beginning = FormattableString.Invariant($"excuse:{dealId}:{stageTaskId}:%") }, cancel);

    static Sql OpenSql(Dialect _) => new($"SELECT natural_key FROM agent_task WHERE deal_id = @dealId AND state = 'open' AND rule_name = '{TaskRules.Excuse}' AND natural_key LIKE @beginning ORDER BY id");
}
