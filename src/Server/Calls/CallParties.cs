using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;

namespace ContactCenterCrm.Server.Calls;

/// <summary>Which extensions had to do with a call: by this, its agents may see it and find it.</summary>
internal static class CallParties
{
    public static IEnumerable<RowsStatement> Write(IReadOnlyList<CallChange> changes)
    {
        var rows = new JsonRows();
        foreach (var change in changes)
        {
            var known = change.Stored is { } stored ? Of(stored) : [];
            foreach (var extension in Of(change.Call).Except(known))
                rows.Row().Add(change.Call.Key.Source).Add(extension).Add(change.CallId).Add(change.Call.StartedAt);
        }
        return rows.Count > 0 ? [new(AddSql, rows.Text())] : [];
    }

    /// <summary>For <c>IN</c>: the ids of the calls that a phone of this agent had to do with.</summary>
    public static string OfAgent(string parameter) => $"""
        SELECT p.call_id
        FROM call_party p
        JOIN agent_extension e ON e.pbx = p.source AND e.extension = p.extension
        WHERE e.agent_id = {parameter}
        """;

    static HashSet<string> Of(Call call) =>
    [
        .. call.Offers.Select(offer => offer.Extension),
        .. call.Talks.Select(talk => talk.Extension).OfType<string>(),
        .. new[] { call.PlacedBy, call.AnsweredBy, call.LastAgent }.OfType<string>(),
    ];

    static Sql AddSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "call_party", "@rows", "source key, extension key, call_id bigint, started_at time", "call_id, source, extension"));
}
