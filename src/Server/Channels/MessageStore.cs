using System.Data.Common;
using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Inquiries;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Channels;

/// <summary>
/// Keeps messages with their clients: who writes for the first time becomes a card, as who calls. A batch is one transaction. Saving a
/// message again brings it up to date; its client stays, because later a person decides.
/// </summary>
internal sealed class MessageStore(Database database, IdBlocks ids)
{
    const int AttemptsMax = 3;
    const int IdsForMessage = 3;   // the message, and the client and the inquiry that it may open

    public async Task Save(IReadOnlyList<Message> batch, CancellationToken cancel)
    {
        // In the order of the keys, so that two savers never wait for each other crosswise.
        var messages = batch.GroupBy(message => (message.Source, message.ExternalId)).Select(same => same.Last())
            .OrderBy(message => message.Source, StringComparer.Ordinal).ThenBy(message => message.ExternalId, StringComparer.Ordinal).ToList();
        if (messages.Count == 0)
            return;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SaveAll(messages, cancel);
                return;
            }
            catch (DbException error) when (attempt < AttemptsMax && (Database.IsUniqueViolation(error) || Database.IsConflict(error)))
            {
                // Another node stored one of these for the first time between our look and our write: now it is seen.
            }
        }
    }

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, MessageItem>> OfIds(DbSession session, IEnumerable<long> messageIds, CancellationToken cancel) =>
        (await session.Query<MessageRow>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(messageIds) }, cancel)).ToDictionary(row => row.Id, row => row.Item());

    async Task SaveAll(IReadOnlyList<Message> messages, CancellationToken cancel)
    {
        var spareId = await ids.Take(messages.Count * IdsForMessage, cancel);
        await using var session = await database.Write(cancel);
        var keys = new JsonRows();
        foreach (var message in messages)
            keys.Row().Add(message.Source).Add(message.ExternalId);
        var stored = (await session.QueryRows<StoredMessage>(new(StoredSql, keys.Text()), cancel)).ToDictionary(row => (row.Source, row.ExternalId));
        var changes = messages.Select((message, i) => new Change(
            message, stored.GetValueOrDefault((message.Source, message.ExternalId)), spareId + i * IdsForMessage)).ToList();
        var touches = changes.Where(change => change.Stored?.ClientId is null).Select(TouchOf).ToList();
        var numbers = touches.Select(touch => touch.E164).OfType<string>().Distinct().ToList();
        var matches = numbers.Count == 0 ? [] : await session.QueryRows<NumberMatch>(ClientIntake.Matches(numbers), cancel);
        var intake = await ClientIntake.Find(session, touches, matches, cancel);
        await session.ExecuteRows([new(SaveSql, Rows(changes, intake).Text()), .. intake.Writes], cancel);
        await session.Commit(cancel);
    }

    static Touch TouchOf(Change change) => new()
    {
        Id = change.Id,
        Key = $"{change.Message.Source}/{change.Message.ExternalId}",
        Channel = change.Message.Channel == MessageChannel.Sms ? InquiryStore.BySms : InquiryStore.ByMessenger,
        E164 = change.Message.PartyE164,
        Name = change.Message.PartyName,
        IsInbound = change.Message.Direction == MessageDirection.Inbound,
        Source = change.Message.Source,
        Did = change.Message.Line,
        Queue = null,
        At = change.Message.At,
        NewClientId = change.SpareId + 1,
        NewInquiryId = change.SpareId + 2,
    };

    static JsonRows Rows(IReadOnlyList<Change> changes, IntakeResult intake)
    {
        var rows = new JsonRows();
        foreach (var change in changes)
        {
            var message = change.Message;
            rows.Row().Add(change.Id).Add(message.Source).Add(message.ExternalId).Add(Word(message.Direction)).Add(Word(message.Channel))
                .Add(change.Stored?.ClientId ?? intake.ClientOf(change.Id)).Add(message.PartyNumber).Add(message.PartyE164).Add(message.Line).Add(message.Body)
                .Add(JsonSerializer.Serialize(message.Media)).Add(message.Status).Add(message.ErrorCode).Add(message.At);
        }
        return rows;
    }

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    static Sql StoredSql(Dialect dialect) => new($"""
        SELECT m.id, m.source, m.external_id, m.client_id
        FROM {dialect.Rows("@rows", "source key, external_id key", "asked")}
        JOIN message m {dialect.LockHint} ON m.source = asked.source AND m.external_id = asked.external_id
        ORDER BY m.source, m.external_id
        {dialect.ForUpdate}
        """);

    static Sql SaveSql(Dialect dialect) => new(dialect.UpsertRows("message", "@rows", """
        id bigint, source key, external_id key, direction key, channel key, client_id bigint, party_number text, party_e164 key, line key, body text,
        media_json text, status key, error_code int, happened_at time
        """, "id"));

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT id, direction, channel, line, body, media_json, status, error_code
        FROM message
        WHERE message.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY id
        """);

    /// <param name="SpareId">The first of the ids that are kept ready for it.</param>
    sealed record Change(Message Message, StoredMessage? Stored, long SpareId)
    {
        public long Id => Stored?.Id ?? SpareId;
    }

    sealed record StoredMessage
    {
        public long Id { get; init; }
        public string Source { get; init; } = "";
        public string ExternalId { get; init; } = "";
        public long? ClientId { get; init; }
    }

    sealed record MessageRow
    {
        public long Id { get; init; }
        public string Direction { get; init; } = "";
        public string Channel { get; init; } = "";
        public string? Line { get; init; }
        public string? Body { get; init; }
        public string MediaJson { get; init; } = "";
        public string Status { get; init; } = "";
        public int? ErrorCode { get; init; }

        public MessageItem Item() => new()
        {
            Id = Id,
            Direction = Direction,
            Channel = Channel,
            Line = Line,
            Text = Body,
            Attachments = [.. (JsonSerializer.Deserialize<MessageAttachment[]>(MediaJson) ?? []).Select(media => media.ContentType)],
            Status = Status,
            ErrorCode = ErrorCode,
        };
    }
}
