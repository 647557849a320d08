using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Inquiries;

/// <summary>Where clients first came from.</summary>
internal static class InquiryStore
{
    /// <summary>The channel of an inquiry that a call opened.</summary>
    public const string ByCall = "call";

    /// <summary>Opens inquiries. A row: id, client, channel, source, did, queue, call, when.</summary>
    public static RowsStatement Open(Dialect dialect, JsonRows inquiries) => new(OpenSql(dialect), inquiries.Text());

    /// <summary>What was not known yet when a call opened its inquiry: the number dialled, the queue. A row: call, did, queue.</summary>
    public static RowsStatement Complete(Dialect dialect, JsonRows calls) => new(CompleteSql(dialect), calls.Text());

    static Sql OpenSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "inquiry", "@rows", "id bigint, client_id bigint, channel key, source key, did key, queue key, call_id bigint, opened_at time", "id"));

    static Sql CompleteSql(Dialect dialect) => new($"""
        UPDATE inquiry
        SET did = COALESCE(inquiry.did, later.did), queue = COALESCE(inquiry.queue, later.queue)
        FROM {dialect.Rows("@rows", "call_id bigint, did key, queue key", "later")}
        WHERE inquiry.call_id = later.call_id
        """);
}
