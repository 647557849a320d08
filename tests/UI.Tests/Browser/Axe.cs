using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NUnit.Framework;

namespace ContactCenterCrm.UI.Tests.Browser;

/// <summary>What everybody must be able to use: checked by axe, and by measuring.</summary>
internal static class Axe
{
    /// <summary>No violation of any weight, on the page as it stands.</summary>
    public static async Task FindsNothing(IPage page)
    {
        var found = await page.RunAxe();

        Assert.That(
            found.Violations.Select(violation => $"{violation.Impact} {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"),
            Is.Empty);
    }

    /// <summary>
    /// Nothing is cut off or has to be scrolled sideways (WCAG 1.4.10), and there is one heading of the page. The heads of tables do
    /// not count: where rows become cards, each value bears its own.
    /// </summary>
    public static async Task FitsTheScreen(IPage page)
    {
        var wider = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && element.checkVisibility() && !element.closest('.visually-hidden, .rail, thead'))
                .map(element => element.outerHTML.slice(0, 120))
            """);

        Assert.That(wider, Is.Empty, string.Create(CultureInfo.InvariantCulture, $"wider than {page.ViewportSize!.Width} px"));
        Assert.That(await page.Locator("h1").CountAsync(), Is.EqualTo(1));
        Assert.That(await page.Locator("main").CountAsync(), Is.EqualTo(1));
    }
}
