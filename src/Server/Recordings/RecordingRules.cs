using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Audit;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Recordings;

/// <summary>What each role may do with recordings, and how long they are kept: an admin's to set, and each change is audited.</summary>
internal sealed class RecordingRules(Database database, IdBlocks ids, TimeProvider time)
{
    public async Task<IReadOnlyList<ListeningRight>> Rights(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rights = await session.Query<ListeningRight>(RightsSql(session.Dialect), null, cancel);
        return [.. rights.OrderBy(right => Roles.All.ToList().IndexOf(right.Role))];
    }

    public async Task SetRight(Caller caller, ListeningRight right, CancellationToken cancel)
    {
        var auditId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await session.Execute(SetRightSql(session.Dialect), new
        {
            role = right.Role,
            scope = right.Scope,
            mayPlay = right.MayPlay,
            mayDownload = right.MayDownload,
            mayShare = right.MayShare,
        }, cancel);
        string[] verbs = [.. new[] { (right.MayPlay, "play"), (right.MayDownload, "download"), (right.MayShare, "share") }.Where(verb => verb.Item1).Select(verb => verb.Item2)];
        var action = new AuditedAction(AuditWords.ListeningRight, AuditWords.Role, 0, $"{right.Role}: {right.Scope} {string.Join(' ', verbs)}".TrimEnd());
        await AuditLog.Append(session, auditId, time.GetUtcNow(), caller, action, AuditWords.Done, cancel);
        await session.Commit(cancel);
    }

    public async Task<RecordingPolicy> Policy(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<RecordingPolicy>(PolicySql(session.Dialect), null, cancel))!;
    }

    public async Task SetPolicy(Caller caller, RecordingPolicy policy, CancellationToken cancel)
    {
        var auditId = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await session.Execute(SetPolicySql(session.Dialect), new
        {
            keepDays = policy.KeepDays,
            missingAfterMinutes = policy.MissingAfterMinutes,
            agentsSeeListeners = policy.AgentsSeeListeners,
        }, cancel);
        var kept = policy.KeepDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} days") : "for ever";
        var detail = string.Create(CultureInfo.InvariantCulture, $"kept {kept}, missing after {policy.MissingAfterMinutes} min, listeners {(policy.AgentsSeeListeners ? "shown" : "hidden")}");
        await AuditLog.Append(session, auditId, time.GetUtcNow(), caller, new(AuditWords.RecordingPolicy, AuditWords.Policy, 1, detail), AuditWords.Done, cancel);
        await session.Commit(cancel);
    }

    static Sql RightsSql(Dialect _) => new("SELECT role, scope, may_play, may_download, may_share FROM listening_right ORDER BY role");

    static Sql SetRightSql(Dialect dialect) => new(dialect.Upsert("listening_right", "role, scope, may_play, may_download, may_share", "role"));

    static Sql PolicySql(Dialect _) => new("SELECT keep_days, missing_after_minutes, agents_see_listeners FROM recording_policy WHERE id = 1");

    static Sql SetPolicySql(Dialect _) => new("""
        UPDATE recording_policy
        SET keep_days = @keepDays, missing_after_minutes = @missingAfterMinutes, agents_see_listeners = @agentsSeeListeners
        WHERE id = 1
        """);
}
