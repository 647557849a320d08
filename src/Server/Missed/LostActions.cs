using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Missed;

/// <summary>What became of something that a person did with a lost call.</summary>
internal abstract record LostResult
{
    public sealed record Done : LostResult;

    /// <summary>There is no such entry, or it is not for the caller to see.</summary>
    public sealed record NotFound : LostResult;

    /// <summary>The client was reached, or somebody closed it.</summary>
    public sealed record Settled : LostResult;

    /// <summary>A colleague is on it.</summary>
    public sealed record ClaimedByOther(string Name) : LostResult;
}

/// <summary>What people do with lost calls. All open entries of one client are one matter: they share the task, and what is done with one is done with all.</summary>
internal sealed class LostActions(Database database, MissedSettings settings, LostNews news, TaskNews taskNews, TimeProvider time)
{
    /// <summary>The caller is about to call back; nobody else is, for a while. Doing it again begins that while anew.</summary>
    public Task<LostResult> Claim(Access access, long callId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return Change(access, callId, entry => LostRules.After(entry, LostEvent.Claim) is { } claimed
            ? claimed with { ClaimedById = access.AgentId, ClaimedAt = now }
            : null, cancel);
    }

    /// <summary>The caller does not call back after all.</summary>
    public Task<LostResult> Release(Access access, long callId, CancellationToken cancel) =>
        Change(access, callId, entry => LostRules.After(entry, LostEvent.Release), cancel);

    /// <summary>Nobody is going to call back, for a reason. The task ends without having been done.</summary>
    public Task<LostResult> Close(Access access, long callId, LostClosing closing, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return Change(access, callId, entry => LostRules.After(entry, LostEvent.Close) is { } closed
            ? closed with { SettledAt = now, SettledById = access.AgentId, CloseReason = closing.Reason, CloseNote = string.IsNullOrWhiteSpace(closing.Note) ? null : closing.Note.Trim() }
            : null, cancel);
    }

    async Task<LostResult> Change(Access access, long callId, Func<LostCall, LostCall?> change, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var matter = await session.Query<long>(MatterSql(session.Dialect, !access.SeesAll), new { callId, callerId = access.AgentId }, cancel);
        if (matter.Count == 0)
            return new LostResult.NotFound();
        var rows = await LostStore.Hold(session, matter, settings.ShortSeconds, cancel);
        var asked = rows.First(row => row.CallId == callId);
        if (asked.Entry is not { IsWaiting: true } entry)
            return new LostResult.Settled();
        if (entry.ClaimedById is { } holder && holder != access.AgentId && entry.ClaimedAt + settings.Claim > time.GetUtcNow() && !access.SeesAll)
            return new LostResult.ClaimedByOther(await session.QueryFirst<string>(NameSql(session.Dialect), new { holder }, cancel) ?? "");
        var changed = rows.Where(row => row.Entry is { IsWaiting: true }).Select(row => (Row: row, Entry: change(row.Entry!))).Where(pair => pair.Entry is not null).ToList();
        await LostStore.Put(session, [.. changed.Select(pair => pair.Entry!)], cancel);
        var ended = changed.Where(pair => !pair.Entry!.IsWaiting).ToList();
        await Callbacks.End(session, ended.Select(pair => new CallbackEnd(pair.Row, AgentTaskState.Cancelled, null, pair.Entry!.CloseNote)), time.GetUtcNow(), cancel);
        await session.Commit(cancel);
        news.Tell();
        if (ended.Count > 0)
            taskNews.Tell(ended.Select(pair => pair.Row.TaskOwnerId));
        return new LostResult.Done();
    }

    /// <summary>The entries that stand and fall with this one.</summary>
    static Sql MatterSql(Dialect _, bool own) => new($"""
        SELECT other.call_id
        FROM lost_call l
        JOIN lost_call other ON other.call_id = l.call_id OR (other.task_id = l.task_id AND other.settled_at IS NULL)
        LEFT JOIN agent_task t ON t.id = l.task_id
        WHERE l.call_id = @callId
        {(own ? $"AND {LostList.IsOwn("@callerId")}" : "")}
        ORDER BY other.call_id
        """);

    static Sql NameSql(Dialect _) => new("SELECT name FROM agent WHERE id = @holder");
}
