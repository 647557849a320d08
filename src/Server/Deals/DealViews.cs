using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>Filters under names: everybody's own, and those that somebody shares.</summary>
internal sealed class DealViews(Database database, IdBlocks ids)
{
    public async Task<IReadOnlyList<DealView>> List(Access access, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rows = await session.Query<ViewRow>(ListSql(session.Dialect), new { callerId = access.AgentId }, cancel);
        return [.. rows.Select(row => row.View(access.AgentId))];
    }

    public async Task<DealView> Create(Access access, DealViewEdit edit, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await session.Execute(CreateSql(session.Dialect), Args(access, id, edit), cancel);
        await session.Commit(cancel);
        return new() { Id = id, View = edit, IsMine = true };
    }

    /// <summary>False: the caller has none such.</summary>
    public async Task<bool> Change(Access access, long id, DealViewEdit edit, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var changed = await session.Execute(ChangeSql(session.Dialect), Args(access, id, edit), cancel);
        await session.Commit(cancel);
        return changed > 0;
    }

    public async Task<bool> Remove(Access access, long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var removed = await session.Execute(RemoveSql(session.Dialect), new { id, ownerId = access.AgentId }, cancel);
        await session.Commit(cancel);
        return removed > 0;
    }

    static object Args(Access access, long id, DealViewEdit edit) =>
        new { id, ownerId = access.AgentId, name = edit.Name.Trim(), isShared = edit.IsShared, body = JsonSerializer.Serialize(edit.Filter) };

    static Sql ListSql(Dialect dialect) => new($"""
        SELECT id, owner_id, name, is_shared, body
        FROM deal_view
        WHERE owner_id = @callerId OR is_shared = {dialect.True}
        ORDER BY name, id
        """);

    static Sql CreateSql(Dialect _) => new("INSERT INTO deal_view (id, owner_id, name, is_shared, body) VALUES (@id, @ownerId, @name, @isShared, @body)");

    static Sql ChangeSql(Dialect _) => new("UPDATE deal_view SET name = @name, is_shared = @isShared, body = @body WHERE id = @id AND owner_id = @ownerId");

    static Sql RemoveSql(Dialect _) => new("DELETE FROM deal_view WHERE id = @id AND owner_id = @ownerId");

    sealed record ViewRow
    {
        public long Id { get; init; }
        public long OwnerId { get; init; }
        public string Name { get; init; } = "";
        public bool IsShared { get; init; }
        public string Body { get; init; } = "{}";

        public DealView View(long callerId) => new()
        {
            Id = Id,
            View = new() { Name = Name, IsShared = IsShared, Filter = JsonSerializer.Deserialize<DealFilter>(Body)! },
            IsMine = OwnerId == callerId,
        };
    }
}
