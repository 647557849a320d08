using System.Text.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.Testing;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Deals;

/// <summary>The table of cases that every way to a stage answers alike, gone through in the browser: by the menu of a card, by keys, and by the bar of a deal's page.</summary>
internal sealed class GateSuiteTests : BrowserTests
{
    static readonly string[] ways = ["menu", "keys", "bar"];

    HttpClient manager = null!;
    GateTable table = null!;
    IPage page = null!;
    TaskCompletionSource<(bool IsMoved, string Text)> answer = new();

    [OneTimeSetUp]
    public async Task MakeFunnel()
    {
        manager = await Server.SignInAs(Roles.Manager, "manager-of-the-table");
        table = await GateTable.Make(manager);
        await Server.AddAccount("olga-at-the-table", Roles.Supervisor, "Olga");
    }

    [OneTimeTearDown]
    public void SignOut() => manager?.Dispose();

    [Test]
    public async Task The_browser_says_what_all_others_say()
    {
        page = await VisitAs("olga-at-the-table", "/clients");
        // The answer is read on its way: a browser does not keep what a page has taken.
        await page.RouteAsync("**/api/deals/*/move", async route =>
        {
            var passed = await route.FetchAsync();
            var text = await passed.TextAsync();
            await route.FulfillAsync(new() { Response = passed });
            answer.TrySetResult((passed.Ok, text));
        });
        foreach (var (i, one) in GateTable.Cases.Index())
        {
            // In turns: what is sent is the same.
            var way = ways[i % ways.Length];
            var deal = await table.Prepare(one);
            var said = await Try(way, deal, one.To);
            Assert.That(said, Is.EqualTo(one.Expected), $"{one}, by {way}");
            Assert.That((await table.Card(deal.Id)).Deal.StageId, Is.EqualTo(table.StageId(one.Expected == "moved" ? one.To : one.From)), $"{one}, by {way}");
        }
    }

    async Task<string> Try(string way, DealItem deal, string to)
    {
        await page.GotoAsync(way == "bar" ? $"deals/{deal.Id}" : $"deals?funnel={table.Funnel.Id}&search={deal.Title}");
        var place = table.Funnel.Stages.ToList().FindIndex(stage => stage.Name == to);
        answer = new();
        switch (way)
        {
            case "menu":
                await page.Locator($"[data-tile='{deal.Id}'] [data-move]").ClickAsync();
                await page.Locator("[data-move-menu] button").Nth(place).ClickAsync();
                break;
            case "keys":
                await page.Locator($"[data-tile='{deal.Id}'] a").FocusAsync();
                await page.Keyboard.PressAsync("m");
                await page.Keyboard.PressAsync($"{place + 1}");
                break;
            default:
                await page.Locator(".stage-bar button").Nth(place).ClickAsync();
                break;
        }
        if (to == "Lost")
        {
            await Expect(page.Locator("[data-gate-go]")).ToBeDisabledAsync();
            await Expect(page.Locator("#gate-why")).ToContainTextAsync("reason");
            return "loss_reason";
        }
        var (isMoved, text) = await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
        if (isMoved)
            return "moved";
        var unmet = JsonDocument.Parse(text).RootElement.GetProperty("unmet").Deserialize<IReadOnlyList<UnmetItem>>(GateTable.Wire)!;
        await Expect(page.Locator("[data-gate-go]")).ToBeDisabledAsync();
        foreach (var item in unmet.Where(item => item.What is "field" or "task"))
            await Expect(page.Locator("#gate-why")).ToContainTextAsync(item.Name ?? (item.Field == DealFields.Amount ? "Amount" : "e-mail"));
        if (unmet.Any(item => item.What == "transition"))
            await Expect(page.Locator(".gate .notice")).ToContainTextAsync("no way from");
        return GateTable.Words(unmet);
    }
}
