using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Missed;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ContactCenterCrm.Server.Tests.Missed;

/// <summary>The ledger on a database, with calls that are saved and told as the intake does.</summary>
sealed class LostBook
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    static readonly Access Manager = new(1, Roles.Manager);

    readonly TestDatabase test;
    readonly LostWatcher watcher;

    public LostBook(TestDatabase test)
    {
        this.test = test;
        var news = new LostNews();
        news.Changed += () => Changes++;
        Ledger = new(test.Database, test.Ids, new(), news, new(), Clock);
        watcher = new(Ledger, NullLogger<LostWatcher>.Instance);
        Actions = new(test.Database, new(), news, new(), Clock);
        List = new(test.Database, new(), Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Noon);
    public LostLedger Ledger { get; }
    public LostActions Actions { get; }
    public LostList List { get; }

    /// <summary>How often the ledger said that it changed.</summary>
    public int Changes { get; private set; }

    public static Call Lost(string id, double minute, string? number = "+79160000001", double waits = 30) => Inbound(id, minute, number) with
    {
        EndedAt = Noon.AddMinutes(minute).AddSeconds(waits),
        Result = CallResult.Missed,
        Reason = CallReason.CallerAbandoned,
    };

    /// <summary>The client calls and talks with somebody.</summary>
    public static Call Answered(string id, double minute, string? number = "+79160000001") => Inbound(id, minute, number) with
    {
        AnsweredAt = Noon.AddMinutes(minute).AddSeconds(10),
        EndedAt = Noon.AddMinutes(minute).AddSeconds(90),
        Result = CallResult.Answered,
    };

    public static Call Outbound(string id, double minute, bool reaches, string number = "+79160000001") => new()
    {
        Key = new("pbx", id),
        Revision = 5,
        Direction = CallDirection.Outbound,
        StartedAt = Noon.AddMinutes(minute),
        AnsweredAt = reaches ? Noon.AddMinutes(minute).AddSeconds(10) : null,
        EndedAt = Noon.AddMinutes(minute).AddSeconds(40),
        Client = new(number, null, number),
        PlacedBy = "101",
        Result = reaches ? CallResult.Answered : CallResult.NoAnswer,
    };

    /// <summary>Saves calls, and nobody tells the ledger: the program died in between.</summary>
    public Task<IReadOnlyList<SavedCall>> SaveOnly(params Call[] calls) => new CallStore(test.Database, test.Ids).Save([.. calls.Select(call => new CallToSave(call))], default);

    public async Task Save(params Call[] calls) => await watcher.Saved(await SaveOnly(calls), default);

    public async Task<IReadOnlyList<LostItem>> All(Access? access = null, LostFilter? filter = null) =>
        (await List.Page(access ?? Manager, filter ?? new(), Cursor.Start, 200, default)).Items;

    /// <summary>The entry of the call with this name at the PBX.</summary>
    public async Task<LostItem> Of(string id)
    {
        await Learn();
        return (await All()).Single(item => item.CallId == Ids[id]);
    }

    /// <summary>Tasks of the ledger: state, owner and the call that ended it.</summary>
    public async Task<IReadOnlyList<TaskRow>> Tasks()
    {
        await using var session = await test.Database.Read(default);
        return await session.Query<TaskRow>(new("SELECT id, state, owner_id, due_at, closed_by_call_id, client_id FROM agent_task ORDER BY id"), null, default);
    }

    public async Task Learn()
    {
        await using var session = await test.Database.Read(default);
        Ids = (await session.Query<(string Name, long Id)>(new("SELECT external_id AS name, id FROM call ORDER BY id"), null, default)).ToDictionary(row => row.Name, row => row.Id);
    }

    public IReadOnlyDictionary<string, long> Ids { get; private set; } = new Dictionary<string, long>();

    static Call Inbound(string id, double minute, string? number) => new()
    {
        Key = new("pbx", id),
        Revision = 5,
        Direction = CallDirection.Inbound,
        StartedAt = Noon.AddMinutes(minute),
        Client = number is null ? new("anonymous", null, null) { IsHidden = true } : new(number, null, number),
        Did = "+74951234567",
    };

    public sealed record TaskRow
    {
        public long Id { get; init; }
        public string State { get; init; } = "";
        public long? OwnerId { get; init; }
        public DateTimeOffset DueAt { get; init; }
        public long? ClosedByCallId { get; init; }
        public long? ClientId { get; init; }
    }
}
