using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Channels;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Platform.Web;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Cards;

/// <summary>A client's card: the header, and all that happened with the client on one line of time.</summary>
internal sealed class CardReader(Database database, TimeProvider time)
{
    const int FirstPage = 50;

    /// <summary>Null when there is no such client, or it is not for the caller to see. A card that was merged gives the one it went into.</summary>
    public async Task<ClientCard?> Card(Access access, long clientId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await Header(session, access, clientId, cancel) is { } header
            ? await Facts(session, header, cancel) with
            {
                NextStep = await TaskList.NextStep(session, header.Id, cancel),
                Merges = await MergeJournal.Items(session, access, header.Id, time.GetUtcNow(), cancel),
                Timeline = await Timeline(session, access, header.Id, kind: null, Cursor.Start, FirstPage, cancel),
            }
            : null;
    }

    /// <summary>The header alone. Null also for a card that went into another one.</summary>
    public static async Task<ClientCard?> Facts(DbSession session, Access access, long clientId, CancellationToken cancel) =>
        await Header(session, access, clientId, cancel) is { } header && header.Id == clientId ? await Facts(session, header, cancel) : null;

    /// <summary>The newest first. Null when there is no such client, or it is not for the caller to see.</summary>
    /// <param name="kind">call, message, note, inquiry or task; null for all.</param>
    public async Task<Page<TimelineEntry>?> Timeline(Access access, long clientId, string? kind, Cursor cursor, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await Header(session, access, clientId, cancel) is { } header ? await Timeline(session, access, header.Id, kind, cursor, take, cancel) : null;
    }

    public static async Task<bool> IsVisible(DbSession session, Access access, long clientId, CancellationToken cancel) =>
        await Header(session, access, clientId, cancel) is { } header && header.Id == clientId;

    static async Task<ClientCard> Facts(DbSession session, HeaderRow header, CancellationToken cancel)
    {
        var numbers = await session.Query<ClientNumber>(NumbersSql(session.Dialect), new { clientId = header.Id }, cancel);
        return header.Card(
            [.. numbers.Select(number => number with { Display = NumberPlan.Display(number.E164), Extension = number.Extension is "" ? null : number.Extension })],
            await InquiryStore.First(session, header.Id, cancel));
    }

    static Task<HeaderRow?> Header(DbSession session, Access access, long clientId, CancellationToken cancel) =>
        session.QueryFirst<HeaderRow>(HeaderSql(session.Dialect, !access.SeesAll), new { clientId, callerId = access.AgentId }, cancel);

    static async Task<Page<TimelineEntry>> Timeline(DbSession session, Access access, long clientId, string? kind, Cursor cursor, int take, CancellationToken cancel)
    {
        var args = new { clientId, kind = kind ?? "", beforeAt = cursor.At, beforeId = cursor.Id, take = take + 1 };
        var rows = await session.Query<EntryRow>(TimelineSql(session.Dialect), args, cancel);
        var page = Pages.Of(rows, take, row => new(row.HappenedAt, row.Id));
        var ids = page.Items.ToLookup(row => row.Kind, row => row.Id);
        var calls = await CallList.OfIds(session, ids[TimelineKinds.Call], cancel);
        var messages = await MessageStore.OfIds(session, ids[TimelineKinds.Message], cancel);
        var notes = await NoteStore.OfIds(session, ids[TimelineKinds.Note], cancel);
        var inquiries = await InquiryStore.OfIds(session, ids[TimelineKinds.Inquiry], cancel);
        var tasks = await TaskList.OfIds(session, ids[TimelineKinds.Task], cancel);
        return new()
        {
            Items = [.. page.Items.Select(row => new TimelineEntry
            {
                Id = row.Id,
                Kind = row.Kind,
                At = row.HappenedAt,
                Call = calls.GetValueOrDefault(row.Id),
                Message = messages.GetValueOrDefault(row.Id),
                Note = notes.GetValueOrDefault(row.Id) is { } note ? note with { CanEdit = NoteStore.MayEdit(access, note.AuthorId) } : null,
                Inquiry = inquiries.GetValueOrDefault(row.Id),
                Task = tasks.GetValueOrDefault(row.Id),
            })],
            Next = page.Next,
        };
    }

