using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Funnels;

/// <summary>Deals out of a table: looked at first, then done.</summary>
internal sealed class DealImportTests : FunnelTests
{
    [Test]
    public async Task A_table_is_checked_row_by_row_and_then_imported([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var number = $"+7916{(screen.Theme == "dark" ? 1 : 2)}1{screen.Width:00000}";
        var funnel = await Make($"Import {screen.Width} {screen.Theme}");
        var asks = EditOf(funnel) with { Stages = [funnel.Stages[0], funnel.Stages[1] with { Fields = [new() { Field = DealFields.Cost }] }, funnel.Stages[2], funnel.Stages[3]] };
        (await Manager.PutAsJsonAsync($"/api/funnels/{funnel.Id}", asks, Wire)).EnsureSuccessStatusCode();
        await MakeClient("Anna Petrova", number);
        var page = await VisitAs("maria", "/deals/import", screen);
        await page.GetByLabel(isEnglish ? "Funnel" : "Воронка").SelectOptionAsync(funnel.Name);
        await page.GetByLabel(isEnglish ? "Table" : "Таблица").FillAsync($"client,stage,title,amount\n{number},New,Roof,12000\n{number},Offer,Fence,500\n+79990000000,New,Nobody,1\n{number},New,Wrong,many");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Import" : "Загрузить", Exact = true })).ToBeDisabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Check" : "Проверить" }).ClickAsync();

        var rows = page.Locator(".import-rows tbody tr");
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.Nth(0)).ToContainTextAsync(isEnglish ? "Would be made" : "Будет создана");
        await Expect(rows.Nth(1)).ToContainTextAsync(isEnglish ? "Lacks: Cost" : "Не хватает: Себестоимость");
        await Expect(rows.Nth(2)).ToContainTextAsync(isEnglish ? "No client has this number" : "Нет клиента с таким номером");
        await Expect(rows.Nth(3)).ToContainTextAsync(isEnglish ? "Amount" : "Сумма");
        await Look(page, screen, "import check");
        Assert.That((await Manager.GetFromJsonAsync<Page<DealItem>>($"/api/deals?funnelId={funnel.Id}"))!.Items, Is.Empty);

        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Import" : "Загрузить", Exact = true }).ClickAsync();
        await Expect(rows.Nth(0).GetByRole(AriaRole.Link)).ToBeVisibleAsync();
        Assert.That((await Manager.GetFromJsonAsync<Page<DealItem>>($"/api/deals?funnelId={funnel.Id}"))!.Items.Single().Title, Is.EqualTo("Roof"));
        await Look(page, screen, "imported");
    }

    [Test]
    public async Task A_file_fills_the_table_and_a_column_that_nobody_knows_is_named()
    {
        await Make("File");
        var page = await VisitAs("maria", "/deals/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "deals.csv", MimeType = "text/csv", Buffer = "client;colour\n+79161112233;red"u8.ToArray() });
        await Expect(page.GetByLabel("Table")).ToHaveValueAsync("client;colour\n+79161112233;red");

        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();

        await Expect(page.Locator(".field .error")).ToContainTextAsync("\"colour\"");
    }
}
