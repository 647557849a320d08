using System.Net.Http.Json;
using ContactCenterCrm.Contracts;
using ContactCenterCrm.UI.Platform;
using ContactCenterCrm.UI.Tests.Browser;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.Funnels;

/// <summary>How deals went through a funnel.</summary>
internal sealed class FunnelReportTests : FunnelTests
{
    [Test]
    public async Task The_figures_of_a_period_show_how_they_came_about([ValueSource(typeof(Screen), nameof(Screen.Opposites))] Screen screen)
    {
        var isEnglish = screen.Language == Language.English;
        var funnel = await Make($"Report {screen.Width} {screen.Theme}");
        await Manager.PutAsJsonAsync("/api/loss-reasons", new[] { new LossReason { Name = "Price › Too high" } });
        await MakeDeal(funnel, "Open one", "1500.50");
        foreach (var title in new[] { "Won one", "Won two" })
            await MoveDeal(await MoveDeal(await MakeDeal(funnel, title, "20000"), funnel.Stages[1].Id), funnel.Stages[2].Id);
        await MoveDeal(await MakeDeal(funnel, "Lost one", "10000"), funnel.Stages[3].Id, "Price › Too high");

        var page = await VisitAs("maria", $"/funnels/{funnel.Id}/report", screen);

        await Expect(page.Locator(".tiles")).ToContainTextAsync(isEnglish ? "66.7 %" : "66,7 %");
        await Expect(page.Locator(".tiles")).ToContainTextAsync("2 ÷ (2 + 1");
        await Expect(page.Locator(".tiles")).ToContainTextAsync(isEnglish ? "1,500.50" : "1\u00a0500,50");
        await Expect(page.Locator("tr", new() { HasText = "Offer" })).ToContainTextAsync(isEnglish ? "(100.0 %)" : "(100,0 %)");
        await Look(page, screen, "report");

        await page.Locator(".report-period button").Nth(1).ClickAsync();
        await Expect(page.Locator(".tiles")).ToContainTextAsync("—");
        await Look(page, screen, "report of nothing");
    }
}