    static Sql HeaderSql(Dialect _, bool own) => new($"""
        SELECT k.id, k.status, k.name, k.company, k.email, k.owner_id, o.name AS owner_name, k.do_not_call, k.created_at, k.last_contact_at, k.version,
            r.client_id AS refusal_id
        FROM client k
        LEFT JOIN recording_refusal r ON r.client_id = k.id
        LEFT JOIN agent o ON o.id = k.owner_id
        WHERE k.id = (SELECT COALESCE(asked.merged_into, asked.id) FROM client asked WHERE asked.id = @clientId)
        {(own ? $"AND {ClientAccess.IsVisible}" : "")}
        """);

    static Sql NumbersSql(Dialect _) => new("""
        SELECT e164, extension, is_shared, is_former
        FROM client_number
        WHERE client_id = @clientId
        ORDER BY is_former, seq, e164, extension
        """);

    // Each part gives its newest rows from its own index, however long the history is. Ids are unique over all tables.
    static Sql TimelineSql(Dialect dialect) => new($"""
        SELECT entry.kind, entry.id, entry.happened_at
        FROM (
            SELECT * FROM (
                SELECT '{TimelineKinds.Call}' AS kind, id, started_at AS happened_at
                FROM call
                WHERE client_id = @clientId AND merged_source IS NULL AND (@kind = '' OR @kind = '{TimelineKinds.Call}') AND {Cursor.After("started_at", "id")}
                ORDER BY started_at DESC, id DESC
                {dialect.Take}) AS calls
            UNION ALL
            SELECT * FROM (
                SELECT '{TimelineKinds.Message}' AS kind, id, happened_at
                FROM message
                WHERE client_id = @clientId AND (@kind = '' OR @kind = '{TimelineKinds.Message}') AND {Cursor.After("happened_at", "id")}
                ORDER BY happened_at DESC, id DESC
                {dialect.Take}) AS messages
            UNION ALL
            SELECT * FROM (
                SELECT '{TimelineKinds.Note}' AS kind, id, written_at AS happened_at
                FROM note
                WHERE client_id = @clientId AND (@kind = '' OR @kind = '{TimelineKinds.Note}') AND {Cursor.After("written_at", "id")}
                ORDER BY written_at DESC, id DESC
                {dialect.Take}) AS notes
            UNION ALL
            SELECT * FROM (
                SELECT '{TimelineKinds.Inquiry}' AS kind, id, opened_at AS happened_at
                FROM inquiry
                WHERE client_id = @clientId AND (@kind = '' OR @kind = '{TimelineKinds.Inquiry}') AND {Cursor.After("opened_at", "id")}
                ORDER BY opened_at DESC, id DESC
                {dialect.Take}) AS inquiries
            UNION ALL
            SELECT * FROM (
                SELECT '{TimelineKinds.Task}' AS kind, id, created_at AS happened_at
                FROM agent_task
                WHERE client_id = @clientId AND (@kind = '' OR @kind = '{TimelineKinds.Task}') AND {Cursor.After("created_at", "id")}
                ORDER BY created_at DESC, id DESC
                {dialect.Take}) AS tasks
        ) AS entry
        ORDER BY entry.happened_at DESC, entry.id DESC
        {dialect.Take}
        """);

    sealed record EntryRow
    {
        public string Kind { get; init; } = "";
        public long Id { get; init; }
        public DateTimeOffset HappenedAt { get; init; }
    }

    sealed record HeaderRow
    {
        public long Id { get; init; }
        public string Status { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Company { get; init; }
        public string? Email { get; init; }
        public long? RefusalId { get; init; }
        public long? OwnerId { get; init; }
        public string? OwnerName { get; init; }
        public bool DoNotCall { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastContactAt { get; init; }
        public int Version { get; init; }

        public ClientCard Card(IReadOnlyList<ClientNumber> numbers, InquiryItem? firstInquiry) => new()
        {
            Id = Id,
            Status = Status,
            Name = Name,
            Company = Company,
            Email = Email,
            DoNotRecord = RefusalId is not null,
            OwnerId = OwnerId,
            OwnerName = OwnerName,
            DoNotCall = DoNotCall,
            CreatedAt = CreatedAt,
            LastContactAt = LastContactAt,
            Version = Version,
            Numbers = numbers,
            FirstInquiry = firstInquiry,
            Timeline = new() { Items = [] },
        };
    }
}

/// <summary>What stands on a timeline.</summary>
internal static class TimelineKinds
{
    public const string Call = "call";
    public const string Message = "message";
    public const string Note = "note";
    public const string Inquiry = "inquiry";
    public const string Task = "task";

    public static readonly IReadOnlyList<string> All = [Call, Message, Note, Inquiry, Task];
}
