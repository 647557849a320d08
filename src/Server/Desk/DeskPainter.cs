using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Desk;

/// <summary>
/// Makes of stored cards what the browser paints: names, the client, what was last. As many queries for one card as for a hundred.
/// Whose phone rings may know who calls: there is no other check of rights here, so cards go to their own agents only.
/// </summary>
internal static class DeskPainter
{
    /// <summary>A switchboard's number may be on hundreds of cards: nobody chooses among more.</summary>
    const int MatchesMax = 20;

    public static async Task<IReadOnlyList<DeskCard>> Paint(DbSession session, IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        if (cards.Count == 0)
            return [];
        var calls = await CallsOf(session, cards, cancel);
        var numbers = await NumbersOf(session, cards, cancel);
        var clientIds = calls.Values.Select(call => call.MeantClientId).OfType<long>().Concat(numbers.SelectMany(group => group).Select(match => match.ClientId));
        var clients = await ClientList.OfIds(session, clientIds.Distinct(), cancel);
        var lastCalls = await LastCallsOf(session, calls.Values, cancel);
        var notes = await NotesOf(session, calls.Values, cancel);
        var names = await NamesOf(session, cards, cancel);
        var handedNotes = await HandedNotesOf(session, cards, cancel);
        var lostBefore = await LostList.Before(session, calls.Keys, cancel);
        return [.. cards.Select(card => Paint(card, calls[card.CallId], numbers, clients, lastCalls, notes, names, handedNotes, lostBefore))];
    }

    static DeskCard Paint(
        DeskRow card,
        CallRow call,
        ILookup<string, NumberMatch> numbers,
        IReadOnlyDictionary<long, ClientItem> clients,
        IReadOnlyDictionary<long, CallItem> lastCalls,
        IReadOnlyDictionary<long, NoteItem> notes,
        IReadOnlyDictionary<(string, string), string> names,
        ILookup<(long CallId, string Extension), string> handedNotes,
        IReadOnlyDictionary<long, LostBefore> lostBefore)
    {
        var view = card.View;
        var number = view.Number ?? call.AskedNumber;
        var client = call.MeantClientId is { } id ? clients.GetValueOrDefault(id) : null;
        var candidates = view.Number is null ? [] : numbers[view.Number].Where(match => clients.ContainsKey(match.ClientId)).ToList();
        return new()
        {
            CallId = card.CallId,
            Revision = card.Revision,
            State = view.State,
            Kind = KindOf(view, client, candidates),
            Direction = view.Direction,
            Number = number,
            NumberDisplay = number is not null ? NumberPlan.Display(number) : view.IsHidden ? null : view.RawNumber,
            CallerName = view.CallerName ?? NameOf(view.RawNumber),
            Line = view.Did is { } did ? NumberPlan.Display(did.StartsWith('+') ? did : "+" + did) : null,
            Queue = view.Queue,
            Client = client,
            MatchReason = client is null ? null : ReasonOf(candidates.Where(match => match.ClientId == client.Id)),
            Matches = client is not null ? [] : [.. Matches(candidates, clients)],
            LastCall = lastCalls.GetValueOrDefault(card.CallId),
            LastNote = client is null ? null : notes.GetValueOrDefault(client.Id),
            LostBefore = lostBefore.GetValueOrDefault(card.CallId),
            TransferredBy = NameOf(view.TransferredBy) ?? view.TransferredBy,
            TransferredNote = view.TransferredBy is { } by ? handedNotes[(card.CallId, by)].FirstOrDefault() : null,
            IsSecondCall = view.IsSecondCall,
            WithdrawnBecause = view.WithdrawnBecause,
            TakenBy = NameOf(view.TakenBy) ?? view.TakenBy,
            Extension = card.Extension,
            DialStep = view.DialStep,
            NotReached = view.NotReached,
            NetworkStatus = view.NetworkStatus,
            StartedAt = view.StartedAt,
            RingingSince = view.RingingSince,
            TalkingSince = view.TalkingSince,
            EndedAt = view.EndedAt,
            NoteDraft = card.NoteDraft,
        };

        string? NameOf(string? extension) => extension is null ? null : names.GetValueOrDefault((view.Source, extension));
    }

    static PopKind KindOf(DeskView view, ClientItem? client, List<NumberMatch> candidates)
    {
        if (view.IsHidden)
            return PopKind.Hidden;
        if (client is not null)
            return client.Name.Length == 0 && client.Company is null ? PopKind.Unknown : PopKind.Known;
        return candidates.Count > 0 ? PopKind.SeveralMatches : PopKind.Unknown;
    }

    static string? ReasonOf(IEnumerable<NumberMatch> matches) => matches.Select(match => MatchRule.ReasonOf(match)).Order().Select(MatchRule.Word).FirstOrDefault();

    static IEnumerable<ClientMatch> Matches(List<NumberMatch> candidates, IReadOnlyDictionary<long, ClientItem> clients) => candidates
        .GroupBy(match => match.ClientId)
        .Select(group => (Client: clients[group.Key], Reason: group.Min(match => MatchRule.ReasonOf(match))))
        .OrderBy(match => match.Reason).ThenByDescending(match => match.Client.LastContactAt).ThenBy(match => match.Client.Id)
        .Take(MatchesMax)
        .Select(match => new ClientMatch { Client = match.Client, Reason = MatchRule.Word(match.Reason) });

    static async Task<IReadOnlyDictionary<long, CallRow>> CallsOf(DbSession session, IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        var ids = JsonRows.Of(cards.Select(card => card.CallId).Distinct());
        return (await session.Query<CallRow>(CallsSql(session.Dialect), new { ids }, cancel)).ToDictionary(call => call.Id);
    }

