using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Platform.Data;
using ContactCenterCrm.Telephony.Calls;
using ContactCenterCrm.Testing;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// Calls saved per second by <see cref="CallStore"/>, beside the same work written by hand with Dapper: a transaction of client upsert by
/// number, a call row and three rows of facts. Both durable, on one connection, with 50 000 numbers, in turns within the same minutes.
/// </summary>
static class SaveBatchBenchmark
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
            await Compare($"SQLite FULL, batch {batch}", runs, () => ByHandSqlite(batch), () => ByStore(Engine.Sqlite, null, batch));
            if (postgres is not null)
                await Compare($"PostgreSQL, batch {batch}", runs, () => ByHandPostgres(postgres, batch), () => ByStore(Engine.Postgres, postgres, batch));
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
        await using var test = postgres is null ? await TestDatabase.New(engine) : await TestDatabase.On(engine, await postgres.NewDatabase());
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

    static async Task<double> ByHandSqlite(int batch)
    {
        var folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        try
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bench.db")};Pooling=false;Foreign Keys=true");
            await connection.OpenAsync();
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            return await ByHand(connection, batch, "integer PRIMARY KEY", "text");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<double> ByHandPostgres(PostgresHost postgres, int batch)
    {
        await using var connection = new NpgsqlConnection($"{await postgres.NewDatabase()};Max Auto Prepare=20");
        await connection.OpenAsync();
        return await ByHand(connection, batch, "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "timestamptz");
    }

    static async Task<double> ByHand(DbConnection connection, int batch, string id, string time)
    {
        await connection.ExecuteAsync($"""
            CREATE TABLE client (id {id}, phone text NOT NULL UNIQUE, last_at {time} NOT NULL);
            CREATE TABLE call (id {id}, uid text NOT NULL UNIQUE, client_id bigint NOT NULL REFERENCES client (id), started_at {time} NOT NULL, did text NOT NULL);
            CREATE INDEX call_client ON call (client_id);
            CREATE INDEX call_started ON call (started_at);
            CREATE TABLE call_event (id {id}, call_id bigint NOT NULL REFERENCES call (id), at {time} NOT NULL, kind text NOT NULL, leg text NOT NULL);
            CREATE INDEX call_event_call ON call_event (call_id);
            """);
        var random = new Random(1);
        return await PerSecond(batch, async first =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var calls = Enumerable.Range(first, batch).Select(i => (Number: i, Phone: $"+7916{random.Next(Numbers):0000000}")).OrderBy(call => call.Phone, StringComparer.Ordinal);
            foreach (var (number, phone) in calls)
                await SaveByHand(connection, transaction, number, phone);
            await transaction.CommitAsync();
        });
    }

    static async Task SaveByHand(DbConnection connection, DbTransaction transaction, int number, string phone)
    {
        var at = Start.AddMilliseconds(number);
        var uid = $"1795427441.{number}";
        var clientId = await connection.ExecuteScalarAsync<long>(
            "INSERT INTO client (phone, last_at) VALUES (@phone, @at) ON CONFLICT (phone) DO UPDATE SET last_at = excluded.last_at RETURNING id",
            new { phone, at }, transaction);
        var callId = await connection.ExecuteScalarAsync<long>(
            "INSERT INTO call (uid, client_id, started_at, did) VALUES (@uid, @clientId, @at, '+74951234567') RETURNING id", new { uid, clientId, at }, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO call_event (call_id, at, kind, leg) VALUES (@callId, @at, 'trunk', @uid), (@callId, @at, 'extension', @uid), (@callId, @at, 'offer', @uid)",
            new { callId, at, uid }, transaction);
    }

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
