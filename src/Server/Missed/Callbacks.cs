using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Server.Tasks;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Missed;

/// <summary>An entry whose task is to end.</summary>
internal sealed record CallbackEnd(LostRow Row, AgentTaskState State, long? CallId, string? Note = null);

/// <summary>The tasks that entries were given, by call, and whose the new ones are.</summary>
internal sealed record GivenTasks(IReadOnlyDictionary<long, long?> ByCall, IEnumerable<long?> Owners)
{
    public static readonly GivenTasks None = new(new Dictionary<long, long?>(), []);
}

/// <summary>
/// The tasks to call lost clients back. The open entries of one client share one. It goes to the client's owner; else by turns to those whose
/// phones rang, or else lately rang on this line. Inside the caller's transaction.
/// </summary>
internal static class Callbacks
{
    /// <summary>The task, and the reminder when it is due.</summary>
    public const int IdsForTask = 2;

    /// <summary>A reminder that its owner does not answer for so long is before the supervisors.</summary>
    const int AnswerMinutes = 5;

    /// <summary>Calls on a line that tell who belongs to it.</summary>
    const int RecentCalls = 50;

    /// <summary>Gives a task to each entry whose client waits and that has none.</summary>
    /// <param name="firstId">Enough new ids for a task for each entry.</param>
    public static async Task<GivenTasks> Give(DbSession session, IReadOnlyList<SettledRow> entries, long firstId, DateTimeOffset now, CancellationToken cancel)
    {
        var needy = entries.Where(entry => entry.Entry is { IsWaiting: true, TaskId: null }).ToList();
        if (needy.Count == 0)
            return GivenTasks.None;
        var shared = entries.Where(entry => entry.Entry.IsWaiting && entry.Row.HasOpenTask).DistinctBy(entry => entry.Row.Person)
            .ToDictionary(entry => entry.Row.Person, entry => entry.Row.TaskId);
        var first = needy.Where(entry => !shared.ContainsKey(entry.Row.Person)).DistinctBy(entry => entry.Row.Person).ToList();
        var owners = await Owners(session, first, cancel);
        var tasks = first.Select((entry, i) => NewTask(entry, owners[entry.Row.CallId], firstId + i * IdsForTask, now)).ToList();
        await TaskStore.Put(session, tasks, cancel);
        var stored = (await TaskStore.OfKeys(session, tasks.Select(task => task.NaturalKey), cancel)).ToDictionary(task => task.NaturalKey, task => task.Id);
        foreach (var (entry, task) in first.Zip(tasks))
            shared[entry.Row.Person] = stored[task.NaturalKey];
        return new(needy.ToDictionary(entry => entry.Row.CallId, entry => shared[entry.Row.Person]), owners.Values);
    }

    /// <summary>Ends tasks in which nobody waits any more.</summary>
    public static async Task End(DbSession session, IEnumerable<CallbackEnd> ends, DateTimeOffset now, CancellationToken cancel)
    {
        var ended = ends.Where(end => end.Row.TaskId is not null).DistinctBy(end => end.Row.TaskId).ToList();
        if (ended.Count == 0)
            return;
        var waiting = (await LostStore.TasksWithWaiting(session, ended.Select(end => end.Row.TaskId!.Value), cancel)).ToHashSet();
        await TaskStore.End(
            session,
            ended.Where(end => !waiting.Contains(end.Row.TaskId!.Value)).Select(end => new TaskEnd(end.Row.TaskKey!, end.State, end.CallId, end.Note)),
            now,
            cancel);
    }

    static NewTask NewTask(SettledRow entry, long? ownerId, long id, DateTimeOffset now) => new()
    {
        Id = id,
        // A call that is lost again, in a later version, is a new reason.
        NaturalKey = string.Create(CultureInfo.InvariantCulture, $"lost:{entry.Row.CallId}:{entry.Row.Revision}"),
        Kind = AgentTaskKind.Callback,
        Subject = entry.Row.E164 is { } number ? NumberPlan.Display(number) : "",
        ClientId = entry.Row.ClientId,
        CallId = entry.Row.CallId,
        OwnerId = ownerId,
        DueAt = entry.Promise.DueFrom(entry.Entry.LostAt),
        DueZone = entry.Promise.Zone,
        Priority = AgentTaskPriority.High,
        Rule = TaskRules.LostCall,
        CreatedAt = now,
        RemindMinutesBefore = [0],
        EscalateMinutes = AnswerMinutes,
    };