    static async Task<ILookup<string, NumberMatch>> NumbersOf(DbSession session, IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        var numbers = JsonRows.Of(cards.Select(card => card.View.Number).OfType<string>().Distinct());
        return (await session.Query<NumberMatch>(NumbersSql(session.Dialect), new { numbers }, cancel)).ToLookup(match => match.E164);
    }

    /// <summary>The call of the same client before each of these, by the later call's id.</summary>
    static async Task<IReadOnlyDictionary<long, CallItem>> LastCallsOf(DbSession session, IEnumerable<CallRow> calls, CancellationToken cancel)
    {
        var ids = JsonRows.Of(calls.Where(call => call.ClientId is not null).Select(call => call.Id));
        var pairs = (await session.Query<(long CallId, long? LastId)>(LastCallsSql(session.Dialect), new { ids, take = 1 }, cancel))
            .Where(pair => pair.LastId is not null).ToList();
        var items = await CallList.OfIds(session, pairs.Select(pair => pair.LastId!.Value).Distinct(), cancel);
        return pairs.ToDictionary(pair => pair.CallId, pair => items[pair.LastId!.Value]);
    }

    /// <summary>The newest note of each client.</summary>
    static async Task<IReadOnlyDictionary<long, NoteItem>> NotesOf(DbSession session, IEnumerable<CallRow> calls, CancellationToken cancel)
    {
        var ids = JsonRows.Of(calls.Select(call => call.ClientId).OfType<long>().Distinct());
        var newest = (await session.Query<(long ClientId, long? NoteId)>(NotesSql(session.Dialect), new { ids, take = 1 }, cancel))
            .Where(pair => pair.NoteId is not null).ToList();
        var notes = await NoteStore.OfIds(session, newest.Select(pair => pair.NoteId!.Value), cancel);
        return newest.ToDictionary(pair => pair.ClientId, pair => notes[pair.NoteId!.Value]);
    }

    static async Task<IReadOnlyDictionary<(string, string), string>> NamesOf(DbSession session, IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        var asked = new JsonRows();
        foreach (var (pbx, extension) in cards.Select(card => card.View).SelectMany(view =>
            new[] { view.TransferredBy, view.TakenBy, view.Number is null ? view.RawNumber : null }.OfType<string>().Select(other => (view.Source, other))).Distinct())
        {
            asked.Row().Add(pbx).Add(extension);
        }
        if (asked.Count == 0)
            return new Dictionary<(string, string), string>();
        return (await session.Query<(string Pbx, string Extension, string Name)>(NamesSql(session.Dialect), new { asked = asked.Text() }, cancel))
            .ToDictionary(row => (row.Pbx, row.Extension), row => row.Name);
    }

    /// <summary>What the one who transferred a call had noted so far.</summary>
    static async Task<ILookup<(long, string), string>> HandedNotesOf(DbSession session, IReadOnlyList<DeskRow> cards, CancellationToken cancel)
    {
        var handed = cards.Where(card => card.View.TransferredBy is not null).Select(card => card.CallId).Distinct().ToList();
        if (handed.Count == 0)
            return Enumerable.Empty<string>().ToLookup(_ => (0L, ""));
        return (await session.Query<(long CallId, string Extension, string Note)>(HandedNotesSql(session.Dialect), new { ids = JsonRows.Of(handed) }, cancel))
            .ToLookup(row => (row.CallId, row.Extension), row => row.Note);
    }

    static Sql CallsSql(Dialect dialect) => new($"""
        SELECT c.id, c.client_id, d.number AS asked_number, d.client_id AS asked_client_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call c ON c.id = wanted.id
        LEFT JOIN dial d ON d.source = c.source AND d.external_id = c.external_id
        """);

    static Sql NumbersSql(Dialect dialect) => new($"""
        SELECT n.e164, n.client_id, n.extension, n.is_shared, n.is_former
        FROM {dialect.Rows("@numbers", "e164 exact", "wanted")}
        JOIN client_number n ON n.e164 = wanted.e164
        ORDER BY n.e164, n.client_id
        """);

    static Sql LastCallsSql(Dialect dialect) => new($"""
        SELECT c.id AS call_id, (
            SELECT before.id
            FROM call before
            WHERE before.client_id = c.client_id AND before.started_at < c.started_at AND before.merged_source IS NULL
            ORDER BY before.started_at DESC, before.id DESC
            {dialect.Take}) AS last_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call c ON c.id = wanted.id
        """);

    // A subquery in the list of columns and not in a join: for that one PostgreSQL reads all notes.
    static Sql NotesSql(Dialect dialect) => new($"""
        SELECT wanted.id AS client_id, (
            SELECT last.id
            FROM note last
            WHERE last.client_id = wanted.id
            ORDER BY last.written_at DESC, last.id DESC
            {dialect.Take}) AS note_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        """);

    static Sql NamesSql(Dialect dialect) => new($"""
        SELECT owned.pbx, owned.extension, agent.name
        FROM {dialect.Rows("@asked", "pbx key, extension key", "asked")}
        JOIN agent_extension owned ON owned.pbx = asked.pbx AND owned.extension = asked.extension
        JOIN agent ON agent.id = owned.agent_id
        """);

    static Sql HandedNotesSql(Dialect dialect) => new($"""
        SELECT card.call_id, card.extension, card.note_draft AS note
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN desk_card card ON card.call_id = wanted.id
        WHERE card.note_draft <> ''
        """);

    sealed record CallRow
    {
        public long Id { get; init; }
        public long? ClientId { get; init; }

        /// <summary>Click-to-call: what the agent asked for, known before anything is called.</summary>
        public string? AskedNumber { get; init; }

        public long? AskedClientId { get; init; }

        public long? MeantClientId => ClientId ?? AskedClientId;
    }
}
