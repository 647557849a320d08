using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Desk;

/// <summary>The cards at the desks.</summary>
internal static class DeskStore
{
    static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>All cards of these calls and of the calls that lie open on these agents' desks. In a write session they stay as they are until its end.</summary>
    public static async Task<IReadOnlyList<DeskRow>> Cards(DbSession session, IEnumerable<long> callIds, IEnumerable<long> agentIds, CancellationToken cancel)
    {
        var args = new { calls = JsonRows.Of(callIds), agents = JsonRows.Of(agentIds), isOpen = true };
        return [.. (await session.Query<CardRow>(CardsSql(session.Dialect), args, cancel)).Select(row => row.Card())];
    }

    public static async Task<IReadOnlyList<DeskRow>> OpenCards(DbSession session, long agentId, CancellationToken cancel) =>
        [.. (await session.Query<CardRow>(OpenCardsSql(session.Dialect), new { agentId, isOpen = true }, cancel)).Select(row => row.Card())];

    public static async Task<DeskRow?> Card(DbSession session, long agentId, long callId, CancellationToken cancel) =>
        (await session.QueryFirst<CardRow>(CardSql(session.Dialect), new { agentId, callId }, cancel))?.Card();

    public static Task Put(DbSession session, IReadOnlyCollection<DeskRow> cards, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var card in cards)
        {
            rows.Row().Add(card.AgentId).Add(card.CallId).Add(card.Revision).AddFlag(card.IsOpen).Add(card.Extension)
                .Add(JsonSerializer.Serialize(card.View, Json)).Add(card.NoteDraft).Add(card.OpenedAt).Add(card.ClosedAt);
        }
        return session.ExecuteRows([new(PutSql, rows.Text())], cancel);
    }

    /// <summary>False: the agent has no such card on the desk.</summary>
    public static async Task<bool> SetDraft(DbSession session, long agentId, long callId, string text, CancellationToken cancel) =>
        await session.Execute(SetDraftSql(session.Dialect), new { agentId, callId, noteDraft = text, isOpen = true }, cancel) == 1;

    /// <summary>The ids of calls that are stored under these keys.</summary>
    public static async Task<IReadOnlyDictionary<CallKey, long>> CallIds(DbSession session, IEnumerable<CallKey> keys, CancellationToken cancel)
    {
        var asked = new JsonRows();
        foreach (var key in keys)
            asked.Row().Add(key.Source).Add(key.ExternalId);
        var rows = await session.Query<CallIdRow>(CallIdsSql(session.Dialect), new { asked = asked.Text() }, cancel);
        return rows.ToDictionary(row => new CallKey(row.Source, row.ExternalId), row => row.Id);
    }

    const string Columns = "agent_id, call_id, revision, is_open, extension, view_json, note_draft, opened_at, closed_at";

    // One set of calls, and not two conditions with OR: for these PostgreSQL reads the whole table.
    static Sql CardsSql(Dialect dialect) => new($"""
        SELECT {Columns}
        FROM desk_card {dialect.LockHint}
        WHERE call_id IN (
            SELECT calls.id FROM {dialect.Rows("@calls", "id bigint", "calls")}
            UNION
            SELECT lies.call_id
            FROM desk_card lies
            JOIN {dialect.Rows("@agents", "id bigint", "agents")} ON agents.id = lies.agent_id
            WHERE lies.is_open = @isOpen)
        ORDER BY agent_id, call_id
        {dialect.ForUpdate}
        """);

    static Sql OpenCardsSql(Dialect _) => new($"SELECT {Columns} FROM desk_card WHERE agent_id = @agentId AND is_open = @isOpen ORDER BY opened_at, call_id");

    static Sql CardSql(Dialect dialect) => new(
        $"SELECT {Columns} FROM desk_card {dialect.LockHint} WHERE agent_id = @agentId AND call_id = @callId {dialect.ForUpdate}");

    static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows("desk_card", "@rows", """
        agent_id bigint, call_id bigint, revision bigint, is_open flag, extension key, view_json text, note_draft text, opened_at time, closed_at time
        """, "agent_id, call_id"));

    static Sql SetDraftSql(Dialect _) => new("""
        UPDATE desk_card
        SET note_draft = @noteDraft
        WHERE agent_id = @agentId AND call_id = @callId AND is_open = @isOpen
        """);

    static Sql CallIdsSql(Dialect dialect) => new($"""
        SELECT c.id, c.source, c.external_id
        FROM {dialect.Rows("@asked", "source key, external_id key", "asked")}
        JOIN call c ON c.source = asked.source AND c.external_id = asked.external_id
        """);

    sealed record CallIdRow
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
        public string ExternalId { get; init; } = "";
    }

    sealed record CardRow
    {
        public long AgentId { get; init; }
        public long CallId { get; init; }
        public long Revision { get; init; }
        public bool IsOpen { get; init; }
        public string Extension { get; init; } = "";
        public string ViewJson { get; init; } = "";
        public string NoteDraft { get; init; } = "";
        public DateTimeOffset OpenedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }

        public DeskRow Card() => new()
        {
            AgentId = AgentId,
            CallId = CallId,
            Revision = Revision,
            IsOpen = IsOpen,
            Extension = Extension,
            View = JsonSerializer.Deserialize<DeskView>(ViewJson, Json)!,
            NoteDraft = NoteDraft,
            OpenedAt = OpenedAt,
            ClosedAt = ClosedAt,
        };
    }
}
