using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

/// <summary>Accounts, and whose phone an extension is.</summary>
internal sealed class AgentStore(Database database, IdBlocks ids, TimeProvider time)
{
    /// <summary>Two logins that differ only in case or in how their letters are composed are the same.</summary>
    public static string LoginKey(string login) => login.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    public async Task<Agent?> ByLogin(string login, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<Agent>(ByLoginSql(session.Dialect), new { loginKey = LoginKey(login) }, cancel);
    }

    public async Task<Agent?> ById(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<Agent>(ByIdSql(session.Dialect), new { id }, cancel);
    }

    /// <summary>The stamp that a session of each active account must carry.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Stamps(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<(long Id, string Stamp)>(StampsSql(session.Dialect), new { isActive = true }, cancel)).ToDictionary(row => row.Id, row => row.Stamp);
    }

    public async Task<Me?> Me(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var me = await session.QueryFirst<Me>(MeSql(session.Dialect), new { id }, cancel);
        return me is null ? null : me with { Extensions = await session.Query<string>(ExtensionsOfSql(session.Dialect), new { agentId = id }, cancel) };
    }

    /// <summary>Where the agent gets mail, and whether reminders come there.</summary>
    public async Task SetMail(long id, OwnMail mail, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetMailSql(session.Dialect), new { id, email = AddressOf(mail.Email), remindsByMail = mail.RemindsByMail }, cancel);
        await session.Commit(cancel);
    }

    public async Task SetLanguage(long id, string language, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetLanguageSql(session.Dialect), new { id, language }, cancel);
        await session.Commit(cancel);
    }

    public async Task<IReadOnlyList<AgentItem>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var agents = await session.Query<AgentItem>(ListSql(session.Dialect), null, cancel);
        var extensions = (await session.Query<(long AgentId, string Extension)>(AllExtensionsSql(session.Dialect), null, cancel))
            .ToLookup(row => row.AgentId, row => row.Extension);
        return [.. agents.Select(agent => agent with { Extensions = [.. extensions[agent.Id]] })];
    }

    public async Task<IReadOnlyList<AgentName>> Names(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<AgentName>(NamesSql(session.Dialect), new { isActive = true }, cancel);
    }

    /// <summary>Returns the new account's id; null: the login is taken.</summary>
    public Task<long?> Add(string login, string name, string role, string passwordHash, bool isActive, CancellationToken cancel) =>
        Add(new() { Login = login, Name = name, Role = role, IsActive = isActive }, passwordHash, cancel);

    /// <inheritdoc cref="Add(string, string, string, string, bool, CancellationToken)"/>
    public async Task<long?> Add(AgentEdit edit, string passwordHash, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (!await Insert(session, id, edit.Login, edit.Name, edit.Role, passwordHash, edit.IsActive, cancel))
            return null;
        await session.Execute(SetPlaceSql(session.Dialect), new { id, teamId = edit.TeamId, email = AddressOf(edit.Email) }, cancel);
        await session.Commit(cancel);
        return id;
    }

    /// <summary>Makes the first admin. Null: the code is wrong, or somebody else was first: <see cref="NeedsSetUp"/> tells which.</summary>
    public async Task<long?> SetUp(string code, string login, string name, string passwordHash, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        // Deleting the code's row is the race's finish: exactly one transaction deletes it.
        if (await session.Execute(UseSetUpCodeSql(session.Dialect), new { code }, cancel) == 0)
            return null;
        await Insert(session, id, login, name, Roles.Admin, passwordHash, isActive: true, cancel);
        await session.Commit(cancel);
        return id;
    }

    public async Task<bool> NeedsSetUp(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<long>(CountSql(session.Dialect), null, cancel) == 0;
    }

    /// <summary>The code that makes the first admin, the same on all nodes; null when there is an account already.</summary>
    public async Task<string?> SetUpCode(CancellationToken cancel)
    {
        if (!await NeedsSetUp(cancel))
            return null;
        await using var session = await database.Write(cancel);
        await session.Execute(OfferSetUpCodeSql(session.Dialect), new { id = 1, code = NewSetUpCode() }, cancel);
        var code = await session.QueryFirst<string>(SetUpCodeSql(session.Dialect), null, cancel);
        await session.Commit(cancel);
        return code;
    }

    /// <summary>Sessions of this account end when anything changes that they rest on.</summary>
    public async Task<AgentChange> Change(long id, AgentEdit edit, string? passwordHash, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        // All admins' rows are locked, in one order: of two admins who retire each other at once, one is refused.
        var admins = await session.Query<long>(AdminsSql(session.Dialect), new { role = Roles.Admin, isActive = true }, cancel);
        var before = await session.QueryFirst<Agent>(ByIdSql(session.Dialect), new { id }, cancel);
        if (before is null)
            return AgentChange.NotFound;
        var staysAdmin = edit.IsActive && edit.Role == Roles.Admin;
        if (!staysAdmin && admins.Contains(id) && admins.Count == 1)
            return AgentChange.LastAdmin;
        var endsSessions = passwordHash is not null || edit.Role != before.Role || edit.IsActive != before.IsActive;
        try
        {
            await session.Execute(ChangeSql(session.Dialect), new
            {
                id,
                login = edit.Login.Trim(),
                loginKey = LoginKey(edit.Login),
                name = edit.Name.Trim(),
                role = edit.Role,
                isActive = edit.IsActive,
                teamId = edit.TeamId,
                email = AddressOf(edit.Email),
                passwordHash = passwordHash ?? before.PasswordHash,
                sessionStamp = endsSessions ? NewStamp() : before.SessionStamp,
            }, cancel);
        }
        catch (DbException error) when (Database.IsUniqueViolation(error))
        {
            return AgentChange.LoginTaken;
        }
        await session.Commit(cancel);
        return AgentChange.Done;
    }

    /// <summary>A new password, or the old one hashed anew. <paramref name="endsSessions"/>: whoever is signed in with the old one is out.</summary>
    public async Task SetPassword(long id, string passwordHash, bool endsSessions, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(SetPasswordSql(session.Dialect, endsSessions), new { id, passwordHash, sessionStamp = NewStamp() }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Whose phone an extension is; null: nobody's, or somebody's who may not sign in any more.</summary>
    public async Task<long?> OwnerOf(string pbx, string extension, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.QueryFirst<long?>(OwnerOfSql(session.Dialect), new { pbx, extension }, cancel);
    }

    /// <summary>Gives the extension to an agent, or to nobody. False: there is no such agent.</summary>
    public async Task<bool> AssignExtension(string pbx, string extension, long? agentId, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (agentId is null)
            await session.Execute(UnassignSql(session.Dialect), new { pbx, extension }, cancel);
        else if (await session.QueryFirst<Agent>(ByIdSql(session.Dialect), new { id = agentId }, cancel) is null)
            return false;
        else
            await session.Execute(AssignSql(session.Dialect), new { pbx, extension, agentId, assignedAt = time.GetUtcNow() }, cancel);
        await session.Commit(cancel);
        return true;
    }

    async Task<bool> Insert(
        DbSession session, long id, string login, string name, string role, string passwordHash, bool isActive, CancellationToken cancel) =>
        await session.Execute(InsertSql(session.Dialect), new
        {
            id,
            login = login.Trim(),
            loginKey = LoginKey(login),
            name = name.Trim(),
            role,
            passwordHash,
            sessionStamp = NewStamp(),
            isActive,
            createdAt = time.GetUtcNow(),
        }, cancel) == 1;

    static string? AddressOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    // Without letters and digits that look alike: it is typed from a console into a browser. 60 bits.
    static string NewSetUpCode()
    {
        var symbols = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 12);
        return $"{symbols[..4]}-{symbols[4..8]}-{symbols[8..]}";
    }

    static Sql ByLoginSql(Dialect _) => new("""
        SELECT id, login, name, role, password_hash, session_stamp, is_active
        FROM agent
        WHERE login_key = @loginKey
        """);

    static Sql ByIdSql(Dialect _) => new("""
        SELECT id, login, name, role, password_hash, session_stamp, is_active
        FROM agent
        WHERE id = @id
        """);

    static Sql MeSql(Dialect _) => new("SELECT id, login, name, role, email, reminds_by_mail, language FROM agent WHERE id = @id");

    static Sql SetMailSql(Dialect _) => new("UPDATE agent SET email = @email, reminds_by_mail = @remindsByMail WHERE id = @id");

    static Sql SetLanguageSql(Dialect _) => new("UPDATE agent SET language = @language WHERE id = @id");

    static Sql StampsSql(Dialect _) => new("SELECT id, session_stamp FROM agent WHERE is_active = @isActive");

    static Sql AdminsSql(Dialect dialect) => new($"""
        SELECT id
        FROM agent {dialect.LockHint}
        WHERE role = @role AND is_active = @isActive
        ORDER BY id
        {dialect.ForUpdate}
        """);

    static Sql ListSql(Dialect _) => new("""
        SELECT a.id, a.login, a.name, a.role, a.is_active, a.team_id, t.name AS team_name, a.email
        FROM agent a
        LEFT JOIN team t ON t.id = a.team_id
        ORDER BY a.name, a.id
        """);

    static Sql NamesSql(Dialect _) => new("""
        SELECT id, name
        FROM agent
        WHERE is_active = @isActive
        ORDER BY name, id
        """);

    static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM agent");

    static Sql InsertSql(Dialect dialect) => new(dialect.InsertIfAbsent(
        "agent", "id, login, login_key, name, role, password_hash, session_stamp, is_active, created_at", "login_key"));

    static Sql ChangeSql(Dialect _) => new("""
        UPDATE agent
        SET login = @login, login_key = @loginKey, name = @name, role = @role, is_active = @isActive, team_id = @teamId, email = @email,
            password_hash = @passwordHash, session_stamp = @sessionStamp
        WHERE id = @id
        """);

    static Sql SetPlaceSql(Dialect _) => new("UPDATE agent SET team_id = @teamId, email = @email WHERE id = @id");

    static Sql SetPasswordSql(Dialect _, bool endsSessions) => new(
        $"UPDATE agent SET password_hash = @passwordHash{(endsSessions ? ", session_stamp = @sessionStamp" : "")} WHERE id = @id");

    static Sql ExtensionsOfSql(Dialect _) => new("SELECT extension FROM agent_extension WHERE agent_id = @agentId ORDER BY pbx, extension");

    static Sql OwnerOfSql(Dialect dialect) => new($"""
        SELECT e.agent_id
        FROM agent_extension e
        JOIN agent a ON a.id = e.agent_id
        WHERE e.pbx = @pbx AND e.extension = @extension AND a.is_active = {dialect.True}
        """);

    static Sql AllExtensionsSql(Dialect _) => new("SELECT agent_id, extension FROM agent_extension ORDER BY pbx, extension");

    // Who has it already goes on having it since then: calls of that time stay the own ones.
    static Sql AssignSql(Dialect dialect) => new(dialect.Upsert(
        "agent_extension", "pbx, extension, agent_id, assigned_at", "pbx, extension", onlyIf: "target.agent_id <> @agentId"));

    static Sql UnassignSql(Dialect _) => new("DELETE FROM agent_extension WHERE pbx = @pbx AND extension = @extension");

    static Sql OfferSetUpCodeSql(Dialect dialect) => new(dialect.InsertIfAbsent("set_up_code", "id, code", "id"));

    static Sql SetUpCodeSql(Dialect _) => new("SELECT code FROM set_up_code");

    static Sql UseSetUpCodeSql(Dialect _) => new("DELETE FROM set_up_code WHERE code = @code");
}
