using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;

namespace ContactCenterCrm.Testing;

/// <summary>A deal in a stage, with something filled in and done, wants to go to another: what is said.</summary>
public sealed record GateCase(string From, string To, string Filled, string Done, string Expected)
{
    public override string ToString() => $"{From} to {To} with '{Filled} {Done}'";
}

/// <summary>The cases that every way to a stage has to answer alike, and the funnel for which they hold.</summary>
public sealed class GateTable
{
    public static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    public static readonly IReadOnlyList<GateCase> Cases =
    [
        new("New", "Qualified", "", "", "field amount, task Call"),
        new("New", "Qualified", "amount", "", "task Call"),
        new("New", "Qualified", "amount", "Call", "moved"),
        new("New", "Offer", "amount", "Call", "transition, field Delivery, task Visit"),
        new("Qualified", "Offer", "amount Delivery", "Call", "task Visit"),
        new("Qualified", "Offer", "amount", "Call Visit", "field Delivery"),
        new("Qualified", "Offer", "amount Delivery", "Call Visit", "moved"),
        new("Qualified", "New", "amount", "", "moved"),
        new("Offer", "Won", "amount Delivery", "Call Visit", "field client_email"),
        new("Offer", "Won", "amount Delivery client_email", "Call Visit", "moved"),
        new("Offer", "Won", "amount Delivery client_email", "Call", "task Visit"),
        new("Offer", "Lost", "amount Delivery", "", "loss_reason"),
    ];

    static int made;
    readonly HttpClient manager;

    GateTable(HttpClient manager, Funnel funnel, string delivery) => (this.manager, Funnel, Delivery) = (manager, funnel, delivery);

    public Funnel Funnel { get; }

    /// <summary>The key of the company's own field "Delivery".</summary>
    public string Delivery { get; }

    /// <param name="manager">Who makes the funnel, and brings deals into their stages by a right that managers have.</param>
    public static async Task<GateTable> Make(HttpClient manager)
    {
        var field = await Read<IdAnswer>(await manager.PostAsJsonAsync("/api/custom-fields", new CustomFieldEdit { Name = "Delivery", Kind = FieldKind.Date }, Wire));
        var delivery = string.Create(CultureInfo.InvariantCulture, $"f{field.Id}");
        var funnel = await Read<Funnel>(await manager.PostAsJsonAsync("/api/funnels", new FunnelEdit
        {
            Name = "The table of cases",
            Stages =
            [
                new() { Id = -1, Name = "New", Tasks = [new() { Subject = "Call", IsRequired = true }] },
                new() { Id = -2, Name = "Qualified", Fields = [new() { Field = "amount" }], Tasks = [new() { Subject = "Visit", IsRequired = true }, new() { Subject = "Send a card" }] },
                new() { Id = -3, Name = "Offer", Fields = [new() { Field = delivery }] },
                new() { Id = -4, Name = "Won", Kind = StageKind.Won, Fields = [new() { Field = "client_email" }] },
                new() { Id = -5, Name = "Lost", Kind = StageKind.Lost },
            ],
        }, Wire));
        return new(manager, funnel, delivery);
    }

    /// <summary>A deal with a title of its own that came to its stage, with no more filled in and done than the case says.</summary>
    public async Task<DealItem> Prepare(GateCase one, long? owner = null)
    {
        var (client, number) = await Client(owner);
        var values = new Dictionary<string, string?> { [DealFields.Title] = $"case{number[^4..]}" };
        var deal = (await Read<DealCard>(await manager.PostAsJsonAsync("/api/deals", new NewDeal { FunnelId = Funnel.Id, ClientId = client, Values = values }, Wire))).Deal;
        foreach (var stage in Funnel.Stages.Skip(1).TakeWhile(_ => one.From != "New"))
        {
            await Override(deal.Id, stage.Id);
            if (stage.Name == one.From)
                break;
        }
        var card = await Card(deal.Id);
        values = one.Filled.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(name => name == "Delivery" ? Delivery : name, name => (string?)(name switch { "amount" => "100", "Delivery" => "2026-05-01", _ => "anna@acme.ru" }));
        if (values.Count > 0)
            (await manager.PutAsJsonAsync($"/api/deals/{deal.Id}", new DealEdit { Version = card.Deal.Version, Values = values }, Wire)).EnsureSuccessStatusCode();
        foreach (var subject in one.Done.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var task = card.Tasks.Single(task => task.Task.Subject == subject).Task;
            (await manager.PostAsJsonAsync($"/api/tasks/{task.Id}/complete", new AgentTaskEnd { Version = task.Version }, Wire)).EnsureSuccessStatusCode();
        }
        return (await Card(deal.Id)).Deal;
    }

    /// <summary>A client with a number of its own.</summary>
    public async Task<(long Id, string Number)> Client(long? owner = null)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"+7916{Interlocked.Increment(ref made):0000000}");
        var client = await Read<ClientCard>(await manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = $"Client {number[^4..]}", Numbers = [number], OwnerId = owner }, Wire));
        return (client.Id, number);
    }

    public async Task<DealCard> Card(long id) => (await manager.GetFromJsonAsync<DealCard>($"/api/deals/{id}", Wire))!;

    public long StageId(string name) => Funnel.Stages.Single(stage => stage.Name == name).Id;

    public StageTask Task(string subject) => Funnel.Stages.SelectMany(stage => stage.Tasks).Single(task => task.Subject == subject);

    /// <summary>As <see cref="GateCase.Expected"/> says it.</summary>
    public static string Words(IEnumerable<UnmetItem> unmet) => string.Join(", ", unmet.Select(item => $"{item.What} {item.Name ?? item.Field}".Trim()));

    async Task Override(long dealId, long stageId)
    {
        var move = new DealMove { Version = (await Card(dealId)).Deal.Version, StageId = stageId, OverrideReason = "to set the table of cases" };
        (await manager.PostAsJsonAsync($"/api/deals/{dealId}/move", move, Wire)).EnsureSuccessStatusCode();
    }

    static async Task<T> Read<T>(HttpResponseMessage answer) => (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(Wire))!;
}
