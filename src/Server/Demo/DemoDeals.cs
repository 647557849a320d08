using ContactCenterCrm.Contracts;
using ContactCenterCrm.Server.Deals;
using ContactCenterCrm.Server.Platform;
using ContactCenterCrm.Server.Platform.Data;

namespace ContactCenterCrm.Server.Demo;

/// <summary>A funnel with gates, and the deals of the last weeks in it: each was moved at its day, through every gate on its way.</summary>
internal sealed class DemoDeals(Database database, IdBlocks ids, FunnelStore funnels, FieldStore fields, DealRules rules, DealSettings settings, TimeProvider time)
{
    static readonly IReadOnlyList<Story> stories =
    [
        new("Анна Вымыслова", "Twenty boxes, monthly", 240_000, 161_000, "New 12", "Qualified 10", "Offer 2"),
        new("Пётр Небылицын", "Trial delivery", 18_000, 12_500, "New 3", "Qualified 0"),
        new("Emma Fielding", "Autumn catalogue", 510_000, 355_000, "New 30", "Qualified 27", "Offer 20", "Contract 6"),
        new("Сергей Выдумкин", "Packing for the new line", 1_150_000, 842_000, "New 41", "Qualified 36", "Offer 29", "Contract 15", "Won 8"),
        new("Ольга Придумкина", "Labels", 64_000, 40_000, "New 9", "Qualified 8", "Lost 4 Price › Too dear"),
        new("Lukas Muster", "Sample order", 35_000, 22_000, "New 18", "Qualified 16", "Offer 14"),
        new("Ирина Сказкина", "Repeat order", 47_500, 30_000, "New 2", "Qualified 0"),
        new("Алексей Фантазёров", "Shelves for two shops", 390_000, 268_000, "New 22", "Qualified 19", "Offer 11", "Lost 5 Went to a competitor"),
        new("Марина Иллюзорова", null, null, null, "New 0"),
        new("Виктор Тестов", "Discount for regulars", 88_000, 61_000, "New 6"),
        new("Jane Placeholder", "First container", 2_300_000, 1_720_000, "New 35", "Qualified 30", "Offer 24", "Contract 12", "Won 3"),
        new("Елена Макетова", "Wholesale contract", 720_000, 505_000, "New 16", "Qualified 13", "Offer 2"),
        new("Роман Черновиков", "Spare parts", 26_000, 17_500, "New 8", "Qualified 5", "Lost 5 Duplicate"),
        new("Тимур Гипотезов", "Delivery to Almaty", null, null, "New 4"),
    ];

    /// <param name="people">The ids of the accounts by login.</param>
    public async Task Fill(IReadOnlyDictionary<string, long> people, CancellationToken cancel)
    {
        var manager = new Access(people["dmitry"], Roles.Manager);
        var keys = new Keys(
            await Field("Delivery date", FieldKind.Date, "The day that we promised.", [], isOfClient: false, cancel),
            await Field("Boxes", FieldKind.Number, "In one delivery.", [], isOfClient: false, cancel),
            await Field("Trade", FieldKind.Choice, null, ["Food", "Building", "Clothes", "Other"], isOfClient: true, cancel));
        await rules.SetLossReasons(
        [
            new() { Name = "Price › Too dear" }, new() { Name = "Price › No budget this year" }, new() { Name = "Went to a competitor" }, new() { Name = "No longer needed" },
            new() { Name = "Cannot be reached" }, new() { Name = "Duplicate", IsValid = false }, new() { Name = "Mistake or test", IsValid = false }, new() { Name = "Spam", IsValid = false },
        ], cancel);
        await rules.SetRate(new() { Currency = "EUR", Rate = 95 }, cancel);
        await rules.SetRate(new() { Currency = "USD", Rate = 82 }, cancel);
        var funnel = ((FunnelResult.Saved)await funnels.Save(manager, null, Wholesale(keys), cancel)).Funnel;
        var clients = await Clients(cancel);
        foreach (var story in stories)
            await Tell(story, funnel, keys, clients[story.Client], manager, cancel);
    }

    static FunnelEdit Wholesale(Keys keys) => new()
    {
        Name = "Wholesale",
        Stages =
        [
            new()
            {
                Id = -1, Name = "New", Color = "grey", Probability = 10, LimitHours = 72,
                Tasks = [new() { Kind = AgentTaskKind.Call, Subject = "Call and ask what they need", DueHours = 4, IsRequired = true }],
            },
            new()
            {
                Id = -2, Name = "Qualified", Color = "blue", Probability = 30, LimitHours = 24 * 7, Fields = Asked(DealFields.Amount, keys.Trade),
                Tasks = [new() { Kind = AgentTaskKind.Message, Subject = "Send the offer", DueHours = 24, IsRequired = true }],
            },
            new()
            {
                Id = -3, Name = "Offer", Color = "violet", Probability = 60, LimitHours = 24 * 10, Fields = Asked(DealFields.Cost, keys.Delivery, DealFields.ExpectedClose),
                Tasks = [new() { Kind = AgentTaskKind.Call, Subject = "Talk the offer over", DueHours = 72, IsRequired = true, CallSeconds = 30 }],
            },
            new() { Id = -4, Name = "Contract", Color = "teal", Probability = 85, LimitHours = 24 * 14, Fields = Asked(DealFields.ClientCompany, DealFields.ClientEmail) },
            new() { Id = -5, Name = "Won", Color = "green", Kind = StageKind.Won, Fields = Asked(DealFields.Items) },
            new() { Id = -6, Name = "Lost", Color = "red", Kind = StageKind.Lost },
        ],
    };

