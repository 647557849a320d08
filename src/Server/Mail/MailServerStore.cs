using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Mail;

/// <summary>Keeps the one mail server, and how it goes with it.</summary>
internal sealed class MailServerStore(Database database)
{
    /// <summary>There is one server: its row is always the same.</summary>
    const int Id = 1;

    /// <summary>Null: none is configured.</summary>
    public async Task<MailServer?> Get(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<MailServer>(GetSql(session.Dialect), new { id = Id }, cancel);
    }

    /// <summary>Puts this one in the place of the one before. What was found with that says nothing of this.</summary>
    public async Task Set(MailServer server, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var before = await session.QueryFirst<MailServer>(GetSql(session.Dialect), new { id = Id }, cancel);
        await session.Execute(SetSql(session.Dialect), new
        {
            id = Id,
            host = server.Host,
            port = server.Port,
            security = server.Security.ToString().ToLowerInvariant(),
            username = server.Username,
            protectedPassword = server.ProtectedPassword,
            senderAddress = server.SenderAddress,
            senderName = server.SenderName,
            changed = (before?.Changed ?? 0) + 1,
            failedCount = 0,
            retryAt = (DateTimeOffset?)null,
            problem = (string?)null,
            problemAt = (DateTimeOffset?)null,
        }, cancel);
        await session.Commit(cancel);
    }

    public async Task Remove(CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(RemoveSql(session.Dialect), new { id = Id }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>It failed, and rests; unless somebody has changed it meanwhile.</summary>
    public async Task Rest(MailServer server, string problem, DateTimeOffset now, DateTimeOffset retryAt, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(RestSql(session.Dialect), new { id = Id, changed = server.Changed, problem, now, retryAt }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>It took a mail.</summary>
    public async Task Recover(MailServer server, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(RecoverSql(session.Dialect), new { id = Id, changed = server.Changed }, cancel);
        await session.Commit(cancel);
    }

    const string Columns = "id, host, port, security, username, protected_password, sender_address, sender_name, changed, failed_count, retry_at, problem, problem_at";

    static Sql GetSql(Dialect _) => new($"SELECT {Columns} FROM mail_server WHERE id = @id");

    static Sql SetSql(Dialect dialect) => new(dialect.Upsert("mail_server", Columns, "id"));

    static Sql RemoveSql(Dialect _) => new("DELETE FROM mail_server WHERE id = @id");

    static Sql RestSql(Dialect _) => new("""
        UPDATE mail_server
        SET failed_count = failed_count + 1, retry_at = @retryAt, problem = @problem, problem_at = @now
        WHERE id = @id AND changed = @changed
        """);

    static Sql RecoverSql(Dialect _) => new("""
        UPDATE mail_server
        SET failed_count = 0, retry_at = NULL, problem = NULL, problem_at = NULL
        WHERE id = @id AND changed = @changed
        """);
}
