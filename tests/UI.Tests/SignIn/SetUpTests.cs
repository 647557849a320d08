using ContactCenterCrm.Server.Agents;
using ContactCenterCrm.UI.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static Microsoft.Playwright.Assertions;

namespace ContactCenterCrm.UI.Tests.SignIn;

internal sealed class SetUpTests : BrowserTests
{
    [Test]
    public async Task The_first_visitor_with_the_code_makes_the_administrator()
    {
        var page = await Visit();
        await Expect(page.Locator("h1")).ToHaveTextAsync("First start");
        await Axe.FindsNothing(page);

        await page.Locator("[name=code]").FillAsync("wrong-code");
        await page.Locator("[name=name]").FillAsync("Irina Orlova");
        await page.Locator("[name=username]").FillAsync("irina");
        await page.Locator("[name=password]").FillAsync("short");
        await page.Locator("[name=password]").PressAsync("Enter");
        await Expect(page.Locator(".error")).ToContainTextAsync("At least 12 characters");

        await page.Locator("[name=password]").FillAsync("a sentence to remember");
        await page.Locator("[name=password]").PressAsync("Enter");
        await Expect(page.Locator(".notice")).ToContainTextAsync("This is not the set-up code");

        await page.Locator("[name=code]").FillAsync(await SetUpCode());
        await page.Locator("[name=password]").PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("PBX links");
        await Expect(page.Locator(".profile")).ToContainTextAsync("Irina Orlova");
    }

    async Task<string> SetUpCode() => (await Server.Services.GetRequiredService<AgentStore>().SetUpCode(CancellationToken.None))!;
}
