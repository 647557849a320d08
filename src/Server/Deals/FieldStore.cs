using System.Globalization;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Deals;

/// <summary>What may be filled in: the product's own fields, and those of the company; and what was filled in of the latter.</summary>
internal sealed class FieldStore(Database database, IdBlocks ids)
{
    static readonly IReadOnlyList<DealField> own =
    [
        new() { Key = DealFields.Title, Kind = FieldKind.Text },
        new() { Key = DealFields.Owner, Kind = FieldKind.Agent },
        new() { Key = DealFields.Amount, Kind = FieldKind.Money },
        new() { Key = DealFields.Cost, Kind = FieldKind.Money },
        new() { Key = DealFields.Currency, Kind = FieldKind.Text },
        new() { Key = DealFields.ExpectedClose, Kind = FieldKind.Date },
        new() { Key = DealFields.Source, Kind = FieldKind.Text },
        new() { Key = DealFields.ClientName, Kind = FieldKind.Text, IsOfClient = true },
        new() { Key = DealFields.ClientCompany, Kind = FieldKind.Text, IsOfClient = true },
        new() { Key = DealFields.ClientEmail, Kind = FieldKind.Email, IsOfClient = true },
    ];

    public async Task<IReadOnlyList<DealField>> Fields(long? funnelId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await Fields(session, funnelId, cancel);
    }

    /// <summary>The fields of a funnel's deals and their clients; null: of all funnels.</summary>
    public static async Task<IReadOnlyList<DealField>> Fields(DbSession session, long? funnelId, CancellationToken cancel) =>
    [
        .. own,
        .. (await session.Query<FieldRow>(FieldsSql(session.Dialect), null, cancel))
            .Where(row => !row.IsArchived && (funnelId is null || row.FunnelId is null || row.FunnelId == funnelId))
            .Select(row => row.Field()),
    ];

