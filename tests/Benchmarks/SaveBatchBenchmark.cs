using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Calls saved per second by <see cref="CallStore"/>, beside the same rows written by hand with Dapper (<see cref="SaveByHand"/>). Both
/// durable, on one connection, with 50 000 numbers, in turns within the same minutes.
/// </summary>
internal static class SaveBatchBenchmark
{
    const int Numbers = 50_000;
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    static readonly DateTimeOffset Start = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public static async Task<int> Run(string[] args)
    {
        var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        await using var postgres = PostgresHost.Missing is null ? await PostgresHost.Start(durable: true) : null;
        if (postgres is null)
            Console.WriteLine(PostgresHost.Missing);
        foreach (var batch in new[] { 1, 100 })
        {
            await Compare($"SQLite FULL, batch {batch}", runs, () => ByHand(Engine.Sqlite, null, batch), () => ByStore(Engine.Sqlite, null, batch));
            if (postgres is not null)
                await Compare($"PostgreSQL, batch {batch}", runs, () => ByHand(Engine.Postgres, postgres, batch), () => ByStore(Engine.Postgres, postgres, batch));
        }
        return 0;
    }

    static async Task Compare(string name, int runs, Func<Task<double>> byHand, Func<Task<double>> byStore)
    {
        Series hand = new($"{name}, Dapper by hand", "calls/s"), store = new($"{name}, CallStore", "calls/s");
        for (var i = 0; i < runs; i++)
        {
            hand.Add(await byHand());
            store.Add(await byStore());
        }
        Console.WriteLine(hand);
        Console.WriteLine(store);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, ratio {store.Median / hand.Median,28:0.00}"));
    }

    static async Task<double> ByStore(Engine engine, PostgresHost? postgres, int batch)
    {
        await using var test = await New(engine, postgres);
        var store = new CallStore(test.Database, test.Ids);
        var random = new Random(1);
        return await PerSecond(batch, first => store.Save([.. Enumerable.Range(0, batch).Select(i => new CallToSave(Ringing(first + i, random)))], CancellationToken.None));
    }

    // What is saved when a call rings: the client, the call, two legs and an offer; and who may see it, and what a restart must find.
    static Call Ringing(int number, Random random)
    {
        var at = Start.AddMilliseconds(number);
        var key = $"1795427441.{number}";
        return new()
        {
            Key = new("pbx", key),
            Revision = 1,
            Direction = CallDirection.Inbound,
            StartedAt = at,
            Client = new(null, null, $"+7916{random.Next(Numbers):0000000}"),
            Did = "+74951234567",
            Offers = [new("101", $"{key}-b", at) { RingStartedAt = at }],
            Legs = [new(key, PartyKind.Trunk, "trunk", at) { UpAt = at }, new($"{key}-b", PartyKind.Extension, "101", at) { RingingAt = at, Origin = LegOrigin.Called }],
        };
    }

    static async Task<double> ByHand(Engine engine, PostgresHost? postgres, int batch)
    {
        await using var test = await New(engine, postgres);
        await using var connection = await test.Database.Open(CancellationToken.None);
        var byHand = new SaveByHand(connection);
        var random = new Random(1);
        return await PerSecond(batch, first => byHand.Save([.. Enumerable.Range(0, batch).Select(i => Ringing(first + i, random))]));
    }

    static async Task<TestDatabase> New(Engine engine, PostgresHost? postgres) =>
        postgres is null ? await TestDatabase.New(engine) : await TestDatabase.On(engine, await postgres.NewDatabase());

    static async Task<double> PerSecond(int batch, Func<int, Task> save)
    {
        await save(0);
        var from = Stopwatch.GetTimestamp();
        var saved = batch;
        for (; Stopwatch.GetElapsedTime(from) < Duration; saved += batch)
            await save(saved);
        return (saved - batch) / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
