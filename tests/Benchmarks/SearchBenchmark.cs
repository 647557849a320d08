using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Clients;
using ContactCenterCrm.Server.Platform;

namespace ContactCenterCrm.Benchmarks;

/// <summary>How long the forgiving search takes among a million clients, for somebody who sees all of them and for an agent who sees one in ten.</summary>
internal static class SearchBenchmark
{
    const int Clients = 1_000_000;
    const int Agents = 200;
    const int Page = 50;
    const int WarmUps = 5;

    /// <summary>Longer ones end a series early.</summary>
    static readonly TimeSpan SeriesMax = TimeSpan.FromSeconds(3);

    /// <summary>What people type, made of a client's name and number.</summary>
    static readonly (string Kind, Func<Sample, string> Typed)[] kinds =
    [
        ("last 4 digits", client => client.E164[^4..]),
        ("beginning of a number", client => "8 " + client.E164[2..7]),
        ("whole number", client => "8" + client.E164[2..]),
        ("beginning of a surname", client => client.Last[..^2]),
        ("surname", client => client.Last),
        ("surname and first name", client => $"{client.Last} {client.First}"),
        ("first name", client => client.First),
        ("first name and two letters", client => $"{client.First} {client.Last[..2]}"),
        ("two letters and two letters", client => $"{client.First[..2]} {client.Last[..2]}"),
        ("transliterated surname", client => SearchText.Fold(client.Last)),
        ("surname in the wrong layout", client => SearchText.OtherLayout(client.Last.ToLowerInvariant())),
        ("surname and last 4 digits", client => $"{client.Last} {client.E164[^4..]}"),
        ("beginning of an e-mail", client => $"{SearchText.Fold(client.First)[..1]}.{SearchText.Fold(client.Last)}"),
        ("nobody", client => client.Last + "zzz"),
    ];

    public static async Task<int> Run(string[] args)
    {
        await using var install = await Install.New(Install.EngineOf(args[0]), Agents);
        var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
        var clock = Stopwatch.GetTimestamp();
        await Crowd.Fill(install.Options, Clients, install.Agents, TimeProvider.System.GetUtcNow());
        await Filling.Settle(install.Options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Clients:N0} clients filled in {Stopwatch.GetElapsedTime(clock).TotalSeconds:0} s"));
        var list = new ClientList(install.Database, new ClientSettings());
        var samples = await Samples(list);
        foreach (var (who, access) in new[] { ("all", new Access(install.Agents[0], Roles.Supervisor)), ("own", new Access(install.Agents[7], Roles.Agent)) })
        {
            foreach (var (kind, typed) in kinds)
                Console.WriteLine(await Measure(list, access, $"{args[0]}, {who}: {kind}", [.. samples.Take(WarmUps + count).Select(typed)]));
        }
        return 0;
    }

    static async Task<Latencies> Measure(ClientList list, Access access, string name, IReadOnlyList<string> queries)
    {
        var latencies = new Latencies(name);
        var begun = Stopwatch.GetTimestamp();
        foreach (var (i, typed) in queries.Index())
        {
            var clock = Stopwatch.GetTimestamp();
            await list.Search(access, typed, before: null, Page, CancellationToken.None);
            if (i >= WarmUps)
                latencies.Add(Stopwatch.GetElapsedTime(clock));
            if (latencies.Count > 0 && Stopwatch.GetElapsedTime(begun) > SeriesMax)
                break;
        }
        return latencies;
    }

    /// <summary>Clients from all over the list, always the same.</summary>
    static async Task<IReadOnlyList<Sample>> Samples(ClientList list)
    {
        var random = new Random(11);
        List<Sample> samples = [];
        while (samples.Count < 1000)
        {
            var e164 = Crowd.E164(random.Next(Clients) + 1);
            var found = (await list.Search(new(0, Roles.Supervisor), e164, before: null, 1, CancellationToken.None)).Items[0];
            var names = found.Name.Split(' ');
            if (names[0].Any(letter => letter > 'z'))
                samples.Add(new(names[0], names[1], e164));
        }
        return samples;
    }

    sealed record Sample(string First, string Last, string E164);
}
