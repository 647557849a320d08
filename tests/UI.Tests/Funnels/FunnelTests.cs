using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Funnels;

/// <summary>Tests of pages about funnels. Maria is a manager, and so is the one whose program makes what a test begins with.</summary>
public abstract class FunnelTests : BrowserTests
{
    HttpClient? manager;

    protected static JsonSerializerOptions Wire { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    protected HttpClient Manager => manager!;

    [OneTimeSetUp]
    public async Task SignInManager() => manager = await Server.SignInAs(Roles.Manager, "maria");

    [OneTimeTearDown]
    public void SignOutManager() => manager?.Dispose();

    /// <summary>With the stages New, Offer, Won and Lost.</summary>
    protected async Task<Funnel> Make(string name)
    {
        var edit = new FunnelEdit
        {
            Name = name,
            Stages =
            [
                new() { Id = -1, Name = "New", Color = "blue", Probability = 10 },
                new() { Id = -2, Name = "Offer", Color = "amber", Probability = 50 },
                new() { Id = -3, Name = "Won", Color = "green", Kind = StageKind.Won },
                new() { Id = -4, Name = "Lost", Color = "red", Kind = StageKind.Lost },
            ],
        };
        return (await (await Manager.PostAsJsonAsync("/api/funnels", edit, Wire)).Content.ReadFromJsonAsync<Funnel>(Wire))!;
    }

    protected static FunnelEdit EditOf(Funnel funnel) => new() { Version = funnel.Version, Name = funnel.Name, Stages = funnel.Stages };

    protected async Task<ClientCard> MakeClient(string name, params string[] numbers) =>
        (await (await Manager.PostAsJsonAsync("/api/clients", new ClientEdit { Name = name, Numbers = numbers })).Content.ReadFromJsonAsync<ClientCard>())!;

    protected async Task<DealItem> MakeDeal(Funnel funnel, string title, string? amount = null)
    {
        var client = await MakeClient("Anna Petrova");
        var deal = new NewDeal { FunnelId = funnel.Id, ClientId = client.Id, Values = new Dictionary<string, string?> { [DealFields.Title] = title, [DealFields.Amount] = amount } };
        return (await (await Manager.PostAsJsonAsync("/api/deals", deal)).Content.ReadFromJsonAsync<DealCard>(Wire))!.Deal;
    }

    protected async Task<DealItem> MoveDeal(DealItem deal, long stageId, string? lossReason = null) =>
        (await (await Manager.PostAsJsonAsync($"/api/deals/{deal.Id}/move", new DealMove { Version = deal.Version, StageId = stageId, Loss = lossReason is null ? null : new() { Reason = lossReason } })).Content.ReadFromJsonAsync<DealCard>(Wire))!.Deal;

    protected static async Task Look(IPage page, Screen screen, string what)
    {
        await page.ScreenshotAsync(new() { Path = Repository.File("artifacts", "screens", $"funnel {what} {screen}.png"), FullPage = true });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
