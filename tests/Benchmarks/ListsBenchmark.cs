using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Desk;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Benchmarks;

/// <summary>How long the lists take after ten thousand calls and after a million: none may grow with the history.</summary>
internal static class ListsBenchmark
{
    const int Few = 10_000;
    const int Many = 1_000_000;
    const int Agents = 200;
    const int CallsOfClient = 20;
    const int Page = 50;
    const int WarmUps = 5;
    const int Times = 100;
    static readonly TimeSpan SeriesMax = TimeSpan.FromSeconds(2);
    static readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public static async Task<int> Run(string[] args)
    {
        await using var few = await Filled(args[0], Few);
        await using var many = await Filled(args[0], Many);
        Console.WriteLine("filled");
        foreach (var ((name, readFew), (_, readMany)) in Reads(few, Few).Zip(Reads(many, Many)))
        {
            var (first, second) = (await Measure($"{args[0]}, {Few:N0}: {name}", readFew), await Measure($"{args[0]}, {Many:N0}: {name}", readMany));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first}\n{second}\n  {second.At(0.5) / first.At(0.5):0.0} times as long"));
        }
        return 0;
    }

    static async Task<Install> Filled(string engine, int calls)
    {
        var install = await Install.New(Install.EngineOf(engine), Agents);
        await Crowd.Fill(install.Options, calls / CallsOfClient, install.Agents, now);
        await History.Fill(install.Options, calls, calls / CallsOfClient, install.Agents, firstId: 10_000_000, now);
        await Filling.Settle(install.Options);
        return install;
    }

    // The number that a read takes tells which of many alike.
    static IEnumerable<(string Name, Func<int, Task> Read)> Reads(Install install, int calls)
    {
        var clients = calls / CallsOfClient;
        var (list, cards, clientList, links) = (
            new CallList(install.Database), new CardReader(install.Database, TimeProvider.System), new ClientList(install.Database, new()), new PbxLinkStore(install.Database, install.Ids));
        Access all = new(install.Agents[0], Roles.Supervisor), own = new(install.Agents[7], Roles.Agent);
        // Nine tenths of the way back to the first call.
        var deep = new Cursor(now.AddMinutes(-0.9 * calls), 0);
        foreach (var (who, access) in new[] { ("all", all), ("own", own) })
        {
            yield return ($"calls, {who}, first page", _ => Calls(access, new(), Cursor.Start));
            yield return ($"calls, {who}, a page deep in", i => Calls(access, new(), deep with { Id = i }));
            yield return ($"missed calls, {who}", _ => Calls(access, new() { Result = "missed" }, Cursor.Start));
            yield return ($"missed calls, {who}, deep in", _ => Calls(access, new() { Result = "missed" }, deep));
            yield return ($"calls of a client, {who}", i => Calls(access, new() { ClientId = Client(i) }, Cursor.Start));
            yield return ($"timeline of a client, {who}", i => cards.Card(access, Client(i), CancellationToken.None));
            yield return ($"clients, {who}, first page", _ => clientList.Page(access, Cursor.Start, Page, CancellationToken.None));
            yield return ($"clients, {who}, a page deep in", _ => clientList.Page(access, new(now.AddMinutes(-0.9 * clients), 0), Page, CancellationToken.None));
        }
        yield return ("calls of an agent", i => Calls(all, new() { AgentId = install.Agents[i % Agents] }, Cursor.Start));
        yield return ("calls of an agent, deep in", i => Calls(all, new() { AgentId = install.Agents[i % Agents] }, deep));
        yield return ("calls over a rare line", _ => Calls(all, new() { Did = History.RareLine }, Cursor.Start));
        yield return ("calls of a day long ago", _ => Calls(all, new() { From = deep.At.AddDays(-1), To = deep.At }, Cursor.Start));
        yield return ("cards at an agent's desk", i => Cards(install, i));
        yield return ("live calls of each PBX", _ => links.LiveCalls(CancellationToken.None));

        Task Calls(Access access, CallFilter filter, Cursor cursor) => list.Page(access, filter, cursor, Page, CancellationToken.None);
        long Client(int i) => 1 + i * 37 % clients;
    }

    /// <summary>What the desk reads when a call is saved that rings at this agent's phone.</summary>
    static async Task Cards(Install install, int i)
    {
        await using var session = await install.Database.Write(CancellationToken.None);
        await DeskStore.Cards(session, [i], [install.Agents[i % Agents]], CancellationToken.None);
    }

    static async Task<Latencies> Measure(string name, Func<int, Task> read)
    {
        var latencies = new Latencies(name);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < WarmUps + Times; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            await read(i);
            if (i >= WarmUps)
                latencies.Add(Stopwatch.GetElapsedTime(clock));
            if (latencies.Count > 0 && Stopwatch.GetElapsedTime(begun) > SeriesMax)
                break;
        }
        return latencies;
    }
}
