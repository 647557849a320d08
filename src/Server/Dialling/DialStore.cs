using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Telephony.Numbers;

namespace ContactCenterCrm.Server.Dialling;

/// <summary>The calls that agents asked for, from the wish to the call's beginning.</summary>
internal sealed class DialStore(Database database)
{
    const string Asked = "asked";
    const string Taken = "taken";
    const string Begun = "begun";
    const string Failed = "failed";
    const string Closed = "closed";

    /// <summary>What stands at the desk of this agent has changed.</summary>
    public event Action<long>? Changed;

    /// <summary>The agent's phones.</summary>
    public async Task<IReadOnlyList<DialPhone>> Phones(long agentId, CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return await session.Query<DialPhone>(PhonesSql(session.Dialect), new { agentId }, cancel);
    }

    /// <summary>A new order takes the place of one that failed. Null: another one is under way.</summary>
    public async Task<DialItem?> Add(long agentId, long? clientId, DialOrder order, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        // The agent's row is held: of two clicks at once, one finds the other.
        await session.Execute(HoldAgentSql(session.Dialect), new { agentId }, cancel);
        if (await session.QueryFirst<long>(UnderWaySql(session.Dialect), new { agentId, asked = Asked, taken = Taken }, cancel) > 0)
            return null;
        await session.Execute(ForgetFailedSql(session.Dialect), new { agentId, failed = Failed, closed = Closed }, cancel);
        await session.Execute(AddSql(session.Dialect), new
        {
            id = order.Id,
            agentId,
            source = order.Source,
            extension = order.Extension,
            number = order.Number,
            clientId,
            externalId = order.CallId,
            state = Asked,
            askedAt = order.AskedAt,
        }, cancel);
        var item = (await Open(session, agentId, cancel)).Single(item => item.Id == order.Id);
        await session.Commit(cancel);
        Changed?.Invoke(agentId);
        return item;
    }

    /// <summary>What the agent is waiting for, and what has failed.</summary>
    public static async Task<IReadOnlyList<DialItem>> Open(DbSession session, long agentId, CancellationToken cancel) =>
        [.. (await session.Query<ItemRow>(OpenSql(session.Dialect), new { agentId, asked = Asked, taken = Taken, failed = Failed }, cancel)).Select(row => row.Item())];

    /// <summary>All orders that are under way, the oldest first.</summary>
    public async Task<IReadOnlyList<WaitingDial>> UnderWay(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return [.. (await session.Query<WaitingRow>(WaitingSql(session.Dialect), new { asked = Asked, taken = Taken }, cancel)).Select(row => row.Dial())];
    }

    /// <summary>True: this node gives the order, and no other.</summary>
    public async Task<bool> TakeOver(long id, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        var isOurs = await session.Execute(TakeOverSql(session.Dialect), new { id, asked = Asked, taken = Taken }, cancel) == 1;
        await session.Commit(cancel);
        return isOurs;
    }

    /// <summary>The source has given the call a name of its own.</summary>
    public async Task Name(long id, string externalId, CancellationToken cancel)
    {
        await using var session = await database.Write(cancel);
        await session.Execute(NameSql(session.Dialect), new { id, externalId }, cancel);
        await session.Commit(cancel);
    }

    /// <summary>No call came of it. One that has begun tells itself how it ended.</summary>
    public async Task Fail(long id, long agentId, DialFailure why, CancellationToken cancel)
    {
        await using (var session = await database.Write(cancel))
        {
            var args = new { id, problem = CallWords.Of(why), failed = Failed, asked = Asked, taken = Taken };
            if (await session.Execute(FailSql(session.Dialect), args, cancel) == 0)
                return;
            await session.Commit(cancel);
        }
        Changed?.Invoke(agentId);
    }

    /// <summary>The agent has seen that it failed, or does not want to wait for it.</summary>
    public async Task Close(long agentId, long id, CancellationToken cancel)
    {
        await using (var session = await database.Write(cancel))
        {
            await session.Execute(CloseSql(session.Dialect), new { id, agentId, closed = Closed, begun = Begun }, cancel);
            await session.Commit(cancel);
        }
        Changed?.Invoke(agentId);
    }

    /// <summary>These calls have begun: those that were asked for are found by their names. Returns which are whose.</summary>
    public async Task<IReadOnlyList<BegunDial>> Begin(IReadOnlyCollection<(CallKey Key, long CallId)> calls, CancellationToken cancel)
    {
        var asked = new JsonRows();
        foreach (var (key, callId) in calls)
            asked.Row().Add(key.Source).Add(key.ExternalId).Add(callId);
        await using var session = await database.Read(cancel);
        var begun = await session.Query<BegunDial>(AskedForSql(session.Dialect), new { calls = asked.Text() }, cancel);
        if (begun.Count == 0)
            return begun;
        await using (var writing = await database.Write(cancel))
        {
            await writing.Execute(BeginSql(writing.Dialect), begun.Select(dial => new { id = dial.Id, callId = dial.CallId, begun = Begun }), cancel);
            await writing.Commit(cancel);
        }
        foreach (var agentId in begun.Select(dial => dial.AgentId).Distinct())
            Changed?.Invoke(agentId);
        return begun;
    }

