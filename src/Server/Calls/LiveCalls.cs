using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>
/// The calls that go on, each whole and exact as one text beside its facts: what their owner takes up after a restart. The facts alone
/// would not do, because the tracker remembers more than what anybody wants to know later.
/// </summary>
internal static class LiveCalls
{
    public static IEnumerable<RowsStatement> Write(IReadOnlyList<CallChange> changes)
    {
        JsonRows live = new(), over = new();
        foreach (var change in changes)
        {
            if (change.Call.IsLive)
                live.Row().Add(change.CallId).Add(change.Call.Key.Source).Add(CallText.Write(change.Call));
            else if (!change.IsNew)
                over.Row().Add(change.CallId);
        }
        if (live.Count > 0)
            yield return new(PutSql, live.Text());
        if (over.Count > 0)
            yield return new(ForgetSql, over.Text());
    }

    /// <summary>The calls of a source that go on, as they were saved last; the oldest first.</summary>
    public static async Task<IReadOnlyList<SavedCall>> Of(DbSession session, string source, CancellationToken cancel)
    {
        var rows = await session.Query<LiveRow>(OfSourceSql(session.Dialect), new { source }, cancel);
        var calls = rows.Select(row => (Row: row, Call: CallText.Read(row.Body))).ToList();
        // A text that another version of the program wrote and this one cannot read: the facts are the same in all versions.
        var unread = calls.Where(call => call.Call is null).Select(call => call.Row.CallId).ToList();
        var fromFacts = unread.Count > 0 ? await CallRows.FromFacts(session, unread, cancel) : new Dictionary<long, Call>();
        return [.. calls.Select(call => new SavedCall(call.Row.CallId, call.Call ?? fromFacts[call.Row.CallId], call.Row.ClientId))];
    }

    static Sql PutSql(Dialect dialect) => new(dialect.UpsertRows("live_call", "@rows", "call_id bigint, source key, body text", "call_id"));

    static Sql ForgetSql(Dialect dialect) => new($"""
        DELETE FROM live_call
        WHERE call_id IN (SELECT over_calls.call_id FROM {dialect.Rows("@rows", "call_id bigint", "over_calls")})
        """);

    static Sql OfSourceSql(Dialect _) => new("""
        SELECT l.call_id, l.body, c.client_id
        FROM live_call l
        JOIN call c ON c.id = l.call_id
        WHERE l.source = @source
        ORDER BY c.started_at, c.id
        """);

    sealed record LiveRow
    {
        public long CallId { get; init; }
        public string Body { get; init; } = "";
        public long? ClientId { get; init; }
    }
}
