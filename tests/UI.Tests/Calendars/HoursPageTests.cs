using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Playwright;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Calendars;

/// <summary>When we are open, and how soon a client is answered, as an admin says it.</summary>
internal sealed class HoursPageTests : OfficeTests
{
    [Test]
    public async Task Hours_are_written_in_lines_corrected_where_they_are_not_clear_and_assigned_to_a_line([ValueSource(typeof(Screen), nameof(Screen.All))] Screen screen)
    {
        var isEnglish = screen.Language == UI.Platform.Language.English;
        var name = $"Office {screen.Width} {screen.Theme}";
        await Office.Ring(Office.Inbound("79071112233"));
        await Office.EndAllCalls();
        var page = await VisitAs("chief", "/calendars", screen);
        await page.Locator(".page-heading button").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel(isEnglish ? "Name" : "Название").FillAsync(name);
        await dialog.GetByLabel(isEnglish ? "Time zone" : "Часовой пояс").FillAsync("Europe/Moscow");
        await dialog.GetByLabel(isEnglish ? "Week" : "Неделя").FillAsync("1-5 09:00-18:00\nSat 10-15");
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save" : "Сохранить" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Sat 10-15");
        await Look(page, $"hours dialog {screen}");

        await dialog.GetByLabel(isEnglish ? "Week" : "Неделя").FillAsync("1-5 09:00-18:00\n6 10:00-15:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save" : "Сохранить" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator("section.panel", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = name }) })).ToContainTextAsync("1-5 09:00-18:00, 6 10:00-15:00");

        var row = page.Locator("tr", new() { HasText = "123-45-01" });
        await row.Locator("select").SelectOptionAsync(name);
        await row.Locator("input").FillAsync("20");
        await row.Locator("input").PressAsync("Tab");
        await Expect(page.Locator(".toast, [role=status]").First).ToBeVisibleAsync();
        await Look(page, $"hours {screen}");
        await page.ReloadAsync();

        await Expect(row.Locator("select option:checked")).ToHaveTextAsync(name);
        await Expect(row.Locator("input")).ToHaveValueAsync("20");

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(row.Locator("select option:checked")).ToHaveTextAsync(isEnglish ? "As everything else" : "Как всё остальное");
        await Expect(row.Locator("input")).ToHaveValueAsync("15");
    }

    static async Task Look(IPage page, string what)
    {
        await page.ScreenshotAsync(new() { Path = Testing.Repository.File("artifacts", "screens", $"{what}.png") });
        await Axe.FindsNothing(page);
        await Axe.FitsTheScreen(page);
    }
}
