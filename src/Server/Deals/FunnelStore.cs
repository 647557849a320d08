using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What became of an edit of a funnel.</summary>
internal abstract record FunnelResult
{
    public sealed record Saved(Funnel Funnel) : FunnelResult;

    public sealed record NotFound : FunnelResult;

    public sealed record ChangedByOther(Funnel Current) : FunnelResult;

    /// <summary>Deals are in a stage that would be gone.</summary>
    public sealed record StageInUse(string Stage) : FunnelResult;

    public sealed record Invalid(string Field, string Detail) : FunnelResult;
}

/// <summary>Keeps funnels and all versions of them.</summary>
internal sealed class FunnelStore(Database database, IdBlocks ids, TimeProvider time)
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    /// <summary>Those that the caller may see, by name.</summary>
    public async Task<IReadOnlyList<Funnel>> List(Access access, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rows = await session.Query<FunnelRow>(ListSql(session.Dialect, !access.SeesAll), new { callerId = access.AgentId }, cancel);
        return [.. rows.Select(row => row.Funnel())];
    }

    /// <summary>For rules, which see all.</summary>
    public static async Task<IReadOnlyList<Funnel>> All(DbSession session, CancellationToken cancel) =>
        [.. (await session.Query<FunnelRow>(ListSql(session.Dialect, own: false), null, cancel)).Select(row => row.Funnel())];

    public async Task<Funnel?> One(Access access, long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await One(session, access, id, cancel);
    }

    /// <summary>Held until the caller's transaction ends: the rules by which a deal moves are those that stand when it has moved.</summary>
    public static async Task<Funnel?> Held(DbSession session, Access access, long id, CancellationToken cancel) =>
        await session.QueryFirst<FunnelRow>(LockSql(session.Dialect), new { id }, cancel) is null ? null : await One(session, access, id, cancel);

    public static async Task<Funnel?> One(DbSession session, Access access, long id, CancellationToken cancel) =>
        (await session.QueryFirst<FunnelRow>(OneSql(session.Dialect, !access.SeesAll), new { id, callerId = access.AgentId }, cancel))?.Funnel();

    public async Task<IReadOnlyList<FunnelVersion>> Versions(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rows = await session.Query<VersionRow>(VersionsSql(session.Dialect), new { id }, cancel);
        return [.. rows.Select(row => new FunnelVersion { Version = row.Version, MadeAt = row.MadeAt, MadeByName = row.MadeByName, Funnel = Read(row.Body) })];
    }

    /// <param name="id">Null: a new one.</param>
    public async Task<FunnelResult> Save(Access access, long? id, FunnelEdit edit, CancellationToken cancel)
    {
        var firstId = await ids.Take(1 + FunnelRules.NewIds(edit) + edit.Stages.Count + edit.Stages.Sum(stage => stage.Tasks.Count), cancel);
        await using var session = await database.Write(cancel);
        FunnelRow? stored = null;
        if (id is not null)
        {
            stored = await session.QueryFirst<FunnelRow>(LockSql(session.Dialect), new { id }, cancel);
            if (stored is null)
                return new FunnelResult.NotFound();
            if (stored.Version != edit.Version)
                return new FunnelResult.ChangedByOther(stored.Funnel());
        }
        var fields = await FieldStore.Fields(session, id, cancel);
        if (FunnelRules.Fault(edit, [.. fields.Select(field => field.Key)]) is { } fault)
            return new FunnelResult.Invalid(fault.Field, fault.Detail);
        if (await session.QueryFirst<long>(TeamsSql(session.Dialect), new { ids = JsonRows.Of(edit.TeamIds.Distinct()) }, cancel) < edit.TeamIds.Distinct().Count())
            return new FunnelResult.Invalid("teamIds", "There is no such team.");
        var people = edit.Stages.SelectMany(stage => stage.Tasks.Select(task => task.OwnerId).Append(stage.OwnerId)).OfType<long>().Distinct().ToList();
        if ((await DealStore.Employed(session, people, cancel)).Count < people.Count)
            return new FunnelResult.Invalid("stages", "Somebody who gets deals or tasks there is no longer with us.");
        var now = time.GetUtcNow();
        var byName = await Authors.NameOf(session, access.AgentId, cancel);
        var funnel = FunnelRules.Apply(id ?? firstId, stored?.Funnel(), edit, firstId + 1, byName, now);
        var gone = (stored?.Funnel().Stages ?? []).ExceptBy(funnel.Stages.Select(stage => stage.Id), stage => stage.Id).ToList();
        if (gone.Count > 0 && await session.QueryFirst<string>(InUseSql(session.Dialect), new { ids = JsonRows.Of(gone.Select(stage => stage.Id)) }, cancel) is { } stage)
            return new FunnelResult.StageInUse(stage);
        await Write(session, funnel, gone, access.AgentId, byName, now, cancel);
        await session.Commit(cancel);
        return new FunnelResult.Saved(funnel);
    }

    static async Task Write(DbSession session, Funnel funnel, IReadOnlyList<FunnelStage> gone, long byId, string byName, DateTimeOffset now, CancellationToken cancel)
    {
        var body = JsonSerializer.Serialize(funnel, json);
        await session.Execute(PutSql(session.Dialect), new { id = funnel.Id, name = funnel.Name, isArchived = funnel.IsArchived, version = funnel.Version, body }, cancel);
        await session.Execute(KeepSql(session.Dialect), new { funnelId = funnel.Id, version = funnel.Version, body, madeAt = now, madeById = byId, madeByName = byName }, cancel);
        JsonRows stages = new(), teams = new();
        foreach (var (position, stage) in funnel.Stages.Index())
            Row(stage, position, isRemoved: false);
        foreach (var stage in gone)
            Row(stage, funnel.Stages.Count, isRemoved: true);
        foreach (var teamId in funnel.TeamIds)
            teams.Row().Add(funnel.Id).Add(teamId);
        await session.Execute(NoTeamsSql(session.Dialect), new { funnelId = funnel.Id }, cancel);
        await session.ExecuteRows([new(StagesSql, stages.Text()), new(AddTeamsSql, teams.Text())], cancel);

        void Row(FunnelStage stage, int position, bool isRemoved) => stages.Row()
            .Add(stage.Id).Add(funnel.Id).Add(stage.Name).Add((long)position).Add(CallWords.Of(stage.Kind)).Add((long)stage.Probability).Add((long?)stage.LimitHours).AddFlag(isRemoved);
    }

    static Funnel Read(string body) => JsonSerializer.Deserialize<Funnel>(body, json)!;

    /// <summary>For <c>WHERE</c>, over a funnel's id and <c>@callerId</c>: agents see those of their team, and those of no team.</summary>
    public static string IsVisible(string funnelId) => $"""
        (NOT EXISTS (SELECT 1 FROM funnel_team m WHERE m.funnel_id = {funnelId})
        OR EXISTS (SELECT 1 FROM funnel_team m JOIN agent g ON g.team_id = m.team_id WHERE m.funnel_id = {funnelId} AND g.id = @callerId))
        """;

    static Sql ListSql(Dialect _, bool own) => new($"SELECT f.version, f.body FROM funnel f {(own ? $"WHERE {IsVisible("f.id")}" : "")} ORDER BY f.name, f.id");

    static Sql OneSql(Dialect _, bool own) => new($"SELECT f.version, f.body FROM funnel f WHERE f.id = @id {(own ? $"AND {IsVisible("f.id")}" : "")}");

    static Sql LockSql(Dialect dialect) => new($"SELECT f.version, f.body FROM funnel f {dialect.LockHint} WHERE f.id = @id {dialect.ForUpdate}");

    static Sql VersionsSql(Dialect _) => new("SELECT version, body, made_at, made_by_name FROM funnel_version WHERE funnel_id = @id ORDER BY version DESC");

    static Sql TeamsSql(Dialect dialect) => new($"SELECT COUNT(*) FROM team WHERE id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})");

    static Sql InUseSql(Dialect dialect) => new($"""
        SELECT MIN(s.name)
        FROM deal d
        JOIN stage s ON s.id = d.stage_id
        WHERE s.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);

    static Sql PutSql(Dialect dialect) => new(dialect.Upsert("funnel", "id, name, is_archived, version, body", "id"));

    static Sql KeepSql(Dialect _) => new("""
        INSERT INTO funnel_version (funnel_id, version, body, made_at, made_by_id, made_by_name)
        VALUES (@funnelId, @version, @body, @madeAt, @madeById, @madeByName)
        """);

    static Sql StagesSql(Dialect dialect) => new(dialect.UpsertRows(
        "stage", "@rows", "id bigint, funnel_id bigint, name key, position int, kind key, probability int, limit_hours int, is_removed flag", "id"));

    static Sql NoTeamsSql(Dialect _) => new("DELETE FROM funnel_team WHERE funnel_id = @funnelId");

    static Sql AddTeamsSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent("funnel_team", "@rows", "funnel_id bigint, team_id bigint", "funnel_id, team_id"));

    sealed record FunnelRow
    {
        public int Version { get; init; }
        public string Body { get; init; } = "";

        public Funnel Funnel() => Read(Body);
    }

    sealed record VersionRow
    {
        public int Version { get; init; }
        public string Body { get; init; } = "";
        public DateTimeOffset MadeAt { get; init; }
        public string MadeByName { get; init; } = "";
    }
}
