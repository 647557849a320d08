using ContactCenterCrm.Testing;

namespace ContactCenterCrm.Server.Tests.Data;

/// <summary>Agents and their phones, straight in the tables.</summary>
static class People
{
    /// <summary>Returns the agent's id.</summary>
    public static async Task<long> AddAgent(this TestDatabase test, string name, params string[] extensions)
    {
        var id = await test.Ids.Next(default);
        await using var session = await test.Database.Write(default);
        await session.Execute(new("""
            INSERT INTO agent (id, login, login_key, name, role, password_hash, session_stamp, is_active, created_at)
            VALUES (@id, @name, @name, @name, 'agent', '', '', @isActive, @at)
            """), new { id, name, isActive = true, at = DateTimeOffset.UnixEpoch }, default);
        foreach (var extension in extensions)
        {
            await session.Execute(new("INSERT INTO agent_extension (pbx, extension, agent_id, assigned_at) VALUES ('pbx', @extension, @id, @at)"),
                new { id, extension, at = DateTimeOffset.UnixEpoch }, default);
        }
        await session.Commit(default);
        return id;
    }
}
