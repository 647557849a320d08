using System.Text.Json;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Twilio;

namespace ContactCenterCrm.Server.Twilio;

/// <summary>A request that nobody has worked on yet.</summary>
internal sealed record WaitingRequest(long Id, TwilioRequest Request);

/// <summary>
/// Requests of Twilio's, and what the reconciliation found out, in the inbox. A request is found by everything that it mentions, so that all
/// that belongs to one call can be read together.
/// </summary>
internal sealed class TwilioInbox(Database database, IdBlocks ids)
{
    /// <summary>Call, agent's call, its conference, the others in it: then nothing new can come. The bound is for what nobody foresaw.</summary>
    const int RoundsMax = 8;

    /// <summary>They are safe when this returns. A request that is there already changes nothing.</summary>
    /// <param name="source">The account's name.</param>
    public async Task Put(string source, IReadOnlyList<TwilioRequest> requests, CancellationToken cancel)
    {
        var id = await ids.Take(requests.Count, cancel);
        JsonRows rows = new(), ties = new();
        foreach (var request in requests)
        {
            var key = request.ContentKey;
            rows.Row().Add(id++).Add(source).Add(key).Add(request.ArrivedAt).Add(Body.Write(request));
            foreach (var sid in request.Ties)
                ties.Row().Add(source).Add(sid).Add(key);
        }
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([Inbox.Put(rows), .. ties.Count > 0 ? [new RowsStatement(TieSql, ties.Text())] : Array.Empty<RowsStatement>()], cancel);
        await session.Commit(cancel);
    }

    /// <summary>The oldest that wait, and those that cannot be read, with the reason.</summary>
    public async Task<(IReadOnlyList<WaitingRequest> Requests, IReadOnlyList<(InboxRow Row, string Why)> Unreadable)> Waiting(
        string source, int take, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        List<WaitingRequest> requests = [];
        List<(InboxRow, string)> unreadable = [];
        foreach (var row in await Inbox.Waiting(session, source, take, cancel))
        {
            if (Body.Read(row) is { } request)
                requests.Add(new(row.Id, request));
            else
                unreadable.Add((row, "The row is of another version of the program."));
        }
        return (requests, unreadable);
    }

    /// <summary>All requests that belong together with one of these, a list for each set that has nothing to do with the others.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<TwilioRequest>>> Groups(string source, IEnumerable<TwilioRequest> requests, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var sids = requests.SelectMany(request => request.Ties).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<TieRow> ties = [];
        for (var round = 0; round < RoundsMax; round++)
        {
            ties = await session.Query<TieRow>(TiesSql(session.Dialect), new { source, sids = JsonRows.Of(sids) }, cancel);
            var before = sids.Count;
            sids.UnionWith(ties.Select(tie => tie.Sid));
            if (sids.Count == before)
                break;
        }
        var rows = await Inbox.OfKeys(session, source, ties.Select(tie => tie.DedupKey).Distinct(), cancel);
        var byKey = rows.Select(row => (row.DedupKey, Request: Body.Read(row))).Where(row => row.Request is not null).ToDictionary(row => row.DedupKey, row => row.Request!);
        return [.. Together(ties).Select(keys => (IReadOnlyList<TwilioRequest>)[.. keys.Where(byKey.ContainsKey).Select(key => byKey[key])])];
    }

    /// <param name="errors">Why what was made of them failed, by id; absent where it did not.</param>
    public async Task Done(IEnumerable<long> requestIds, IReadOnlyDictionary<long, string> errors, DateTimeOffset at, CancellationToken cancel)
    {
        var rows = new JsonRows();
        foreach (var id in requestIds)
            rows.Row().Add(id).Add(at).Add(errors.GetValueOrDefault(id));
        await using var session = await database.Write(cancel);
        await session.ExecuteRows([Inbox.Done(rows)], cancel);
        await session.Commit(cancel);
    }

    /// <summary>All that ever came for this account waits again. Returns how much that is.</summary>
    public async Task<int> WorkOnAgain(string source, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var rows = await Inbox.Again(session, source, cancel);
        await session.Commit(cancel);
        return rows;
    }

    // Whoever mentions the same is in one set, and so is whoever is in a set with either.
    static IEnumerable<IEnumerable<string>> Together(IEnumerable<TieRow> ties)
    {
        var sets = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var ofKey in ties.GroupBy(tie => tie.DedupKey, tie => "sid " + tie.Sid))
        {
            HashSet<string> joined = ["key " + ofKey.Key, .. ofKey];
            foreach (var set in joined.Where(sets.ContainsKey).Select(name => sets[name]).Distinct().ToList())
                joined.UnionWith(set);
            foreach (var name in joined)
                sets[name] = joined;
        }
        return sets.Values.Distinct().Select(set => set.Where(name => name.StartsWith("key ", StringComparison.Ordinal)).Select(name => name[4..]));
    }

    static Sql TieSql(Dialect dialect) => new(dialect.InsertRowsIfAbsent(
        "twilio_tie", "@rows", "source key, sid key, dedup_key key", "source, sid, dedup_key"));

    // What the requests that mention one of these mention.
    static Sql TiesSql(Dialect dialect) => new($"""
        SELECT DISTINCT other.dedup_key, other.sid
        FROM {dialect.Rows("@sids", "sid key", "asked")}
        JOIN twilio_tie t ON t.source = @source AND t.sid = asked.sid
        JOIN twilio_tie other ON other.source = t.source AND other.dedup_key = t.dedup_key
        ORDER BY other.dedup_key, other.sid
        """);

    sealed record TieRow
    {
        public string DedupKey { get; init; } = "";
        public string Sid { get; init; } = "";
    }

    /// <summary>A request as the inbox keeps it.</summary>
    sealed record Body(string Role, string Query, string Form)
    {
        public static string Write(TwilioRequest request) =>
            JsonSerializer.Serialize(new Body(TwilioRoles.PathOf(request.Role), request.Query.ToString(), request.Form.ToString()));

        public static TwilioRequest? Read(InboxRow row)
        {
            try
            {
                return JsonSerializer.Deserialize<Body>(row.Body) is { } body && TwilioRoles.Parse(body.Role) is { } role
                    ? new(role, TwilioForm.Parse(body.Form), row.ReceivedAt) { Query = TwilioForm.Parse(body.Query) }
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
