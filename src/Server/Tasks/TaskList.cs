using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Tasks;

/// <summary>Reads tasks.</summary>
internal sealed class TaskList(Database database, TimeProvider time)
{
    /// <summary>Nobody does more in a day: what comes later is seen when the day is emptier.</summary>
    public const int DayLength = 200;

    /// <summary>Open tasks in the order in which they are to be done.</summary>
    /// <param name="team">All that the caller may see; else those that the caller has to do. To an agent both are the same.</param>
    public async Task<TaskDay> Day(Access access, bool team, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var args = new { callerId = access.AgentId, take = DayLength + 1 };
        var rows = await session.Query<TaskRow>(DaySql(session.Dialect, ScopeOf(access, team)), args, cancel);
        return new()
        {
            Tasks = await TaskRow.Items(session, [.. rows.Take(DayLength)], cancel),
            HasMore = rows.Count > DayLength,
            ServerTime = time.GetUtcNow(),
        };
    }

    /// <summary>Null when there is no such task, or it is not for the caller to see.</summary>
    public async Task<AgentTaskItem?> One(Access access, long taskId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        var rows = await session.Query<TaskRow>(OneSql(session.Dialect, !access.SeesAll), new { taskId, callerId = access.AgentId }, cancel);
        return await TaskRow.Items(session, rows, cancel) is [var task] ? task : null;
    }

    /// <summary>By id. For a reader who has seen to it that the caller may know of them.</summary>
    public static async Task<IReadOnlyDictionary<long, AgentTaskItem>> OfIds(DbSession session, IEnumerable<long> taskIds, CancellationToken cancel)
    {
        var rows = await session.Query<TaskRow>(OfIdsSql(session.Dialect), new { ids = JsonRows.Of(taskIds) }, cancel);
        return (await TaskRow.Items(session, rows, cancel)).ToDictionary(task => task.Id);
    }

    /// <summary>What is to be done next for a client. For a reader who has seen to it that the caller may know of the client.</summary>
    public static async Task<AgentTaskItem?> NextStep(DbSession session, long clientId, CancellationToken cancel)
    {
        var rows = await session.Query<TaskRow>(NextStepSql(session.Dialect), new { clientId, take = 1 }, cancel);
        return await TaskRow.Items(session, rows, cancel) is [var task] ? task : null;
    }

    static TaskScope ScopeOf(Access access, bool team) => (access.SeesAll, team) switch
    {
        (true, true) => TaskScope.All,
        (true, false) => TaskScope.Mine,
        (false, _) => TaskScope.Visible,
    };

    static Sql DaySql(Dialect dialect, TaskScope scope) => new($"""
        SELECT {TaskRow.Columns}
        FROM {TaskRow.Tables}
        WHERE t.state = 'open' {Condition(scope)}
        ORDER BY CASE WHEN t.rule_name = '{TaskRules.LostCall}' THEN 0 ELSE 1 END, t.due_at, t.priority DESC, t.id
        {dialect.Take}
        """);

    static string Condition(TaskScope scope) => scope switch
    {
        TaskScope.All => "",
        TaskScope.Mine => "AND (t.owner_id = @callerId OR t.deputy_id = @callerId)",
        TaskScope.Visible => $"AND {TaskAccess.IsVisible}",
    };

    static Sql OneSql(Dialect _, bool own) => new($"""
        SELECT {TaskRow.Columns}
        FROM {TaskRow.Tables}
        WHERE t.id = @taskId {(own ? $"AND {TaskAccess.IsVisible}" : "")}
        """);

    static Sql OfIdsSql(Dialect dialect) => new($"""
        SELECT {TaskRow.Columns}
        FROM {TaskRow.Tables}
        WHERE t.id IN (SELECT wanted.id FROM {dialect.Rows("@ids", "id bigint", "wanted")})
        ORDER BY t.id
        """);

    static Sql NextStepSql(Dialect dialect) => new($"""
        SELECT {TaskRow.Columns}
        FROM {TaskRow.Tables}
        WHERE t.client_id = @clientId AND t.state = 'open'
        ORDER BY t.due_at, t.id
        {dialect.Take}
        """);

    enum TaskScope { All, Mine, Visible }
}
