using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Calls;
using ContactCenterCrm.Server.Cards;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Pbx;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Benchmarks;

/// <summary>How long the lists take after ten thousand calls and after a million: none may grow with the history.</summary>
internal static class ListsBenchmark
{
    const int Agents = 200;
    const int CallsOfClient = 20;
    const int Page = 50;
    const int WarmUps = 20;
    const int Times = 200;
    static readonly TimeSpan SeriesMax = TimeSpan.FromSeconds(4);
    static readonly int[] histories = [10_000, 1_000_000];

    public static async Task<int> Run(string[] args)
    {
        var measured = new Dictionary<string, List<Latencies>>();
        foreach (var calls in histories)
        {
            await using var install = await Install.New(Install.EngineOf(args[0]), Agents);
            var (now, clients) = (TimeProvider.System.GetUtcNow(), calls / CallsOfClient);
            await Crowd.Fill(install.Options, clients, install.Agents, now);
            await History.Fill(install.Options, calls, clients, Agents, firstId: 10_000_000, now);
            await Filling.Settle(install.Options);
            foreach (var (name, read) in Reads(install, calls, clients, now))
            {
                if (!measured.TryGetValue(name, out var series))
                    measured[name] = series = [];
                series.Add(await Measure($"{args[0]}, {calls:N0}: {name}", read));
            }
        }
        foreach (var (name, series) in measured)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{series[0]}\n{series[1]}\n  {name}: {series[1].At(0.5) / series[0].At(0.5):0.0} times as long"));
        return 0;
    }

    // The number that a read takes tells which of many alike.
    static IEnumerable<(string Name, Func<int, Task> Read)> Reads(Install install, int calls, int clients, DateTimeOffset now)
    {
        var (list, cards, clientList, links) = (
            new CallList(install.Database), new CardReader(install.Database), new ClientList(install.Database, new()), new PbxLinkStore(install.Database, install.Ids));
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
        yield return ("live calls of each PBX", _ => links.LiveCalls(CancellationToken.None));

        Task Calls(Access access, CallFilter filter, Cursor cursor) => list.Page(access, filter, cursor, Page, CancellationToken.None);
        long Client(int i) => 1 + i * 37 % clients;
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