    async Task Tell(Story story, Funnel funnel, Keys keys, (long Id, long? OwnerId) client, Access manager, CancellationToken cancel)
    {
        var clock = new StoryClock();
        var moves = new DealMoves(database, ids, settings, new(), new(), clock);
        var owner = client.OwnerId is { } ownerId ? new Access(ownerId, Roles.Agent) : manager;
        long? dealId = null;
        foreach (var step in story.Steps)
        {
            var words = step.Split(' ', 3);
            clock.Now = time.GetUtcNow().AddDays(-int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)).AddHours(-1);
            var stage = funnel.Stages.Single(one => one.Name == words[0]);
            var asksOffer = stage.Name is "Contract" or "Won";
            var order = new DealOrder
            {
                StageId = stage.Id,
                What = dealId is null ? "created" : null,
                Values = Values(story, stage.Name, keys, clock.Now),
                Items = stage.Kind == StageKind.Won ? [new() { Name = story.Title!, Price = story.Amount!.Value, Cost = story.Cost!.Value }] : null,
                Tasks = stage.Kind == StageKind.Lost || dealId is null ? [] : [.. Done(funnel, stage)],
                Loss = words.Length > 2 ? new() { Reason = words[2], OfferAgainOn = DateOnly.FromDateTime(clock.Now.AddDays(90).UtcDateTime) } : null,
            };
            var made = dealId is null ? new NewDeal { FunnelId = funnel.Id, ClientId = client.Id } : null;
            var result = await moves.Run(asksOffer ? manager : owner, dealId, version: null, made, order, isTrial: false, cancel);
            dealId = result is DealResult.Saved saved ? saved.DealId : throw new InvalidOperationException($"The demo's deal {story.Title} was refused at {stage.Name}: {result}.");
        }
    }

    /// <summary>What the stage before asked to be done. That the offer was talked over needs a call that the demo cannot promise: the manager excuses it.</summary>
    static IEnumerable<StageTaskDone> Done(Funnel funnel, FunnelStage to) => funnel.Stages.TakeWhile(stage => stage.Id != to.Id).TakeLast(1).SelectMany(stage => stage.Tasks)
        .Select(task => new StageTaskDone { StageTaskId = task.Id, ExcuseReason = task.CallSeconds is null ? null : "We talked it over at the exhibition." });

    static Dictionary<string, string?> Values(Story story, string stage, Keys keys, DateTimeOffset now) => stage switch
    {
        "New" => new() { [DealFields.Title] = story.Title, [DealFields.Amount] = FieldValues.Text(story.Amount), [DealFields.Cost] = FieldValues.Text(story.Cost) },
        "Qualified" => new() { [keys.Trade] = "Food", [keys.Boxes] = "20" },
        "Offer" => new() { [keys.Delivery] = Day(now.AddDays(30)), [DealFields.ExpectedClose] = Day(now.AddDays(21)) },
        "Contract" => new() { [DealFields.ClientEmail] = FormattableString.Invariant($"orders-{story.Amount:0}@example.com") },
        _ => [],
    };

    static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static IReadOnlyList<StageField> Asked(params string[] fields) => [.. fields.Select(field => new StageField { Field = field })];

    async Task<string> Field(string name, FieldKind kind, string? help, IReadOnlyList<string> options, bool isOfClient, CancellationToken cancel) =>
        FieldStore.KeyOf(await fields.Create(new() { Name = name, Kind = kind, Help = help, Options = options, IsOfClient = isOfClient }, cancel));

    async Task<Dictionary<string, (long Id, long? OwnerId)>> Clients(CancellationToken cancel)
    {
        await using var session = await database.Read(cancel);
        return (await session.Query<ClientRow>(ClientsSql(session.Dialect), null, cancel)).GroupBy(row => row.Name).ToDictionary(rows => rows.Key, rows => (rows.First().Id, rows.First().OwnerId));
    }

    static Sql ClientsSql(Dialect _) => new("SELECT id, name, owner_id FROM client WHERE name <> '' ORDER BY id");

    sealed record Keys(string Delivery, string Boxes, string Trade);

    /// <param name="Steps">A stage, how many days ago, and of a refusal why.</param>
    sealed record Story(string Client, string? Title, decimal? Amount, decimal? Cost, params string[] Steps);

    sealed record ClientRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? OwnerId { get; init; }
    }

    sealed class StoryClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
