using System.Diagnostics;
using System.Globalization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Benchmarks;

/// <summary>
/// How long the server takes for the board, its filters and a move when a thousand deals are open in a funnel, and when ten thousand are; with nine times as many closed
/// ones behind them. The reference is the cheapest way to say anything about so many rows: counting them by stage.
/// </summary>
internal static class DealsBenchmark
{
    const int Few = 1_000, Many = 10_000, ClosedFor = 9, Agents = 50, Stages = 5;
    const int WarmUps = 3, Times = 40;
    const long FirstDeal = 20_000_000, FirstTask = 40_000_000;
    static readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public static async Task<int> Run(string[] args)
    {
        await using var few = await Filled(args[0], Few);
        await using var many = await Filled(args[0], Many);
        Console.WriteLine("filled");
        foreach (var ((name, readFew), (_, readMany)) in Reads(few).Zip(Reads(many)))
        {
            var (first, second) = (await Measure($"{args[0]}, {Few:N0}: {name}", readFew), await Measure($"{args[0]}, {Many:N0}: {name}", readMany));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first}\n{second}\n  {second.At(0.5) / first.At(0.5):0.0} times as long"));
        }
        return 0;
    }

    static async Task<Ready> Filled(string engine, int open)
    {
        var install = await Install.New(Install.EngineOf(engine), Agents);
        var deals = open * (1 + ClosedFor);
        await Crowd.Fill(install.Options, deals / 2, install.Agents, now);
        var boss = new Access(install.Agents[0], Roles.Manager);
        var field = await new FieldStore(install.Database, install.Ids).Create(new() { Name = "Size", Kind = FieldKind.Number }, CancellationToken.None);
        var edit = new FunnelEdit
        {
            Name = "Sales",
            Stages =
            [
                .. Enumerable.Range(1, Stages).Select(i => new FunnelStage { Id = -i, Name = $"Stage {i}", LimitHours = 24 * 7 * i, Probability = 15 * i, Tasks = i == 1 ? [new() { Subject = "Call", IsRequired = true }] : [] }),
                new() { Id = -10, Name = "Won", Kind = StageKind.Won },
                new() { Id = -11, Name = "Lost", Kind = StageKind.Lost },
            ],
        };
        var funnel = ((FunnelResult.Saved)await new FunnelStore(install.Database, install.Ids, TimeProvider.System).Save(boss, null, edit, CancellationToken.None)).Funnel;
        await Fill(install, funnel, field, open, deals);
        await Filling.Settle(install.Options);
        return new(install, funnel, $"f{field}", boss);
    }

    // Every third open deal has no next step; every second one has a value in the company's own field.
    static async Task Fill(Install install, Funnel funnel, long field, int open, int deals)
    {
        var rows = Enumerable.Range(0, deals).Select(i =>
        {
            var isOpen = i < open;
            var created = now.AddHours(isOpen ? -i % (24 * 90) : -24 * 90 - i);
            return (Id: FirstDeal + i, isOpen, created, Stage: isOpen ? funnel.Stages[i % Stages] : funnel.Stages[Stages + i % 2], Client: 1 + (long)i * 37 % (deals / 2), Owner: install.Agents[i % Agents]);
        }).ToList();
        await Filling.Fill(install.Options, "deal",
            "id, funnel_id, stage_id, client_id, owner_id, title, title_key, amount, cost, currency, rate, base_amount, base_cost, created_at, stage_since, seq, closed_at, is_won, version",
            rows.Select(deal => new object?[]
            {
                deal.Id, funnel.Id, deal.Stage.Id, deal.Client, deal.Owner, $"Windows for house {deal.Id}", $"windows for house {deal.Id}", 10_000_00L + deal.Id % 1000, 7_000_00L, "RUB", 1.0,
                10_000_00L + deal.Id % 1000, 7_000_00L, deal.created, deal.created.AddHours(1), 1, deal.isOpen ? null : deal.created.AddDays(20), deal.isOpen ? null : deal.Stage.Kind == StageKind.Won, 1,
            }));
        await Filling.Fill(install.Options, "deal_stay", "deal_id, seq, stage_id, entered_at, left_at, by_id, is_override, funnel_version",
            rows.Select(deal => new object?[] { deal.Id, 1, deal.Stage.Id, deal.created.AddHours(1), null, null, false, 1 }));
        await Filling.Fill(install.Options, "agent_task", "id, natural_key, kind, subject, client_id, owner_id, due_at, due_zone, priority, rule_name, state, created_at, version, deal_id",
            rows.Where(deal => deal.isOpen && deal.Id % 3 > 0).Select(deal => new object?[]
            {
                FirstTask + deal.Id, $"bench:{deal.Id}", "call", "Call back", deal.Client, deal.Owner, now.AddMinutes(deal.Id % 5000), "Europe/Moscow", 1, "bench", "open", deal.created, 1, deal.Id,
            }));
        await Filling.Fill(install.Options, "field_value", "subject_id, field_id, value, value_key",
            rows.Where(deal => deal.Id % 2 == 0).Select(deal => new object?[] { deal.Id, field, $"{deal.Id % 50}", $"{deal.Id % 50}" }));
    }

    static IEnumerable<(string Name, Func<int, Task> Read)> Reads(Ready ready)
    {
        var (install, funnel, field, boss) = ready;
        var list = new DealList(install.Database, new(), TimeProvider.System);
        var moves = new DealMoves(install.Database, install.Ids, new(), new(), new(), TimeProvider.System);
        var own = new Access(install.Agents[7], Roles.Agent);
        yield return ("counted by stage (the reference)", _ => Counted(install, funnel));
        yield return ("board, all", _ => Board(boss, new()));
        yield return ("board, an agent's", _ => Board(own, new()));
        yield return ("board of one owner", i => Board(boss, new() { OwnerId = install.Agents[i % Agents] }));
        yield return ("board, without next step", _ => Board(boss, new() { HasNextStep = false }));
        yield return ("board, too old", _ => Board(boss, new() { IsTooOld = true }));
        yield return ("board, a word", _ => Board(boss, new() { Search = "анна" }));
        yield return ("board, a field of the company's own", i => Board(boss, new() { Field = field, Value = $"{i % 25 * 2}" }));
        yield return ("further cards of a column", _ => list.Column(boss, new() { FunnelId = funnel.Id, StageId = funnel.Stages[1].Id }, new(now.AddMinutes(1000), 0), 50, CancellationToken.None));
        yield return ("list, the newest", _ => Page(new() { FunnelId = funnel.Id }));
        yield return ("list, won", _ => Page(new() { FunnelId = funnel.Id, State = "won" }));
        yield return ("a deal moved and back", i => Moved(moves, boss, funnel, FirstDeal + 1 + i * Stages));

        Task Board(Access access, DealFilter filter) => list.Board(access, filter with { FunnelId = funnel.Id }, CancellationToken.None);
        Task Page(DealFilter filter) => list.Page(boss, filter, Cursor.Start, 50, CancellationToken.None);
    }

    static async Task Counted(Install install, Funnel funnel)
    {
        await using var session = await install.Database.Read(CancellationToken.None);
        await session.Query<long>(new("SELECT COUNT(*) FROM deal WHERE funnel_id = @funnelId AND closed_at IS NULL GROUP BY stage_id"), new { funnelId = funnel.Id }, CancellationToken.None);
    }

    static async Task Moved(DealMoves moves, Access boss, Funnel funnel, long dealId)
    {
        foreach (var stage in new[] { funnel.Stages[0].Id, funnel.Stages[1].Id })
        {
            var result = await moves.Run(boss, dealId, version: null, made: null, new() { StageId = stage, OverrideReason = "so that both ways are open" }, isTrial: false, CancellationToken.None);
            if (result is not DealResult.Saved)
                throw new InvalidOperationException($"Deal {dealId} was not moved: {result}");
        }
    }

    static async Task<Latencies> Measure(string name, Func<int, Task> read)
    {
        var latencies = new Latencies(name);
        for (var i = 0; i < WarmUps + Times; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            await read(i);
            if (i >= WarmUps)
                latencies.Add(Stopwatch.GetElapsedTime(clock));
        }
        return latencies;
    }

    sealed record Ready(Install Install, Funnel Funnel, string Field, Access Boss) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Install.DisposeAsync();
    }
}