    static Sql PhonesSql(Dialect _) => new("SELECT pbx, extension FROM agent_extension WHERE agent_id = @agentId ORDER BY pbx, extension");

    static Sql HoldAgentSql(Dialect dialect) => new($"SELECT id FROM agent {dialect.LockHint} WHERE id = @agentId {dialect.ForUpdate}");

    static Sql UnderWaySql(Dialect _) => new("SELECT COUNT(*) FROM dial WHERE agent_id = @agentId AND state IN (@asked, @taken)");

    static Sql ForgetFailedSql(Dialect _) => new("UPDATE dial SET state = @closed WHERE agent_id = @agentId AND state = @failed");

    static Sql AddSql(Dialect _) => new("""
        INSERT INTO dial (id, agent_id, source, extension, number, client_id, external_id, state, asked_at)
        VALUES (@id, @agentId, @source, @extension, @number, @clientId, @externalId, @state, @askedAt)
        """);

    static Sql OpenSql(Dialect _) => new("""
        SELECT d.id, d.number, d.client_id, k.name AS client_name, d.source AS pbx, d.extension, d.problem, d.asked_at
        FROM dial d
        LEFT JOIN client k ON k.id = d.client_id
        WHERE d.agent_id = @agentId AND d.state IN (@asked, @taken, @failed)
        ORDER BY d.asked_at, d.id
        """);

    static Sql WaitingSql(Dialect _) => new("""
        SELECT id, agent_id, source, extension, number, external_id, state, asked_at
        FROM dial
        WHERE state IN (@asked, @taken)
        ORDER BY asked_at, id
        """);

    static Sql TakeOverSql(Dialect _) => new("UPDATE dial SET state = @taken WHERE id = @id AND state = @asked");

    static Sql NameSql(Dialect _) => new("UPDATE dial SET external_id = @externalId WHERE id = @id");

    static Sql FailSql(Dialect _) => new("UPDATE dial SET state = @failed, problem = @problem WHERE id = @id AND state IN (@asked, @taken)");

    static Sql CloseSql(Dialect _) => new("UPDATE dial SET state = @closed WHERE id = @id AND agent_id = @agentId AND state <> @begun");

    static Sql AskedForSql(Dialect dialect) => new($"""
        SELECT d.id, d.agent_id, d.client_id, calls.call_id
        FROM {dialect.Rows("@calls", "source key, external_id key, call_id bigint", "calls")}
        JOIN dial d ON d.source = calls.source AND d.external_id = calls.external_id
        WHERE d.call_id IS NULL
        """);

    static Sql BeginSql(Dialect _) => new("UPDATE dial SET state = @begun, call_id = @callId, problem = NULL WHERE id = @id");

    sealed record ItemRow
    {
        public long Id { get; init; }
        public string Number { get; init; } = "";
        public long? ClientId { get; init; }
        public string? ClientName { get; init; }
        public string Pbx { get; init; } = "";
        public string Extension { get; init; } = "";
        public string? Problem { get; init; }
        public DateTimeOffset AskedAt { get; init; }

        public DialItem Item() => new()
        {
            Id = Id,
            Number = Number,
            NumberDisplay = NumberPlan.Display(Number),
            ClientId = ClientId,
            ClientName = ClientName,
            Pbx = Pbx,
            Extension = Extension,
            Problem = Problem,
            AskedAt = AskedAt,
        };
    }

    sealed record WaitingRow
    {
        public long Id { get; init; }
        public long AgentId { get; init; }
        public string Source { get; init; } = "";
        public string Extension { get; init; } = "";
        public string Number { get; init; } = "";
        public string ExternalId { get; init; } = "";
        public string State { get; init; } = "";
        public DateTimeOffset AskedAt { get; init; }

        public WaitingDial Dial() => new(
            new() { Id = Id, Source = Source, Extension = Extension, Number = Number, CallId = ExternalId, AskedAt = AskedAt }, AgentId, State == Taken);
    }
}

/// <summary>An order under way.</summary>
/// <param name="IsTaken">A node gives it to the source, or did.</param>
internal sealed record WaitingDial(DialOrder Order, long AgentId, bool IsTaken);

/// <summary>An order of which a call has come.</summary>
internal sealed record BegunDial
{
    public long Id { get; init; }
    public long AgentId { get; init; }
    public long? ClientId { get; init; }
    public long CallId { get; init; }
}