    /// <summary>Who is to call back, by call; null: there is nobody who would know of the line.</summary>
    static async Task<IReadOnlyDictionary<long, long?>> Owners(DbSession session, IReadOnlyList<SettledRow> entries, CancellationToken cancel)
    {
        var owners = entries.ToDictionary(entry => entry.Row.CallId, entry => entry.Row.ClientOwnerId);
        var ownerless = owners.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList();
        if (ownerless.Count == 0)
            return owners;
        var rang = await Candidates(session, RangSql(session.Dialect), ownerless, cancel);
        var silent = ownerless.Where(callId => !rang.Contains(callId)).ToList();
        var line = silent.Count == 0 ? rang : await Candidates(session, LineSql(session.Dialect), silent, cancel);
        var turns = new Turns(await session.Query<(long AgentId, long Turn)>(TurnsSql(session.Dialect), null, cancel));
        foreach (var callId in ownerless)
            owners[callId] = turns.Next(rang.Contains(callId) ? rang[callId] : line[callId]);
        await session.ExecuteRows(turns.Changed is { } rows ? [new(PutTurnsSql, rows)] : [], cancel);
        return owners;
    }

    static async Task<ILookup<long, long>> Candidates(DbSession session, Sql sql, IEnumerable<long> callIds, CancellationToken cancel) =>
        (await session.Query<(long CallId, long AgentId)>(sql, new { ids = JsonRows.Of(callIds), take = RecentCalls }, cancel))
            .ToLookup(row => row.CallId, row => row.AgentId);

    static Sql RangSql(Dialect dialect) => new($"""
        SELECT DISTINCT c.id AS call_id, a.id AS agent_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call c ON c.id = wanted.id
        JOIN call_offer o ON o.call_id = c.id AND o.ring_started_at IS NOT NULL
        JOIN agent_extension x ON x.pbx = c.source AND x.extension = o.extension
        JOIN agent a ON a.id = x.agent_id AND a.is_active = {dialect.True}
        ORDER BY c.id, a.id
        """);

    static Sql LineSql(Dialect dialect) => new($"""
        SELECT DISTINCT c.id AS call_id, a.id AS agent_id
        FROM {dialect.Rows("@ids", "id bigint", "wanted")}
        JOIN call c ON c.id = wanted.id
        JOIN call recent ON recent.did = c.did
        JOIN call_offer o ON o.call_id = recent.id
        JOIN agent_extension x ON x.pbx = recent.source AND x.extension = o.extension
        JOIN agent a ON a.id = x.agent_id AND a.is_active = {dialect.True}
        WHERE recent.id IN (
            SELECT earlier.id
            FROM call earlier
            WHERE earlier.did = c.did AND earlier.started_at < c.started_at
            ORDER BY earlier.started_at DESC, earlier.id DESC
            {dialect.Take})
        ORDER BY c.id, a.id
        """);

    static Sql TurnsSql(Dialect _) => new("SELECT agent_id, turn FROM lost_turn ORDER BY agent_id");

    static Sql PutTurnsSql(Dialect dialect) => new(dialect.UpsertRows("lost_turn", "@rows", "agent_id bigint, turn bigint", "agent_id"));
}

/// <summary>Whose turn it is: of some agents, the one whose last turn is longest ago. Pure.</summary>
internal sealed class Turns(IEnumerable<(long AgentId, long Turn)> stored)
{
    readonly Dictionary<long, long> turns = stored.ToDictionary(row => row.AgentId, row => row.Turn);
    readonly HashSet<long> changed = [];

    /// <summary>The rows to store; null: there are none.</summary>
    public string? Changed
    {
        get
        {
            var rows = new JsonRows();
            foreach (var agentId in changed)
                rows.Row().Add(agentId).Add(turns[agentId]);
            return rows.Count > 0 ? rows.Text() : null;
        }
    }

    /// <summary>Null: there is nobody to choose from.</summary>
    public long? Next(IEnumerable<long> candidates)
    {
        var next = candidates.Order().Select(agentId => (long?)agentId).MinBy(agentId => turns.GetValueOrDefault(agentId!.Value));
        if (next is { } chosen)
        {
            turns[chosen] = turns.Values.Append(0).Max() + 1;
            changed.Add(chosen);
        }
        return next;
    }
}
