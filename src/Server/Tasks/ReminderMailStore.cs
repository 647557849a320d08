using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>The mails of reminders that are on their way, and what became of them.</summary>
internal sealed class ReminderMailStore(Database database, TimeProvider time)
{
    /// <summary>Nobody sends one mail for so long: whoever took it and has not said what became of it is dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>A mail of each reminder that was just put before somebody who wants mails, if there is a server to send it.</summary>
    /// <param name="args">Those of the round: run, now, isActive.</param>
    public static Task Queue(DbSession session, object args, CancellationToken cancel) => session.Execute(QueueSql(session.Dialect), args, cancel);

    /// <summary>The next one that is due, this caller's alone for <see cref="Lease"/>; null: none is.</summary>
    public async Task<ReminderMail?> Take(CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var now = time.GetUtcNow();
        if (await session.QueryFirst<ReminderMail>(DueSql(session.Dialect), new { now, take = 1 }, cancel) is not { } mail)
            return null;
        await session.Execute(PutOffSql(session.Dialect), Parameters(mail, mail.Attempts + 1, now + Lease), cancel);
        await session.Commit(cancel);
        return mail with { Attempts = mail.Attempts + 1 };
    }

    public async Task<ReminderLetter> Letter(ReminderMail mail, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.QueryFirst<ReminderLetter>(LetterSql(session.Dialect), new { reminderId = mail.ReminderId, agentId = mail.AgentId }, cancel))!;
    }

    /// <summary>It is tried again at this time.</summary>
    /// <param name="counts">False: it was not this mail's fault, and the attempt does not count.</param>
    public async Task PutOff(ReminderMail mail, DateTimeOffset tryAt, bool counts, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(PutOffSql(session.Dialect), Parameters(mail, counts ? mail.Attempts : mail.Attempts - 1, tryAt), cancel);
        await session.Commit(cancel);
    }

    /// <summary>It is over, and the log says how. Only the first who says so is heard.</summary>
    /// <param name="detail">Why it was not sent; null: it was.</param>
    public async Task End(ReminderMail mail, string? detail, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var args = new
        {
            reminderId = mail.ReminderId,
            round = mail.Round,
            what = mail.What,
            agentId = mail.AgentId,
            became = detail is null ? mail.What : $"not_{mail.What}",
            detail,
            now = time.GetUtcNow(),
        };
        if (await session.Execute(RemoveSql(session.Dialect), args, cancel) == 0)
            return;
        await session.Execute(RecordSql(session.Dialect), args, cancel);
        await session.Commit(cancel);
    }

    static object Parameters(ReminderMail mail, int attempts, DateTimeOffset tryAt) =>
        new { reminderId = mail.ReminderId, round = mail.Round, what = mail.What, agentId = mail.AgentId, attempts, tryAt };

    const string IsThisMail = "reminder_id = @reminderId AND round = @round AND what = @what AND agent_id = @agentId";

    static Sql QueueSql(Dialect _) => new("""
        INSERT INTO reminder_mail (reminder_id, round, what, agent_id, queued_at, try_at, attempts)
        SELECT v.reminder_id, v.round, v.what, v.agent_id, @now, @now, 0
        FROM reminder_delivery v
        JOIN reminder r ON r.id = v.reminder_id AND r.round = v.round
        JOIN agent a ON a.id = v.agent_id AND a.is_active = @isActive AND a.reminds_by_mail = @isActive
        WHERE r.claimed_by = @run AND v.happened_at = @now AND v.channel = 'app' AND v.what IN ('sent', 'escalated')
            AND EXISTS (SELECT 1 FROM mail_server)
        """);

    static Sql DueSql(Dialect dialect) => new($"""
        SELECT reminder_id, round, what, agent_id, queued_at, attempts
        FROM reminder_mail {dialect.SkipLockedHint}
        WHERE try_at <= @now
        ORDER BY try_at, reminder_id, round, what, agent_id
        {dialect.Take}
        {dialect.ForUpdateSkipLocked}
        """);

    static Sql PutOffSql(Dialect _) => new($"UPDATE reminder_mail SET try_at = @tryAt, attempts = @attempts WHERE {IsThisMail}");

    static Sql LetterSql(Dialect _) => new("""
        SELECT a.name, a.email, a.language, t.kind, t.subject, t.rule_name, t.due_at, t.due_zone, o.name AS owner_name, t.state AS task_state,
            r.state AS reminder_state, r.round
        FROM reminder r
        JOIN agent_task t ON t.id = r.task_id
        JOIN agent a ON a.id = @agentId
        LEFT JOIN agent o ON o.id = t.owner_id
        WHERE r.id = @reminderId
        """);

    static Sql RemoveSql(Dialect _) => new($"DELETE FROM reminder_mail WHERE {IsThisMail}");

    static Sql RecordSql(Dialect _) => new("""
        INSERT INTO reminder_delivery (reminder_id, round, what, channel, agent_id, happened_at, detail)
        VALUES (@reminderId, @round, @became, 'mail', @agentId, @now, @detail)
        """);
}
