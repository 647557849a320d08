using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Inquiries;

/// <summary>Where clients first came from.</summary>
internal static class InquiryStore
{
    /// <summary>The channel of an inquiry that a call opened.</summary>
    public const string ByCall = "call";

    public const string BySms = "sms";
    public const string ByMessenger = "messenger";

    /// <summary>Opens inquiries. A row: id, client, channel, source, did, queue, call, when.</summary>
    public static RowsStatement Open(JsonRows inquiries) => new(OpenSql, inquiries.Text());

    /// <summary>What was not known yet when a call opened its inquiry: the number dialled, the queue. A row: call, did, queue.</summary>
    public static RowsStatement Complete(JsonRows calls) => new(CompleteSql, calls.Text());

    /// <summary>The inquiry that a call opened belongs to another client.</summary>
    public static Task MoveOfCall(DbSession session, long callId, long toClientId, CancellationToken cancel) =>
        session.Execute(MoveOfCallSql(session.Dialect), new { callId, toClientId }, cancel);

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, InquiryItem>> OfIds(DbSession session, IEnumerable<long> inquiryIds, CancellationToken cancel) =>
        (await session.Query<InquiryItem>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(inquiryIds) }, cancel)).ToDictionary(inquiry => inquiry.Id);

    /// <summary>Null: the client did not come to us; somebody wrote the card.</summary>
    public static Task<InquiryItem?> First(DbSession session, long clientId, CancellationToken cancel) =>
        session.QueryFirst<InquiryItem>(FirstSql(session.Dialect), new { clientId, take = 1 }, cancel);

    static Sql OpenSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "inquiry", "@rows", "id bigint, client_id bigint, channel key, source key, did key, queue key, call_id bigint, opened_at time", "id"));

    static Sql CompleteSql(Dialect dialect) => new($"""
        UPDATE inquiry
        SET did = COALESCE(inquiry.did, later.did), queue = COALESCE(inquiry.queue, later.queue)
        FROM {dialect.Rows("@rows", "call_id bigint, did key, queue key", "later")}
        WHERE inquiry.call_id = later.call_id
        """);

    static Sql MoveOfCallSql(Dialect _) => new("UPDATE inquiry SET client_id = @toClientId WHERE call_id = @callId");

    public static Sql MoveSql(Dialect dialect) => new($"""
        UPDATE inquiry
        SET client_id = @toClientId
        WHERE client_id = @fromClientId AND id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        """);

    public static Sql CountSql(Dialect _) => new("SELECT COUNT(*) FROM inquiry WHERE client_id = @clientId");

    public static Sql OfClientSql(Dialect _) => new("SELECT id FROM inquiry WHERE client_id = @clientId ORDER BY id");

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT id, channel, source, did, queue, opened_at
        FROM inquiry
        WHERE inquiry.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY id
        """);

    static Sql FirstSql(Dialect dialect) => new($"""
        SELECT id, channel, source, did, queue, opened_at
        FROM inquiry
        WHERE client_id = @clientId
        ORDER BY opened_at, id
        {dialect.Take}
        """);
}
