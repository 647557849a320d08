using System.Data.Common;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Agents;

internal enum TeamChange
{
    Done,
    NotFound,

    /// <summary>Another team has this name.</summary>
    NameTaken,

    /// <summary>Somebody is still in it.</summary>
    HasMembers,
}

/// <summary>Teams: whose recordings a supervisor hears.</summary>
internal sealed class TeamStore(Database database, IdBlocks ids)
{
    public async Task<IReadOnlyList<TeamItem>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<TeamItem>(ListSql(session.Dialect), null, cancel);
    }

    /// <summary>Null: the name is taken.</summary>
    public async Task<TeamItem?> Add(string name, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        if (await session.Execute(InsertSql(session.Dialect), new { id, name }, cancel) == 0)
            return null;
        await session.Commit(cancel);
        return new() { Id = id, Name = name };
    }

    public async Task<TeamChange> Rename(long id, string name, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        try
        {
            if (await session.Execute(RenameSql(session.Dialect), new { id, name }, cancel) == 0)
                return TeamChange.NotFound;
        }
        catch (DbException error) when (Database.IsUniqueViolation(error))
        {
            return TeamChange.NameTaken;
        }
        await session.Commit(cancel);
        return TeamChange.Done;
    }

    public async Task<TeamChange> Remove(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await session.Execute(RemoveSql(session.Dialect), new { id }, cancel) == 1)
        {
            await session.Commit(cancel);
            return TeamChange.Done;
        }
        return await session.QueryFirst<long?>(ByIdSql(session.Dialect), new { id }, cancel) is null ? TeamChange.NotFound : TeamChange.HasMembers;
    }

    static Sql ListSql(Dialect _) => new("""
        SELECT t.id, t.name, (SELECT COUNT(*) FROM agent a WHERE a.team_id = t.id) AS members
        FROM team t
        ORDER BY t.name, t.id
        """);

    static Sql InsertSql(Dialect dialect) => new(dialect.InsertIfAbsent("team", "id, name", "name"));

    static Sql RenameSql(Dialect _) => new("UPDATE team SET name = @name WHERE id = @id");

    static Sql RemoveSql(Dialect _) => new("DELETE FROM team WHERE id = @id AND NOT EXISTS (SELECT 1 FROM agent WHERE agent.team_id = @id)");

    static Sql ByIdSql(Dialect _) => new("SELECT id FROM team WHERE id = @id");
}