    public async Task<IReadOnlyList<CustomFieldItem>> List(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<FieldRow>(FieldsSql(session.Dialect), null, cancel)).Select(row => new CustomFieldItem { Id = row.Id, Field = row.Edit() })];
    }

    public async Task<long> Create(CustomFieldEdit edit, CancellationToken cancel)
    {
        var id = await ids.Next(cancel);
        await using var session = await database.Write(cancel);
        await session.Execute(CreateSql(session.Dialect), Values(id, edit), cancel);
        await session.Commit(cancel);
        return id;
    }

    /// <summary>Kind, funnel and subject stay: what was filled in would no longer fit.</summary>
    /// <returns>False: there is no such field, or somebody changed it after the editor had loaded it.</returns>
    public async Task<bool> Change(long id, CustomFieldEdit edit, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        if (await session.Execute(ChangeSql(session.Dialect), Values(id, edit), cancel) == 0)
            return false;
        await session.Commit(cancel);
        return true;
    }

    /// <summary>A stage that asks this field, with its funnel; null: none does.</summary>
    public async Task<string?> AskedBy(long id, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await FunnelStore.All(session, cancel)).SelectMany(funnel => funnel.Stages.Select(stage => (funnel, stage)))
            .Where(one => one.stage.Fields.Any(field => field.Field == KeyOf(id))).Select(one => $"{one.funnel.Name} › {one.stage.Name}").FirstOrDefault();
    }

    /// <summary>What is filled in of deals and clients, by their ids.</summary>
    public static async Task<ILookup<long, (string Key, string Value)>> ValuesOf(DbSession session, IEnumerable<long> subjectIds, CancellationToken cancel) =>
        (await session.Query<ValueRow>(ValuesSql(session.Dialect), new { ids = JsonRows.Of(subjectIds) }, cancel))
            .ToLookup(row => row.SubjectId, row => (KeyOf(row.FieldId), row.Value));

    /// <summary>Null empties a field.</summary>
    public static async Task Set(DbSession session, IEnumerable<(long SubjectId, string Key, string? Value)> values, CancellationToken cancel)
    {
        JsonRows set = new(), emptied = new();
        foreach (var (subjectId, key, value) in values)
        {
            if (value is null)
                emptied.Row().Add(subjectId).Add(IdOf(key));
            else
                set.Row().Add(subjectId).Add(IdOf(key)).Add(value).Add(FieldValues.KeyOf(value));
        }
        await session.ExecuteRows([new(EmptySql, emptied.Text()), new(SetSql, set.Text())], cancel);
    }

    /// <summary>Of a field of the company's own; null: it is none.</summary>
    public static long? IdOf(string key) =>
        key.StartsWith('f') && long.TryParse(key.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static string KeyOf(long fieldId) => string.Create(CultureInfo.InvariantCulture, $"f{fieldId}");

    static object Values(long id, CustomFieldEdit edit) => new
    {
        id,
        isOfClient = edit.IsOfClient,
        funnelId = edit.FunnelId,
        name = edit.Name.Trim(),
        kind = CallWords.Of(edit.Kind),
        body = JsonSerializer.Serialize(new FieldBody(edit.Help, [.. edit.Options.Select(option => option.Trim())], edit.Min, edit.Max)),
        position = edit.Position,
        isArchived = edit.IsArchived,
        version = edit.Version,
    };

    static Sql FieldsSql(Dialect _) => new("SELECT id, is_of_client, funnel_id, name, kind, body, position, is_archived, version FROM custom_field ORDER BY position, id");

    static Sql CreateSql(Dialect _) => new("""
        INSERT INTO custom_field (id, is_of_client, funnel_id, name, kind, body, position, is_archived, version)
        VALUES (@id, @isOfClient, @funnelId, @name, @kind, @body, @position, @isArchived, 1)
        """);

    static Sql ChangeSql(Dialect _) => new("""
        UPDATE custom_field
        SET name = @name, body = @body, position = @position, is_archived = @isArchived, version = version + 1
        WHERE id = @id AND version = @version
        """);

    static Sql ValuesSql(Dialect dialect) => new($"""
        SELECT subject_id, field_id, value
        FROM field_value
        WHERE subject_id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY subject_id, field_id
        """);

    static Sql EmptySql(Dialect dialect) => new($"""
        DELETE FROM field_value
        WHERE EXISTS (
            SELECT 1
            FROM {dialect.Rows("@rows", "subject_id bigint, field_id bigint", "emptied")}
            WHERE emptied.subject_id = field_value.subject_id AND emptied.field_id = field_value.field_id)
        """);

    static Sql SetSql(Dialect dialect) => new(dialect.UpsertRows(
        "field_value", "@rows", "subject_id bigint, field_id bigint, value text, value_key exact", "subject_id, field_id"));

    sealed record FieldBody(string? Help, IReadOnlyList<string> Options, decimal? Min, decimal? Max);

    sealed record FieldRow
    {
        public long Id { get; init; }
        public bool IsOfClient { get; init; }
        public long? FunnelId { get; init; }
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "{}";
        public int Position { get; init; }
        public bool IsArchived { get; init; }
        public int Version { get; init; }

        public DealField Field()
        {
            var body = JsonSerializer.Deserialize<FieldBody>(Body)!;
            return new() { Key = KeyOf(Id), Name = Name, Kind = CallWords.Parse<FieldKind>(Kind), Help = body.Help, Options = body.Options, Min = body.Min, Max = body.Max, IsOfClient = IsOfClient, FunnelId = FunnelId };
        }

        public CustomFieldEdit Edit()
        {
            var field = Field();
            return new()
            {
                Version = Version,
                IsOfClient = IsOfClient,
                FunnelId = FunnelId,
                Name = Name,
                Kind = field.Kind,
                Help = field.Help,
                Options = field.Options,
                Min = field.Min,
                Max = field.Max,
                Position = Position,
                IsArchived = IsArchived,
            };
        }
    }

    sealed record ValueRow
    {
        public long SubjectId { get; init; }
        public long FieldId { get; init; }
        public string Value { get; init; } = "";
    }
}
